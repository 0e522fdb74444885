//! What the tables accept, refuse and fill in.

use std::sync::Arc;

use super::{loaded, refusal, rows};
use crate::model::sample::{column, entities, id, nullable, sql, table, with_default};
use crate::model::{Column, Default, Dialect, Enum, Extras, Literal, Model, Sql, Type, Variant};
use crate::sql::sqlite;

const DECIMAL: Type = Type::Decimal {
    precision: 18,
    scale: 2,
};

fn one(column: Column) -> Model {
    entities(vec![table("t", vec![id(), column])])
}

/// An enum of variants with these stored values.
fn of(stored: &[&str]) -> Type {
    let variant = |stored: &&str| Variant {
        name: (*stored).to_owned(),
        rust: (*stored).to_owned(),
        stored: (*stored).to_owned(),
        doc: None,
    };
    Type::Enum(Arc::new(Enum {
        extras: Extras::default(),
        name: "E".to_owned(),
        rust: "E".to_owned(),
        doc: None,
        native: true,
        variants: stored.iter().map(variant).collect(),
    }))
}

#[test]
fn a_type_refuses_what_it_cannot_hold() {
    let cases: [(Type, &str, &[&str], &[&str]); 7] = [
        (Type::Boolean, "ck_t_c_boolean", &["0", "1"], &["2", "-1"]),
        (
            Type::String(Some(3)),
            "ck_t_c_length",
            &["''", "'äöü'"],
            &["'abcd'"],
        ),
        (
            Type::Bytes(Some(2)),
            "ck_t_c_length",
            &["x''", "x'0000'"],
            &["x'000000'"],
        ),
        (
            Type::Json,
            "ck_t_c_json",
            &["'{\"a\": [1, null]}'", "'null'", "'1'"],
            &["''", "'{a: 1}'", "'[1,]'", "'NaN'"],
        ),
        (
            Type::Integer,
            "cannot store TEXT value in INTEGER column t.c",
            &["1", "-1"],
            &["'x'"],
        ),
        (
            Type::Uuid,
            "cannot store TEXT value in BLOB column t.c",
            &["x'00'"],
            &["'00'"],
        ),
        (
            of(&["a", "it's \"so\"", "b');--"]),
            "ck_t_c_enum",
            &["'a'", "'it''s \"so\"'", "'b'');--'"],
            &["'A'", "''", "'it''s'", "'a '"],
        ),
    ];
    for (ty, reason, good, bad) in cases {
        let conn = loaded(&one(nullable("c", ty)));
        for value in good.iter().chain(&["NULL"]) {
            conn.execute_batch(&format!("INSERT INTO t (c) VALUES ({value})"))
                .unwrap_or_else(|error| panic!("{value}: {error}"));
        }
        for value in bad {
            let error = refusal(&conn, &format!("INSERT INTO t (c) VALUES ({value})"));
            assert!(error.contains(reason), "{value}: {error}");
        }
    }
}

#[test]
fn an_implied_check_takes_a_name_that_is_free() {
    let mut model = entities(vec![
        table(
            "t",
            vec![id(), column("a", Type::Boolean), column("A", Type::Text)],
        )
        .check("CK_t_a_boolean", "1")
        .check("ck_t_a_boolean_2", "1"),
    ]);
    model.entities[0].table.columns[2].name = "b".to_owned();
    let conn = loaded(&model);
    assert_eq!(
        refusal(&conn, "INSERT INTO t (a, b) VALUES (2, '')"),
        "CHECK constraint failed: ck_t_a_boolean_3"
    );
}

#[test]
fn a_check_of_the_spec_is_named_and_enforced() {
    let per_dialect = Sql::PerDialect(vec![(Dialect::Postgres, "nonsense(".to_owned())]);
    let mut model = entities(vec![
        table("t", vec![id(), column("c", Type::Integer)])
            .check("ck_positive", "c > 0 -- (positive")
            .check("ck_postgres", "1"),
    ]);
    model.entities[0].table.checks[1].sql = per_dialect;
    let conn = loaded(&model);
    conn.execute_batch("INSERT INTO t (c) VALUES (1)")
        .expect("positive");
    assert_eq!(
        refusal(&conn, "INSERT INTO t (c) VALUES (0)"),
        "CHECK constraint failed: ck_positive"
    );
}

