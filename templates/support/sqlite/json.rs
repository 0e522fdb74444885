/// Stored as text.
impl ColumnType for serde_json::Value {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        match stored {
            // In the tables of another program the column may turn the text of a number into one.
            ValueRef::Integer(number) => Ok(number.into()),
            ValueRef::Real(number) if number.is_finite() => Ok(number.into()),
            text => Ok(serde_json::from_str(text.as_str()?)?),
        }
    }

    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        Ok(Written::from(value.to_string()))
    }

    fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
        Self::write(value)
    }
}

impl Settable for serde_json::Value {}
