/// An item of `json_each`.
const LISTED_AS_IT_IS: &str = "value";

/// The same of an enum, which is a text.
const LISTED_AS_LABEL: &str = LISTED_AS_IT_IS;

/// The same of bytes, of which JSON has none: they come as hexadecimal text.
const LISTED_IN_HEX: &str = "unhex(value)";

/// The column types of whole numbers.
macro_rules! integer_types {
    ($($value:ty),+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = Self;

            #[inline]
            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                let number = stored.as_i64()?;
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
        Ok(stored.as_str()?.to_owned())
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
                Ok(real(stored)? as Self)
            }

            #[inline]
            fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
                if value.is_nan() {
                    return Err("SQLite cannot store NaN".into());
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

#[allow(
    clippy::cast_precision_loss,
    reason = "in the tables of another program a number may be a whole one"
)]
#[inline]
fn real(stored: ValueRef<'_>) -> Result<f64, Mismatch> {
    match stored {
        ValueRef::Integer(number) => Ok(number as f64),
        stored => Ok(stored.as_f64()?),
    }
}

/// The text that an enum's variant is stored as.
fn label_of(stored: ValueRef<'_>) -> Result<&str, Mismatch> {
    let label = stored.as_str()?;
    Ok(label)
}

/// The number that a query gives.
fn number_of(stored: ValueRef<'_>) -> Result<i64, Mismatch> {
    let number = stored.as_i64()?;
    Ok(number)
}
