//! Association tables as they were written.

use indexmap::IndexMap;
use serde::Deserialize;

use super::{Check, Column, ForeignKey, Index};

/// An association table. The short form `[Left, Right]` is [`Secondary::Short`].
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Secondary {
    /// The two entities; columns and keys are derived.
    Short(Vec<String>),
    /// Columns and all that an entity may have but relationships.
    Long(Box<SecondaryTable>),
}

/// An association table without an entity: `[Left, Right]`, or a mapping whose columns are two foreign keys, its ends, and
/// payload.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SecondaryTable {
    /// The table's name in the database. Default: the secondary's.
    pub table: Option<String>,
    /// The name in Rust of the struct that a link has. Default: the secondary's in camel case.
    pub rust_name: Option<String>,
    /// Whether the same two rows may be linked several times.
    pub multiple: Option<bool>,
    /// Whether a link is the same one seen from either side, as between friends: both ends refer to one entity, and there is
    /// one row for each pair.
    pub symmetric: Option<bool>,
    /// What a link is: a comment of the struct.
    pub doc: Option<String>,
    /// The mixins whose columns, indexes and checks the table has behind its own.
    pub mixins: Vec<String>,
    /// What the struct of a link derives beside `Debug`, `Clone` and `PartialEq`, as paths: `[Eq, "serde::Serialize"]`.
    pub derives: Vec<String>,
    /// Further attributes of that struct, without `#[` and `]`: `['serde(rename_all = "camelCase")']`.
    pub attributes: Vec<String>,
    /// The columns: a foreign key for each end, `student_id: { references: Student }`, and payload, `since: date`.
    pub columns: IndexMap<String, Column>,
    /// The columns of the primary key. Default: those of the two ends.
    pub primary_key: Option<Vec<String>>,
    /// Unique keys of several columns, each a list: `[[a, b]]`. One of a single column is `unique: true` there.
    pub unique: Vec<Vec<String>>,
    /// Indexes of several columns or of some rows: `[{ columns: [a, b] }]`. The way back has one anyway.
    pub indexes: Vec<Index>,
    /// Conditions that every row must meet: `[{ name: in_order, sql: "first <= last" }]`.
    pub checks: Vec<Check>,
    /// Foreign keys of several columns: `[{ columns: [a, b], references: "Entity(a, b)" }]`.
    pub foreign_keys: Vec<ForeignKey>,
}
