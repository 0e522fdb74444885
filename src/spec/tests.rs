//! What is read, from which forms, and what is not. The words of every mistake are under `tests/invalid`.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::{OneOrMany, Secondary, Spec, Sql, SqlText, Value, read};
use crate::diagnostic::{Code, Report, human};
use crate::source::{Path, Source, limits};

fn codes(bytes: &[u8]) -> Vec<Code> {
    let (_, diagnostics) = read(&Source::new("a.yaml", bytes).into());
    diagnostics.iter().map(|found| found.code).collect()
}

fn right(text: &str) -> Spec {
    let (spec, diagnostics) = read(&Source::new("a.yaml", text.as_bytes()).into());
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    assert!(spec.unread.is_empty(), "{:?}", spec.unread);
    spec
}

fn wrong(text: &str) -> (Spec, Vec<String>) {
    let (spec, diagnostics) = read(&Source::new("a.yaml", text.as_bytes()).into());
    assert!(!diagnostics.is_empty());
    let unread = spec.unread.iter().map(Path::to_string).collect();
    (spec, unread)
}

#[test]
fn reads_the_school() {
    let spec = right(include_str!("../../specs/school.yaml"));
    let names: Vec<_> = spec.entities.keys().collect();
    assert_eq!(names, ["Student", "Course"]);
    let student = &spec.entities["Student"];
    assert_eq!(student.columns["id"].primary_key, Some(true));
    assert_eq!(student.columns["name"].r#type.as_deref(), Some("string"));
    let courses = &student.relationships["courses"];
    assert_eq!(courses.back_populates.as_deref(), Some("students"));
    let Secondary::Long(table) = &spec.secondary["student_course"] else {
        panic!("the long form");
    };
    let references = table.columns["student_id"].references.as_deref();
    assert_eq!(references, Some("Student.id"));
}

#[test]
fn reads_every_form() {
    let spec = right(
        r#"
generate: { target: rusqlite, dialects: [sqlite, postgres], layout: single }
entities:
  A:
    table: as
    rust_name: Ah
    doc: An a.
    columns:
      yes: boolean
      b: { type: "decimal(10,2)?", nullable: false, unique: true, index: true, default: 1.5, check: { sql: b > 0 } }
      c: { references: A.b, on_delete: set_null, on_update_key: cascade, name: cc, rust_name: ccc, doc: c }
      d: { type: text, default: { sql: { sqlite: "1", mysql: "2" } } }
      e: { type: text, default: "7" }
      f: { type: bigint, default: -7 }
      g: { type: boolean, default: false }
      h:
    primary_key: [b, c]
    unique: [[b, c], [d]]
    indexes: [{ columns: [b], unique: true, name: i, where: { sql: b > 1 } }]
    checks: [{ name: k, sql: { sqlite: x } }, { sql: y }]
    foreign_keys: [{ columns: [b, c], references: "A(b, c)", on_delete: cascade, on_update_key: restrict, name: fk }]
    relationships:
      r: { target: A, foreign_key: fk, kind: many_to_one, rust_name: rr, doc: r }
      s: { target: A, foreign_key: [b, c], secondary: s, back_populates: r }
  B: { columns: }
  C:
secondary:
  s: [A, B]
"#,
    );
    let a = &spec.entities["A"];
    assert!(a.columns.contains_key("yes"));
    let defaults: Vec<_> = a
        .columns
        .values()
        .map(|column| column.default.clone())
        .collect();
    let texts = [
        ("sqlite".to_owned(), "1".to_owned()),
        ("mysql".to_owned(), "2".to_owned()),
    ];
    let sql = Sql {
        sql: SqlText::PerDialect(texts.into_iter().collect()),
    };
    assert_eq!(
        defaults,
        [
            None,
            Some(Value::Float(1.5)),
            None,
            Some(Value::Sql(sql)),
            Some(Value::Text("7".to_owned())),
            Some(Value::Integer(-7)),
            Some(Value::Boolean(false)),
            None,
        ]
    );
    assert_eq!(a.columns["b"].r#type.as_deref(), Some("decimal(10,2)?"));
    assert_eq!(
        a.unique,
        [vec!["b".to_owned(), "c".to_owned()], vec!["d".to_owned()]]
    );
    assert_eq!(
        a.indexes[0].r#where,
        Some(Sql {
            sql: SqlText::All("b > 1".to_owned())
        })
    );
    assert_eq!(a.foreign_keys[0].references.as_deref(), Some("A(b, c)"));
    assert_eq!(
        a.relationships["r"].foreign_key,
        Some(OneOrMany::One("fk".to_owned()))
    );
    let many = OneOrMany::Many(vec!["b".to_owned(), "c".to_owned()]);
    assert_eq!(a.relationships["s"].foreign_key, Some(many));
    assert!(spec.entities["B"].columns.is_empty() && spec.entities["C"].columns.is_empty());
    assert!(matches!(&spec.secondary["s"], Secondary::Short(ends) if ends == &["A", "B"]));
    assert_eq!(spec.generate.dialects, ["sqlite", "postgres"]);
}

#[test]
fn means_the_same_in_every_way_of_writing() {
    let block = "entities:\n  A:\n    columns:\n      id:\n        type: integer\n        primary_key: true\n    primary_key:\n    - id\n  B:\n    columns:\n      id:\n        type: integer\n        primary_key: true\n";
    let flow = r#"{"entities": {"A": {"columns": {"id": {"type": "integer", "primary_key": true}}, "primary_key": ["id"]}, "B": {"columns": {"id": {"type": "integer", "primary_key": true}}}}}"#;
    let aliased = "entities:\n  A:\n    columns: &columns\n      &i id: &id { type: &t integer, primary_key: &y true }\n    primary_key: [*i]\n  B:\n    columns: *columns\n";
    let marked = format!(
        "\u{feff}# é\r\n---\r\n{}...\r\n",
        block.replace('\n', "\r\n")
    );
    let expected = format!("{:#?}", right(block));
    for text in [flow, aliased, &marked] {
        assert_eq!(format!("{:#?}", right(text)), expected, "{text}");
    }
}

#[test]
fn keeps_what_is_right_and_remembers_what_is_not() {
    let (spec, unread) = wrong(
        "entities:\n  A:\n    colums: {}\n    table: 5\n    doc: d\n    unique: [[a, 1], [b]]\n    columns:\n      a: { type: text, nullable: 1, index: true }\n      b: 7\n  B: text\nsecondary:\n  s: [A, 1]\n",
    );
    let expected = [
        "entities.A.columns.a.nullable",
        "entities.A.columns.b",
        "entities.A.table",
        "entities.A.unique",
        "entities.B",
        "secondary.s",
        "secondary.s[1]",
    ];
    assert_eq!(unread, expected);
    let a = &spec.entities["A"];
    assert_eq!((a.table.as_deref(), a.doc.as_deref()), (None, Some("d")));
    assert_eq!(a.columns["a"].index, Some(true));
    assert_eq!(a.columns["a"].nullable, None);
}

#[test]
fn a_misspelt_key_silences_what_follows_from_its_absence() {
    let (_, unread) = wrong("entities:\n  A:\n    colums: { id: integer }\n");
    assert_eq!(unread, ["entities.A.columns"]);
    let (_, unread) = wrong("entities:\n  A:\n    columns: { id: { tipe: integer } }\n");
    assert_eq!(unread, ["entities.A.columns.id.type"]);
}

#[test]
fn the_first_of_equal_keys_counts() {
    let (spec, _) =
        wrong("entities:\n  A: { table: first, table: second }\n  A: { table: third }\n");
    assert_eq!(spec.entities["A"].table.as_deref(), Some("first"));
}

#[test]
fn nothing_is_read_after_a_fatal_fault() {
    let (spec, unread) = wrong("entities: { A: {} }\n---\nb: c\n");
    assert!(spec.entities.is_empty());
    assert_eq!(unread, [""]);
}

#[test]
fn tells_what_no_file_shows() {
    assert_eq!(codes(b"a: \xff\n"), [Code::Unreadable]);
    assert_eq!(codes(&vec![b'#'; limits::SPEC_BYTES + 1]), [Code::TooLarge]);
    assert_eq!(codes(&vec![b'#'; limits::LINE_BYTES + 1]), [Code::TooLarge]);
    assert_eq!(
        codes("- a\n".repeat(limits::NODES + 1).as_bytes()),
        [Code::TooLarge]
    );
    assert_eq!(
        codes("[a:\n".repeat(limits::MARKS).as_bytes()),
        [Code::TooLarge]
    );
    let (_, found) = read(&Source::unreadable("a.yaml", "no such file").into());
    assert_eq!(found[0].code, Code::Unreadable);
    assert_eq!(found[0].message, "`a.yaml` cannot be read: no such file");
}

#[test]
fn knows_every_key_of_the_language() {
    let language = [
        (
            "spec",
            "include entities secondary enums types mixins naming generate allow",
        ),
        (
            "column",
            "type nullable unique index primary_key default on_update references on_delete on_update_key check computed \
             auto_increment name rust_name version private example doc",
        ),
        (
            "entity",
            "table rust_name doc mixins derives attributes primary_key unique indexes checks foreign_keys columns \
             relationships",
        ),
        ("index", "columns unique name where"),
        ("check", "name sql"),
        (
            "foreign key",
            "columns references on_delete on_update_key name",
        ),
        (
            "secondary",
            "columns table rust_name doc mixins derives attributes primary_key unique indexes checks foreign_keys multiple \
             symmetric",
        ),
        (
            "relationship",
            "target secondary back_populates foreign_key kind local remote through order_by where rust_name doc",
        ),
        ("type", "base rust into from example"),
        (
            "naming",
            "table plural primary_key foreign_key unique index check",
        ),
        (
            "generate",
            "target dialects time derives attributes layout visibility tests",
        ),
    ];
    let known: std::collections::BTreeMap<_, _> = super::records().into_iter().collect();
    for (record, keys) in language {
        for key in keys.split_whitespace() {
            assert!(known[record].contains(&key), "{record} has no `{key}`");
        }
    }
}

#[test]
fn stays_quick_when_everything_is_wrong() {
    let part = limits::TABLE_PARTS;
    let shapes: [(&str, &str, usize); 7] = [
        ("", "k{}: 1\n", 20_000),
        ("entities:\n  A:\n", "    k{}: 1\n", 20_000),
        ("entities:\n", "  {}: 1\n", 20_000),
        ("entities:\n  A:\n    unique:\n", "    - {}\n", part),
        ("entities:\n  A:\n    indexes:\n", "    - k{}: 1\n", part),
        (
            "entities:\n  A:\n    columns:\n",
            "      k{}: { type: 1 }\n",
            part,
        ),
        ("entities:\n  A:\n", "    table: {}\n", 20_000),
    ];
    for (head, line, count) in shapes {
        let mut text = head.to_owned();
        for number in 0..count {
            let _ = text.write_str(&line.replace("{}", &number.to_string()));
        }
        let start = Instant::now();
        assert!(codes(text.as_bytes()).len() >= 1_000, "{line}");
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{line} took {:?}",
            start.elapsed()
        );
    }
}

/// Reads `bytes` and shows what is found, as the whole program would.
fn shown(bytes: &[u8]) -> String {
    let sources = Source::new("a.yaml", bytes).into();
    let (_, diagnostics) = read(&sources);
    human(&Report::new(sources, &diagnostics), false)
}

#[test]
fn no_damage_to_a_spec_is_fatal_to_the_reader() {
    let spec = "entities:\n  Ä:\n    columns: &a { id: 'é', t: \"d\\u0041(1,2)\", u: decimal(1,2) }\r\n    unique: [[a], *a]\n    doc: |\n      ü x\n\n    <<: !t {}\n    ? k\n    : - - 1\n";
    let pieces = [
        "", "\n", "\r", "\t", " ", ":", "- ", "{", "}", "[", "]", "\"", "'", "#", "&a ", "*a ",
        "!x ", "|", ">", "%", "\0", "\u{feff}", "\u{2028}", "é", "🦀", "---\n", "...\n", "<<: ",
        "? ", ",", "\\",
    ];
    let boundaries: Vec<usize> = (0..=spec.len())
        .filter(|at| spec.is_char_boundary(*at))
        .collect();
    for (place, &at) in boundaries.iter().enumerate() {
        shown(&spec.as_bytes()[..at]);
        shown(&spec.as_bytes()[at..]);
        let after = boundaries.get(place + 1).copied().unwrap_or(at);
        for piece in pieces {
            let inserted = format!("{}{piece}{}", &spec[..at], &spec[at..]);
            shown(inserted.as_bytes());
            let replaced = format!("{}{piece}{}", &spec[..at], &spec[after..]);
            shown(replaced.as_bytes());
        }
    }
    // Whatever else happened, the spec itself still says what is wrong with it.
    assert!(shown(spec.as_bytes()).contains("E0006"));
}

#[test]
fn shows_faults_of_texts_without_lines() {
    for part in ["\r", "\0", "[", "é", "\u{202e}", "a: \r", "\n\r"] {
        let text = part.repeat(5_000);
        assert!(shown(text.as_bytes()).len() < 2_000_000, "{part:?}");
    }
}
