/// An enum of the schema: stored as the text of its variant.
pub trait Enum: Copy + std::fmt::Debug + Send + Sync + 'static {
    /// The name in the spec.
    const NAME: &'static str;
    /// Every variant, in the order of the spec.
    const VARIANTS: &'static [Self];
    /// Whether the database sorts them by their places, which then count from 1, and texts beside them as texts.
    const SORTS_BY_PLACE: bool = false;

    /// The stored text.
    fn stored(self) -> &'static str;
}

/// The variant that is stored as `text`.
///
/// # Errors
///
/// [`UnknownVariant`] when there is none.
pub fn variant<E: Enum>(text: &str) -> std::result::Result<E, UnknownVariant> {
    let mut variants = E::VARIANTS.iter();
    let found = variants.find(|variant| variant.stored() == text);
    found.copied().ok_or_else(|| UnknownVariant {
        name: E::NAME,
        text: text.to_owned(),
    })
}

/// A text that no variant of an enum is stored as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownVariant {
    name: &'static str,
    text: String,
}

impl std::fmt::Display for UnknownVariant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} is no {}", self.text, self.name)
    }
}

impl std::error::Error for UnknownVariant {}

#[diagnostic::do_not_recommend]
impl<E: Enum> ColumnType for E {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    const LISTED: &'static str = LISTED_AS_LABEL;

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        Ok(variant(label_of(stored)?)?)
    }

    #[inline]
    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        Ok(label(value.stored()))
    }

    #[inline]
    fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
        Self::write(value)
    }

    fn place(stored: &str) -> Option<i64> {
        if !E::SORTS_BY_PLACE {
            return None;
        }
        let mut places = (1..).zip(E::VARIANTS);
        let found = places.find(|(_, variant)| variant.stored() == stored);
        found.map(|(place, _)| place)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Enum> Settable for E {}
