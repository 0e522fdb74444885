//! What is indented too little or too much: columns in a table itself and not under its `columns`, keys of a table among its
//! columns or among the tables, keys of a column among the columns, tables in the spec itself.

use super::at::At;
use super::column::TYPES;
use super::kinds::{ENTITY, Kind};
use super::read::Reader;
use super::synonyms;
use super::tree::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, suggest};

/// How many of them a report names.
const NAMED: usize = 4;

/// Whether `value`, at a key that a table does not have, is that of a column.
pub(super) fn is_column(key: &str, value: &Node<'_>, kind: &Kind, valid: &[&str]) -> bool {
    if !kind.nested.contains(&"columns") {
        return false;
    }
    let nearest = suggest::nearest(key, valid.iter().copied());
    if nearest.is_some_and(|meant| suggest::is_certain(key, meant, valid)) {
        return false;
    }
    match &value.value {
        Value::Text => is_type(value.raw),
        Value::Map(entries) => {
            let says_what = |key: &str| matches!(key, "type" | "references");
            let mut entries = entries.iter();
            // `fields` may hold a column that is called `type`.
            synonyms::of(kind.what, key).is_none()
                && entries.any(|(key, value)| says_what(key.raw) && value.value == Value::Text)
        }
        _ => false,
    }
}

/// Whether `value`, at a key that the spec does not have, is that of a table.
pub(super) fn is_table(key: &str, value: &Node<'_>, kind: &Kind) -> bool {
    let with_tables = kind.nested.contains(&"entities") && synonyms::of(kind.what, key).is_none();
    with_tables && has_key(value, "columns")
}

fn has_key(node: &Node<'_>, name: &str) -> bool {
    let Value::Map(entries) = &node.value else {
        return false;
    };
    entries.iter().any(|(key, _)| key.raw == name)
}

/// The keys of a column that are true or false.
const FLAGS: [&str; 7] = [
    "primary_key",
    "nullable",
    "unique",
    "index",
    "auto_increment",
    "version",
    "private",
];

fn is_type(text: &str) -> bool {
    let text = text.trim_end_matches('?');
    let word = text.split('(').next().unwrap_or(text);
    TYPES.contains(&word)
}

impl Reader<'_> {
    /// Reports the columns `keys` of the table at `at`, all at once.
    pub(super) fn astray(&mut self, keys: &[&str], at: &At<'_>, what: &str) {
        if at.name() == "columns" && !keys.is_empty() {
            return self.key_astray(at, what, "what is below it");
        }
        for key in keys {
            self.unread(&at.key("columns").key(key));
        }
        let Some(first) = keys.first().filter(|_| !self.is_full()) else {
            return;
        };
        let named: Vec<String> = keys
            .iter()
            .take(NAMED)
            .map(|key| format!("`{key}`"))
            .collect();
        let those = match (&named[..], keys.len() - named.len()) {
            ([_], _) => "it".to_owned(),
            ([before @ .., last], 0) => format!("{} and {last}", before.join(", ")),
            (_, rest) => format!("{} and {rest} more", named.join(", ")),
        };
        let message = format!("column `{first}` stands in {what} itself");
        let place = at.key(first).path().at_key();
        let help = format!("put {those} under `columns:`, indented further than it");
        self.push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
    }

    /// Reports the tables `keys` of the spec at `at`, the first of them alone: all are moved together.
    pub(super) fn tables_astray(&mut self, keys: &[&str], at: &At<'_>) {
        let Some(first) = keys.first() else {
            return;
        };
        self.unread(&at.key("entities"));
        let message = format!("entity `{first}` stands in the spec itself");
        let help =
            "put it under `entities:`, and indent it, and what is below it, further than that";
        let place = at.key(first).path().at_key();
        self.push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
    }

    /// Whether what stands at `at`, where `what` does, is a key of a table, as `relationships`; reports it.
    pub(super) fn is_astray_among_tables(
        &mut self,
        node: &Node<'_>,
        at: &At<'_>,
        what: &str,
    ) -> bool {
        let name = at.name();
        let astray = ENTITY.nested.contains(&name)
            && matches!(node.value, Value::Map(_) | Value::List(_))
            && !has_key(node, "columns");
        if astray {
            self.key_astray(at, what, "what is below it");
        }
        astray
    }

    /// Whether what stands at `at`, where a column does, is a key of its table or of a column; reports it.
    pub(super) fn is_astray_among_columns(&mut self, node: &Node<'_>, at: &At<'_>) -> bool {
        let name = at.name();
        let is_column = has_key(node, "type") || has_key(node, "references");
        let of_table = match node.value {
            Value::Map(_) => !is_column,
            Value::List(_) => name != "columns",
            _ => false,
        };
        if of_table && ENTITY.nested.contains(&name) {
            self.unread(at);
            self.unread(&at.parent().parent().key(name));
            let message = format!("`{name}` stands among the columns");
            let help =
                format!("indent `{name}:` as far as `columns:`, and what is below it likewise");
            let place = at.path().at_key();
            self.push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
            return true;
        }
        let of_column = FLAGS.contains(&name) && matches!(node.value, Value::Bool(_));
        if of_column {
            self.key_astray(at, "a column", "what else belongs to that column");
        }
        of_column
    }

    /// Reports that the key at `at` stands beside the things that have it and not in one of them. Nobody knows in which one.
    fn key_astray(&mut self, at: &At<'_>, what: &str, with: &str) {
        self.unread(&at.parent());
        let name = at.name();
        let message = format!("`{name}` stands where {what} does, and not in one");
        let help = format!("indent `{name}:`, and {with}, further than the name above it");
        let place = at.path().at_key();
        self.push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
    }
}
