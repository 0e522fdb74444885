//! Mistakes: which code, and what is underlined. The texts stand in `tests/invalid`.

use std::fmt::Write as _;

use super::{problems, resolve};

/// An entity with the key `id` and these columns.
fn columns(columns: &str) -> String {
    format!(
        "entities:\n  A:\n    columns:\n      id: {{ type: integer, primary_key: true }}\n{columns}"
    )
}

fn only(yaml: &str, expected: &[&str]) {
    assert_eq!(problems(yaml), expected, "{yaml}");
    let errors = expected.iter().any(|problem| problem.starts_with('E'));
    assert_eq!(resolve(yaml).0.is_none(), errors, "{yaml}");
}

#[test]
fn of_columns() {
    let at = "entities.A.columns.x";
    for (column, expected) in [
        ("integr", format!("E0201 {at}.type 0..6")),
        ("{ type: \"[strin]\" }", format!("E0201 {at}.type 1..6")),
        ("{ type: \"[string]\" }", format!("E0215 {at}.type")),
        ("\"decimal(19,2)\"", format!("E0215 {at}.type")),
        ("string(0)", format!("E0210 {at}.type 0..9")),
        ("{ unique: true }", format!("E0216 {at} key")),
        (
            "{ type: string?, nullable: false }",
            format!("E0209 {at}.nullable"),
        ),
        (
            "{ type: string, on_delete: cascade }",
            format!("E0209 {at}.on_delete key"),
        ),
        ("{ type: date, default: 5 }", format!("E0208 {at}.default")),
        ("{ type: uuid, version: true }", format!("E0209 {at}.type")),
        (
            "{ type: integer?, version: true }",
            format!("E0209 {at}.type"),
        ),
        (
            "{ type: integer, version: true, unique: true }",
            format!("E0209 {at}.version key"),
        ),
        (
            "{ type: date, version: true, on_update: now }",
            format!("E0209 {at}.version key"),
        ),
        (
            "{ type: integer, version: true, default: { sql: \"1\" } }",
            format!("E0208 {at}.default"),
        ),
        (
            "{ type: uuid, on_update: now }",
            format!("E0209 {at}.on_update key"),
        ),
        (
            "{ type: date, on_update: NOW }",
            format!("E0011 {at}.on_update"),
        ),
        ("{ type: string, name: \"\" }", format!("E0104 {at}.name")),
        ("{ references: B }", format!("E0202 {at}.references 0..1")),
        ("{ references: A.y }", format!("E0203 {at}.references 2..3")),
        (
            "{ references: A., type: integer }",
            format!("E0011 {at}.references 0..2"),
        ),
        ("{ references: A.x }", format!("E0207 {at}.references 0..3")),
        (
            "{ references: A, type: bigint, nullable: true }",
            format!("E0206 {at}.type"),
        ),
        (
            "{ references: A, nullable: true, on_delete: none }",
            format!("E0011 {at}.on_delete"),
        ),
        ("{ references: A }", format!("W0201 {at}.references")),
        (
            "{ type: string, check: { sql: \" \" } }",
            format!("E0011 {at}.check.sql"),
        ),
    ] {
        only(&columns(&format!("      x: {column}\n")), &[&expected]);
    }
}

#[test]
fn of_actions() {
    for (keys, key) in [
        ("on_delete: set_null", "on_delete"),
        ("on_update_key: set_default", "on_update_key"),
    ] {
        let yaml = format!(
            "{}  B:\n    columns:\n      id: {{ references: A, primary_key: true, {keys} }}\n",
            columns("")
        );
        only(&yaml, &[&format!("E0213 entities.B.columns.id.{key}")]);
    }
}

#[test]
fn of_keys() {
    let name = "      name: string\n";
    for (keys, expected) in [
        ("unique: [[name, name]]", "E0214 entities.A.unique[0][1]"),
        ("unique: [[name], [name]]", "E0214 entities.A.unique[1]"),
        ("unique: [[nam]]", "E0203 entities.A.unique[0][0] 0..3"),
        ("primary_key: [id]", "E0209 entities.A.primary_key"),
        (
            "indexes: [{ columns: [] }]",
            "E0011 entities.A.indexes[0].columns",
        ),
        (
            "foreign_keys: [{ columns: [id, name], references: A }]",
            "E0212 entities.A.foreign_keys[0].references 0..1",
        ),
    ] {
        only(&columns(&format!("{name}    {keys}\n")), &[expected]);
    }
    only(
        "entities: { A: { columns: { x: integer } } }",
        &["E0205 entities.A key"],
    );
    only(
        "entities: { A: { columns: { x: { type: integer?, primary_key: true } } } }",
        &["E0209 entities.A.columns.x.type"],
    );
}

