//! Relationships as they were written.

use indexmap::IndexMap;
use serde::Deserialize;

use super::Value;

/// A relationship: the way from a row of this entity to those of another. Its kind follows from the keys: over a
/// `secondary` many to many, over an own foreign key many to one, over one of the target one to many, or one to one when
/// that key is unique.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Relationship {
    /// The entity at the other side.
    pub target: Option<String>,
    /// The association table that it goes over, one of those at `secondary` of the spec: many to many.
    pub secondary: Option<String>,
    /// The relationship of the target that is this one read from its other side; that one names this one. Both then change
    /// the same rows.
    pub back_populates: Option<String>,
    /// Which foreign key it goes over, where several fit: its column, a list of its columns, or its name.
    pub foreign_key: Option<OneOrMany>,
    /// What it is to be, which is checked. Only a relationship of an entity with itself needs it, to say its side.
    pub kind: Option<String>,
    /// Which foreign key of the secondary refers to this side, where several fit: its column, a list of its columns, or its
    /// name.
    pub local: Option<OneOrMany>,
    /// Which foreign key of the secondary refers to the target, where several fit: told as at `local`, and one of both will
    /// do.
    pub remote: Option<OneOrMany>,
    /// The relationships that it goes through, one after the other: `books.loans.reader`. It is read-only then, and each row
    /// at the other side is there once.
    pub through: Option<String>,
    /// The order of the rows at the other side: columns of the target or of the secondary, `title` or
    /// `[created_at desc, links.position]`. Default: its primary key, which always decides at last.
    pub order_by: Option<OneOrMany>,
    /// What the rows at the other side hold, a column → its value: `{ genre: essay, deleted_at: null }`. What is added to a
    /// one-to-many gets these values. It takes no `back_populates`.
    pub r#where: Option<IndexMap<String, Held>>,
    /// The method's name in Rust. Default: the relationship's.
    pub rust_name: Option<String>,
    /// What the relationship means: a comment of the method.
    pub doc: Option<String>,
}

/// What a column holds, as a condition.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Held {
    /// `null`.
    Null,
    /// A literal, never SQL.
    Literal(Value),
}

/// One name or a list of names.
#[derive(Debug, Clone, PartialEq)]
pub enum OneOrMany {
    /// One name.
    One(String),
    /// A list.
    Many(Vec<String>),
}
