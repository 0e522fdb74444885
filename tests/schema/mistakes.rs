//! One mistake at a time, each of which relata refuses and a schema sees, where it stands.

use std::fmt::Write as _;

use relata::Builder;

use crate::{validator, yaml};

/// What is part of an entity with an `id`, and the place of what is wrong there.
const OF_AN_ENTITY: &[(&str, &str)] = &[
    ("colums: {}", ""),
    ("table: 7", "/table"),
    ("doc:", "/doc"),
    ("mixins: Stamps", "/mixins"),
    ("mixins: [Stamps, Stamps]", "/mixins"),
    ("primary_key: id", "/primary_key"),
    ("primary_key: []", "/primary_key"),
    ("unique: [id]", "/unique/0"),
    ("unique: [[id, id]]", "/unique/0"),
    ("indexes: [{ unique: true }]", "/indexes/0"),
    (
        "indexes: [{ columns: [id], where: id > 0 }]",
        "/indexes/0/where",
    ),
    ("checks: [{ name: a }]", "/checks/0"),
    ("checks: [id > 0]", "/checks/0"),
    ("checks: [{ sql: {} }]", "/checks/0/sql"),
    ("foreign_keys: [{ columns: [id] }]", "/foreign_keys/0"),
    ("foreign_keys: [{ references: A }]", "/foreign_keys/0"),
    ("relationships: { a: B }", "/relationships/a"),
    ("relationships: { a: }", "/relationships/a"),
    (
        "relationships: { a: { kind: many_to_one } }",
        "/relationships/a",
    ),
    (
        "relationships: { a: { target: A, where: {} } }",
        "/relationships/a/where",
    ),
    (
        "relationships: { a: { target: A, where: { id: [1] } } }",
        "/relationships/a/where/id",
    ),
    (
        "relationships: { a: { target: A, kind: some } }",
        "/relationships/a/kind",
    ),
];

/// What a column may not be.
const COLUMNS: &[(&str, &str)] = &[
    ("7", ""),
    ("[]", ""),
    ("[text, text]", ""),
    ("varchar(20)", ""),
    ("{ type: }", "/type"),
    ("{ type: integer, nullable: }", "/nullable"),
    ("{ type: integer, nullable: yes }", "/nullable"),
    ("{ type: integer, default: null }", "/default"),
    ("{ type: integer, default: [1] }", "/default"),
    ("{ type: integer, default: { text: a } }", "/default"),
    ("{ type: integer, check: id > 0 }", "/check"),
    ("{ type: integer, check: {} }", "/check"),
    ("{ type: integer, computed: { stored: true } }", "/computed"),
    (
        "{ type: integer, computed: { sql: id, stored: 1 } }",
        "/computed/stored",
    ),
    (
        "{ type: integer, check: { sql: { oracle: id } } }",
        "/check/sql",
    ),
    ("{ type: integer, check: { sql: \"\" } }", "/check/sql"),
    ("{ type: timestamp, on_update: today }", "/on_update"),
    ("{ references: A, on_delete: delete }", "/on_delete"),
    ("{ type: integer, example: { sql: a } }", "/example"),
    ("{ type: integer, name: \"\" }", "/name"),
];

/// What stands beside the entities.
const OF_THE_SPEC: &[(&str, &str)] = &[
    ("entitys: {}", ""),
    ("generate: { target: sqlite }", "/generate/target"),
    ("generate: { dialects: sqlite }", "/generate/dialects"),
    ("generate: { dialects: [oracle] }", "/generate/dialects/0"),
    (
        "generate: { dialects: [sqlite, sqlite] }",
        "/generate/dialects",
    ),
    ("generate: { derives: [Hash, Hash] }", "/generate/derives"),
    ("generate: { attributes: [a, a] }", "/generate/attributes"),
    ("generate: { layout: flat }", "/generate/layout"),
    ("generate: { visibility: crate }", "/generate/visibility"),
    ("generate: { tests: no }", "/generate/tests"),
    ("allow: [E0103]", "/allow/0"),
    ("naming: { index: \"{zebra}\" }", "/naming/index"),
    ("naming: { plural: { person: 5 } }", "/naming/plural/person"),
    ("secondary: { s: [A] }", "/secondary/s"),
    ("secondary: { s: A }", "/secondary/s"),
    ("secondary: { s: { multiple: 2 } }", "/secondary/s/multiple"),
    ("enums: { E: [] }", "/enums/E"),
    ("enums: { E: }", "/enums/E"),
    ("enums: { E: [a, null] }", "/enums/E"),
    ("enums: { E: { native: false } }", "/enums/E"),
    ("enums: { E: { a: { word: b } } }", "/enums/E"),
    ("types: { T: { base: string } }", "/types/T"),
    ("types: { T: { rust: \"crate::T\" } }", "/types/T"),
    ("types: { T: { base: string, rust: T } }", "/types/T/rust"),
    ("mixins: { M: [a] }", "/mixins/M"),
    ("mixins: { M: { table: a } }", "/mixins/M"),
    ("mixins: { \"M-1\": {} }", "/mixins"),
];

#[test]
fn each_mistake_is_seen_alone_and_in_its_place() {
    let entity = |more: &str| {
        format!(
            "entities: {{ A: {{ columns: {{ id: {{ type: integer, primary_key: true }} }}, {more} }} }}"
        )
    };
    let column = |column: &str| {
        format!(
            "entities: {{ A: {{ columns: {{ id: {{ type: integer, primary_key: true }}, c: {column} }} }} }}"
        )
    };
    let whole = |more: &str| format!("{}\n{more}", entity("doc: An a."));
    let mut cases: Vec<(String, String)> = Vec::new();
    for (more, place) in OF_AN_ENTITY {
        cases.push((entity(more), format!("/entities/A{place}")));
    }
    for (written, place) in COLUMNS {
        cases.push((column(written), format!("/entities/A/columns/c{place}")));
    }
    for (more, place) in OF_THE_SPEC {
        cases.push((whole(more), (*place).to_owned()));
    }
    let validator = validator();
    let mut wrong = String::new();
    for (text, place) in cases {
        let spec = yaml::json(text.as_bytes()).expect("YAML");
        let mut seen: Vec<String> = validator
            .iter_errors(&spec)
            .map(|error| error.instance_path().to_string())
            .collect();
        seen.dedup();
        if seen != [place.as_str()] {
            // Writing to a String cannot fail.
            let _ = writeln!(wrong, "{text}\n    seen at {seen:?}");
        }
        let builder = Builder::from_reader("spec.yaml", text.as_bytes()).expect("a text");
        if builder.validate().is_ok() {
            let _ = writeln!(wrong, "{text}\n    is right");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
