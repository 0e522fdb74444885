//! The words of the spec language that this stage reads, for whoever lists them.

use super::{actions, moments, relationships, types};

/// The words of column types, without arguments.
pub const TYPES: &[&str] = &types::TYPES;

/// What becomes of a row when the one that it refers to goes.
pub fn actions() -> impl Iterator<Item = &'static str> {
    actions::ACTIONS.iter().map(|(word, _)| *word)
}

/// The kinds of relationships.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    relationships::KINDS.iter().map(|(word, _)| *word)
}

/// What `on_update` can write.
pub const ON_UPDATE: &[&str] = &[moments::NOW];
