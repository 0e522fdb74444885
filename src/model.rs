//! The model: what the spec meant. References are resolved, every name is final, and no `Option` means "not checked".
//!
//! Only `resolve` makes one; everything after it meets no mistake of a user. The model knows neither YAML nor the text
//! of Rust or SQL; it has no positions.

pub mod hash;
pub mod relationship;
#[cfg(test)]
pub(crate) mod sample;
pub mod table;
pub mod types;

pub use relationship::{End, Relationship, Route};
pub use table::{Check, Column, Computed, ForeignKey, Index, Key, Table};
pub use types::{Action, Default, Dialect, Sql, Type};

/// A whole schema.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Model {
    /// The entities, in the order of the spec; [`EntityId`] is a place in it.
    pub entities: Vec<Entity>,
    /// The secondaries, in the order of the spec; [`SecondaryId`] is a place in it.
    pub secondaries: Vec<Secondary>,
}

/// The place of an entity in [`Model::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub usize);

/// The place of a secondary in [`Model::secondaries`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecondaryId(pub usize);

/// The place of a column in [`Table::columns`].
pub type ColumnId = usize;

/// The place of a foreign key in [`Table::foreign_keys`].
pub type ForeignKeyId = usize;

impl Model {
    /// The entity at `id`.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0]
    }

    /// The secondary at `id`.
    #[must_use]
    pub fn secondary(&self, id: SecondaryId) -> &Secondary {
        &self.secondaries[id.0]
    }

    /// Every table in the order of the spec: the entities', then the secondaries'.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        let entities = self.entities.iter().map(|entity| &entity.table);
        entities.chain(self.secondaries.iter().map(|secondary| &secondary.table))
    }
}

/// A table with a struct of its own.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Entity {
    /// The name in the spec: `Student`.
    pub name: String,
    /// What Rust calls it and what belongs to it.
    pub rust: EntityNames,
    /// Its table.
    pub table: Table,
    /// Its relationships, in the order of the spec.
    pub relationships: Vec<Relationship>,
}

/// The names that an entity has in Rust, each an identifier as it is written in source (`r#type` where needed).
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct EntityNames {
    /// The struct of a row: `Student`.
    pub row: String,
    /// The struct of a row to insert: `NewStudent`.
    pub new: String,
    /// The struct of changes to a row: `StudentPatch`.
    pub patch: String,
    /// The module of columns and relationships: `student`.
    pub module: String,
    /// The file of the module without its ending, never raw: `student`.
    pub file: String,
}

/// An association table declared without an entity.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Secondary {
    /// The name in the spec: `student_course`.
    pub name: String,
    /// Its table; the primary key is the two ends.
    pub table: Table,
    /// The foreign keys of the two ends, in the order of declaration.
    pub ends: [ForeignKeyId; 2],
}
