//! The DDL, tried on a real SQLite: what the catalog reads back.

mod attributes;
mod dropping;
mod statements;
mod values;

use rusqlite::Connection;

use super::ddl;
use crate::model::sample::{
    all_types, column, entities, id, nullable, school, sql, table, with_default,
};
use crate::model::{Action, Default, Dialect, Extras, Literal, Model, Secondary, Table, Type};

/// An empty database with the tables of `model` and foreign keys enforced.
fn loaded(model: &Model) -> Connection {
    let conn = Connection::open_in_memory().expect("a database");
    conn.execute_batch("PRAGMA foreign_keys = ON")
        .expect("foreign keys");
    let text = ddl(model, Dialect::Sqlite, "some.yaml").expect("DDL");
    conn.execute_batch(&text)
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    conn
}

/// Every row of `query`, its values joined with `|`.
fn rows(conn: &Connection, query: &str) -> Vec<String> {
    let mut statement = conn
        .prepare(query)
        .unwrap_or_else(|error| panic!("{error}: {query}"));
    let count = statement.column_count();
    let rows = statement.query_map([], |row| {
        let values = (0..count).map(|place| row.get::<_, rusqlite::types::Value>(place));
        let texts = values.map(|value| {
            Ok(match value? {
                rusqlite::types::Value::Null => "NULL".to_owned(),
                rusqlite::types::Value::Integer(value) => value.to_string(),
                rusqlite::types::Value::Real(value) => format!("{value:?}"),
                rusqlite::types::Value::Text(value) => value,
                rusqlite::types::Value::Blob(value) => format!("{value:02x?}"),
            })
        });
        Ok(texts.collect::<rusqlite::Result<Vec<_>>>()?.join("|"))
    });
    rows.expect("rows").map(|row| row.expect("a row")).collect()
}

