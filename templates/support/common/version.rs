/// The column type of a version, which every write to the row raises: read and compared as `K`, and given no value.
pub struct Version<K>(PhantomData<K>);

impl<K: ColumnType> ColumnType for Version<K> {
    type Value = K::Value;
    type Base = K;
    type Operand = K::Operand;

    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch> {
        K::read(stored)
    }

    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch> {
        K::write(value)
    }

    fn operand(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        K::operand(value)
    }
}

#[diagnostic::do_not_recommend]
impl<K: Summed> Summed for Version<K> {
    type Sum = K::Sum;

    const SUMMED: [&'static str; 2] = K::SUMMED;
}
