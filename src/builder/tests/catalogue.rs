//! What a database says of itself after it has loaded a schema, compared with the model of that schema.
//!
//! Each dialect has a file that loads DDL into an empty database and reads its catalogue into a [`Catalogue`];
//! [`expected`] says what the model wants there. Neither knows how relata writes SQL.

use std::collections::{BTreeMap, BTreeSet};

mod altered;
mod expected;
mod limits;
mod mysql;
mod postgres;
mod server;
mod specs;
mod sqlite;
mod statements;
mod types;

pub(super) use mysql::load as load_on_mysql;
pub(super) use postgres::load as load_on_postgres;
pub(super) use specs::Load;
pub(super) use sqlite::load as load_on_sqlite;

use crate::model::{Dialect, Model};

/// Every difference between a model and what a database has made of it, in words.
pub(super) fn compared(model: &Model, dialect: Dialect, database: &Catalogue) -> Vec<String> {
    differences(&expected::catalogue(model, dialect), database)
}

/// All that a catalogue says of a schema, as far as the model speaks of it. Names are those in the database.
#[derive(Debug, Default, Clone)]
pub(super) struct Catalogue {
    tables: BTreeMap<String, Table>,
    /// The enums that the database has a type for.
    enums: BTreeMap<String, Enum>,
}

#[derive(Debug, Default, Clone)]
struct Enum {
    comment: Option<String>,
    /// In their order.
    labels: Vec<String>,
}

#[derive(Debug, Default, Clone)]
struct Table {
    /// What the dialect says of a table besides: `STRICT`, an engine, a collation.
    options: String,
    comment: Option<String>,
    /// In their order.
    columns: Vec<Column>,
    primary_key: Key,
    /// By their names, as are all below.
    uniques: BTreeMap<String, Vec<String>>,
    foreign_keys: BTreeMap<String, ForeignKey>,
    /// Those that serve no primary or unique key.
    indexes: BTreeMap<String, Index>,
    checks: BTreeSet<String>,
}

#[derive(Debug, Default, Clone)]
struct Column {
    name: String,
    /// In the words of the dialect's catalogue.
    ty: String,
    nullable: bool,
    default: bool,
    made: Made,
    comment: Option<String>,
}

/// Who makes the values of a column.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum Made {
    #[default]
    Written,
    /// The database counts them up.
    Counted,
    /// The database computes them, and keeps them.
    Stored,
    /// The database computes them whenever they are read.
    Virtual,
    /// The database renews them with every write, which no model asks for.
    Renewed,
}

#[derive(Debug, Default, Clone)]
struct Key {
    /// `None` where the dialect knows no name.
    name: Option<String>,
    columns: Vec<String>,
}

#[derive(Debug, Default, Clone)]
struct ForeignKey {
    columns: Vec<String>,
    target: String,
    target_columns: Vec<String>,
    /// In the words of SQL: `SET NULL`.
    on_delete: String,
    on_update: String,
}

#[derive(Debug, Default, Clone)]
struct Index {
    columns: Vec<String>,
    unique: bool,
    /// Whether it holds some of the rows only.
    partial: bool,
}

