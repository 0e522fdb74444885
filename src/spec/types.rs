//! Enums and types of the user's own as they were written.

use indexmap::IndexMap;
use serde::Deserialize;

use super::Examples;

/// The long form of an enum, for more than its variants. The short forms are a list of names or a mapping of names to what
/// is stored.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(
    feature = "cli",
    derive(schemars::JsonSchema),
    schemars(transform = super::schema::enumeration)
)]
#[serde(default, deny_unknown_fields)]
pub struct Enum {
    /// The type's name in Rust. Default: the enum's in camel case.
    pub rust_name: Option<String>,
    /// What the enum is: a comment of the type.
    pub doc: Option<String>,
    /// What the type derives besides, as paths: `[Default, "serde::Serialize"]`. `Default` is the first variant.
    pub derives: Vec<String>,
    /// Further attributes of the type, without `#[` and `]`: `['serde(rename_all = "lowercase")']`.
    pub attributes: Vec<String>,
    /// Whether the database has a type for it, where it knows enums. `false` is text with a check.
    pub native: Option<bool>,
    /// The variants: a list of names, `[novel, essay]`, or a mapping of names to what is stored, `{ novel: N, essay: E }`.
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

/// A variant of an enum: what is stored, `novel: N`, or a mapping, `{ value: N, doc: "A long one." }`.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(
    feature = "cli",
    derive(schemars::JsonSchema),
    schemars(transform = super::schema::variant)
)]
#[serde(default, deny_unknown_fields)]
pub struct Variant {
    /// What is stored. Default: the variant's name.
    pub value: Option<String>,
    /// The variant's name in Rust. Default: the spec's in camel case.
    pub rust_name: Option<String>,
    /// What the variant means: a comment of it.
    pub doc: Option<String>,
    /// Whether the stored value stands right at the name.
    #[serde(skip)]
    pub short: bool,
}

/// A type of your own crate or of another (`::url::Url`), for columns to have: it is stored as its base.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct UserType {
    /// The column type that is stored, such as `string(320)`: any but an enum or a list.
    #[cfg_attr(feature = "cli", schemars(with = "super::schema::Type"))]
    pub base: Option<String>,
    /// The path of the type in Rust: `"crate::Email"`.
    pub rust: Option<String>,
    /// The path of the function that makes the base of a value. Default: `From<Email>` of the base.
    pub into: Option<String>,
    /// The path of the function that makes a value of the base. Default: `TryFrom` of the base.
    pub from: Option<String>,
    /// A value of the base that can be converted, or a list of them: for the rows that generated tests make up.
    pub example: Option<Examples>,
    /// What the type is: a comment where it is made known.
    pub doc: Option<String>,
}
