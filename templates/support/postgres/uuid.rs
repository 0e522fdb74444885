/// Stored as `uuid`.
impl ColumnType for uuid::Uuid {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        let bytes = stored.of(&[Oid::UUID])?;
        stored.fixed(bytes).map(Self::from_bytes)
    }

    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        Ok(Written::Uuid(*value.as_bytes()))
    }

    fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
        Self::write(value)
    }
}

impl Settable for uuid::Uuid {}

ref_from!(uuid::Uuid);