/// What a default is stored as: by CREATE TABLE, and within COALESCE. Both must be the same, with the same type.
fn stored(ty: Type, default: Default) -> String {
    let column = with_default("c", ty, default);
    let value = sqlite().default_text(&column);
    let value = value.expect("a default").value().to_owned();
    let conn = loaded(&one(column));
    conn.execute_batch("INSERT INTO t DEFAULT VALUES")
        .expect("the default alone");
    conn.execute(
        &format!("INSERT INTO t (c) VALUES (COALESCE(?1, {value}))"),
        [None::<i64>],
    )
    .expect("the default in COALESCE");
    let stored = rows(&conn, "SELECT typeof(c), c FROM t");
    assert_eq!(stored[0], stored[1]);
    stored[0].clone()
}

#[test]
fn a_default_is_stored_as_the_type_stores_it() {
    let text = |text: &str| Default::Literal(Literal::Text(text.to_owned()));
    let number = |text: &str| Default::Literal(Literal::Number(text.to_owned()));
    let cases = [
        (
            Type::Boolean,
            Default::Literal(Literal::Boolean(true)),
            "integer|1",
        ),
        (
            Type::Boolean,
            Default::Literal(Literal::Boolean(false)),
            "integer|0",
        ),
        (
            Type::Integer,
            Default::Literal(Literal::Integer(-7)),
            "integer|-7",
        ),
        (
            Type::BigInt,
            Default::Literal(Literal::Integer(i64::MIN)),
            "integer|-9223372036854775808",
        ),
        (
            Type::BigInt,
            Default::Literal(Literal::Integer(i64::MAX)),
            "integer|9223372036854775807",
        ),
        (
            Type::Double,
            Default::Literal(Literal::Integer(2)),
            "real|2.0",
        ),
        (Type::Double, number("-0.1"), "real|-0.1"),
        (Type::Double, number("1e300"), "real|1e300"),
        (DECIMAL, text("12.5"), "integer|1250"),
        (DECIMAL, text("-0.05"), "integer|-5"),
        (DECIMAL, text("0.00"), "integer|0"),
        (DECIMAL, text("-0"), "integer|0"),
        (
            DECIMAL,
            text("9999999999999999.99"),
            "integer|999999999999999999",
        ),
        (
            DECIMAL,
            Default::Literal(Literal::Integer(3)),
            "integer|300",
        ),
        (
            Type::Text,
            text("it's \"so\"\nand -- so"),
            "text|it's \"so\"\nand -- so",
        ),
        (Type::Text, text("a\0b\r\n"), "text|a\0b\r\n"),
        (Type::String(Some(3)), text("äöü"), "text|äöü"),
        (Type::Bytes(None), text("hi"), "blob|[68, 69]"),
        (
            Type::Uuid,
            text("00112233-4455-6677-8899-AABBCCDDEEFF"),
            "blob|[00, 11, 22, 33, 44, 55, 66, 77, 88, 99, aa, bb, cc, dd, ee, ff]",
        ),
        (Type::Date, text("2026-11-23"), "text|2026-11-23"),
        (Type::Json, text("{\"it's\": 1}"), "text|{\"it's\": 1}"),
        (of(&["a", "it's"]), text("it's"), "text|it's"),
        (
            Type::Integer,
            Default::Sql(sql("1 + 1 -- two")),
            "integer|2",
        ),
    ];
    for (ty, default, expected) in cases {
        assert_eq!(stored(ty, default), expected);
    }
}

#[test]
fn now_has_the_width_of_what_is_stored_and_sorts_among_it() {
    let cases = [
        (Type::Date, "2000-01-01", "9999-12-31"),
        (Type::Time, "00:00:00.000000", "23:59:59.999999"),
        (
            Type::DateTime,
            "2000-01-01 00:00:00.000000",
            "9999-12-31 23:59:59.999999",
        ),
        (
            Type::Timestamp,
            "2000-01-01 00:00:00.000000Z",
            "9999-12-31 23:59:59.999999Z",
        ),
    ];
    for (ty, first, last) in cases {
        let conn = loaded(&one(with_default("c", ty, Default::Now)));
        conn.execute_batch("INSERT INTO t DEFAULT VALUES")
            .expect("now");
        let now = rows(&conn, "SELECT c FROM t").remove(0);
        let shape = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "0");
        assert_eq!(shape(&now), shape(first));
        assert!(first <= now.as_str() && now.as_str() <= last, "{now}");
    }
}

#[test]
fn what_rust_makes_and_what_is_for_others_is_no_default() {
    let sqlite = sqlite();
    let others = Sql::PerDialect(vec![(Dialect::Postgres, "gen()".to_owned())]);
    assert_eq!(
        sqlite.default_text(&with_default("c", Type::Uuid, Default::Uuid)),
        None
    );
    assert_eq!(
        sqlite.default_text(&with_default("c", Type::Text, Default::Sql(others))),
        None
    );
    assert_eq!(sqlite.default_text(&column("c", Type::Text)), None);
}
