#[diagnostic::do_not_recommend]
impl<E: Enum> ColumnType for E {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    const LISTED: &'static str = E::LISTED;

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        Ok(variant(stored.text()?)?)
    }

    #[inline]
    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        Ok(Written::Label(value.stored().into()))
    }

    #[inline]
    fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
        Self::write(value)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Enum> Settable for E {}
