//! The column types that a schema declares itself.

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
    /// The variants, in the order of the spec; at least one.
    pub variants: Vec<Variant>,
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
