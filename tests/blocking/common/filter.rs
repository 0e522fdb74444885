/// A condition on rows of `T`.
pub struct Filter<T> {
    // An operand that its column cannot hold is told when the query runs, so that filters chain without `?`.
    node: Result<Node, Refused>,
    marker: PhantomData<fn() -> T>,
}

/// What a filter says; columns are those of the table that it is about.
#[derive(Clone)]
enum Node {
    Compare {
        column: &'static str,
        /// With spaces around it.
        operator: &'static &'static str,
        value: Held,
    },
    /// A call of the column and the value: what stands before, between and behind them.
    Call {
        column: &'static str,
        call: &'static [&'static str; 3],
        value: Held,
    },
    Listed {
        column: &'static str,
        negated: bool,
        read: &'static str,
        list: List,
    },
    Null {
        column: &'static str,
        null: bool,
    },
    Raw(Box<Raw>),
    /// A condition as it stands.
    Whole(&'static str),
    /// The beginning of a condition, and one on the rows of another table that two parentheses close.
    Related {
        begin: &'static str,
        table: &'static str,
        node: Box<Node>,
    },
    /// A condition on the links that the rows are reached over.
    Linked {
        table: &'static str,
        node: Box<Node>,
    },
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
}

impl<T> Clone for Filter<T> {
    fn clone(&self) -> Self {
        Self::new(self.node.clone())
    }
}

/// A condition on rows of `T`: a [`Filter`], or [`raw`] SQL.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on rows of `{T}`",
    label = "expected a condition made of columns and relationships of `{T}`, or `raw` SQL",
    note = "rows that are related are asked through the relationship: `RELATIONSHIP.any(condition)`"
)]
pub trait Condition<T> {
    /// As a filter.
    fn filter(self) -> Filter<T>;
}

impl<T> Condition<T> for Filter<T> {
    fn filter(self) -> Self {
        self
    }
}

impl<T> Condition<T> for Raw {
    fn filter(self) -> Filter<T> {
        Filter::new(Ok(Node::Raw(Box::new(self))))
    }
}

impl<T> Filter<T> {
    fn new(node: Result<Node, Refused>) -> Self {
        Self {
            node,
            marker: PhantomData,
        }
    }

    /// Both conditions.
    #[must_use]
    pub fn and(self, other: impl Condition<T>) -> Self {
        self.join(other.filter(), |left, right| match (left, right) {
            (Node::All(mut nodes), right) => {
                nodes.push(right);
                Node::All(nodes)
            }
            (left, Node::All(mut nodes)) => {
                nodes.insert(0, left);
                Node::All(nodes)
            }
            (left, right) => Node::All(vec![left, right]),
        })
    }

    /// One of the conditions, or both.
    #[must_use]
    pub fn or(self, other: impl Condition<T>) -> Self {
        self.join(other.filter(), |left, right| match (left, right) {
            (Node::Any(mut nodes), right) => {
                nodes.push(right);
                Node::Any(nodes)
            }
            (left, Node::Any(mut nodes)) => {
                nodes.insert(0, left);
                Node::Any(nodes)
            }
            (left, right) => Node::Any(vec![left, right]),
        })
    }

    /// The rows of which the condition is false. As in SQL, a comparison with NULL is neither true nor false; whether a
    /// row is related to others is always one of both.
    #[must_use]
    #[allow(
        clippy::should_implement_trait,
        reason = "`!filter` would read worse behind a chain of calls"
    )]
    pub fn not(self) -> Self {
        let not = |node| match node {
            Node::Not(node) => *node,
            node => Node::Not(Box::new(node)),
        };
        Self::new(self.node.map(not))
    }

    /// A chain becomes one flat list, whichever way it grew: databases refuse deep conditions.
    fn join(self, other: Self, join: fn(Node, Node) -> Node) -> Self {
        Self::new(match (self.node, other.node) {
            (Ok(left), Ok(right)) => Ok(join(left, right)),
            (Err(refused), _) | (_, Err(refused)) => Err(refused),
        })
    }
}

impl<S, T: Table, K: Kind> Rel<S, T, K> {
    /// Rows of `S` that have a row at the other side of which `condition` is true.
    ///
    /// ```text
    /// let in_math = Student::query()
    ///     .filter(student::COURSES.any(course::TITLE.eq("Math")))
    ///     .all(&conn)?;
    /// ```
    #[must_use]
    pub fn any(self, condition: impl Condition<T>) -> Filter<S> {
        let related = |node| Node::Related {
            begin: K::read(self.sql).any,
            table: T::TABLE,
            node: Box::new(node),
        };
        Filter::new(condition.filter().node.map(related))
    }

    /// Rows of `S` that have a row at the other side.
    ///
    /// ```text
    /// let idle = Student::query().filter(student::COURSES.exists().not()).count(&conn)?;
    /// ```
    #[must_use]
    pub fn exists(self) -> Filter<S> {
        Filter::new(Ok(Node::Whole(K::read(self.sql).exists)))
    }
}
