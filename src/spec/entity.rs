//! Entities, and what tables have beside columns, as they were written.

use indexmap::IndexMap;
use serde::Deserialize;

use super::{Column, Relationship, Sql, SqlText};

/// An entity: a table, and a struct in Rust that holds one row of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Entity {
    /// The table's name in the database. Default: the entity's in snake case and plural, `students` for `Student`.
    pub table: Option<String>,
    /// The struct's name in Rust. Default: the entity's.
    pub rust_name: Option<String>,
    /// What the entity is: a comment of the struct.
    pub doc: Option<String>,
    /// The mixins whose columns, indexes, checks and relationships the entity has behind its own.
    pub mixins: Vec<String>,
    /// What the struct derives beside `Debug`, `Clone` and `PartialEq`, as paths: `[Eq, "serde::Serialize"]`.
    pub derives: Vec<String>,
    /// Further attributes of the struct, without `#[` and `]`: `['serde(rename_all = "camelCase")']`.
    pub attributes: Vec<String>,
    /// The columns: a name → its type, `name: string`, or a mapping, `id: { type: integer, primary_key: true }`.
    pub columns: IndexMap<String, Column>,
    /// The columns of the primary key, where it has several or no column says `primary_key: true`.
    pub primary_key: Option<Vec<String>>,
    /// Unique keys of several columns, each a list: `[[first_name, last_name]]`. One of a single column is `unique: true`
    /// there.
    pub unique: Vec<Vec<String>>,
    /// Indexes of several columns or of some rows: `[{ columns: [a, b] }]`. One of a single column is `index: true` there.
    pub indexes: Vec<Index>,
    /// Conditions that every row must meet: `[{ name: in_order, sql: "first <= last" }]`. One on a single column is its
    /// `check`.
    pub checks: Vec<Check>,
    /// Foreign keys of several columns: `[{ columns: [a, b], references: "Entity(a, b)" }]`. One of a single column is its
    /// `references`.
    pub foreign_keys: Vec<ForeignKey>,
    /// The relationships to other entities: a name, which is the method in Rust, → where it leads.
    pub relationships: IndexMap<String, Relationship>,
}

/// Columns, indexes, checks and relationships that every table has which lists the mixin under `mixins`.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Mixin {
    /// The columns, behind those that each table has of its own: `created_at: { type: timestamp, default: now }`.
    pub columns: IndexMap<String, Column>,
    /// Indexes of several columns or of some rows, over columns of the mixin or of the tables.
    pub indexes: Vec<Index>,
    /// Conditions that every row must meet, over columns of the mixin or of the tables.
    pub checks: Vec<Check>,
    /// The relationships that each entity gets: a name, which is the method in Rust, → where it leads.
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

/// An index of several columns or of some rows.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Index {
    /// The columns, the first one being what is looked for first.
    pub columns: Vec<String>,
    /// Whether no two rows in the index may have the same values.
    pub unique: Option<bool>,
    /// The index's name in the database. Default: what `naming.index` makes, `ix_books_title`.
    pub name: Option<String>,
    /// Which rows are in the index, as SQL: `{ sql: "deleted_at IS NULL" }`. MySQL has no such indexes.
    pub r#where: Option<Sql>,
}

/// A condition that every row must meet.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Check {
    /// The constraint's name in the database. Default: what `naming.check` makes, `ck_books_1`.
    pub name: Option<String>,
    /// The condition as SQL: `"first <= last"`.
    pub sql: Option<SqlText>,
}

/// A foreign key of several columns.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ForeignKey {
    /// The columns of this table that refer, in the order of those at `references`.
    pub columns: Vec<String>,
    /// What they refer to: `Entity` for its primary key, or `"Entity(a, b)"` for these columns of it.
    pub references: Option<String>,
    /// What becomes of the row when the one that it refers to is deleted. Default: `no_action`, and `cascade` for the ends of
    /// a secondary.
    pub on_delete: Option<String>,
    /// What becomes of the row when the key that it refers to changes. Default: `no_action`.
    pub on_update_key: Option<String>,
    /// The key's name: what relationships call it, and the constraint's in the database. Default: what
    /// `naming.foreign_key` makes, `fk_books_author_id`.
    pub name: Option<String>,
}
