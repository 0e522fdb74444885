/// The column of `JSON_TABLE` that an item of a list is read from: its type, of which the digits of bytes are texts too.
const LISTED_AS_IT_IS: &str = "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

/// The same of an enum, which is a text.
const LISTED_AS_LABEL: &str = LISTED_AS_IT_IS;

/// The same of bytes, of which JSON has none: they come as hexadecimal text, in which is no sign but letters and digits.
const LISTED_IN_HEX: &str = "";

/// The same of whole numbers.
const LISTED_AS_NUMBER: &str = "BIGINT";

/// The same of numbers with a fraction.
const LISTED_AS_REAL: &str = "DOUBLE";

fn is_null(stored: ValueRef<'_>) -> bool {
    matches!(stored, ValueRef::Null)
}

fn null() -> Written<'static> {
    Written::Borrowed(ValueRef::Null)
}

/// The column types of whole numbers.
macro_rules! integer_types {
    ($($value:ty),+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = Self;

            const LISTED: &'static str = LISTED_AS_NUMBER;

            #[inline]
            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                let number = whole(stored)?;
                Self::try_from(number).map_err(|_| out_of_range(number))
            }

            #[inline]
            fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
                Ok(Written::from(*value))
            }

            #[inline]
            fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
                Self::write(value)
            }
        }

        impl Settable for $value {}
    )+};
}

integer_types!(i16, i32, i64);

#[cold]
fn out_of_range(number: i64) -> Mismatch {
    format!("{number} is beyond the range of the column's type").into()
}

impl Settable for String {}

impl ColumnType for String {
    type Value = Self;
    type Base = Self;
    type Operand = str;

    #[inline]
    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        Ok(string(stored)?.to_owned())
    }

    #[inline]
    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        <Self as ColumnType>::operand(value)
    }

    #[inline]
    fn operand(value: &str) -> Result<Written<'_>, Mismatch> {
        Ok(Written::Borrowed(ValueRef::Text(value.as_bytes())))
    }
}

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

impl ColumnType for bool {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    const LISTED: &'static str = LISTED_AS_NUMBER;

    #[inline]
    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        match stored.as_i64()? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(format!("{other} is neither 0 nor 1").into()),
        }
    }

    #[inline]
    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        Ok(Written::from(*value))
    }

    #[inline]
    fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
        Self::write(value)
    }
}

/// Numbers with a fraction. MySQL knows neither NaN nor infinity.
macro_rules! float_types {
    ($($value:ty),+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = Self;

            const LISTED: &'static str = LISTED_AS_REAL;

            #[allow(
                clippy::cast_possible_truncation,
                reason = "every f32 was widened when it was stored"
            )]
            #[inline]
            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                Ok(real(stored)? as Self)
            }

            #[inline]
            fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
                if !value.is_finite() {
                    return Err(format!("MySQL cannot store {value}").into());
                }
                Ok(Written::from(*value))
            }

            #[inline]
            fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
                Self::write(value)
            }
        }

        impl Settable for $value {}
    )+};
}

float_types!(f32, f64);

/// A number with a fraction; a mean of decimals comes as their text.
#[inline]
fn real(stored: ValueRef<'_>) -> Result<f64, Mismatch> {
    match stored {
        ValueRef::Text(_) => Ok(stored.as_str()?.parse()?),
        stored => stored.as_f64(),
    }
}

/// A whole number; a sum of such comes as the text of a decimal.
#[inline]
fn whole(stored: ValueRef<'_>) -> Result<i64, Mismatch> {
    match stored {
        ValueRef::Text(_) => Ok(stored.as_str()?.parse()?),
        stored => stored.as_i64(),
    }
}

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

/// The text that an enum's variant is stored as.
fn label_of(stored: ValueRef<'_>) -> Result<&str, Mismatch> {
    string(stored)
}

/// A text. What is compared byte by byte is not told from bytes.
fn string(stored: ValueRef<'_>) -> Result<&str, Mismatch> {
    match stored {
        ValueRef::Blob(bytes) => Ok(std::str::from_utf8(bytes)?),
        text => text.as_str(),
    }
}

/// The number that a query gives.
fn number_of(stored: ValueRef<'_>) -> Result<i64, Mismatch> {
    whole(stored)
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
