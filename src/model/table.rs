//! Tables: columns, keys, indexes, checks. All names are the database's, unquoted and not yet shortened to a dialect's
//! limit; all columns are places in [`Table::columns`].

use super::{Action, ColumnId, Default, EntityId, Examples, Sql, Type};

/// A table.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Table {
    /// The name in the database.
    pub name: String,
    /// What it is, as the spec says.
    pub doc: Option<String>,
    /// The columns, in the order of the spec.
    pub columns: Vec<Column>,
    /// The primary key.
    pub primary_key: Key,
    /// The unique keys: those of columns, then those of the table, then unique indexes without a condition.
    pub uniques: Vec<Key>,
    /// The indexes, those for foreign keys included.
    pub indexes: Vec<Index>,
    /// The checks that the spec states.
    pub checks: Vec<Check>,
    /// The foreign keys: those of columns, then those of the table.
    pub foreign_keys: Vec<ForeignKey>,
    /// The condition that makes one row of a pair that is the same from either side.
    pub lower_first: Option<LowerFirst>,
}

impl Table {
    /// The column that counts the writes to a row.
    #[must_use]
    pub fn version(&self) -> Option<ColumnId> {
        self.columns.iter().position(|column| column.version)
    }

    /// Whether a write to a row may put any value into a column: it is no part of the primary key, and nothing else decides
    /// what it holds.
    #[must_use]
    pub fn is_set_freely(&self, id: ColumnId) -> bool {
        let column = &self.columns[id];
        let decided = column.version || column.touched || column.computed.is_some();
        !decided && !self.primary_key.columns.contains(&id)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of the spec, asked for by itself"
)]
pub struct Column {
    /// The name in the database.
    pub name: String,
    /// The field of the struct, as written in Rust (`r#type` where needed).
    pub field: String,
    /// The constant of the entity's module: `NAME`.
    pub constant: String,
    /// The type; a referencing column has that of the referenced one.
    pub ty: Type,
    /// Whether NULL is allowed.
    pub nullable: bool,
    /// The default.
    pub default: Option<Default>,
    /// Whether the database makes the value.
    pub auto_increment: bool,
    /// Whether it counts the writes to a row: optimistic lock.
    pub version: bool,
    /// Whether it takes the moment of every write: `on_update: now`.
    pub touched: bool,
    /// What the database computes it by; nobody writes it then.
    pub computed: Option<Computed>,
    /// Whether its value is left out of what a row shows of itself.
    pub private: bool,
    /// Values that it may hold, as the spec says.
    pub examples: Examples,
    /// What it holds, as the spec says.
    pub doc: Option<String>,
}

/// How the database computes a column.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Computed {
    /// The expression, over other columns of the row.
    pub sql: Sql,
    /// Whether the value is kept, or computed again by every read.
    pub stored: bool,
}

/// A primary or unique key.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Key {
    /// The constraint's name.
    pub name: String,
    /// The columns, in order.
    pub columns: Vec<ColumnId>,
}

/// An index. Unique ones without a condition are no indexes but keys, and stand in [`Table::uniques`] alone.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Index {
    /// The index's name.
    pub name: String,
    /// The columns, in order.
    pub columns: Vec<ColumnId>,
    /// Whether no two rows may have the same values.
    pub unique: bool,
    /// Which rows are in it.
    pub condition: Option<Sql>,
}

/// A condition on every row.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Check {
    /// The constraint's name.
    pub name: String,
    /// The condition.
    pub sql: Sql,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct ForeignKey {
    /// The constraint's name.
    pub name: String,
    /// The referencing columns.
    pub columns: Vec<ColumnId>,
    /// The referenced entity.
    pub target: EntityId,
    /// The referenced columns of its table, in the order of `columns`; a key of it.
    pub target_columns: Vec<ColumnId>,
    /// What deleting the referenced row does.
    pub on_delete: Action,
    /// What changing the referenced key does.
    pub on_update_key: Action,
}

impl ForeignKey {
    /// Whether a row of `table`, whose key it is, must refer to another: no column of the key may be NULL.
    #[must_use]
    pub fn is_required(&self, table: &Table) -> bool {
        let mut columns = self.columns.iter();
        columns.all(|column| !table.columns[*column].nullable)
    }
}

/// The condition that some columns, compared one after the other, are less than others.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct LowerFirst {
    /// The constraint's name.
    pub name: String,
    /// The lower ones.
    pub lower: Vec<ColumnId>,
    /// As many others.
    pub upper: Vec<ColumnId>,
}
