// What the parts of the support code are given by those that no database decides.

pub type Result<T, E = Error> = std::result::Result<T, E>;
pub type Mismatch = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug)]
pub enum Error {
    Encode {
        column: &'static str,
        source: Mismatch,
    },
}

pub trait ColumnType: 'static {
    type Value;
    type Base: ColumnType;
    type Operand: ?Sized;
    const NULLABLE: bool = false;
    const LISTED: &'static str = LISTED_AS_IT_IS;
    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch>;
    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch>;
    fn operand(value: &Self::Operand) -> Result<Written<'_>, Mismatch>;
    fn assign(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        Self::operand(value)
    }
}

impl<K: ColumnType> ColumnType for Option<K> {
    type Value = Option<K::Value>;
    type Base = K::Base;
    type Operand = K::Operand;
    const NULLABLE: bool = true;
    const LISTED: &'static str = K::LISTED;
    fn read(stored: ValueRef<'_>) -> Result<Self::Value, Mismatch> {
        if is_null(stored) {
            return Ok(None);
        }
        K::read(stored).map(Some)
    }
    fn write(value: &Self::Value) -> Result<Written<'_>, Mismatch> {
        match value {
            Some(value) => K::write(value),
            None => Ok(null()),
        }
    }
    fn operand(value: &Self::Operand) -> Result<Written<'_>, Mismatch> {
        K::operand(value)
    }
}

pub trait Settable: ColumnType {}

pub trait Summed: ColumnType {
    type Sum: ColumnType;
}

macro_rules! ref_from {
    ($($key:ty),+) => {};
}

trait Moment: Sized {
    const FORM: Form;
    fn from_numbers(numbers: Numbers) -> Option<Self>;
    fn numbers(&self) -> Numbers;
}

#[derive(Clone, Copy, Default)]
struct Numbers {
    date: (i32, u32, u32),
    time: (u32, u32, u32, u32),
}

pub trait Enum: Copy + std::fmt::Debug + Send + Sync + 'static {
    const NAME: &'static str;
    const VARIANTS: &'static [Self];
    fn stored(self) -> &'static str;
}

pub fn variant<E: Enum>(text: &str) -> std::result::Result<E, String> {
    let mut variants = E::VARIANTS.iter();
    let found = variants.find(|variant| variant.stored() == text);
    found
        .copied()
        .ok_or_else(|| format!("{text:?} is no {}", E::NAME))
}

pub struct Params<'a> {
    sink: &'a mut dyn Sink,
    failed: Option<Box<Error>>,
}

impl Params<'_> {
    fn fail(&mut self, error: Error) {
        self.failed.get_or_insert_with(|| Box::new(error));
    }
}

fn stored(put: impl FnOnce(&mut Params<'_>)) -> Result<Vec<Value>> {
    let mut values = Vec::new();
    let mut params = Params {
        sink: &mut values,
        failed: None,
    };
    put(&mut params);
    params.failed.map_or(Ok(()), |error| Err(*error))?;
    Ok(values)
}

impl<E: Enum> ColumnType for E {
    type Value = Self;
    type Base = Self;
    type Operand = Self;
    const LISTED: &'static str = LISTED_AS_LABEL;
    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        Ok(variant(label_of(stored)?)?)
    }
    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        Ok(label(value.stored()))
    }
    fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
        Self::write(value)
    }
}

impl<E: Enum> Settable for E {}
