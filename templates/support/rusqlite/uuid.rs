/// Stored as its 16 bytes.
impl ColumnType for uuid::Uuid {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    const LISTED: &'static str = "unhex(value)";

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        Ok(Self::from_slice(stored.as_blob()?)?)
    }

    fn write(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(value.as_bytes())))
    }

    fn operand(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
        Self::write(value)
    }
}

impl Settable for uuid::Uuid {}

ref_from!(uuid::Uuid);
