/// The column types of Rust's own types: the stored type, those of smaller numbers, and what is made of its bytes.
macro_rules! column_types {
    ($($value:ty, $operand:ty, [$($oid:expr),+], $read:expr, $write:expr;)+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = $operand;

            #[inline]
            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                let bytes = stored.of(&[$($oid),+])?;
                let read: fn(ValueRef<'_>, &[u8]) -> Result<Self, Mismatch> = $read;
                read(stored, bytes)
            }

            #[inline]
            fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
                <Self as ColumnType>::operand(value)
            }

            #[inline]
            fn operand(value: &$operand) -> Result<Written<'_>, Mismatch> {
                let write: fn(&$operand) -> Written<'_> = $write;
                Ok(write(value))
            }
        }

        impl Settable for $value {}
    )+};
}

column_types! {
    bool, bool, [Oid::BOOL], |stored, bytes| match bytes {
        [0] => Ok(false),
        [1] => Ok(true),
        _ => Err(stored.damaged()),
    }, |value| Written::Bool(*value);
    i16, i16, [Oid::INT2], |stored, bytes| {
        stored.fixed(bytes).map(Self::from_be_bytes)
    }, |value| Written::Int2(*value);
    i32, i32, [Oid::INT4, Oid::INT2], |stored, bytes| match bytes.len() {
        2 => stored.fixed(bytes).map(i16::from_be_bytes).map(Self::from),
        _ => stored.fixed(bytes).map(Self::from_be_bytes),
    }, |value| Written::Int4(*value);
    // The sum of a column of this type is numeric.
    i64, i64, [Oid::INT8, Oid::INT4, Oid::INT2, Oid::NUMERIC], |stored, bytes| {
        if stored.oid == Oid::NUMERIC {
            let number = Numeric::decode(stored)?;
            let whole = number.whole().and_then(|whole| Self::try_from(whole).ok());
            return whole.ok_or_else(|| format!("{number} is no bigint").into());
        }
        match bytes.len() {
            2 => stored.fixed(bytes).map(i16::from_be_bytes).map(Self::from),
            4 => stored.fixed(bytes).map(i32::from_be_bytes).map(Self::from),
            _ => stored.fixed(bytes).map(Self::from_be_bytes),
        }
    }, |value| Written::Int8(*value);
    f32, f32, [Oid::FLOAT4], |stored, bytes| {
        stored.fixed(bytes).map(Self::from_be_bytes)
    }, |value| Written::Float4(*value);
    f64, f64, [Oid::FLOAT8, Oid::FLOAT4], |stored, bytes| match bytes.len() {
        4 => stored.fixed(bytes).map(f32::from_be_bytes).map(Self::from),
        _ => stored.fixed(bytes).map(Self::from_be_bytes),
    }, |value| Written::Float8(*value);
    Vec<u8>, [u8], [Oid::BYTEA], |_, bytes| Ok(bytes.to_owned()), |value| Written::Bytes(value.into());
}

impl ColumnType for String {
    type Value = Self;
    type Base = Self;
    type Operand = str;

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        stored.text().map(str::to_owned)
    }

    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        written_text(value)
    }

    fn operand(value: &str) -> Result<Written<'_>, Mismatch> {
        written_text(value)
    }
}

impl Settable for String {}

/// A column is compared with the items of a list as it is.
const LISTED_AS_IT_IS: &str = "";

/// A list of an enum is one of texts: the number of the enum's type is another in each database.
const LISTED_AS_LABEL: &str = "::text";

fn text(text: &str) -> Value {
    Written::Text(text.to_owned().into())
}

fn blob(bytes: &[u8]) -> Value {
    Written::Bytes(bytes.to_owned().into())
}

/// A value to be written again.
fn written(value: Value) -> Written<'static> {
    value
}

/// The stored form of an enum's variant.
fn label(text: &'static str) -> Written<'static> {
    Written::Label(text.into())
}

/// The text that an enum's variant is stored as.
fn label_of(stored: ValueRef<'_>) -> Result<&str, Mismatch> {
    stored.text()
}

/// The number that a query gives; whether something is so is 1 or 0.
fn number_of(stored: ValueRef<'_>) -> Result<i64, Mismatch> {
    if stored.oid == Oid::BOOL {
        return bool::read(stored).map(i64::from);
    }
    i64::read(stored)
}

/// The number that a key is.
fn key_number(stored: ValueRef<'_>) -> Option<i64> {
    match stored.oid {
        Oid::INT2 | Oid::INT4 | Oid::INT8 => i64::read(stored).ok(),
        _ => None,
    }
}

/// The bytes of a value of a key, and what tells NULL from them.
fn key_bytes(stored: ValueRef<'_>, take: impl FnOnce(u8, &[u8])) {
    match stored.bytes {
        None => take(0, &[]),
        Some(bytes) => take(1, bytes),
    }
}
