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
