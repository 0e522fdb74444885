/// How the values of a column are stored: one type of Rust, one form in the database.
///
/// Mostly the type is its own column type (`i32`, `String`); `Option` stands for a nullable column.
#[diagnostic::on_unimplemented(message = "`{Self}` is not the type of a column")]
pub trait ColumnType: 'static {
    /// The type of the field.
    type Value;
    /// The same without NULL.
    type Base: ColumnType;
    /// What a comparison takes: `str` for `String`, `T` for a nullable `T`.
    type Operand: ?Sized;

    /// Whether NULL is a value.
    const NULLABLE: bool = false;
    /// How a statement reads an item of a list that is one parameter, in SQL.
    const LISTED: &'static str = LISTED_AS_IT_IS;

    /// Reads a stored value.
    ///
    /// # Errors
    ///
    /// When the stored value is no value of this type.
    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch>;

    /// The form in which the value of a field is stored.
    ///
    /// # Errors
    ///
    /// When the column cannot hold the value.
    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch>;

    /// The form in which an operand is stored.
    ///
    /// # Errors
    ///
    /// When the column cannot hold the value.
    fn operand(value: &Self::Operand) -> Result<Written<'_>, Mismatch>;

    /// The form in which a value is stored that is given as an operand is.
    ///
    /// # Errors
    ///
    /// When the column cannot hold the value.
    #[inline]
    fn assign(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        Self::operand(value)
    }

    /// The number that the database sorts a stored text by, where it does.
    #[must_use]
    fn place(_stored: &str) -> Option<i64> {
        None
    }
}

/// A value that a column of operands `O` can be compared with: the value, a reference to it, `&str` for text.
#[diagnostic::on_unimplemented(
    message = "a column of `{O}` cannot be compared with `{Self}`",
    label = "expected `{O}`, owned or borrowed",
    note = "values are not converted on the way; NULL is asked for by `is_null()`"
)]
pub trait Operand<O: ?Sized> {
    /// The value.
    fn operand(&self) -> &O;
}

#[diagnostic::do_not_recommend]
impl<T> Operand<T> for T {
    fn operand(&self) -> &T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: ?Sized> Operand<T> for &T {
    fn operand(&self) -> &T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Operand<str> for String {
    fn operand(&self) -> &str {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Operand<str> for &String {
    fn operand(&self) -> &str {
        self
    }
}

/// What an iterator over a list of `&str` gives.
#[diagnostic::do_not_recommend]
impl Operand<str> for &&str {
    fn operand(&self) -> &str {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V> Operand<[V]> for Vec<V> {
    fn operand(&self) -> &[V] {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V> Operand<[V]> for &Vec<V> {
    fn operand(&self) -> &[V] {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V, const N: usize> Operand<[V]> for [V; N] {
    fn operand(&self) -> &[V] {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<V, const N: usize> Operand<[V]> for &[V; N] {
    fn operand(&self) -> &[V] {
        *self
    }
}

impl<K: ColumnType> ColumnType for Option<K> {
    type Value = Option<K::Value>;
    type Base = K::Base;
    type Operand = K::Operand;

    const NULLABLE: bool = true;
    const LISTED: &'static str = K::LISTED;

    #[inline]
    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch> {
        if is_null(stored) {
            return Ok(None);
        }
        K::read(stored).map(Some)
    }

    #[inline]
    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch> {
        match value {
            Some(value) => K::write(value),
            None => Ok(null()),
        }
    }

    #[inline]
    fn operand(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        K::operand(value)
    }

    #[inline]
    fn assign(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        K::assign(value)
    }

    fn place(stored: &str) -> Option<i64> {
        K::place(stored)
    }
}
