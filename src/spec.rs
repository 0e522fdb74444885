//! The spec as it was written, key for key, nothing resolved.
//!
//! In: YAML texts. Out: one [`Spec`] and the problems of reading it. These structs are the spec language: `serde` reads
//! them, unknown keys are told by their fields, and nothing else in the crate knows YAML.

mod at;
mod column;
mod condition;
mod de;
mod enums;
mod faults;
mod fields;
mod forms;
mod include;
mod kinds;
mod mistake;
mod naming;
mod read;
mod record;
mod spaces;
mod synonyms;
mod tree;
mod types;
mod words;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::diagnostic::{Code, Severity};
use crate::source::Path;

pub use column::{Column, Examples, Sql, SqlText, Value};
#[cfg(test)]
pub(crate) use fields::records;
pub use include::PARTS;
pub use naming::Naming;
pub use read::read;
pub use types::{Enum, UserType, Variant, Variants};

/// A whole spec.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Spec {
    /// The files whose declarations belong to the spec too, as the root file names them.
    pub include: Vec<String>,
    /// What the command line and build scripts may say too.
    pub generate: Generate,
    /// The entities, in the order of the file.
    pub entities: IndexMap<String, Entity>,
    /// The association tables declared without an entity.
    pub secondary: IndexMap<String, Secondary>,
    /// The enums, in the order of the file.
    pub enums: IndexMap<String, Enum>,
    /// The types of the user's own, in the order of the file.
    pub types: IndexMap<String, UserType>,
    /// What several tables have alike.
    pub mixins: IndexMap<String, Mixin>,
    /// What things are called in the database that have no name of their own.
    pub naming: Naming,
    /// The codes of warnings that are meant.
    pub allow: Vec<String>,
    /// What stands in the text but could not be read. It has been reported; no later stage complains of what follows
    /// from its absence.
    #[serde(skip)]
    pub unread: BTreeSet<Path>,
}

impl Spec {
    /// Whether `code` is a warning that is meant.
    #[must_use]
    pub fn allows(&self, code: Code) -> bool {
        let listed = || self.allow.iter().any(|word| word == code.as_str());
        code.severity() == Severity::Warning && listed()
    }
}

/// Defaults for what the command line and build scripts may say too.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Generate {
    /// The driver that the generated Rust talks to.
    pub target: Option<String>,
    /// The dialects to write DDL for, the first one being the default.
    pub dialects: Vec<String>,
    /// What every struct of rows and every enum derives besides: paths.
    pub derives: Vec<String>,
    /// Further attributes of these: what stands between `#[` and `]`.
    pub attributes: Vec<String>,
    /// `modules` or `single`.
    pub layout: Option<String>,
    /// The crate of dates and times: `chrono`, `time` or `jiff`.
    pub time: Option<String>,
    /// Who sees what is generated: `pub`, `pub(crate)` or `private`.
    pub visibility: Option<String>,
    /// Whether the relationships get tests.
    pub tests: Option<bool>,
}

/// An entity: a table with a Rust struct of its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entity {
    /// The table's name, when it is not the plural of the entity's.
    pub table: Option<String>,
    /// The struct's name, when it is not the entity's.
    pub rust_name: Option<String>,
    /// What the entity is.
    pub doc: Option<String>,
    /// The mixins whose columns, indexes, checks and relationships it has too.
    pub mixins: Vec<String>,
    /// What the struct of a row derives besides: paths.
    pub derives: Vec<String>,
    /// Further attributes of that struct: what stands between `#[` and `]`.
    pub attributes: Vec<String>,
    /// The columns, in the order of the file.
    pub columns: IndexMap<String, Column>,
    /// The primary key, when not said at a column.
    pub primary_key: Option<Vec<String>>,
    /// Unique keys of several columns.
    pub unique: Vec<Vec<String>>,
    /// Further indexes.
    pub indexes: Vec<Index>,
    /// Checks over several columns.
    pub checks: Vec<Check>,
    /// Foreign keys of several columns.
    pub foreign_keys: Vec<ForeignKey>,
    /// The relationships, in the order of the file.
    pub relationships: IndexMap<String, Relationship>,
}

