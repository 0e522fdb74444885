/// A column of `T` whose values are stored as `K`. Its methods make filters, orders and changes.
///
/// Texts are compared and sorted as the database does: see its collation.
///
/// ```text
/// let named = student::NAME.eq("Alice").or(student::NAME.contains("ob"));
/// let found = Student::query().filter(student::ID.in_([1, 2]).and(named)).all(&mut conn).await?;
/// ```
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

    fn refused(self, source: &Mismatch) -> Refused {
        Refused::new(self.name, source)
    }
}

/// What a column of type `K` is compared with.
type OperandOf<K> = <K as ColumnType>::Operand;

impl<T, K: ColumnType> Column<T, K> {
    /// Smallest first; NULL stands where the database puts it: on PostgreSQL behind every value, on others before.
    #[must_use]
    pub fn asc(self) -> Order<T> {
        Order::by(self, false)
    }

    /// Largest first; NULL stands at the other end than by [`Column::asc`].
    #[must_use]
    pub fn desc(self) -> Order<T> {
        Order::by(self, true)
    }

    /// Equal to `value`. Never true of NULL.
    #[must_use]
    #[inline]
    pub fn eq(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare(&" = ", value.operand())
    }

    /// Not equal to `value`. Never true of NULL.
    #[must_use]
    pub fn ne(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare(&" <> ", value.operand())
    }

    /// Less than `value`.
    #[must_use]
    pub fn lt(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare(&" < ", value.operand())
    }

    /// Less than or equal to `value`.
    #[must_use]
    pub fn le(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare(&" <= ", value.operand())
    }

    /// Greater than `value`.
    #[must_use]
    pub fn gt(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare(&" > ", value.operand())
    }

    /// Greater than or equal to `value`.
    #[must_use]
    pub fn ge(self, value: impl Operand<OperandOf<K>>) -> Filter<T> {
        self.compare(&" >= ", value.operand())
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

    /// One of `values`, which are one parameter however many they are. Never true of NULL.
    #[must_use]
    pub fn in_<V: Operand<OperandOf<K>>>(self, values: impl IntoIterator<Item = V>) -> Filter<T> {
        self.listed(values, false)
    }

    /// None of `values`. Never true of NULL, unless there are no values at all.
    #[must_use]
    pub fn not_in<V: Operand<OperandOf<K>>>(
        self,
        values: impl IntoIterator<Item = V>,
    ) -> Filter<T> {
        self.listed(values, true)
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

    /// Gives the column `value` in [`Query::update`]: a value, an `Option` of one where NULL is allowed, or [`raw`] SQL.
    ///
    /// ```text
    /// Course::query().update(&mut conn, course::TITLE.set(raw("upper(title)", ()))).await?;
    /// ```
    #[must_use]
    pub fn set<M>(self, value: impl Assign<K, M>) -> Assignment<T>
    where
        K: Settable,
    {
        Assignment {
            column: self.name,
            value: value.assigned(self.name),
            marker: PhantomData,
        }
    }

    #[inline]
    fn compare(self, operator: &'static &'static str, operand: &OperandOf<K>) -> Filter<T> {
        Filter::new(self.held(operand).map(|value| Node::Compare {
            column: self.name,
            operator,
            value,
        }))
    }

    #[inline]
    fn held(self, operand: &OperandOf<K>) -> Result<Held, Refused> {
        match K::operand(operand) {
            Ok(written) => Ok(held(written)?),
            Err(source) => Err(self.refused(&source)),
        }
    }

    fn listed<V: Operand<OperandOf<K>>>(
        self,
        values: impl IntoIterator<Item = V>,
        negated: bool,
    ) -> Filter<T> {
        let list = KeyList::of(values, |value, to| {
            to.push(self.name, K::operand(value.operand()));
        });
        Filter::new(list.map_err(Refused::from).map(|list| Node::Listed {
            column: self.name,
            negated,
            read: K::LISTED,
            list,
        }))
    }
}

/// A column type that is stored as text.
#[diagnostic::on_unimplemented(
    message = "columns of type `{Self}` are not text",
    label = "expected a column of text"
)]
pub trait Textual: ColumnType {}

impl Textual for String {}

#[diagnostic::do_not_recommend]
impl<K: Textual> Textual for Option<K> {}

impl<T, K: ColumnType> Column<T, K> {
    /// Fits the pattern, in which `%` stands for any text and `_` for any character. Whether case counts is the database's
    /// own: SQLite takes no heed of that of ASCII letters.
    #[must_use]
    pub fn like(self, pattern: impl Operand<str>) -> Filter<T>
    where
        K: Textual,
    {
        self.compare_text(&" LIKE ", pattern.operand())
    }

    /// Has `text` somewhere in it, case and all.
    #[must_use]
    pub fn contains(self, text: impl Operand<str>) -> Filter<T>
    where
        K: Textual,
    {
        Filter::new(Ok(Node::Call {
            column: self.name,
            call: &CONTAINS,
            value: held_text(text.operand()),
        }))
    }

    /// Compares with a part of a text, or a pattern, which need not be a value of the column.
    fn compare_text(self, operator: &'static &'static str, text: &str) -> Filter<T> {
        Filter::new(Ok(Node::Compare {
            column: self.name,
            operator,
            value: held_text(text),
        }))
    }
}
