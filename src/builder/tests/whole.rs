//! The large spec is valid, the same in each run, and uses every key, type, action and default of the language.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::large;
use crate::builder::{Builder, Plan, Wanted};
use crate::model::{Action, Default, Dialect, Sql, Type};
use crate::source::{Cursor, Shape, Source};
use crate::spec;

const ENTITIES: usize = 500;

/// The keys that the large spec does not have, and why.
const LEFT_OUT: [(&str, &str, &str); 2] = [
    ("spec", "include", "a text is one file"),
    ("index", "where", "MySQL has no partial indexes"),
];

/// What it has besides, where a key alone does not tell, and a text that shows it.
const FEATURES: [(&str, &str); 42] = [
    (
        "links in short form",
        "area7_person_tag: [Area7Person, Area7Tag]",
    ),
    (
        "links with payload",
        "weight:    { type: \"decimal(6,3)\", default: 1 }",
    ),
    (
        "a third foreign key of links",
        "given_by:  { references: Area7Person, nullable: true",
    ),
    (
        "links told apart by a number",
        "area7_loan:\n    multiple: true",
    ),
    (
        "a number beside a unique pair",
        "area7_rating:\n    columns:\n      id: ",
    ),
    (
        "links told apart by a UUID",
        "area7_mark:\n    multiple: true\n    columns:\n      id:        { type: uuid",
    ),
    (
        "a key of more than the ends",
        "primary_key: [person_id, land, number, door, at]",
    ),
    ("one end as the key", "primary_key: [person_id]\n"),
    (
        "an end of several columns",
        "columns: [land, number, door], references: Area7Room",
    ),
    (
        "links between rows of one entity",
        "secondary: area7_follow, local: follower_id",
    ),
    (
        "links without relationship",
        "area7_unused: [Area7Team, Area7Tag]",
    ),
    ("a tree", "kind: one_to_many, foreign_key: mentor_id"),
    (
        "one to one with itself",
        "kind: one_to_one, foreign_key: partner_id",
    ),
    (
        "a tree over two columns",
        "columns: [parent_land, parent_number], references: \"Area7Site(land, number)\"",
    ),
    (
        "a circle of two tables",
        "captain_id: { references: Area7Person, nullable: true, unique: true",
    ),
    (
        "a circle without NULL",
        "root_id:     { references: Area7Leaf }",
    ),
    (
        "tables of other areas",
        "before_id:   { references: Area6Team",
    ),
    (
        "a reference to a key that is not the primary one",
        "references: Area7Item.code",
    ),
    ("a foreign key with a name", "name: \"room site 7\""),
    ("a unique index", "unique: true, name: \"doors of 7\""),
    (
        "the longest text that MySQL has in a key",
        "string(768), unique: true",
    ),
    ("an enum as a list", "Genre: [novel, essay, verse]"),
    ("an enum as a map", "lent:   L"),
    ("an enum that is text", "native: false"),
    (
        "a stored value to escape",
        "\"it's \\\"closed\\\"; back\\\\slash, größe\"",
    ),
    ("an enum in a key", "primary_key: [genre, token, day]"),
    (
        "functions that convert",
        "into: \"::std::string::ToString::to_string\"",
    ),
    (
        "a check of its own in each dialect",
        "postgres: \"day >= DATE '2000-01-01'\"",
    ),
    (
        "a computed text of its own in each dialect",
        "mysql: \"concat(code",
    ),
    (
        "a default of its own in each dialect",
        "mysql: \"floor(rand() * 100)\"",
    ),
    (
        "SQL as a default, the same in all",
        "default: { sql: 3 + 4 }",
    ),
    (
        "a default to escape",
        "default: \"it's \\\"quoted\\\"; back\\\\slash, -- größe 🦀\\nsecond line\"",
    ),
    ("docs to escape", "it's \\\"ch\\\" or 'de'; back\\\\slash\""),
    (
        "docs with marks of comments",
        "-- no comment, */ /* nor here; $$",
    ),
    ("docs of lines that end as in DOS", "Two letters:\\r\\n"),
    (
        "docs longer than MySQL's comments",
        "It's one of many words. It's one of many words.",
    ),
    (
        "a table to quote",
        "table: \"odd \\\"table\\\" `7`, 'größe'; -- select\"",
    ),
    ("a column to quote", "name: \"say \\\"it's\\\" `now`\""),
    ("a word of SQL as a name", "select:   { type: integer"),
    (
        "names that are alike for 60 bytes",
        "a_name_of_which_the_first_sixty_bytes_are_those_of_the_one_b",
    ),
    (
        "a table with a name to shorten",
        "IsLongerThanAnyDatabaseAllowsSoThatItHasToBeShortened",
    ),
    ("order by payload", "order_by: links.stars desc"),
];

fn plan(text: &str) -> Plan {
    let builder = Builder::from_reader("large.yaml", text.as_bytes()).unwrap();
    builder
        .plan(builder.spec.read(), Wanted::Everything)
        .unwrap()
}

#[test]
fn is_valid_at_any_size_without_a_warning() {
    for entities in [1, 2, 12, 13, 40, ENTITIES] {
        let plan = plan(&large::spec(entities));
        assert!(plan.warnings.is_empty(), "{:?}", plan.warnings);
        assert_eq!(plan.model.entities.len(), entities);
    }
}

#[test]
fn is_the_same_text_in_each_run() {
    assert!(large::spec(ENTITIES) == large::spec(ENTITIES));
    assert!(large::spec(ENTITIES) != large::spec(ENTITIES - 1));
}

