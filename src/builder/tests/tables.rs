//! The keys of tables: entities, secondaries, mixins, and what they have.

use super::Record;

pub(super) const RECORDS: &[Record] = &[
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
            ("example", "integer", "{ type: integer, example: 7 }"),
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
];

const ID: &str = "{ columns: { id: { type: integer, primary_key: true } } }";
const TWO: &str =
    "{ columns: { id: { type: integer, primary_key: true }, a: integer, b: integer } }";
const PAIR: &str = "{ columns: { one: { references: A }, two: { references: A }, p: integer } }";
