/// Sent as text.
impl ColumnType for serde_json::Value {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        match stored {
            // MariaDB's JSON is text, and so is what functions make of it; MySQL's has a type of its own.
            ValueRef::Blob(bytes) => Ok(serde_json::from_slice(bytes)?),
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
