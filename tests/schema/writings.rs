//! Texts that have a form of their own, written in every way: what relata takes, the schema takes too.

use std::fmt::Write as _;

use relata::Builder;

use crate::{faults, validator, yaml};

/// A spec with `@` in the place of a text in quotes, and ways to write one. Some of them are wrong.
const PLACES: &[(&str, &[&str])] = &[
    (
        "enums: { Kind: [a, b] }\ngenerate: { target: tokio-postgres }\nentities: { A: { columns: { id: { type: integer, primary_key: true }, c: @ } } }",
        &[
            "integer",
            " integer ",
            "integer?",
            "integer ?",
            "integer??",
            "Kind",
            "Kind?",
            "Kind(3)",
            "[Kind]",
            "[ Kind ]?",
            "[Kind?]",
            "[[text]]",
            "string(80)",
            "string (80)",
            "string( 80 ) ?",
            "string()",
            "string(0)",
            "string(080)",
            "string(+8)",
            "string(99999999)",
            "bytes(16)",
            "[bytes(16)]",
            "[ bytes( 16 ) ]",
            "decimal",
            "decimal(10)",
            "decimal(10,2)",
            "decimal( 10 , 2 )?",
            "decimal(010,02)",
            "decimal(10,2,3)",
            "[decimal(10, 2)]",
            "\\tinteger",
            "integer\\n",
            "text(3)",
            "",
        ],
    ),
    (
        "entities: { A: { columns: { id: { type: integer, primary_key: true }, c: { references: @, nullable: true } } } }",
        &[
            "A",
            " A ",
            "A.id",
            "A . id",
            "A. id ",
            "A(id)",
            "A ( id ) ",
            "A(id",
            "A()",
            "A.",
            "",
            "A.id.id",
            "A\\n",
            "A\\t(id)",
        ],
    ),
    (
        "entities: { A: { columns: { id: { type: integer, primary_key: true }, to: { references: A, nullable: true } }, relationships: { up: { target: A, kind: many_to_one, back_populates: all }, all: { target: A, kind: one_to_many, back_populates: up, order_by: @ } } } }",
        &[
            "id",
            " id ",
            "id desc",
            "id  DESC ",
            "id\\tAsc",
            "id\\ndesc",
            "id down",
            "id desc desc",
            "links.id",
            "",
        ],
    ),
    (
        "entities: { A: { columns: { id: { type: integer, primary_key: true }, to: { references: A, nullable: true } }, relationships: { up: { target: A, kind: many_to_one }, far: { target: A, through: @ } } } }",
        &[
            "up.up", "up.up.up", "up", "up.", ".up", "up. up", "up..up", "",
        ],
    ),
    (
        "types: { T: { base: string, rust: @ } }\nentities: { A: { columns: { id: { type: integer, primary_key: true }, t: T } } }",
        &[
            "crate::T",
            "crate::a::T",
            "crate::r#type::T",
            "::url::Url",
            "::url",
            "url::Url",
            "crate",
            "crate::",
            "crate::T<U>",
            "crate:: T",
            "",
        ],
    ),
    (
        "entities: { A: { derives: [@], columns: { id: { type: integer, primary_key: true } } } }",
        &[
            "Eq",
            "std::hash::Hash",
            "::std::hash::Hash",
            "serde::Serialize",
            "r#a::B",
            "a::r#b",
            "::r#a::B",
            " Eq",
            "Eq ",
            "not a path",
            "a::",
            "",
        ],
    ),
    (
        "naming: { index: @ }\nentities: { A: { columns: { id: { type: integer, primary_key: true }, c: { type: text, index: true } } } }",
        &[
            "ix_{table}_{columns}",
            "{table} {column}",
            "é{table}",
            "{tables}",
            "{table",
            "table}",
            "{{table}}",
            "{ table }",
            "{}",
            "ix\\t{table}",
            "",
        ],
    ),
    (
        "entities: { A: { table: @, columns: { id: { type: integer, primary_key: true } } } }",
        &[
            "as",
            "a b",
            "日本",
            "a\\u00a0b",
            "a\\u0085b",
            "a\\u2028b",
            "a\\nb",
            "\\u007f",
            "",
        ],
    ),
    (
        "entities: { A: { columns: { id: { type: integer, primary_key: true }, @: integer } } }",
        &["a", "_a1", "A", "1a", "a b", "a-b", "é", "a\\n", "type", ""],
    ),
];

#[test]
fn the_schema_takes_every_way_to_write_what_relata_takes() {
    let validator = validator();
    let (mut right, mut seen) = (0, 0);
    let mut wrong = String::new();
    for (spec, ways) in PLACES {
        let mut some = false;
        for way in *ways {
            let text = spec.replace('@', &format!("\"{way}\""));
            let builder = Builder::from_reader("spec.yaml", text.as_bytes()).expect("a text");
            let json = yaml::json(text.as_bytes()).expect("YAML");
            let faults = faults(&validator, &json);
            match (builder.validate().is_ok(), faults.is_empty()) {
                (true, true) => {
                    right += 1;
                    some = true;
                }
                (true, false) => {
                    // Writing to a String cannot fail.
                    let _ = writeln!(wrong, "{text}\n{faults}");
                }
                (false, false) => seen += 1,
                // What a schema cannot see.
                (false, true) => {}
            }
        }
        assert!(some, "there is a right way in {spec}");
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(right > 40 && seen > 40, "{right} right, {seen} seen");
}
