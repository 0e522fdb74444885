//! The words of the spec language that this stage reads, for whoever lists them.

use super::{actions, defaults, moments, relationships, types};
use crate::model::{Action, Type};

pub use relationships::Kind;

/// The words of column types, each without arguments.
pub fn types() -> impl Iterator<Item = (&'static str, Type)> {
    let types = types::TYPES.iter();
    types.filter_map(|word| Some((*word, types::word_type(word)?)))
}

/// What becomes of a row when the one that it refers to goes.
pub const ACTIONS: &[(&str, Action)] = &actions::ACTIONS;

/// The kinds of relationships.
pub const KINDS: &[(&str, Kind)] = &relationships::KINDS;

/// The moment of a write, for `default` and `on_update`.
pub const NOW: &str = moments::NOW;

/// A fresh UUID, for `default`.
pub const UUID: &str = defaults::UUID;