/// Columns and what goes with them, for every table that lists the mixin.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mixin {
    /// The columns, in the order of the file.
    pub columns: IndexMap<String, Column>,
    /// Indexes, over columns of the mixin or of the tables.
    pub indexes: Vec<Index>,
    /// Checks, over columns of the mixin or of the tables.
    pub checks: Vec<Check>,
    /// The relationships, in the order of the file.
    pub relationships: IndexMap<String, Relationship>,
    /// How much stands there; each table that lists the mixin takes as much.
    #[serde(skip)]
    pub size: Size,
}

/// How much of a spec something is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Scalars, mappings and lists.
    pub nodes: usize,
    /// The bytes of keys and scalars.
    pub bytes: usize,
}

/// An index.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Index {
    /// The columns, in order.
    pub columns: Vec<String>,
    /// Whether no two rows may have the same values.
    pub unique: Option<bool>,
    /// The index's name, when not the one that naming gives.
    pub name: Option<String>,
    /// Which rows are in it.
    pub r#where: Option<Sql>,
}

/// A condition on every row.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Check {
    /// The constraint's name, when not the one that naming gives.
    pub name: Option<String>,
    /// The condition.
    pub sql: Option<SqlText>,
}

/// A foreign key of several columns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ForeignKey {
    /// The referencing columns.
    pub columns: Vec<String>,
    /// `Entity` or `Entity(column, …)`.
    pub references: Option<String>,
    /// What deleting the referenced row does.
    pub on_delete: Option<String>,
    /// What changing the referenced key does.
    pub on_update_key: Option<String>,
    /// The key's name: what relationships call it, and the constraint's name in the database.
    pub name: Option<String>,
}

/// A relationship of an entity.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Relationship {
    /// The entity at the other side.
    pub target: Option<String>,
    /// The association table that it goes through.
    pub secondary: Option<String>,
    /// The relationship of the target that is the same one, read from the other side.
    pub back_populates: Option<String>,
    /// Which foreign key it goes over: a column, a list of columns, or the key's name.
    pub foreign_key: Option<OneOrMany>,
    /// `many_to_one`, `one_to_many`, `one_to_one` or `many_to_many`.
    pub kind: Option<String>,
    /// Which end of the secondary is this side: a column, a list of columns, or a foreign key's name.
    pub local: Option<OneOrMany>,
    /// Which end of the secondary is the target, told likewise.
    pub remote: Option<OneOrMany>,
    /// The relationships that it calls one after the other: `books.loans.reader`.
    pub through: Option<String>,
    /// The order of the targets: `title`, `[created_at desc, id]`.
    pub order_by: Option<OneOrMany>,
    /// What the targets hold: column → value.
    pub r#where: Option<IndexMap<String, Held>>,
    /// The accessor's name, when it is not the spec's.
    pub rust_name: Option<String>,
    /// What the relationship means.
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

/// An association table. The short form `[Left, Right]` is [`Secondary::Short`].
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Secondary {
    /// The two entities; columns and keys are derived.
    Short(Vec<String>),
    /// Columns and all that an entity may have but relationships.
    Long(Box<SecondaryTable>),
}

/// The long form of an association table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SecondaryTable {
    /// The table's name, when it is not the secondary's.
    pub table: Option<String>,
    /// The name of a link's struct, when it is not the secondary's.
    pub rust_name: Option<String>,
    /// Whether a pair may be linked several times.
    pub multiple: Option<bool>,
    /// Whether a link is the same one seen from either side, as between friends.
    pub symmetric: Option<bool>,
    /// What the table is.
    pub doc: Option<String>,
    /// The mixins whose columns, indexes and checks it has too.
    pub mixins: Vec<String>,
    /// What the struct of a link derives besides: paths.
    pub derives: Vec<String>,
    /// Further attributes of that struct: what stands between `#[` and `]`.
    pub attributes: Vec<String>,
    /// The columns, in the order of the file.
    pub columns: IndexMap<String, Column>,
    /// The primary key, when it is not the two ends.
    pub primary_key: Option<Vec<String>>,
    /// Unique keys of several columns.
    pub unique: Vec<Vec<String>>,
    /// Further indexes.
    pub indexes: Vec<Index>,
    /// Checks.
    pub checks: Vec<Check>,
    /// Foreign keys of several columns.
    pub foreign_keys: Vec<ForeignKey>,
}

#[cfg(test)]
mod tests;