/// What `statement` is refused with.
fn refusal(conn: &Connection, statement: &str) -> String {
    match conn.execute_batch(statement) {
        Ok(()) => panic!("accepted: {statement}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_school_reads_as_if_written_by_hand() {
    let text = ddl(&school(), Dialect::Sqlite, "school.yaml").expect("DDL");
    assert_eq!(text, include_str!("tests/school.sql"));
}

#[test]
fn the_catalog_reads_back_the_school() {
    let conn = loaded(&school());
    assert_eq!(
        rows(
            &conn,
            "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%' ORDER BY name"
        ),
        ["courses|0|1", "student_course|1|1", "students|0|1"]
    );
    assert_eq!(
        rows(
            &conn,
            "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('student_course')"
        ),
        ["student_id|INTEGER|1|NULL|1", "course_id|INTEGER|1|NULL|2"]
    );
    assert_eq!(
        rows(
            &conn,
            "SELECT \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list('student_course') ORDER BY id DESC"
        ),
        [
            "students|student_id|id|NO ACTION|CASCADE",
            "courses|course_id|id|NO ACTION|CASCADE"
        ]
    );
    assert_eq!(
        rows(
            &conn,
            "SELECT name, \"unique\", origin, partial FROM pragma_index_list('student_course')"
        ),
        [
            "ix_student_course_course_id|0|c|0",
            "sqlite_autoindex_student_course_1|1|pk|0"
        ]
    );
}

#[test]
fn every_type_is_stored_as_the_contract_says() {
    let conn = loaded(&all_types());
    assert_eq!(
        rows(
            &conn,
            "SELECT name, type, \"notnull\" FROM pragma_table_info('things')"
        ),
        [
            "id|INTEGER|1",
            "boolean|INTEGER|1",
            "smallint|INTEGER|1",
            "integer|INTEGER|1",
            "bigint|INTEGER|1",
            "float|REAL|1",
            "double|REAL|1",
            "decimal|INTEGER|1",
            "string|TEXT|1",
            "string_n|TEXT|1",
            "text|TEXT|1",
            "bytes|BLOB|1",
            "bytes_n|BLOB|1",
            "uuid|BLOB|1",
            "date|TEXT|1",
            "time|TEXT|1",
            "datetime|TEXT|1",
            "timestamp|TEXT|1",
            "json|TEXT|1",
        ]
    );
}

#[test]
fn an_auto_increment_key_is_the_rowid() {
    for ty in [Type::SmallInt, Type::Integer, Type::BigInt] {
        let mut key = id();
        key.ty = ty;
        let conn = loaded(&entities(vec![table(
            "t",
            vec![key, column("a", Type::Text)],
        )]));
        conn.execute_batch(
            "INSERT INTO t (a) VALUES ('x'), ('y'); INSERT INTO t (id, a) VALUES (NULL, 'z')",
        )
        .expect("keys are made");
        assert_eq!(
            rows(&conn, "SELECT id, rowid FROM t"),
            ["1|1", "2|2", "3|3"]
        );
        assert!(
            rows(&conn, "SELECT name FROM pragma_index_list('t')").is_empty(),
            "no index beside the rowid"
        );
    }
}

#[test]
fn null_is_refused_in_keys_of_any_type() {
    let mut code = column("code", Type::Text);
    code.nullable = true;
    let conn = loaded(&entities(vec![
        table("t", vec![code, column("n", Type::Integer)]).keyed(&[0, 1]),
    ]));
    assert_eq!(
        refusal(&conn, "INSERT INTO t VALUES (NULL, 1)"),
        "NOT NULL constraint failed: t.code"
    );
    assert_eq!(
        refusal(&conn, "INSERT INTO t VALUES ('a', NULL)"),
        "NOT NULL constraint failed: t.n"
    );
}

#[test]
fn a_secondary_has_a_rowid_only_when_its_key_is_counted() {
    let secondary = |table: Table| Secondary {
        extras: Extras::default(),
        rust: None,
        multiple: false,
        symmetric: false,
        name: table.name.clone(),
        table,
        ends: [0, 1],
    };
    let ends = |name: &str| {
        vec![
            column(name, Type::Integer),
            column("l", Type::Integer),
            column("u", Type::Uuid),
        ]
    };
    let mut model = school();
    model.secondaries = vec![
        secondary(table("pair", ends("a")).keyed(&[0, 1])),
        secondary(table("counted", vec![id(), column("l", Type::Integer)])),
        secondary(table("one_integer", ends("a"))),
        secondary(table("one_uuid", ends("a")).keyed(&[2])),
    ];
    assert_eq!(
        rows(
            &loaded(&model),
            "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%' ORDER BY name"
        ),
        [
            "counted|0",
            "courses|0",
            "one_integer|1",
            "one_uuid|1",
            "pair|1",
            "students|0"
        ]
    );
}

#[test]
fn keys_indexes_and_actions_are_named_and_read_back() {
    let parents = table(
        "parents",
        vec![id(), column("a", Type::Text), column("b", Type::Integer)],
    )
    .unique(1);
    let columns = ["r", "c", "n", "d", "x"].map(|name| nullable(name, Type::Integer));
    let mut children = table("children", std::iter::once(id()).chain(columns).collect())
        .refers(1, 1, Action::Restrict)
        .refers(2, 1, Action::Cascade)
        .refers(3, 1, Action::SetNull)
        .refers(4, 1, Action::SetDefault)
        .refers(5, 1, Action::NoAction)
        .index(&[3, 2], None)
        .index(&[4], Some("d > 0 -- those that count"));
    children.foreign_keys[1].on_update_key = Action::SetNull;
    // The children come first in the spec, so the parents have to be moved before them.
    let model = entities(vec![children, parents]);
    let text = ddl(&model, Dialect::Sqlite, "x.yaml").expect("DDL");
    assert!(
        text.find("\"parents\" (") < text.find("\"children\" ("),
        "{text}"
    );
    for name in [
        "pk_parents",
        "uq_parents_a",
        "pk_children",
        "fk_children_r",
        "fk_children_x",
    ] {
        assert!(
            text.contains(&format!("\n    CONSTRAINT \"{name}\" ")),
            "{name}: {text}"
        );
    }
    let conn = loaded(&model);
    assert_eq!(
        rows(
            &conn,
            "SELECT \"from\", on_update, on_delete FROM pragma_foreign_key_list('children') ORDER BY id DESC"
        ),
        [
            "r|NO ACTION|RESTRICT",
            "c|SET NULL|CASCADE",
            "n|NO ACTION|SET NULL",
            "d|NO ACTION|SET DEFAULT",
            "x|NO ACTION|NO ACTION",
        ]
    );
    assert_eq!(
        rows(
            &conn,
            "SELECT name, \"unique\", partial FROM pragma_index_list('children') ORDER BY name"
        ),
        ["ix_children_d|1|1", "ix_children_n_c|0|0"]
    );
    assert_eq!(
        rows(
            &conn,
            "SELECT name FROM pragma_index_info('ix_children_n_c')"
        ),
        ["n", "c"]
    );
    assert_eq!(
        rows(
            &conn,
            "SELECT origin, \"unique\" FROM pragma_index_list('parents')"
        ),
        ["u|1"]
    );
}

#[test]
fn hostile_names_and_words_load_and_change_nothing_else() {
    let hostile = "x\"; DROP TABLE victims; --\n*/ '`] é";
    let mut bad = with_default(
        hostile,
        Type::String(Some(3)),
        Default::Literal(Literal::Text("'".to_owned())),
    );
    bad.doc =
        Some("ends here */ \n DROP TABLE victims;\r DROP TABLE victims; \u{2028}--\0".to_owned());
    let evil = table(hostile, vec![id(), bad])
        .unique(1)
        .index(&[1], None)
        .check("ck\"; --", "length(\"id\") > 0 -- no end")
        .doc("\"\n); DROP TABLE victims; --");
    let mut default = with_default("d", Type::Integer, Default::Sql(sql("(1 + 1) -- two")));
    default.nullable = true;
    let model = entities(vec![
        table(
            "victims",
            vec![id(), default, nullable("parent", Type::Integer)],
        )
        .refers(2, 1, Action::Cascade),
        evil,
    ]);
    let conn = Connection::open_in_memory().expect("a database");
    let text = ddl(&model, Dialect::Sqlite, "a\n; DROP TABLE victims; --.yaml").expect("DDL");
    conn.execute_batch(&text)
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mut names = rows(&conn, "SELECT name FROM sqlite_schema WHERE type = 'table'");
    names.sort();
    assert_eq!(names, ["victims", hostile]);
    let index = rows(
        &conn,
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    );
    assert_eq!(index, [format!("ix_{hostile}_{hostile}")]);
    conn.execute_batch("INSERT INTO victims DEFAULT VALUES")
        .expect("a default with a comment");
    assert_eq!(rows(&conn, "SELECT d FROM victims"), ["2"]);
}

#[test]
fn docs_stand_above_what_they_tell_of() {
    let mut name = column("name", Type::Text);
    name.doc = Some("As on the passport.\n\nNever empty.\n".to_owned());
    let model = entities(vec![table("people", vec![id(), name]).doc("Who is who.")]);
    let text = ddl(&model, Dialect::Sqlite, "people.yaml").expect("DDL");
    let expected = "-- @generated by relata from people.yaml. Do not edit.

-- Who is who.
CREATE TABLE \"people\" (
    \"id\" INTEGER NOT NULL,
    -- As on the passport.
    --
    -- Never empty.
    \"name\" TEXT NOT NULL,
    CONSTRAINT \"pk_people\" PRIMARY KEY (\"id\")
) STRICT;
";
    assert_eq!(text, expected);
}

/// The formatter is asked about wide paragraphs only; about a whole file it would say the same.
#[test]
fn the_layout_is_the_formatters() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let asked = crate::resolve::Asked {
        dialects: vec![Dialect::Sqlite],
        ..crate::resolve::Asked::default()
    };
    let mut files = 0;
    for entry in std::fs::read_dir(folder).expect("specs") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue; // What specs include, and the schema.
        }
        let sources = crate::source::Sources::of_file(&path, &crate::spec::PARTS);
        let (spec, _) = crate::spec::read(&sources);
        let (model, _) = crate::resolve::resolve(&spec, &asked);
        let model = model.expect("a spec without errors");
        for layout in super::Layout::ALL {
            let form = super::Form {
                target: crate::model::Target::Rusqlite,
                layout,
                time: crate::model::Time::Chrono,
                visibility: crate::rust::Visibility::Crate,
                tests: true,
            };
            let rendered = super::rust(&model, form, "s", "s.yaml", 1).expect("Rust");
            for (name, text) in rendered
                .iter()
                .filter(|(name, _)| name != "support.rs" && name != "s.rs")
            {
                let disagreement = super::format::tests::disagreement(text);
                assert_eq!(disagreement, None, "{}: {name}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 20, "{files}");
}
