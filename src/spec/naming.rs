//! `naming` as it was written, and how it is read.

use indexmap::IndexMap;
use serde::Deserialize;

use super::at::At;
use super::kinds::{NAMING, PLURALS};
use super::mistake::Wanted;
use super::read::Reader;
use super::tree::{Node, Value};

/// What tables, keys, indexes and checks are called that have no name of their own: patterns in quotes.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Naming {
    /// The pattern of tables: `"app_{table}"`. `{table}` is what the table is called without a pattern, `{entity}` the name
    /// of the entity or secondary in snake case.
    pub table: Option<String>,
    /// Words and their plurals, where relata takes them for something else: `{ person: persons }`. Each is the last word of
    /// an entity's name.
    pub plural: IndexMap<String, String>,
    /// The pattern of primary keys: `"pk_{table}"`. `{columns}` is the names of the columns, joined with `_`.
    pub primary_key: Option<String>,
    /// The pattern of foreign keys. `{columns}` is the names of the columns, joined with `_`, `{target}` the table that the
    /// key refers to.
    pub foreign_key: Option<String>,
    /// The pattern of unique keys. `{columns}` is the names of the columns, joined with `_`.
    pub unique: Option<String>,
    /// The pattern of indexes. `{columns}` is the names of the columns, joined with `_`.
    pub index: Option<String>,
    /// The pattern of checks. `{column}` is the name of the column, or the number of a check of the table.
    pub check: Option<String>,
}

impl Naming {
    /// The pattern that stands at `key`.
    #[must_use]
    pub fn pattern(&self, key: &str) -> Option<&str> {
        let pattern = match key {
            "table" => &self.table,
            "primary_key" => &self.primary_key,
            "foreign_key" => &self.foreign_key,
            "unique" => &self.unique,
            "index" => &self.index,
            "check" => &self.check,
            _ => &None,
        };
        pattern.as_deref()
    }
}

impl Reader<'_> {
    pub(super) fn naming(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Naming> {
        let read = self.record::<Naming>(node, at, &NAMING)?;
        let plural = self.named(
            read.nested("plural"),
            &at.key("plural"),
            &PLURALS,
            Self::plural,
        );
        Some(Naming {
            plural,
            ..read.value
        })
    }

    fn plural(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<String> {
        if node.value == Value::Text {
            return Some(node.raw.to_owned());
        }
        let wanted = match node.value {
            Value::List(_) | Value::Map(_) => Wanted::Example("a plural", PLURALS.example),
            _ => Wanted::Words("a plural".to_owned()),
        };
        self.wrong(node, at, wanted);
        None
    }
}
