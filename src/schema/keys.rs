//! What is known of the value of a key beside its form: its words, its default, examples, what a text looks like.

use serde_json::{Value, json};

use super::patterns::{
    column_type, database_name, derive, hops, name, naming, order, path, reference,
};
use super::words;
use crate::model::{Target, Time};
use crate::naming::Patterns;
use crate::naming::database::{OF_COLUMNS, OF_FOREIGN_KEYS, OF_TABLES};
use crate::rust::Visibility;

/// A record, which is called like its struct, a key of it, and what its schema has more.
pub(super) type More = (&'static str, &'static str, Value);

/// What is known, record by record.
pub(super) fn all() -> Vec<More> {
    [
        of_the_spec(),
        of_tables(),
        of_columns(),
        of_relationships(),
        of_types(),
        of_naming(),
    ]
    .concat()
}

fn of_the_spec() -> Vec<More> {
    vec![
        ("Spec", "include", json!({ "uniqueItems": true })),
        ("Spec", "allow", list(&words::warnings())),
        (
            "Generate",
            "target",
            with_default(words::targets(), Target::Rusqlite.as_str()),
        ),
        ("Generate", "dialects", list(&words::dialects())),
        ("Generate", "layout", words::layouts()),
        (
            "Generate",
            "time",
            with_default(words::times(), Time::default().as_str()),
        ),
        (
            "Generate",
            "visibility",
            with_default(words::visibilities(), Visibility::Public.as_str()),
        ),
        ("Generate", "tests", json!({ "default": false })),
    ]
}

/// A list of what is known of each item; none comes twice.
fn list(items: &Value) -> Value {
    json!({ "items": items, "uniqueItems": true })
}

fn with_default(mut known: Value, default: &str) -> Value {
    known["default"] = json!(default);
    known
}

fn of_tables() -> Vec<More> {
    let names = || json!({ "items": name(), "minItems": 1, "uniqueItems": true });
    let mut keys = Vec::new();
    for record in ["Entity", "Secondary"] {
        keys.extend([
            (record, "table", database_name()),
            (record, "rust_name", name()),
            (record, "mixins", list(&name())),
            (record, "primary_key", names()),
            (record, "unique", list(&names())),
        ]);
    }
    keys.extend([
        ("Secondary", "multiple", json!({ "default": false })),
        ("Secondary", "symmetric", json!({ "default": false })),
        ("Index", "columns", names()),
        ("Index", "unique", json!({ "default": false })),
        ("Index", "name", database_name()),
        ("Check", "name", database_name()),
        ("ForeignKey", "columns", names()),
        ("ForeignKey", "references", reference()),
        ("ForeignKey", "name", database_name()),
    ]);
    keys.extend(actions("ForeignKey"));
    for record in ["Generate", "Entity", "Secondary", "Enum"] {
        keys.extend([
            (record, "derives", list(&derive())),
            (record, "attributes", json!({ "uniqueItems": true })),
        ]);
    }
    keys
}

/// What becomes of a row with the one that it refers to.
fn actions(record: &'static str) -> [More; 2] {
    ["on_delete", "on_update_key"].map(|key| (record, key, words::actions()))
}

fn of_columns() -> Vec<More> {
    let mut keys = vec![
        ("Column", "type", json!({ "anyOf": column_type() })),
        ("Column", "default", json!({ "examples": words::DEFAULTS })),
        ("Column", "references", reference()),
        ("Column", "on_update", words::on_update()),
        ("Column", "name", database_name()),
        ("Column", "rust_name", name()),
        ("Computed", "stored", json!({ "default": true })),
    ];
    for key in [
        "nullable",
        "primary_key",
        "unique",
        "index",
        "version",
        "private",
    ] {
        keys.push(("Column", key, json!({ "default": false })));
    }
    keys.extend(actions("Column"));
    keys
}

fn of_relationships() -> Vec<More> {
    let order = order();
    vec![
        ("Relationship", "target", name()),
        ("Relationship", "secondary", name()),
        ("Relationship", "back_populates", name()),
        ("Relationship", "kind", words::kinds()),
        ("Relationship", "through", hops()),
        (
            "Relationship",
            "order_by",
            json!({ "pattern": order["pattern"], "patternErrorMessage": order["patternErrorMessage"], "items": order }),
        ),
        (
            "Relationship",
            "where",
            json!({ "type": "object", "minProperties": 1 }),
        ),
        ("Relationship", "rust_name", name()),
    ]
}

fn of_types() -> Vec<More> {
    vec![
        ("Enum", "rust_name", name()),
        ("Enum", "native", json!({ "default": true })),
        ("Variant", "value", database_name()),
        ("Variant", "rust_name", name()),
        ("UserType", "base", json!({ "anyOf": column_type() })),
        ("UserType", "rust", path("crate::Email")),
        ("UserType", "into", path("crate::email::to_text")),
        ("UserType", "from", path("crate::email::of_text")),
    ]
}

fn of_naming() -> Vec<More> {
    let patterns = Patterns::default();
    let of = |placeholders: &[&str], default: &str| with_default(naming(placeholders), default);
    vec![
        ("Naming", "table", of(OF_TABLES, &patterns.table)),
        (
            "Naming",
            "primary_key",
            of(OF_COLUMNS, &patterns.primary_key),
        ),
        (
            "Naming",
            "foreign_key",
            of(OF_FOREIGN_KEYS, &patterns.foreign_key),
        ),
        ("Naming", "unique", of(OF_COLUMNS, &patterns.unique)),
        ("Naming", "index", of(OF_COLUMNS, &patterns.index)),
        ("Naming", "check", of(OF_COLUMNS, &patterns.check)),
        (
            "Naming",
            "plural",
            json!({ "additionalProperties": name() }),
        ),
    ]
}
