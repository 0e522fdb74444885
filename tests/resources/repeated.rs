//! Short specs whose generated text would be long.

use crate::measured::{case, check, entity, lines, many, one};

/// A table with many columns of a type.
fn columns(ty: &str) -> String {
    one(&lines(1_900, |n| format!("      x{n}: {ty}\n")))
}

#[test]
fn types_and_what_all_tables_have_are_limited() {
    let variants = lines(50_000, |n| format!("v{n}, "));
    let long = "x".repeat(900_000);
    let entities = format!(
        "entities:\n{}",
        lines(1_000, |n| entity(&format!("E{n}"), ""))
    );
    let cases = [
        case(
            "values of an enum",
            "E0008",
            format!("enums: {{ E: [{variants}] }}\n{}", columns("E")),
        ),
        case(
            "path of a type",
            "E0008",
            format!(
                "types: {{ T: {{ base: integer, rust: 'crate{}', example: 1 }} }}\n{}",
                "::abc".repeat(150_000),
                columns("T")
            ),
        ),
        case(
            "attribute",
            "E0008",
            format!("generate: {{ attributes: ['doc = \"{long}\"'] }}\n{entities}"),
        ),
        case(
            "derive",
            "E0008",
            format!(
                "generate: {{ derives: ['a{}'] }}\n{entities}",
                "::a".repeat(300_000)
            ),
        ),
        case(
            "derives",
            "E0008",
            format!(
                "generate: {{ derives: [{}] }}\n{entities}",
                lines(many().min(50_000), |n| format!("a::D{n}, "))
            ),
        ),
        case(
            "database patterns",
            "E0104",
            format!(
                "naming: {{ index: \"{}\" }}\n{entities}",
                "{table}_{columns}".repeat(60_000)
            ),
        ),
    ];
    let cases = cases.into_iter();
    check(cases.map(|case| case.by("generate")));
}

#[test]
fn tables_with_keys_and_relationships_are_limited() {
    let long = "x".repeat(900_000);
    let keys = lines(1_900, |n| format!("      a{n}: {{ references: A }}\n"));
    let relationships = lines(1_900, |n| {
        format!("      r{n}: {{ target: A, foreign_key: a{n} }}\n")
    });
    let wide = columns("string");
    let uniques = lines(1_900, |n| format!("      - [x{n}]\n"));
    let cases = [
        case(
            "columns of a target",
            "E0008",
            format!(
                "{wide}{}    relationships:\n{relationships}",
                entity("B", &keys)
            ),
        ),
        case(
            "columns of a table with keys",
            "E0008",
            format!("{wide}    unique:\n{uniques}"),
        ),
        case(
            "name of a table",
            "E0104",
            one(&lines(1_900, |n| {
                format!("      k{n}: {{ type: integer, unique: true }}\n")
            }))
            .replace("    columns", &format!("    table: {long}\n    columns")),
        ),
        case(
            "defaults of a table with keys",
            "E0008",
            one(&format!(
                "      d: {{ type: string, default: {{ sql: \"'{long}'\" }} }}\n{}",
                lines(500, |n| format!(
                    "      k{n}: {{ type: integer, unique: true }}\n"
                ))
            )),
        ),
        case(
            "values of where",
            "E0008",
            one(&format!(
                "      s: string\n      n: {{ references: A, nullable: true }}\n    relationships:\n{}",
                lines(15, |n| format!(
                    "      w{n}: {{ target: A, kind: one_to_many, foreign_key: n, where: {{ s: {long}{n} }} }}\n"
                ))
            )),
        ),
    ];
    let cases = cases.into_iter();
    check(cases.map(|case| case.by("generate")));
}