/// A part of a catalogue in words, for people and for comparison: what is said of it, in a fixed order, and its parts.
#[derive(Debug, Default)]
struct Words {
    facts: Vec<(&'static str, String)>,
    parts: BTreeMap<String, Words>,
}

/// Every difference between what the model wants and what the database has, in words; empty where there is none.
fn differences(model: &Catalogue, database: &Catalogue) -> Vec<String> {
    let mut found = Vec::new();
    compare("", &words(model), &words(database), &mut found);
    found
}

fn compare(path: &str, model: &Words, database: &Words, found: &mut Vec<String>) {
    for ((what, wanted), (_, there)) in model.facts.iter().zip(&database.facts) {
        if wanted != there {
            found.push(format!(
                "{path}: {what} is {there}, by the model it is {wanted}"
            ));
        }
    }
    let names: BTreeSet<&String> = model.parts.keys().chain(database.parts.keys()).collect();
    for name in names {
        let path = match path {
            "" => name.clone(),
            path => format!("{path}, {name}"),
        };
        match (model.parts.get(name), database.parts.get(name)) {
            (Some(model), Some(database)) => compare(&path, model, database, found),
            (Some(_), None) => found.push(format!("{path}: missing in the database")),
            (None, Some(_)) => found.push(format!("{path}: unknown to the model")),
            (None, None) => unreachable!("it is a name of one of both"),
        }
    }
}

fn words(catalogue: &Catalogue) -> Words {
    let tables = catalogue.tables.iter();
    let tables = tables.map(|(name, table)| (format!("table `{name}`"), of_table(table)));
    let enums = catalogue.enums.iter().map(|(name, of)| {
        let facts = vec![
            ("the comment", format!("{:?}", of.comment)),
            ("the list of labels", format!("{:?}", of.labels)),
        ];
        (format!("enum `{name}`"), leaf(facts))
    });
    Words {
        facts: Vec::new(),
        parts: tables.chain(enums).collect(),
    }
}

fn leaf(facts: Vec<(&'static str, String)>) -> Words {
    let parts = BTreeMap::new();
    Words { facts, parts }
}

fn of_table(table: &Table) -> Words {
    let names = table.columns.iter().map(|column| column.name.as_str());
    let columns = table.columns.iter();
    let columns = columns.map(|column| (format!("column `{}`", column.name), of_column(column)));
    let uniques = table.uniques.iter().map(|(name, columns)| {
        let facts = vec![("the list of columns", list(columns))];
        (format!("unique key `{name}`"), leaf(facts))
    });
    let keys = table.foreign_keys.iter();
    let keys = keys.map(|(name, key)| (format!("foreign key `{name}`"), of_foreign_key(key)));
    let indexes = table.indexes.iter();
    let indexes = indexes.map(|(name, index)| (format!("index `{name}`"), of_index(index)));
    let checks = table.checks.iter();
    let checks = checks.map(|name| (format!("check `{name}`"), Words::default()));
    Words {
        facts: vec![
            ("the kind", format!("`{}`", table.options)),
            ("the comment", format!("{:?}", table.comment)),
            ("the order of columns", names.collect::<Vec<_>>().join(", ")),
            (
                "the primary key's name",
                format!("{:?}", table.primary_key.name),
            ),
            ("the primary key", list(&table.primary_key.columns)),
        ],
        parts: columns
            .chain(uniques)
            .chain(keys)
            .chain(indexes)
            .chain(checks)
            .collect(),
    }
}

fn of_column(column: &Column) -> Words {
    leaf(vec![
        ("the type", column.ty.clone()),
        ("NULL", yes(column.nullable, "allowed")),
        ("the default", yes(column.default, "given")),
        ("its value", format!("{:?}", column.made).to_lowercase()),
        ("the comment", format!("{:?}", column.comment)),
    ])
}

fn of_foreign_key(key: &ForeignKey) -> Words {
    let target = format!("`{}` {}", key.target, list(&key.target_columns));
    leaf(vec![
        ("the list of columns", list(&key.columns)),
        ("the target", target),
        ("ON DELETE", key.on_delete.clone()),
        ("ON UPDATE", key.on_update.clone()),
    ])
}

fn of_index(index: &Index) -> Words {
    leaf(vec![
        ("the list of columns", list(&index.columns)),
        ("uniqueness", yes(index.unique, "asked for")),
        ("a condition", yes(index.partial, "given")),
    ])
}

fn yes(is: bool, word: &str) -> String {
    let not = if is { "" } else { "not " };
    format!("{not}{word}")
}

fn list(columns: &[String]) -> String {
    format!("({})", columns.join(", "))
}
