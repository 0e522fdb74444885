//! Nothing of the spec language is accepted and then ignored: for each key of each record there are two specs that differ
//! in it alone, and what is made of them differs too.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Builder;
use crate::spec;

/// A kind of record: its name, a spec with `@` in the place of one, and for each key two texts for that place.
struct Record {
    name: &'static str,
    spec: &'static str,
    keys: &'static [(&'static str, &'static str, &'static str)],
}

/// Keys that say the same for every dialect and target that there is: what else could be written there is refused.
const ALONE: &[(&str, &str)] = &[
    ("generate", "target"),
    ("generate", "dialects"),
    ("enum", "native"),
];

const RECORDS: &[Record] = &[
    Record {
        name: "spec",
        spec: "@",
        keys: &[
            (
                "generate",
                A,
                "generate: { visibility: pub(crate) }\nentities: { A: { columns: { id: { type: integer, primary_key: true } } } }",
            ),
            (
                "entities",
                A,
                "entities: { B: { columns: { id: { type: integer, primary_key: true } } } }",
            ),
            (
                "secondary",
                A,
                "entities: { A: { columns: { id: { type: integer, primary_key: true } } }, B: { columns: { id: { type: integer, primary_key: true } } } }\nsecondary: { ab: [A, B] }",
            ),
            (
                "enums",
                A,
                "enums: { E: [x] }\nentities: { A: { columns: { id: { type: integer, primary_key: true } } } }",
            ),
            (
                "types",
                A,
                "types: { T: { base: text, rust: \"crate::T\" } }\nentities: { A: { columns: { id: { type: integer, primary_key: true } } } }",
            ),
            (
                "mixins",
                "mixins: { M: { columns: { x: integer } } }\nentities: { A: { mixins: [M], columns: { id: { type: integer, primary_key: true } } } }",
                "mixins: { M: { columns: { y: integer } } }\nentities: { A: { mixins: [M], columns: { id: { type: integer, primary_key: true } } } }",
            ),
            (
                "allow",
                CIRCLE,
                "allow: [W0201]\nentities: { A: { columns: { id: { type: integer, primary_key: true }, a: { references: A } } } }",
            ),
        ],
    },
    Record {
        name: "generate",
        spec: "generate: @\nentities: { A: { columns: { id: { type: integer, primary_key: true } } } }",
        keys: &[
            ("derives", "{}", "{ derives: [Eq] }"),
            ("attributes", "{}", "{ attributes: [\"allow(dead_code)\"] }"),
            ("layout", "{}", "{ layout: modules }"),
            ("visibility", "{}", "{ visibility: pub(crate) }"),
        ],
    },
    Record {
        name: "entity",
        spec: "mixins: { M: { columns: { m: integer } } }\nentities:\n  A: @\n  B: { columns: { x: { type: integer, primary_key: true }, y: { type: integer, unique: true } }, unique: [[x, y]] }",
        keys: &[
            (
                "table",
                ID,
                "{ table: t, columns: { id: { type: integer, primary_key: true } } }",
            ),
            (
                "rust_name",
                ID,
                "{ rust_name: R, columns: { id: { type: integer, primary_key: true } } }",
            ),
            (
                "doc",
                ID,
                "{ doc: Words., columns: { id: { type: integer, primary_key: true } } }",
            ),
            (
                "mixins",
                ID,
                "{ mixins: [M], columns: { id: { type: integer, primary_key: true } } }",
            ),
            (
                "derives",
                ID,
                "{ derives: [Eq], columns: { id: { type: integer, primary_key: true } } }",
            ),
            (
                "attributes",
                ID,
                "{ attributes: [\"allow(dead_code)\"], columns: { id: { type: integer, primary_key: true } } }",
            ),
            (
                "columns",
                ID,
                "{ columns: { no: { type: integer, primary_key: true } } }",
            ),
            (
                "primary_key",
                "{ primary_key: [a], columns: { a: integer, b: integer } }",
                "{ primary_key: [b], columns: { a: integer, b: integer } }",
            ),
            (
                "unique",
                TWO,
                "{ unique: [[a, b]], columns: { id: { type: integer, primary_key: true }, a: integer, b: integer } }",
            ),
            (
                "indexes",
                TWO,
                "{ indexes: [{ columns: [a, b] }], columns: { id: { type: integer, primary_key: true }, a: integer, b: integer } }",
            ),
            (
                "checks",
                TWO,
                "{ checks: [{ sql: a < b }], columns: { id: { type: integer, primary_key: true }, a: integer, b: integer } }",
            ),
            (
                "foreign_keys",
                TWO,
                "{ foreign_keys: [{ columns: [a, b], references: \"B(x, y)\" }], columns: { id: { type: integer, primary_key: true }, a: integer, b: integer } }",
            ),
            (
                "relationships",
                "{ columns: { id: { type: integer, primary_key: true }, b: { references: B } } }",
                "{ columns: { id: { type: integer, primary_key: true }, b: { references: B } }, relationships: { of: { target: B } } }",
            ),
        ],
    },
    Record {
        name: "secondary",
        spec: "mixins: { M: { columns: { m: integer } } }\nentities:\n  A: { columns: { x: { type: integer, primary_key: true } }, relationships: { all: { target: A, secondary: s, local: one, remote: two } } }\n  B: { columns: { x: { type: integer, primary_key: true }, y: { type: integer, unique: true } }, unique: [[x, y]] }\nsecondary:\n  s: @",
        keys: &[
            (
                "table",
                PAIR,
                "{ table: t, columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "rust_name",
                PAIR,
                "{ rust_name: R, columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "multiple",
                "{ primary_key: [one, two, p], columns: { one: { references: A }, two: { references: A }, p: integer } }",
                "{ primary_key: [one, two, p], multiple: false, columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "symmetric",
                "{ columns: { one: { references: A }, two: { references: A }, three: { references: A } } }",
                "{ symmetric: true, columns: { one: { references: A }, two: { references: A }, three: { references: A } } }",
            ),
            (
                "doc",
                PAIR,
                "{ doc: Words., columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "mixins",
                PAIR,
                "{ mixins: [M], columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "derives",
                PAIR,
                "{ derives: [Eq], columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "attributes",
                PAIR,
                "{ attributes: [\"allow(dead_code)\"], columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "columns",
                PAIR,
                "{ columns: { one: { references: A }, two: { references: A }, q: integer } }",
            ),
            (
                "primary_key",
                PAIR,
                "{ primary_key: [two, one], columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "unique",
                PAIR,
                "{ unique: [[one, p]], columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "indexes",
                PAIR,
                "{ indexes: [{ columns: [p] }], columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "checks",
                PAIR,
                "{ checks: [{ sql: p > 0 }], columns: { one: { references: A }, two: { references: A }, p: integer } }",
            ),
            (
                "foreign_keys",
                "{ columns: { one: { references: A }, two: { references: A }, p: integer, q: integer } }",
                "{ columns: { one: { references: A }, two: { references: A }, p: integer, q: integer }, foreign_keys: [{ columns: [p, q], references: \"B(x, y)\" }] }",
            ),
        ],
    },
    Record {
        name: "mixin",
        spec: "mixins: { M: @ }\nentities: { A: { mixins: [M], columns: { id: { type: integer, primary_key: true }, b: { references: B } } }, B: { columns: { id: { type: integer, primary_key: true } } } }",
        keys: &[
            (
                "columns",
                "{ columns: { x: integer } }",
                "{ columns: { y: integer } }",
            ),
            (
                "indexes",
                "{ columns: { x: integer } }",
                "{ columns: { x: integer }, indexes: [{ columns: [x] }] }",
            ),
            (
                "checks",
                "{ columns: { x: integer } }",
                "{ columns: { x: integer }, checks: [{ sql: x > 0 }] }",
            ),
            (
                "relationships",
                "{ columns: { x: integer } }",
                "{ columns: { x: integer }, relationships: { of: { target: B } } }",
            ),
        ],
    },
    Record {
        name: "column",
        spec: "entities:\n  A: { columns: { id: { type: integer, primary_key: true }, x: @ } }\n  B: { columns: { id: { type: integer, primary_key: true } } }",
        keys: &[
            ("type", "integer", "{ type: text }"),
            ("nullable", "integer", "{ type: integer, nullable: true }"),
            (
                "primary_key",
                "integer",
                "{ type: integer, primary_key: true }",
            ),
            ("unique", "integer", "{ type: integer, unique: true }"),
            ("index", "integer", "{ type: integer, index: true }"),
            ("default", "integer", "{ type: integer, default: 1 }"),
            (
                "on_update",
                "timestamp",
                "{ type: timestamp, on_update: now }",
            ),
            ("references", "integer", "{ references: B }"),
            (
                "on_delete",
                "{ references: B }",
                "{ references: B, on_delete: cascade }",
            ),
            (
                "on_update_key",
                "{ references: B }",
                "{ references: B, on_update_key: cascade }",
            ),
            (
                "check",
                "integer",
                "{ type: integer, check: { sql: x > 0 } }",
            ),
            (
                "computed",
                "integer",
                "{ type: integer, computed: { sql: id + 1 } }",
            ),
            ("name", "integer", "{ type: integer, name: y }"),
            ("rust_name", "integer", "{ type: integer, rust_name: y }"),
            ("version", "integer", "{ type: integer, version: true }"),
            ("private", "integer", "{ type: integer, private: true }"),
            ("doc", "integer", "{ type: integer, doc: Words. }"),
        ],
    },
    Record {
        name: "column",
        spec: "entities: { A: { columns: { x: @ } } }",
        keys: &[(
            "auto_increment",
            "{ type: integer, primary_key: true }",
            "{ type: integer, primary_key: true, auto_increment: false }",
        )],
    },
    Record {
        name: "computed",
        spec: "entities: { A: { columns: { id: { type: integer, primary_key: true }, x: { type: integer, computed: @ } } } }",
        keys: &[
            ("sql", "{ sql: id + 1 }", "{ sql: id + 2 }"),
            (
                "stored",
                "{ sql: id + 1 }",
                "{ sql: id + 1, stored: false }",
            ),
        ],
    },
    Record {
        name: "index",
        spec: "entities: { A: { columns: { id: { type: integer, primary_key: true }, a: integer, b: integer }, indexes: [@] } }",
        keys: &[
            ("columns", "{ columns: [a] }", "{ columns: [b] }"),
            (
                "unique",
                "{ columns: [a] }",
                "{ columns: [a], unique: true }",
            ),
            ("name", "{ columns: [a] }", "{ columns: [a], name: n }"),
            (
                "where",
                "{ columns: [a] }",
                "{ columns: [a], where: { sql: b > 0 } }",
            ),
        ],
    },
    Record {
        name: "check",
        spec: "entities: { A: { columns: { id: { type: integer, primary_key: true }, a: integer }, checks: [@] } }",
        keys: &[
            ("name", "{ sql: a > 0 }", "{ sql: a > 0, name: n }"),
            ("sql", "{ sql: a > 0 }", "{ sql: a > 1 }"),
        ],
    },
    Record {
        name: "foreign key",
        spec: "entities:\n  A: { columns: { id: { type: integer, primary_key: true }, a: integer, b: integer }, foreign_keys: [@] }\n  B: { columns: { x: { type: integer, primary_key: true }, y: { type: integer, unique: true } } }",
        keys: &[
            (
                "columns",
                "{ columns: [a], references: B }",
                "{ columns: [b], references: B }",
            ),
            (
                "references",
                "{ columns: [a], references: B(x) }",
                "{ columns: [a], references: B(y) }",
            ),
            (
                "on_delete",
                "{ columns: [a], references: B }",
                "{ columns: [a], references: B, on_delete: cascade }",
            ),
            (
                "on_update_key",
                "{ columns: [a], references: B }",
                "{ columns: [a], references: B, on_update_key: cascade }",
            ),
            (
                "name",
                "{ columns: [a], references: B }",
                "{ columns: [a], references: B, name: n }",
            ),
        ],
    },
    Record {
        name: "relationship",
        spec: "entities:\n  A: { columns: { id: { type: integer, primary_key: true }, b: { references: B }, c: { references: B }, up: { references: A, nullable: true } }, relationships: { r: @ } }\n  B: { columns: { id: { type: integer, primary_key: true }, name: string } }\nsecondary: { ab: [A, B], ba: [A, B], aa: { columns: { one: { references: A }, two: { references: A } } } }",
        keys: &[
            ("target", OVER, "{ target: A, secondary: aa, local: one }"),
            (
                "secondary",
                "{ target: B, foreign_key: b }",
                "{ target: B, secondary: ba }",
            ),
            (
                "back_populates",
                ITSELF,
                "{ target: A, secondary: aa, local: one, back_populates: s }, s: { target: A, secondary: aa, local: two, back_populates: r }",
            ),
            (
                "foreign_key",
                "{ target: B, foreign_key: b }",
                "{ target: B, foreign_key: c }",
            ),
            (
                "kind",
                "{ target: A, foreign_key: up, kind: many_to_one }",
                "{ target: A, foreign_key: up, kind: one_to_many }",
            ),
            (
                "local",
                "{ target: A, secondary: aa, local: one }",
                "{ target: A, secondary: aa, local: two }",
            ),
            (
                "remote",
                "{ target: A, secondary: aa, remote: one }",
                "{ target: A, secondary: aa, remote: two }",
            ),
            (
                "order_by",
                OVER,
                "{ target: B, secondary: ab, order_by: name desc }",
            ),
            (
                "where",
                "{ target: B, secondary: ba }",
                "{ target: B, secondary: ba, where: { name: x } }",
            ),
            (
                "rust_name",
                OVER,
                "{ target: B, secondary: ab, rust_name: s }",
            ),
            ("doc", OVER, "{ target: B, secondary: ab, doc: Words. }"),
        ],
    },
    Record {
        name: "enum",
        spec: "enums: { E: @ }\nentities: { A: { columns: { id: { type: integer, primary_key: true }, e: E } } }",
        keys: &[
            ("variants", "{ variants: [x] }", "{ variants: [y] }"),
            (
                "rust_name",
                "{ variants: [x] }",
                "{ variants: [x], rust_name: F }",
            ),
            ("doc", "{ variants: [x] }", "{ variants: [x], doc: Words. }"),
            (
                "derives",
                "{ variants: [x] }",
                "{ variants: [x], derives: [Default] }",
            ),
            (
                "attributes",
                "{ variants: [x] }",
                "{ variants: [x], attributes: [\"allow(dead_code)\"] }",
            ),
        ],
    },
    Record {
        name: "variant",
        spec: "enums: { E: { variants: { x: @ } } }\nentities: { A: { columns: { id: { type: integer, primary_key: true }, e: E } } }",
        keys: &[
            ("value", "{ value: a }", "{ value: b }"),
            ("rust_name", "{ value: a }", "{ value: a, rust_name: F }"),
            ("doc", "{ value: a }", "{ value: a, doc: Words. }"),
        ],
    },
    Record {
        name: "type",
        spec: "types: { T: @ }\nentities: { A: { columns: { id: { type: integer, primary_key: true }, t: T } } }",
        keys: &[
            (
                "base",
                "{ base: text, rust: \"crate::T\" }",
                "{ base: integer, rust: \"crate::T\" }",
            ),
            (
                "rust",
                "{ base: text, rust: \"crate::T\" }",
                "{ base: text, rust: \"crate::U\" }",
            ),
            (
                "into",
                "{ base: text, rust: \"crate::T\" }",
                "{ base: text, rust: \"crate::T\", into: \"crate::f\" }",
            ),
            (
                "from",
                "{ base: text, rust: \"crate::T\" }",
                "{ base: text, rust: \"crate::T\", from: \"crate::f\" }",
            ),
            (
                "example",
                "{ base: text, rust: \"crate::T\" }",
                "{ base: text, rust: \"crate::T\", example: x }",
            ),
            (
                "doc",
                "{ base: text, rust: \"crate::T\" }",
                "{ base: text, rust: \"crate::T\", doc: Words. }",
            ),
        ],
    },
];

