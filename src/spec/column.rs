//! A column as it was written.

use indexmap::IndexMap;
use serde::Deserialize;

/// A column. The short form `name: TYPE` has only the type.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Column {
    /// The type as written, `?` and arguments included.
    pub r#type: Option<String>,
    /// Whether NULL is allowed.
    pub nullable: Option<bool>,
    /// Whether the column is (part of) the primary key.
    pub primary_key: Option<bool>,
    /// Whether the column is a unique key.
    pub unique: Option<bool>,
    /// Whether the column has an index.
    pub index: Option<bool>,
    /// The default.
    pub default: Option<Value>,
    /// `now`: what every write to a row puts there.
    pub on_update: Option<String>,
    /// The referenced entity, or `Entity.column`.
    pub references: Option<String>,
    /// What deleting the referenced row does.
    pub on_delete: Option<String>,
    /// What changing the referenced key does.
    pub on_update_key: Option<String>,
    /// A condition on every row.
    pub check: Option<Sql>,
    /// What the database computes the value by.
    pub computed: Option<Computed>,
    /// Whether the database counts the value up, where that is to be said.
    pub auto_increment: Option<bool>,
    /// The database's name of the column, when it is not the spec's.
    pub name: Option<String>,
    /// The field's name, when it is not the spec's.
    pub rust_name: Option<String>,
    /// Whether the column counts the writes to a row: optimistic lock.
    pub version: Option<bool>,
    /// Whether the value is left out of what a row shows of itself.
    pub private: Option<bool>,
    /// Values that the column may hold.
    pub example: Option<Examples>,
    /// What the column holds.
    pub doc: Option<String>,
}

/// One example, or a list of several that differ: a key needs as many as there are rows to be made up.
#[derive(Debug, Clone, PartialEq)]
pub enum Examples {
    /// One value.
    One(Value),
    /// A list.
    Many(Vec<Value>),
}

/// A default: a literal (`now` and `uuid` are words of it), or SQL.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `true`, `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// Text, `now` and `uuid` included.
    Text(String),
    /// `{ sql: … }`.
    Sql(Sql),
}

/// `{ sql: …, stored: … }`: a value that follows from others of its row.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Computed {
    /// The expression.
    pub sql: SqlText,
    /// Whether the value is kept, or computed again by every read.
    #[serde(default)]
    pub stored: Option<bool>,
}

/// `{ sql: … }`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sql {
    /// The text.
    pub sql: SqlText,
}

/// SQL for every dialect, or one text per dialect.
#[derive(Debug, Clone, PartialEq)]
pub enum SqlText {
    /// The same for all.
    All(String),
    /// Dialect → text.
    PerDialect(IndexMap<String, String>),
}
