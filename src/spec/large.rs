//! Files that declare more than a spec may have.
//!
//! In: the tree of a file. Out: what is too much. It is looked at before anything is read: a spec that is read takes many
//! times the memory of its text.

use super::include::PARTS;
use super::read::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::limits::{DECLARED, TABLE_PARTS};
use crate::source::{Cursor, Path, Shape};

/// The keys of tables at which many things can stand.
const TABLE_KEYS: [&str; 9] = [
    "columns",
    "relationships",
    "unique",
    "indexes",
    "foreign_keys",
    "checks",
    "mixins",
    "derives",
    "attributes",
];

/// The keys of a file at which there are tables, or what becomes a part of them.
const TABLES: [&str; 3] = ["entities", "secondary", "mixins"];

impl Reader<'_> {
    /// What the file at hand has too much of, with what the files before it declare. Then nothing of it is read.
    pub(super) fn too_large(&mut self) -> Vec<Diagnostic> {
        let Some(tree) = self.source.tree() else {
            return Vec::new();
        };
        if let Some(found) = self.too_many_declared(tree) {
            return vec![found];
        }
        let mut found = Vec::new();
        for key in TABLES {
            let tables = tree.entry(key).into_iter().flat_map(Cursor::children);
            for table in tables {
                let Some(name) = table.key() else { break };
                let path = Path::root().key(key).key(name);
                found.extend(too_many_parts(table, &path, name));
            }
        }
        found
    }

    fn too_many_declared(&mut self, tree: Cursor<'_>) -> Option<Diagnostic> {
        for key in PARTS.shared {
            let Some(mapping) = tree.entry(key) else {
                continue;
            };
            let Shape::Mapping(count) = mapping.shape() else {
                continue;
            };
            let left = DECLARED - self.declared;
            if count > left {
                let name = mapping.child(left)?.key()?;
                let message =
                    format!("with `{name}` the spec declares more than {DECLARED} things");
                let path = Path::root().key(key).key(name).at_key();
                let help = "entities, secondaries, enums, types and mixins count, in all files together; split the schema";
                return Some(Diagnostic::new(Code::TooLarge, path, message).help(help));
            }
            self.declared += count;
        }
        None
    }
}

fn too_many_parts(table: Cursor<'_>, path: &Path, name: &str) -> impl Iterator<Item = Diagnostic> {
    table.children().filter_map(move |part| {
        let (Shape::Mapping(count) | Shape::Sequence(count)) = part.shape() else {
            return None;
        };
        let key = part.key()?;
        let beyond = TABLE_KEYS.contains(&key) && count > TABLE_PARTS;
        beyond.then(|| too_many(path, name, key, count))
    })
}

/// Says that the table or enum `name` at `path` has `count` things at `key`, more than [`TABLE_PARTS`].
#[must_use]
pub fn too_many(path: &Path, name: &str, key: &str, count: usize) -> Diagnostic {
    let what = match key {
        "unique" => "keys".to_owned(),
        key => key.replace('_', " "),
    };
    let message = format!("`{name}` has {count} {what}, and {TABLE_PARTS} are the most");
    Diagnostic::new(Code::TooLarge, path.key(key).at_key(), message)
        .help("split the table, or check that nothing was generated twice")
}