#[test]
fn has_every_feature_that_is_listed() {
    let text = large::spec(ENTITIES);
    let missing = FEATURES.iter().filter(|(_, shown)| !text.contains(shown));
    let missing: Vec<_> = missing.map(|(feature, _)| feature).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn has_every_key_that_is_not_left_out() {
    let source = Source::new("large.yaml", large::spec(ENTITIES).as_bytes());
    let mut found = BTreeSet::new();
    record("spec", source.tree().unwrap(), &mut found);
    for (record, key, _) in LEFT_OUT {
        assert!(found.insert((record, key)), "{record}.{key} is there");
    }
    let records = spec::records().into_iter();
    let known: BTreeSet<_> = records
        .flat_map(|(record, keys)| keys.iter().map(move |key| (record, *key)))
        .collect();
    assert_eq!(found, known);
}

/// The keys of a record and of what is in it.
fn record<'s>(name: &'static str, node: Cursor<'s>, found: &mut BTreeSet<(&'static str, &'s str)>) {
    // A short form is no record but a list or a scalar; that of an enum is a mapping of variants.
    let entries: Vec<Cursor<'s>> = match node.shape() {
        Shape::Mapping(_) => children(node).collect(),
        _ => return,
    };
    let key = |entry: &Cursor<'s>| entry.key().unwrap();
    if name == "enum" && !entries.iter().any(|entry| key(entry) == "variants") {
        return each("variant", node, found);
    }
    for entry in entries {
        found.insert((name, key(&entry)));
        match (name, key(&entry)) {
            ("spec", "generate") => record("generate", entry, found),
            ("spec", "naming") => record("naming", entry, found),
            ("spec", "entities") => each("entity", entry, found),
            ("spec", "secondary") => each("secondary", entry, found),
            ("spec", "mixins") => each("mixin", entry, found),
            ("spec", "enums") => each("enum", entry, found),
            ("spec", "types") => each("type", entry, found),
            ("enum", "variants") => each("variant", entry, found),
            ("column", "computed") => record("computed", entry, found),
            (_, "columns") if name != "index" => each("column", entry, found),
            (_, "relationships") => each("relationship", entry, found),
            (_, "indexes") => each("index", entry, found),
            (_, "checks") => each("check", entry, found),
            (_, "foreign_keys") => each("foreign key", entry, found),
            _ => {}
        }
    }
}

fn each<'s>(name: &'static str, node: Cursor<'s>, found: &mut BTreeSet<(&'static str, &'s str)>) {
    children(node).for_each(|child| record(name, child, found));
}

fn children(node: Cursor<'_>) -> impl Iterator<Item = Cursor<'_>> {
    (0..).map_while(move |place| node.child(place))
}

#[test]
fn has_every_type_required_and_nullable() {
    let model = plan(&large::spec(ENTITIES)).model;
    let columns = model.tables().flat_map(|table| &table.columns);
    let found: BTreeSet<(&str, bool)> = columns
        .map(|column| (word(&column.ty), column.nullable))
        .collect();
    assert_eq!(found.len(), 2 * TYPES, "{found:?}");
}

/// How many words there are.
const TYPES: usize = 20;

/// A word for each type; a new one does not compile, and raises [`TYPES`].
fn word(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean => "boolean",
        Type::SmallInt => "smallint",
        Type::Integer => "integer",
        Type::BigInt => "bigint",
        Type::Float => "float",
        Type::Double => "double",
        Type::Decimal { .. } => "decimal",
        Type::String(None) => "string",
        Type::String(Some(_)) => "string(n)",
        Type::Text => "text",
        Type::Bytes(None) => "bytes",
        Type::Bytes(Some(_)) => "bytes(n)",
        Type::Uuid => "uuid",
        Type::Date => "date",
        Type::Time => "time",
        Type::DateTime => "datetime",
        Type::Timestamp => "timestamp",
        Type::Json => "json",
        Type::Enum(_) => "enum",
        Type::User(_) => "user",
        Type::List(_) => "list",
    }
}

#[test]
fn has_every_action_and_default_but_one() {
    let model = plan(&large::spec(ENTITIES)).model;
    let (mut actions, mut defaults) = (BTreeSet::new(), BTreeSet::new());
    for table in model.tables() {
        for key in &table.foreign_keys {
            actions.insert(format!("delete {:?}", key.on_delete));
            actions.insert(format!("update {:?}", key.on_update_key));
        }
        let given = table.columns.iter().filter_map(|it| it.default.as_ref());
        defaults.extend(given.map(|default| match default {
            Default::Literal(_) => "literal",
            Default::Now => "now",
            Default::Uuid => "uuid",
            Default::Sql(Sql::All(_)) => "sql",
            Default::Sql(Sql::PerDialect(_)) => "sql of a dialect",
        }));
    }
    // MariaDB takes SET DEFAULT and does nothing.
    let expected = [
        Action::NoAction,
        Action::Restrict,
        Action::Cascade,
        Action::SetNull,
    ];
    let expected = expected
        .iter()
        .flat_map(|action| ["delete", "update"].map(|event| format!("{event} {action:?}")));
    assert_eq!(actions, expected.collect());
    assert_eq!(defaults.len(), 5, "{defaults:?}");
}

#[test]
fn its_sql_loads_into_sqlite() {
    let builder = Builder::from_reader("large.yaml", large::spec(ENTITIES).as_bytes()).unwrap();
    let plan = plan(&large::spec(ENTITIES));
    let (sql, _) = builder.dialects([Dialect::Sqlite]).render_ddl().unwrap();
    let conn = Connection::open_in_memory().unwrap();
    conn.execute_batch(&sql).unwrap();
    let names: BTreeSet<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let expected = plan.model.tables().map(|table| table.name.clone());
    assert_eq!(names, expected.collect());
}
