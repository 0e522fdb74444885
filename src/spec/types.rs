//! Enums and types of the user's own as they were written.

use indexmap::IndexMap;
use serde::Deserialize;

use super::Examples;

/// An enum. The short forms, a list of names or a map name → stored value, have only the variants.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Enum {
    /// The type's name, when it is not the enum's.
    pub rust_name: Option<String>,
    /// What the enum is.
    pub doc: Option<String>,
    /// What the type derives besides: paths.
    pub derives: Vec<String>,
    /// Further attributes of the type: what stands between `#[` and `]`.
    pub attributes: Vec<String>,
    /// Whether the database has a type for it, where the dialect knows enums.
    pub native: Option<bool>,
    /// The variants, in the order of the file.
    pub variants: Variants,
    /// Whether the variants stand right at the name.
    #[serde(skip)]
    pub short: bool,
}

/// The variants of an enum.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Variants {
    /// Names, which are the stored values too.
    List(Vec<String>),
    /// Name → stored value.
    Map(IndexMap<String, Variant>),
}

impl Default for Variants {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

/// A variant. The short form `name: VALUE` has only the stored value.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Variant {
    /// The stored value, when it is not the name.
    pub value: Option<String>,
    /// The variant's name in Rust, when it is not the spec's.
    pub rust_name: Option<String>,
    /// What the variant means.
    pub doc: Option<String>,
    /// Whether the stored value stands right at the name.
    #[serde(skip)]
    pub short: bool,
}

/// A type of the user's own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UserType {
    /// The column type that is stored, as written.
    pub base: Option<String>,
    /// The path of the type in Rust.
    pub rust: Option<String>,
    /// The path of the function that makes the base of a value, where `From` does not.
    pub into: Option<String>,
    /// The path of the function that makes a value of the base, where `TryFrom` does not.
    pub from: Option<String>,
    /// Values of the base that can be converted.
    pub example: Option<Examples>,
    /// What the type is.
    pub doc: Option<String>,
}
