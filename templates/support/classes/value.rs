fn is_null(stored: ValueRef<'_>) -> bool {
    matches!(stored, ValueRef::Null)
}

fn null() -> Written<'static> {
    Written::Borrowed(ValueRef::Null)
}

#[cold]
fn out_of_range(number: i64) -> Mismatch {
    format!("{number} is beyond the range of the column's type").into()
}

impl Settable for String {}

impl Settable for Vec<u8> {}

impl ColumnType for Vec<u8> {
    type Value = Self;
    type Base = Self;
    type Operand = [u8];

    const LISTED: &'static str = LISTED_IN_HEX;

    #[inline]
    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        Ok(stored.as_blob()?.to_vec())
    }

    #[inline]
    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        <Self as ColumnType>::operand(value)
    }

    #[inline]
    fn operand(value: &[u8]) -> Result<Written<'_>, Mismatch> {
        Ok(Written::Borrowed(ValueRef::Blob(value)))
    }
}

impl Settable for bool {}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn blob(bytes: &[u8]) -> Value {
    Value::Blob(bytes.to_owned())
}

/// A value to be written again.
fn written(value: Value) -> Written<'static> {
    Written::Owned(value)
}

/// The stored form of an enum's variant.
fn label(text: &'static str) -> Written<'static> {
    Written::Borrowed(ValueRef::Text(text.as_bytes()))
}

/// A value in words.
fn shown(stored: ValueRef<'_>) -> String {
    match stored {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => {
            let mut text = String::new();
            push_hex(&mut text, bytes);
            text
        }
        other => format!("{other:?}"),
    }
}

/// The number that a key is.
fn key_number(stored: ValueRef<'_>) -> Option<i64> {
    match stored {
        ValueRef::Integer(number) => Some(number),
        _ => None,
    }
}

/// The bytes of a value of a key, and what tells them from those of other storage classes.
fn key_bytes(stored: ValueRef<'_>, take: impl FnOnce(u8, &[u8])) {
    match stored {
        ValueRef::Null => take(0, &[]),
        ValueRef::Integer(number) => take(1, &number.to_be_bytes()),
        ValueRef::Real(number) => take(2, &number.to_bits().to_be_bytes()),
        ValueRef::Text(text) => take(3, text),
        ValueRef::Blob(bytes) => take(4, bytes),
    }
}
