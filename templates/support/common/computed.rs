/// The column type of a value that the database computes: read and compared as `K`, and given no value.
pub struct Computed<K>(PhantomData<K>);

impl<K: ColumnType> ColumnType for Computed<K> {
    type Value = K::Value;
    type Base = K::Base;
    type Operand = K::Operand;

    const NULLABLE: bool = K::NULLABLE;
    const LISTED: &'static str = K::LISTED;

    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch> {
        K::read(stored)
    }

    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch> {
        K::write(value)
    }

    fn operand(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        K::operand(value)
    }

    fn assign(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        K::assign(value)
    }

    fn place(stored: &str) -> Option<i64> {
        K::place(stored)
    }
}

#[diagnostic::do_not_recommend]
impl<K: Summed> Summed for Computed<K> {
    type Sum = K::Sum;

    const SUMMED: [&'static str; 2] = K::SUMMED;
}

#[diagnostic::do_not_recommend]
impl<K: Textual> Textual for Computed<K> {}
