//! The keys of the spec as a whole, of relationships, and of declared types.

use super::Record;

pub(super) const RECORDS: &[Record] = &[
    Record {
        name: "spec",
        spec: "@",
        keys: &[
            (
                "include",
                A,
                "include: specs/includes/words.yaml\nentities: { A: { columns: { id: { type: integer, primary_key: true } } } }",
            ),
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
                "naming",
                A,
                "naming: { table: \"app_{table}\" }\nentities: { A: { columns: { id: { type: integer, primary_key: true } } } }",
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
        spec: "generate: @\nentities: { A: { columns: { id: { type: integer, primary_key: true }, day: date } } }",
        keys: &[
            ("derives", "{}", "{ derives: [Eq] }"),
            ("attributes", "{}", "{ attributes: [\"allow(dead_code)\"] }"),
            ("layout", "{}", "{ layout: modules }"),
            ("time", "{}", "{ time: jiff }"),
            ("visibility", "{}", "{ visibility: pub(crate) }"),
        ],
    },
    Record {
        name: "generate",
        spec: "generate: @\nallow: [W0201]\nentities: { A: { columns: { id: { type: integer, primary_key: true }, a: { references: A } }, relationships: { of: { target: A, kind: many_to_one } } } }",
        keys: &[("tests", "{}", "{ tests: true }")],
    },
    Record {
        name: "naming",
        spec: "naming: @\nentities: { A: { columns: { id: { type: integer, primary_key: true }, a: { references: A, nullable: true }, n: { type: integer, unique: true, check: { sql: n > 0 } } } } }",
        keys: &[
            ("table", "{}", "{ table: \"t_{entity}\" }"),
            ("plural", "{}", "{ plural: { a: aas } }"),
            ("primary_key", "{}", "{ primary_key: \"{table}_pkey\" }"),
            (
                "foreign_key",
                "{}",
                "{ foreign_key: \"{table}_{column}_{target}_fkey\" }",
            ),
            ("unique", "{}", "{ unique: \"{table}_{columns}_key\" }"),
            ("index", "{}", "{ index: \"{table}_{columns}_idx\" }"),
            ("check", "{}", "{ check: \"{table}_{column}_check\" }"),
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
                "through",
                "{ target: A, through: above.above }, above: { target: A, foreign_key: up, kind: many_to_one, back_populates: below }, below: { target: A, foreign_key: up, kind: one_to_many, back_populates: above }",
                "{ target: A, through: above.below }, above: { target: A, foreign_key: up, kind: many_to_one, back_populates: below }, below: { target: A, foreign_key: up, kind: one_to_many, back_populates: above }",
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
const OVER: &str = "{ target: B, secondary: ab }";
const ITSELF: &str = "{ target: A, secondary: aa, local: one }";