const A: &str = "entities: { A: { columns: { id: { type: integer, primary_key: true } } } }";
const CIRCLE: &str = "entities: { A: { columns: { id: { type: integer, primary_key: true }, a: { references: A } } } }";
const ID: &str = "{ columns: { id: { type: integer, primary_key: true } } }";
const TWO: &str =
    "{ columns: { id: { type: integer, primary_key: true }, a: integer, b: integer } }";
const PAIR: &str = "{ columns: { one: { references: A }, two: { references: A }, p: integer } }";
const OVER: &str = "{ target: B, secondary: ab }";
const ITSELF: &str = "{ target: A, secondary: aa, local: one }";

/// All that becomes of a spec but the hash of its model: files and warnings. `None` with an error, which is printed.
fn made(text: &str) -> Option<String> {
    let builder = Builder::from_reader("spec.yaml", text.as_bytes()).unwrap();
    let rendered = match builder.render() {
        Ok(rendered) => rendered,
        Err(error) => {
            eprintln!("{text}\n{error}");
            return None;
        }
    };
    let mut all = format!("{:?}\n", rendered.warnings);
    for (name, text) in rendered.output.iter() {
        let _ = writeln!(all, "{name}");
        let lines = text.lines().filter(|line| !line.contains("SPEC_HASH"));
        lines.for_each(|line| all = std::mem::take(&mut all) + line + "\n");
    }
    Some(all)
}

#[test]
fn every_key_changes_something() {
    let mut wrong = Vec::new();
    for record in RECORDS {
        for (key, one, other) in record.keys {
            let made = |text: &str| made(&record.spec.replace('@', text));
            match (made(one), made(other)) {
                (Some(one), Some(other)) if one != other => {}
                (Some(_), Some(_)) => wrong.push(format!("{}.{key} changes nothing", record.name)),
                _ => wrong.push(format!("{}.{key} is refused", record.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_key_is_left_out() {
    let walked: BTreeSet<(&str, &str)> = RECORDS
        .iter()
        .flat_map(|record| record.keys.iter().map(|(key, ..)| (record.name, *key)))
        .chain(ALONE.iter().copied())
        .collect();
    let known: BTreeSet<(&str, &str)> = spec::records()
        .into_iter()
        .flat_map(|(record, keys)| keys.iter().map(move |key| (record, *key)))
        .collect();
    assert_eq!(walked, known);
}

#[test]
fn what_has_one_value_takes_no_other() {
    for text in ["{ target: sqlx-sqlite }", "{ dialects: [postgres] }"] {
        let spec = format!("generate: {text}\n{A}");
        let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).unwrap();
        assert!(builder.render().is_err(), "{text}");
    }
}
