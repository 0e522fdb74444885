//! The keys of the spec language that this release does not read yet, each with what to do today. Known by name, so
//! that nobody is told that they do not exist.

/// A key that is not read yet.
pub(super) struct NotYet {
    pub(super) key: &'static str,
    /// What to write today.
    pub(super) instead: &'static str,
}

const fn key(key: &'static str, instead: &'static str) -> NotYet {
    NotYet { key, instead }
}

/// Of `generate`.
pub(super) const GENERATE: &[NotYet] = &[];

/// Of an entity.
pub(super) const ENTITY: &[NotYet] = &[];

/// Of a column.
pub(super) const COLUMN: &[NotYet] = &[];

/// Of a secondary.
pub(super) const SECONDARY: &[NotYet] = &[];

/// Of a relationship.
pub(super) const RELATIONSHIP: &[NotYet] = &[];

/// Of an index, a check or a foreign key: nothing is missing.
pub(super) const NOTHING: &[NotYet] = &[];
