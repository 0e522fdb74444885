//! The form of generated Rust: how it is cut into files, for which driver, with which types, and who sees it.

use crate::model::{Target, Time};
use crate::rust::Visibility;

/// What generated Rust is made of and who sees it.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// The driver that it talks to.
    pub target: Target,
    /// How it is cut into files.
    pub layout: Layout,
    /// The crate of its dates and times.
    pub time: Time,
    /// Who sees it.
    pub visibility: Visibility,
    /// Whether its relationships have tests beside it.
    pub tests: bool,
}

/// How generated Rust is cut into files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// A folder of its own: `mod.rs`, one file per entity, `support.rs`, `schema.sql`.
    Modules,
    /// One file per language, named after the spec: `school.rs`, `school.sql`.
    Single,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 2] = [Self::Modules, Self::Single];

    /// The word for it in specs and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Modules => "modules",
            Self::Single => "single",
        }
    }

    /// The layout that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.as_str() == word)
    }
}
