/// A type of yours, whose values are stored as those of its base.
pub trait UserType: Sized + 'static {
    /// The column type of what is stored.
    type Base: ColumnType;

    /// The value that is stored as `base`.
    ///
    /// # Errors
    ///
    /// When there is none.
    fn from_base(base: <Self::Base as ColumnType>::Value) -> Result<Self, Mismatch>;

    /// What is stored.
    fn to_base(&self) -> <Self::Base as ColumnType>::Value;
}

/// What a field of the base of `T` has.
type BaseOf<T> = <<T as UserType>::Base as ColumnType>::Value;

/// Converts by `TryFrom`.
///
/// # Errors
///
/// What the conversion tells.
pub fn try_from<T, B>(base: B) -> Result<T, Mismatch>
where
    T: TryFrom<B, Error: Into<Mismatch>>,
{
    converted(T::try_from(base))
}

/// What a conversion gave.
///
/// # Errors
///
/// What it told.
pub fn converted<T, E: Into<Mismatch>>(value: std::result::Result<T, E>) -> Result<T, Mismatch> {
    value.map_err(Into::into)
}

/// Converts a copy by `From`.
#[must_use]
pub fn into_base<T: Clone, B: From<T>>(value: &T) -> B {
    B::from(value.clone())
}

/// The column type of `T`, a type of yours: its base is stored, `T` is read and compared.
pub struct Stored<T>(PhantomData<T>);

impl<T: UserType> ColumnType for Stored<T>
where
    BaseOf<T>: Operand<OperandOf<T::Base>>,
{
    type Value = T;
    type Base = Self;
    type Operand = T;

    const LISTED: &'static str = T::Base::LISTED;

    fn read(stored: ValueRef<'_>) -> Result<T, Mismatch> {
        T::from_base(T::Base::read(stored)?)
    }

    fn write(value: &T) -> Result<Written<'_>, Mismatch> {
        kept(T::Base::write(&value.to_base()))
    }

    fn operand(value: &T) -> Result<Written<'_>, Mismatch> {
        let base = value.to_base();
        kept(<T::Base as ColumnType>::operand(base.operand()))
    }

    fn assign(value: &T) -> Result<Written<'_>, Mismatch> {
        let base = value.to_base();
        kept(<T::Base as ColumnType>::assign(base.operand()))
    }

    fn place(stored: &str) -> Option<i64> {
        T::Base::place(stored)
    }
}

/// A stored form that outlives the value that it was made of.
fn kept(stored: Result<Written<'_>, Mismatch>) -> Result<Written<'static>, Mismatch> {
    Ok(written(owned(stored?)?))
}

impl<T: UserType> Settable for Stored<T> where Self: ColumnType {}

#[diagnostic::do_not_recommend]
impl<T: UserType<Base: Textual>> Textual for Stored<T> where Self: ColumnType {}

#[diagnostic::do_not_recommend]
impl<T: UserType<Base: Summed>> Summed for Stored<T>
where
    Self: ColumnType,
{
    type Sum = <T::Base as Summed>::Sum;

    const SUMMED: [&'static str; 2] = T::Base::SUMMED;
}

/// The key of the number that the database counted, where the key is a type of yours.
///
/// # Errors
///
/// [`Error::Decode`] when the number is beyond the base, or when it is converted to no key.
pub fn counted_base<E>(number: i64) -> Result<E::Key>
where
    E: Entity<Key: UserType>,
    BaseOf<E::Key>: TryFrom<i64>,
{
    let base = BaseOf::<E::Key>::try_from(number);
    let base = base.map_err(|_| "the number is beyond the range of the column's type".into());
    base.and_then(E::Key::from_base)
        .map_err(|source| Error::Decode {
            entity: E::NAME,
            column: key_name::<E>(),
            key: number.to_string(),
            source,
        })
}

#[allow(
    clippy::ref_option,
    reason = "fields are given as they stand; `as_ref` at every call would cost each user's compiler"
)]
impl Params<'_> {
    /// The value of a field or, where there is none, a new one in the form of the base.
    pub fn made<T, K, U>(
        &mut self,
        column: Column<T, K>,
        value: &Option<K::Value>,
        make: fn() -> BaseOf<U>,
    ) where
        K: ColumnType<Base = Stored<U>>,
        U: UserType,
        Stored<U>: ColumnType,
    {
        match value {
            Some(value) => self.put::<K>(column.name, value),
            None => self.put::<U::Base>(column.name, &make()),
        }
    }
}