#[test]
fn of_a_chain_of_any_length_there_is_one_type() {
    let mut yaml = columns("");
    for number in 1..2000 {
        let before = if number == 1 {
            "A".to_owned()
        } else {
            format!("E{}", number - 1)
        };
        let _ = writeln!(
            yaml,
            "  E{number}:\n    columns: {{ id: {{ references: {before}, primary_key: true }} }}"
        );
    }
    let model = super::model(&yaml);
    let last = model.entities.last().unwrap();
    assert_eq!(last.table.columns[0].ty, crate::model::Type::Integer);
    assert!(!last.table.columns[0].auto_increment);
}

#[test]
fn what_was_not_read_has_no_followers() {
    only(
        &columns("      b: { references: B }\n  B: 5\n"),
        &["E0011 entities.B"],
    );
    let unread = "entities: { A: { columns: { id: { type: integer, primary_key: yes please } } } }";
    assert_eq!(problems(unread).len(), 1);
}

#[test]
fn of_mixins() {
    let entities = "entities:\n  A:\n    mixins: [M]\n    columns: { id: { type: integer, primary_key: true } }\n";
    let with = |mixin: &str| format!("mixins:\n  M:\n{mixin}\n{entities}");
    only(
        &with("    columns: { a: integr }"),
        &["E0201 mixins.M.columns.a.type 0..6"],
    );
    // An index of the mixin is counted from the mixin's first.
    only(
        &format!(
            "{}    indexes: [{{ columns: [id, a] }}]\n",
            with("    columns: { a: text }\n    indexes: [{ columns: [a] }, { columns: [b] }]")
        ),
        &["E0203 mixins.M.indexes[1].columns[0] 0..1"],
    );
    only(
        &with("    checks: [{ sql: a > 0 }, { sql: '' }]"),
        &["E0011 mixins.M.checks[1].sql"],
    );
    // What could not be read is missing in every table, and nothing is said of that.
    only(
        &format!(
            "{}    indexes: [{{ columns: [a] }}]\n    relationships: {{ r: {{ target: A, kind: many_to_one, back_populates: s }} }}\n",
            with(
                "    columns: { a: [], b: { references: A, nullable: true } }\n    relationships: { s: 5 }"
            )
        ),
        &["E0011 mixins.M.columns.a", "E0011 mixins.M.relationships.s"],
    );
    only(
        &format!("mixins: {{ M: 5 }}\n{entities}    indexes: [{{ columns: [a] }}]\n"),
        &["E0011 mixins.M"],
    );
}

/// What mixins add is bounded as what aliases add.
#[test]
fn mixins_that_would_add_too_much() {
    let mut yaml = "mixins:\n  M:\n    columns:\n".to_owned();
    for column in 0..1_000 {
        let _ = writeln!(yaml, "      c{column}: text");
    }
    yaml.push_str("entities:\n");
    for entity in 0..120 {
        let _ = writeln!(
            yaml,
            "  E{entity}: {{ mixins: [M], columns: {{ id: {{ type: integer, primary_key: true }} }} }}"
        );
    }
    let found = problems(&yaml);
    assert_eq!(found[0], "E0008 entities.E99.mixins[0]");
    let codes = found.iter().all(|problem| problem.starts_with("E0008"));
    assert!(codes, "{found:?}");
    // Few mixins of many bytes.
    let doc = "x".repeat(900_000);
    let mut yaml =
        format!("mixins:\n  M:\n    columns:\n      a: {{ type: text, doc: {doc} }}\nentities:\n");
    for entity in 0..30 {
        let _ = writeln!(
            yaml,
            "  E{entity}: {{ mixins: [M], columns: {{ id: {{ type: integer, primary_key: true }} }} }}"
        );
    }
    assert_eq!(problems(&yaml)[0], "E0008 entities.E18.mixins[0]");
}

#[test]
fn what_follows_from_a_wrong_pattern_is_no_news() {
    let wrong = "naming: { index: 'ix_{colums}', plural: { student: 5 } }
entities:
  Students: { columns: { id: { type: integer, primary_key: true } } }
  Student: { columns: { id: { type: integer, primary_key: true } } }";
    assert_eq!(
        problems(wrong),
        ["E0011 naming.plural.student", "E0011 naming.index 3..11"]
    );
    let right = wrong.replace("colums", "columns").replace('5', "pupils");
    assert_eq!(problems(&right), [""; 0]);
    let without = wrong.split_once('\n').unwrap().1;
    assert_eq!(problems(without), ["E0103 entities.Student key"]);
}
