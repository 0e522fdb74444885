//! Columns that stand in a table itself and not under its `columns`.

use super::at::At;
use super::column::TYPES;
use super::kinds::Kind;
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

fn is_type(text: &str) -> bool {
    let text = text.trim_end_matches('?');
    let word = text.split('(').next().unwrap_or(text);
    TYPES.contains(&word)
}

impl Reader<'_> {
    /// Reports the columns `keys` of the table at `at`, all at once.
    pub(super) fn astray(&mut self, keys: &[&str], at: &At<'_>, what: &str) {
        if at.name() == "columns" && !keys.is_empty() {
            return self.columns_astray(at, what);
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

    /// Reports that `columns`, at `at`, stands beside the tables and not in one of them. Nobody knows in which one.
    fn columns_astray(&mut self, at: &At<'_>, what: &str) {
        self.unread(&at.parent());
        let message = format!("`columns` stands where {what} does, and not in one");
        let help = "indent `columns:`, and what is below it, further than the name above it";
        let place = at.path().at_key();
        self.push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
    }
}
