//! Who sees what is generated.

/// Who sees what stands at the top of the generated module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    /// Everyone: `pub`.
    Public,
    /// The crate: `pub(crate)`.
    Crate,
    /// The module that includes it, and what is in that.
    Private,
}

impl Visibility {
    /// Every visibility.
    pub const ALL: [Self; 3] = [Self::Public, Self::Crate, Self::Private];

    /// The word for it in specs and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "pub",
            Self::Crate => "pub(crate)",
            Self::Private => "private",
        }
    }

    /// The visibility that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|visibility| visibility.as_str() == word)
    }

    /// What stands before an item.
    #[must_use]
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::Public => "pub ",
            Self::Crate => "pub(crate) ",
            Self::Private => "",
        }
    }
}
