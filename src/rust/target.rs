//! The drivers that generated Rust can talk to.

use crate::model::Dialect;

/// The driver that the generated Rust talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target {
    /// The crate `rusqlite`.
    Rusqlite,
}

impl Target {
    /// Every target that this release writes.
    pub const ALL: [Self; 1] = [Self::Rusqlite];

    /// The word for it in specs and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rusqlite => "rusqlite",
        }
    }

    /// The target that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.as_str() == word)
    }

    /// The dialect that its database speaks.
    #[must_use]
    pub const fn dialect(self) -> Dialect {
        match self {
            Self::Rusqlite => Dialect::Sqlite,
        }
    }
}
