//! The model: what the spec meant. References are resolved, every name is final, and no `Option` means "not checked".
//!
//! Only `resolve` makes one; everything after it meets no mistake of a user. The model knows neither YAML nor the text
//! of Rust or SQL; it has no positions.

pub mod declared;
pub mod hash;
pub mod relationship;
#[cfg(test)]
pub(crate) mod sample;
pub mod sql;
pub mod table;
pub mod target;
pub mod types;

use std::sync::Arc;

pub use declared::{Enum, Examples, Extras, UserType, Variant};
pub use relationship::{End, Equality, Hop, Relationship, Route, Sort, SortColumn};
pub use sql::Sql;
pub use table::{Check, Column, Computed, ForeignKey, Index, Key, LowerFirst, Table};
pub use target::Target;
pub use types::{Action, Default, Dialect, Literal, Time, Type};

/// A whole schema.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Model {
    /// The entities, in the order of the spec; [`EntityId`] is a place in it.
    pub entities: Vec<Entity>,
    /// The secondaries, in the order of the spec; [`SecondaryId`] is a place in it.
    pub secondaries: Vec<Secondary>,
    /// The enums, in the order of the spec, those included that no column uses.
    pub enums: Vec<Arc<Enum>>,
    /// The types of the user's own, in the order of the spec, those included that no column uses.
    pub types: Vec<Arc<UserType>>,
}

/// How many rows of a table are made up for tests of its relationships, where its keys allow it.
pub const ROWS_FOR_TESTS: usize = 3;

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

    /// The relationship that a hop goes over.
    #[must_use]
    pub fn hop(&self, hop: Hop) -> &Relationship {
        &self.entity(hop.entity).relationships[hop.relationship]
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
    /// What is added to the struct of a row.
    pub extras: Extras,
    /// Its table.
    pub table: Table,
    /// Its relationships, in the order of the spec.
    pub relationships: Vec<Relationship>,
}

/// The names that an entity, or a secondary whose links have something of their own, has in Rust, each an identifier as it is written in source (`r#type` where needed).
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
    /// What Rust calls a link and what belongs to it; `None` where a link has nothing of its own.
    pub rust: Option<EntityNames>,
    /// What is added to the struct of a link.
    pub extras: Extras,
    /// Its table.
    pub table: Table,
    /// The foreign keys of the two ends, in the order of declaration.
    pub ends: [ForeignKeyId; 2],
    /// Whether a pair may be linked several times.
    pub multiple: bool,
    /// Whether a link is the same one seen from either side. The first end holds the lower key then, which
    /// [`Table::lower_first`] sees to.
    pub symmetric: bool,
}

impl Secondary {
    /// The foreign key of `end`.
    #[must_use]
    pub fn end(&self, end: End) -> &ForeignKey {
        &self.table.foreign_keys[self.ends[end.index()]]
    }

    /// The columns of both ends, those of the first one first; a column that both have stands there once.
    #[must_use]
    pub fn end_columns(&self) -> Vec<ColumnId> {
        let mut columns = self.end(End::First).columns.clone();
        let others = self.end(End::Second).columns.iter();
        columns.extend(others.filter(|column| !self.end(End::First).columns.contains(column)));
        columns
    }

    /// The columns by which two links are the same one: the ends, or the whole key of links that a pair may have
    /// several of. `None` when no two are.
    #[must_use]
    pub fn identity(&self) -> Option<Vec<ColumnId>> {
        let (ends, key) = (self.end_columns(), &self.table.primary_key.columns);
        if !self.multiple {
            return Some(ends);
        }
        let whole = ends.iter().all(|column| key.contains(column));
        whole.then(|| key.clone())
    }
}
