//! Relationships: where they lead and over which keys.

use super::{ColumnId, EntityId, ForeignKeyId, Literal, SecondaryId, Table};

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
    /// What a row of the target must hold to be at the other side: all of it.
    pub condition: Vec<Equality>,
}

impl Relationship {
    /// Whether nothing is added to it or taken away: not every row over there fits its condition, and none can be made to
    /// by a write to the rows that hold its keys.
    #[must_use]
    pub fn is_read_only(&self, target: &Table) -> bool {
        match self.route {
            Route::ManyToMany { .. } => !self.condition.is_empty(),
            Route::OneToMany { .. } | Route::OneToOne { .. } => {
                let mut columns = self.condition.iter().map(|equality| equality.column);
                columns.any(|column| !target.is_set_freely(column))
            }
            // What is written is the source, and which row it refers to is its own affair.
            Route::ManyToOne { .. } => false,
            // Which rows on the way would have to be made is not said.
            Route::Through { .. } => true,
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Equality {
    /// A column of the target.
    pub column: ColumnId,
    /// The value; `None` for NULL.
    pub value: Option<Literal>,
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
    /// Over other relationships, one after the other.
    Through {
        /// Two or more, none of which goes through others; the first is one of this entity, each leads to the entity of the
        /// next.
        hops: Vec<Hop>,
        /// Whether there is one row at the most at the other side, as with each of them.
        to_one: bool,
    },
}

/// A relationship that another goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hop {
    /// The entity that has it.
    pub entity: EntityId,
    /// A place in the entity's `relationships`.
    pub relationship: usize,
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
