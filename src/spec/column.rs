//! A column as it was written.

use indexmap::IndexMap;
use serde::Deserialize;

/// Every type, as it is written in the list of types.
pub const TYPES: [&str; 16] = [
    "boolean",
    "smallint",
    "integer",
    "bigint",
    "float",
    "double",
    "decimal",
    "string",
    "text",
    "bytes",
    "uuid",
    "date",
    "time",
    "datetime",
    "timestamp",
    "json",
];

/// Whether `word` is a key of columns, as `references`.
#[must_use]
pub fn is_column_key(word: &str) -> bool {
    super::fields::of::<Column>().contains(&word)
}

/// A column: its type, `name: string`, with a `?` where NULL is allowed, or a mapping, `{ type: string, unique: true }`.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(
    feature = "cli",
    derive(schemars::JsonSchema),
    schemars(transform = super::schema::column)
)]
#[serde(default, deny_unknown_fields)]
pub struct Column {
    /// What the column holds: a type such as `string(80)`, `decimal(10,2)` in quotes, an enum or a type of yours, in
    /// brackets for a list of them. A `?` behind it allows NULL. A column with `references` needs none.
    #[cfg_attr(feature = "cli", schemars(with = "super::schema::Type"))]
    pub r#type: Option<String>,
    /// Whether NULL is allowed, as `?` behind the type says too.
    pub nullable: Option<bool>,
    /// Whether the column is the primary key, or a part of it. A single integer is counted up by the database.
    pub primary_key: Option<bool>,
    /// Whether no two rows may have the same value.
    pub unique: Option<bool>,
    /// Whether the column has an index.
    pub index: Option<bool>,
    /// What the column holds when an insert does not say: a literal, `now` for dates and times, `uuid` for a fresh one, or
    /// `{ sql: "…" }`. JSON stands in quotes: `'{}'`.
    pub default: Option<Value>,
    /// `now`: every generated write to a row that is there puts the moment here. Add `default: now` for its insert.
    pub on_update: Option<String>,
    /// What the column refers to, which makes it a foreign key: `Entity` for its primary key, or `Entity.column`. The type
    /// is taken from there.
    pub references: Option<String>,
    /// What becomes of the row when the one that it refers to is deleted. Default: `no_action`, and `cascade` for the ends of
    /// a secondary.
    pub on_delete: Option<String>,
    /// What becomes of the row when the key that it refers to changes. Default: `no_action`.
    pub on_update_key: Option<String>,
    /// A condition on the value, as SQL: `{ sql: "price >= 0" }`.
    pub check: Option<Sql>,
    /// What the database makes the value of, from others of the row: `{ sql: "price * amount" }`. Nothing writes it.
    pub computed: Option<Computed>,
    /// Whether the database counts the value up. Default: `true` for a primary key that is a single integer, without
    /// default or reference.
    pub auto_increment: Option<bool>,
    /// The column's name in the database. Default: the spec's.
    pub name: Option<String>,
    /// The field's name in Rust. Default: the column's.
    pub rust_name: Option<String>,
    /// Whether the column counts the writes to its row, for an optimistic lock: a whole number that begins with 1.
    pub version: Option<bool>,
    /// Whether the value is left out of `Debug` and of a derived `serde::Serialize`, as of a password.
    pub private: Option<bool>,
    /// A value that the column may hold, or a list of them: for comments, and for the rows that generated tests make up.
    pub example: Option<Examples>,
    /// What the column holds: a comment of the field.
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

/// What the database makes a value of, from others of the row: `{ sql: "price * amount" }`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Computed {
    /// The expression over columns of the row: `"price * amount"`.
    pub sql: SqlText,
    /// Whether the value is kept, or computed again by every read, which PostgreSQL cannot.
    #[serde(default)]
    pub stored: Option<bool>,
}

/// SQL of yours: `{ sql: "…" }`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sql {
    /// The text, for all databases or one for each: `{ sqlite: "…", postgres: "…" }`.
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
