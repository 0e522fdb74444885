/// A column of `T` whose values are stored as `K`. Its methods make filters and orders.
pub struct Column<T, K> {
    name: &'static str,
    index: usize,
    marker: PhantomData<fn() -> (T, K)>,
}

/// The column `name`, which stands at place `index` of the table's columns.
#[must_use]
pub const fn column<T, K>(name: &'static str, index: usize) -> Column<T, K> {
    Column {
        name,
        index,
        marker: PhantomData,
    }
}

impl<T, K> Clone for Column<T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, K> Copy for Column<T, K> {}

impl<T, K> std::fmt::Debug for Column<T, K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Column").field(&self.name).finish()
    }
}

impl<T, K> Column<T, K> {
    /// The column's name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Smallest first; SQLite puts NULL before every value.
    #[must_use]
    pub fn asc(self) -> Order<T> {
        Order {
            column: self.name,
            descending: false,
            marker: PhantomData,
        }
    }

    /// Largest first; NULL comes last.
    #[must_use]
    pub fn desc(self) -> Order<T> {
        Order {
            column: self.name,
            descending: true,
            marker: PhantomData,
        }
    }

    #[cold]
    fn encode_error(self, source: Mismatch) -> Error {
        Error::Encode {
            column: self.name,
            source,
        }
    }
}

/// What a column of type `K` is compared with.
type OperandOf<K> = <K as ColumnType>::Operand;

impl<T, K: ColumnType> Column<T, K> {
    /// Equal to `value`. Never true of NULL.
    #[must_use]
    pub fn eq(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare("=", value.operand())
    }

    /// Not equal to `value`. Never true of NULL.
    #[must_use]
    pub fn ne(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare("<>", value.operand())
    }

    /// Less than `value`.
    #[must_use]
    pub fn lt(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare("<", value.operand())
    }

    /// Less than or equal to `value`.
    #[must_use]
    pub fn le(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare("<=", value.operand())
    }

    /// Greater than `value`.
    #[must_use]
    pub fn gt(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare(">", value.operand())
    }

    /// Greater than or equal to `value`.
    #[must_use]
    pub fn ge(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare(">=", value.operand())
    }

    /// Between `low` and `high`, both included.
    #[must_use]
    pub fn between(
        self,
        low: impl Operand<OperandOf<K>>,
        high: impl Operand<OperandOf<K>>,
    ) -> Filter<T> {
        self.ge(low).and(self.le(high))
    }

    /// NULL.
    #[must_use]
    pub fn is_null(self) -> Filter<T> {
        Filter::new(Ok(Node::Null {
            column: self.name,
            null: true,
        }))
    }

    /// Not NULL.
    #[must_use]
    pub fn is_not_null(self) -> Filter<T> {
        Filter::new(Ok(Node::Null {
            column: self.name,
            null: false,
        }))
    }

    fn compare(self, operator: &'static str, operand: &OperandOf<K>) -> Filter<T> {
        let value = K::operand(operand).map_err(|source| self.encode_error(source));
        Filter::new(value.and_then(owned).map(|value| Node::Compare {
            column: self.name,
            operator,
            value,
        }))
    }
}

/// A condition on rows of `T`.
pub struct Filter<T> {
    // An operand that its column cannot hold is told when the query runs, so that filters chain without `?`.
    node: Result<Node>,
    marker: PhantomData<fn() -> T>,
}

enum Node {
    Compare {
        column: &'static str,
        operator: &'static str,
        value: Value,
    },
    Null {
        column: &'static str,
        null: bool,
    },
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
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
    pub fn and(self, other: Self) -> Self {
        self.join(other, |left, right| match left {
            Node::All(mut nodes) => {
                nodes.push(right);
                Node::All(nodes)
            }
            left => Node::All(vec![left, right]),
        })
    }

    /// One of the conditions, or both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.join(other, |left, right| match left {
            Node::Any(mut nodes) => {
                nodes.push(right);
                Node::Any(nodes)
            }
            left => Node::Any(vec![left, right]),
        })
    }

    /// The rows of which the condition is false. As in SQL, a comparison with NULL is neither true nor false.
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

/// A direction in which rows of `T` are sorted.
pub struct Order<T> {
    column: &'static str,
    descending: bool,
    marker: PhantomData<fn() -> T>,
}

/// One order, or a tuple of up to six, the first one deciding first.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no order of `{T}`",
    note = "write `COLUMN.asc()`, `COLUMN.desc()`, or a tuple of up to six of them"
)]
pub trait Ordering<T> {
    /// The orders, the first one deciding first.
    fn orders(self) -> Vec<Order<T>>;
}

impl<T> Ordering<T> for Order<T> {
    fn orders(self) -> Vec<Order<T>> {
        vec![self]
    }
}

macro_rules! ordering_of_tuples {
    ($(($($order:ident),+))+) => {$(
        impl<T, $($order: Ordering<T>),+> Ordering<T> for ($($order,)+) {
            #[expect(non_snake_case, reason = "the names of the type parameters serve as variables")]
            fn orders(self) -> Vec<Order<T>> {
                let ($($order,)+) = self;
                let mut orders = Vec::new();
                $(orders.extend($order.orders());)+
                orders
            }
        }
    )+};
}

ordering_of_tuples! {
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
}
