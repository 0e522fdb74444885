//! What is indented too little or too much: columns in a table itself and not under its `columns`, keys of a table among its
//! columns or among the tables, keys of a column or of a relationship beside it, tables in the spec itself.

use super::at::At;
use super::column::{TYPES, is_column_key};
use super::entity::Entity;
use super::fields;
use super::kinds::{ENTITY, Kind, SPEC};
use super::read::Reader;
use super::record::Entries;
use super::relationship::Relationship;
use super::synonyms;
use super::tree::{Node, Value};
use crate::diagnostic::{Code, Diagnostic, suggest};

/// How many of them a report names.
const NAMED: usize = 4;

/// The longest type that a help line repeats.
const LONGEST: usize = 40;

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

fn indent(name: &str, with: &str) -> String {
    format!("indent `{name}:`, and {with}, further than the name above it")
}

/// Whether `name`, where a column stands, is a key of one: its value is none that a column has. What may be a type is left to
/// those who know all types, and which columns need none.
pub(super) fn is_key_of_column(name: &str, node: &Node<'_>) -> bool {
    let is_value = match &node.value {
        Value::Bool(_) => !matches!(name, "name" | "rust_name" | "doc"),
        Value::Integer(_) | Value::Huge | Value::Float(_) => matches!(name, "default" | "example"),
        Value::Text => !may_be_type(node.raw),
        Value::Map(_) => has_key(node, "sql"),
        Value::Null | Value::List(_) => false,
    };
    is_value && is_column_key(name)
}

/// The same of a relationship, which is a mapping always.
pub(super) fn is_key_of_relationship(name: &str, node: &Node<'_>) -> bool {
    let is_value = match &node.value {
        // That is `where`, which may have the name of any column.
        Value::Map(_) => name == "where" && !has_key(node, "target"),
        Value::Null => false,
        _ => true,
    };
    is_value && fields::of::<Relationship>().contains(&name)
}

/// Whether `text` is written as a type is: a word, perhaps with numbers in parentheses, with a question mark, or in brackets.
fn may_be_type(text: &str) -> bool {
    let word = text.trim().trim_start_matches('[');
    let word = word.split(['(', '?', ']']).next().unwrap_or(word).trim();
    word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The type of the column `name` in its short form, which has no place for keys; nothing of what may be a key itself.
fn short_type<'n>(name: &str, node: &Node<'n>) -> Option<&'n str> {
    let is_short = node.value == Value::Text && is_type(node.raw) && node.raw.len() < LONGEST;
    (is_short && !is_column_key(name)).then_some(node.raw)
}

/// `column`, where `kind` is called `a column`.
fn noun(kind: &Kind) -> &'static str {
    kind.what
        .split_once(' ')
        .map_or(kind.what, |(_, noun)| noun)
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
            return self.key_astray(at, what, indent("columns", "what is below it"));
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
        let is_map = matches!(node.value, Value::Map(_));
        let of_table = ENTITY.nested.contains(&name)
            && (is_map || matches!(node.value, Value::List(_)))
            && !has_key(node, "columns");
        if of_table {
            self.key_astray(at, what, indent(name, "what is below it"));
            return true;
        }
        let keys = fields::of::<Entity>();
        let of_spec =
            SPEC.nested.contains(&name) && is_map && !keys.iter().any(|key| has_key(node, key));
        if of_spec {
            self.unread(at);
            self.unread(&At::ROOT.key(name));
            let message = format!("`{name}` stands among the entities");
            let help =
                format!("indent `{name}:` as far as `entities:`, and what is below it likewise");
            let place = at.path().at_key();
            self.push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
        }
        of_spec
    }

    /// Whether what stands at `at`, where a column does, is a key of its table; reports it.
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
        false
    }

    /// The entries of columns, or of relationships, without keys of one that stand beside it, each run of which is reported.
    pub(super) fn without_keys_beside<'n>(
        &mut self,
        entries: Entries<'n>,
        at: &At<'_>,
        kind: &Kind,
        is_beside: fn(&str, &Node<'_>) -> bool,
    ) -> Entries<'n> {
        let mut kept: Entries<'n> = Vec::with_capacity(entries.len());
        let mut in_run = false;
        for (name, node) in entries {
            if !is_beside(name, node) {
                kept.push((name, node));
                in_run = false;
            } else if !std::mem::replace(&mut in_run, true) {
                let with = format!("what else belongs to that {}", noun(kind));
                let mut help = indent(name, &with);
                if let Some(ty) = kept
                    .last()
                    .and_then(|(name, above)| short_type(name, above))
                {
                    help = format!("{help}, which has its type below it then: `type: {ty}`");
                }
                // That there is nothing in it is the same mistake.
                kept.pop_if(|(_, above)| above.value == Value::Null);
                self.key_astray(&at.key(name), kind.what, help);
            }
        }
        kept
    }

    /// Reports that the key at `at` stands beside the things that have it and not in one of them. Nobody knows in which one.
    fn key_astray(&mut self, at: &At<'_>, what: &str, help: String) {
        self.unread(&at.parent());
        let name = at.name();
        let message = format!("`{name}` stands where {what} does, and not in one");
        let place = at.path().at_key();
        self.push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
    }
}
