//! The column types that a schema declares itself, and what it adds to generated types.

use std::hash::{Hash, Hasher};

/// What the spec adds to a generated type, as Rust writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// The paths of what it derives beside what every such type does.
    pub derives: Vec<String>,
    /// Further attributes: what stands between `#[` and `]`.
    pub attributes: Vec<String>,
}

/// The schema is the same with and without it, so it has no part in [`super::hash`].
impl Hash for Extras {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

use super::types::STRING_IN_MYSQL;
use super::{Literal, Type};

/// Values that fit a column or a type, as the spec gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples(pub Vec<Literal>);

impl std::ops::Deref for Examples {
    type Target = [Literal];

    fn deref(&self) -> &[Literal] {
        &self.0
    }
}

/// Nor have they: nothing of them is stored.
impl Hash for Examples {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// An enum: a column of it holds one of a few texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Enum {
    /// The name in the spec, by which columns call it.
    pub name: String,
    /// The type, as written in Rust.
    pub rust: String,
    /// What it is, as the spec says.
    pub doc: Option<String>,
    /// Whether the database has a type for it, where the dialect knows enums; else it is text with a check.
    pub native: bool,
    /// What is added to the type.
    pub extras: Extras,
    /// The variants, in the order of the spec; at least one.
    pub variants: Vec<Variant>,
}

impl Enum {
    /// The characters of a column that stores it as text, where such a column has a length: as those of `string`, so that a
    /// variant that is added later fits.
    #[must_use]
    pub fn length_as_text(&self) -> u32 {
        let lengths = self.variants.iter();
        let lengths = lengths.map(|variant| variant.stored.chars().count());
        let longest = u32::try_from(lengths.max().unwrap_or_default()).unwrap_or(u32::MAX);
        longest.max(STRING_IN_MYSQL)
    }
}

/// A variant of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Variant {
    /// The name in the spec.
    pub name: String,
    /// The variant, as written in Rust.
    pub rust: String,
    /// The text that the database stores; no two variants have the same.
    pub stored: String,
    /// What it means, as the spec says.
    pub doc: Option<String>,
}

/// A type of the user's own: a column of it holds what its base does, and Rust converts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserType {
    /// The name in the spec, by which columns call it.
    pub name: String,
    /// The path of the type in Rust, from the user's crate or another one: `crate::Email`.
    pub rust: String,
    /// What it is, as the spec says.
    pub doc: Option<String>,
    /// What is stored: no type that the schema declares.
    pub base: Type,
    /// The path of the function that makes the base of a value; `None` where `From` does.
    pub into: Option<String>,
    /// The path of the function that makes a value of the base; `None` where `TryFrom` does.
    pub from: Option<String>,
    /// Values of the base that can be converted.
    pub examples: Examples,
}
