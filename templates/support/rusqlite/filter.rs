/// A condition on rows of `T`.
pub struct Filter<T> {
    // An operand that its column cannot hold is told when the query runs, so that filters chain without `?`.
    node: Result<Node>,
    marker: PhantomData<fn() -> T>,
}

/// What a filter says; columns are those of the table that it is about.
enum Node {
    Compare {
        column: &'static str,
        operator: &'static str,
        value: Value,
    },
    Contains {
        column: &'static str,
        value: Value,
    },
    Listed {
        column: &'static str,
        negated: bool,
        read: &'static str,
        list: String,
    },
    Null {
        column: &'static str,
        null: bool,
    },
    Raw(Raw),
    /// A condition as it stands.
    Whole(&'static str),
    /// The beginning of a condition, and one on the rows of another table that two parentheses close.
    Related {
        begin: &'static str,
        table: &'static str,
        node: Box<Node>,
    },
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
}

/// A condition on rows of `T`: a [`Filter`], or [`raw`] SQL.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no condition on rows of `{T}`",
    label = "expected a `Filter<{T}>`, made of the columns and relationships of `{T}`",
    note = "a condition on rows that are related goes through the relationship: `RELATIONSHIP.any(condition)`"
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
        Filter::new(Ok(Node::Raw(self)))
    }
}

impl<T> Filter<T> {
    fn new(node: Result<Node>) -> Self {
        Self {
            node,
            marker: PhantomData,
        }
    }

    /// Both conditions.
    #[must_use]
    pub fn and(self, other: impl Condition<T>) -> Self {
        self.join(other.filter(), |left, right| match left {
            Node::All(mut nodes) => {
                nodes.push(right);
                Node::All(nodes)
            }
            left => Node::All(vec![left, right]),
        })
    }

    /// One of the conditions, or both.
    #[must_use]
    pub fn or(self, other: impl Condition<T>) -> Self {
        self.join(other.filter(), |left, right| match left {
            Node::Any(mut nodes) => {
                nodes.push(right);
                Node::Any(nodes)
            }
            left => Node::Any(vec![left, right]),
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
        Self::new(self.node.map(|node| Node::Not(Box::new(node))))
    }

    fn join(self, other: Self, join: fn(Node, Node) -> Node) -> Self {
        Self::new(match (self.node, other.node) {
            (Ok(left), Ok(right)) => Ok(join(left, right)),
            (Err(error), _) | (_, Err(error)) => Err(error),
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
        Filter::new(condition.filter().node.map(|node| Node::Related {
            begin: K::read(self.sql).any,
            table: T::TABLE,
            node: Box::new(node),
        }))
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
