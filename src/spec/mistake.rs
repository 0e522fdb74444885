//! What can be wrong with a value, before anyone puts it in words.

use super::tree::{Key, Node, Value};
use crate::source::Path;

/// What a place takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    Bool,
    Text,
    List,
    Map,
    /// In words: `a name or a list of names`.
    Words(String),
    /// In words, and how it is written.
    Example(&'static str, &'static str),
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mistake {
    /// A value of another form.
    Form {
        path: Path,
        wanted: Wanted,
        found: Found,
    },
    /// A key that is no text to YAML.
    Key {
        path: Path,
        raw: String,
        what: &'static str,
    },
    /// A key that does not exist; the path leads to its value.
    Unknown {
        path: Path,
        key: String,
        valid: &'static [&'static str],
    },
    /// A key that must be there.
    Missing { path: Path, key: &'static str },
}

/// What stands where something else was wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: FoundKind,
    /// A scalar's words.
    pub(super) raw: String,
    /// A mapping's keys and what stands at them, where that is one word each.
    pub(super) entries: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FoundKind {
    Nothing,
    Bool,
    Number,
    Huge,
    Text,
    List,
    Map,
}

impl Found {
    pub(super) fn of(node: &Node<'_>) -> Self {
        let kind = match &node.value {
            Value::Null => FoundKind::Nothing,
            Value::Bool(_) => FoundKind::Bool,
            Value::Integer(_) | Value::Float(_) => FoundKind::Number,
            Value::Huge => FoundKind::Huge,
            Value::Text => FoundKind::Text,
            Value::List(_) => FoundKind::List,
            Value::Map(_) => FoundKind::Map,
        };
        Self {
            kind,
            raw: node.raw.to_owned(),
            entries: entries(node).unwrap_or_default(),
        }
    }
}

/// The longest mapping that is told word by word.
const FEW: usize = 4;

fn entries(node: &Node<'_>) -> Option<Vec<(String, String)>> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    if entries.len() > FEW {
        return None;
    }
    let entry = |(key, value): &(Key<'_>, Node<'_>)| {
        let word = value.value == Value::Text;
        word.then(|| (key.raw.to_owned(), value.raw.to_owned()))
    };
    entries.iter().map(entry).collect()
}
