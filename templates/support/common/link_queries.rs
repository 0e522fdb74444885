/// Of the target, for [`Through`].
pub enum OfTarget {}

/// Of the link, for [`Through`].
pub enum OfLink {}

/// A condition on rows of `T` that are reached over links `P`: one on columns of either. `M` tells these apart and is always
/// inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on rows of `{T}` or on their links, rows of `{P}`",
    label = "expected a condition made of columns of `{T}` or `{P}`, or `raw` SQL"
)]
pub trait Through<T, P, M> {
    /// As a filter of the target.
    fn through(self) -> Filter<T>;
}

impl<T, P> Through<T, P, OfTarget> for Filter<T> {
    fn through(self) -> Filter<T> {
        self
    }
}

impl<T, P> Through<T, P, OfTarget> for Raw {
    fn through(self) -> Filter<T> {
        self.filter()
    }
}

impl<T, P: Link> Through<T, P, OfLink> for Filter<P> {
    fn through(self) -> Filter<T> {
        let linked = |node| Node::Linked {
            table: P::TABLE,
            node: Box::new(node),
        };
        Filter::new(self.node.map(linked))
    }
}

/// An order of rows of `T` that are reached over links `P`, by columns of either; otherwise as [`Ordering`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not sort rows of `{T}` or their links, rows of `{P}`",
    label = "expected orders by columns of `{T}`, or by those of `{P}`",
    note = "columns of both are sorted by in two calls: `.order_by(…).order_by(…)`"
)]
pub trait ThroughOrdering<T, P, M> {
    /// The orders, the first one deciding first.
    fn through(self) -> Vec<Order<T>>;
}

#[diagnostic::do_not_recommend]
impl<T, P, O: Ordering<T>> ThroughOrdering<T, P, OfTarget> for O {
    fn through(self) -> Vec<Order<T>> {
        self.orders()
    }
}

#[diagnostic::do_not_recommend]
impl<T, P: Link, O: Ordering<P>> ThroughOrdering<T, P, OfLink> for O {
    fn through(self) -> Vec<Order<T>> {
        let of_links = |order: Order<P>| Order {
            key: SortKey {
                of_links: Some(P::TABLE),
                ..order.key
            },
            marker: PhantomData,
        };
        self.orders().into_iter().map(of_links).collect()
    }
}

impl<T: Entity, L, P: Link> Query<T, L, P> {
    /// Only rows that fit, themselves or by their link; a second filter narrows the first.
    pub fn filter<M>(mut self, condition: impl Through<T, P, M>) -> Self {
        self.selection.filter(condition.through());
        self
    }

    /// In this order, by columns of the rows or of their links; a second order decides where the first does not. Otherwise
    /// as for a query without links. A row that is linked several times stands where its first link does.
    pub fn order_by<M>(mut self, order: impl ThroughOrdering<T, P, M>) -> Self {
        self.selection.order_by(order.through());
        self
    }

    /// Only the rows behind `row`, which `link` leads to, in the order of the query; otherwise as for a query without
    /// links.
    pub fn after(mut self, row: &T, link: &P) -> Self {
        let after = stored(|to| row.put_row(to)).and_then(|row| {
            let link = stored(|to| link.put_row(to))?;
            Ok(After { row, link })
        });
        self.selection.more().after = Some(after.map_err(Refused::from));
        self
    }
}
