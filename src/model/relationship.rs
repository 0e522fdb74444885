//! Relationships: where they lead and over which keys.

use super::{ColumnId, EntityId, ForeignKeyId, SecondaryId};

/// A relationship as one entity sees it.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Relationship {
    /// The name in the spec: `courses`.
    pub name: String,
    /// The method, as written in Rust.
    pub accessor: String,
    /// The constant of the entity's module: `COURSES`.
    pub constant: String,
    /// What it means, as the spec says.
    pub doc: Option<String>,
    /// The entity at the other side.
    pub target: EntityId,
    /// The relationship of the target that is this one from the other side: a place in its `relationships`.
    pub back_populates: Option<usize>,
    /// The keys it goes over.
    pub route: Route,
    /// The order of the targets as far as the spec says, the first one deciding first; the primary key decides at last.
    pub order: Vec<Sort>,
}

/// A column that targets are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// The column.
    pub column: SortColumn,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// Whose column targets are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortColumn {
    /// A column of the target.
    Target(ColumnId),
    /// A column of the secondary.
    Link(ColumnId),
}

/// The keys that a relationship goes over; its kind.
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum Route {
    /// This entity has the foreign key. `unique` when the key is a key of this entity (the owning side of one-to-one).
    ManyToOne {
        /// A foreign key of this entity.
        foreign_key: ForeignKeyId,
        /// Whether the foreign key is unique.
        unique: bool,
    },
    /// The target has the foreign key.
    OneToMany {
        /// A foreign key of the target.
        foreign_key: ForeignKeyId,
    },
    /// The target has the foreign key, and it is unique.
    OneToOne {
        /// A foreign key of the target.
        foreign_key: ForeignKeyId,
    },
    /// Over a secondary.
    ManyToMany {
        /// The secondary.
        secondary: SecondaryId,
        /// The end that refers to this entity.
        local: End,
    },
}

/// One of a secondary's two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// The first declared.
    First,
    /// The second declared.
    Second,
}

impl End {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }

    /// Its place in `Secondary::ends`.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::First => 0,
            Self::Second => 1,
        }
    }
}
