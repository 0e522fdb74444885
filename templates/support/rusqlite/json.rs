/// Stored as text.
impl ColumnType for serde_json::Value {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        Ok(serde_json::from_str(stored.as_str()?)?)
    }

    fn write(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
        Ok(ToSqlOutput::from(value.to_string()))
    }

    fn operand(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
        Self::write(value)
    }
}

impl Settable for serde_json::Value {}
