/// Stored as its 16 bytes.
impl ColumnType for uuid::Uuid {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    const LISTED: &'static str = LISTED_IN_HEX;

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        Ok(Self::from_slice(stored.as_blob()?)?)
    }

    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        Ok(Written::Borrowed(ValueRef::Blob(value.as_bytes())))
    }

    fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
        Self::write(value)
    }
}

impl Settable for uuid::Uuid {}

ref_from!(uuid::Uuid);
