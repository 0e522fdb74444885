/// How the values of a column are stored: one type of Rust, one storage class of SQLite.
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
    /// Reads an item of a list that is one parameter: SQL over the `value` of `json_each`.
    const LISTED: &'static str = "value";

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
    fn write(value: &Self::Value) -> Result<ToSqlOutput<'_>, Mismatch>;

    /// The form in which an operand is stored.
    ///
    /// # Errors
    ///
    /// When the column cannot hold the value.
    fn operand(value: &Self::Operand) -> Result<ToSqlOutput<'_>, Mismatch>;

    /// The form in which a value is stored that is given as an operand is.
    ///
    /// # Errors
    ///
    /// When the column cannot hold the value.
    #[inline]
    fn assign(value: &Self::Operand) -> Result<ToSqlOutput<'_>, Mismatch> {
        Self::operand(value)
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
impl Operand<[u8]> for Vec<u8> {
    fn operand(&self) -> &[u8] {
        self
    }
}

#[diagnostic::do_not_recommend]
impl Operand<[u8]> for &Vec<u8> {
    fn operand(&self) -> &[u8] {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> Operand<[u8]> for [u8; N] {
    fn operand(&self) -> &[u8] {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> Operand<[u8]> for &[u8; N] {
    fn operand(&self) -> &[u8] {
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
        match stored {
            ValueRef::Null => Ok(None),
            stored => K::read(stored).map(Some),
        }
    }

    #[inline]
    fn write(value: &Self::Value) -> Result<ToSqlOutput<'_>, Mismatch> {
        match value {
            Some(value) => K::write(value),
            None => Ok(ToSqlOutput::Borrowed(ValueRef::Null)),
        }
    }

    #[inline]
    fn operand(value: &Self::Operand) -> Result<ToSqlOutput<'_>, Mismatch> {
        K::operand(value)
    }

    #[inline]
    fn assign(value: &Self::Operand) -> Result<ToSqlOutput<'_>, Mismatch> {
        K::assign(value)
    }
}

/// The column types whose values the driver reads and writes in the form that the schema stores.
macro_rules! column_types {
    ($($value:ty, $operand:ty, $listed:literal;)+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = $operand;

            const LISTED: &'static str = $listed;

            #[inline]
            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                Ok(FromSql::column_result(stored)?)
            }

            #[inline]
            fn write(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
                Ok(value.to_sql()?)
            }

            #[inline]
            fn operand(value: &$operand) -> Result<ToSqlOutput<'_>, Mismatch> {
                Ok(value.to_sql()?)
            }
        }

        impl Settable for $value {}
    )+};
}

column_types! {
    i16, i16, "value";
    i32, i32, "value";
    i64, i64, "value";
    String, str, "value";
    Vec<u8>, [u8], "unhex(value)";
}

impl Settable for bool {}

impl ColumnType for bool {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    #[inline]
    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        match stored.as_i64()? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(format!("{other} is neither 0 nor 1").into()),
        }
    }

    #[inline]
    fn write(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
        Ok(ToSqlOutput::from(*value))
    }

    #[inline]
    fn operand(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
        Self::write(value)
    }
}

/// Numbers with a fraction. SQLite stores NaN as NULL, and a statement could take that for "not given", so NaN is
/// refused.
macro_rules! float_types {
    ($($value:ty),+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = Self;

            #[allow(
                clippy::cast_possible_truncation,
                reason = "every f32 was widened when it was stored"
            )]
            #[inline]
            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                Ok(f64::column_result(stored)? as Self)
            }

            #[inline]
            fn write(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
                if value.is_nan() {
                    return Err("SQLite cannot store NaN".into());
                }
                Ok(ToSqlOutput::from(*value))
            }

            #[inline]
            fn operand(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
                Self::write(value)
            }
        }

        impl Settable for $value {}
    )+};
}

float_types!(f32, f64);
