//! The statements of rows, run.

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::{loaded, rows};
use crate::model::sample::{
    column, entities, id, nullable, revision, table, touched, with_default,
};
use crate::model::{Default, Literal, Table, Type};
use crate::sql::sqlite;
use crate::sql::statement::row_sql;

/// A key of text, a version, moments of every kind, a unique key of two columns.
fn settings() -> Table {
    let mut settings = table(
        "settings",
        vec![
            column("key", Type::Text),
            column("section", Type::Text),
            column("place", Type::Integer),
            with_default(
                "value",
                Type::Text,
                Default::Literal(Literal::Text("-".to_owned())),
            ),
            revision(),
            touched(with_default("at", Type::Timestamp, Default::Now)),
            touched(nullable("changed", Type::Date)),
        ],
    )
    .unique(1);
    settings.uniques[0].columns = vec![1, 2];
    settings
}

fn old(conn: &Connection) {
    conn.execute_batch(
        "INSERT INTO settings VALUES ('k', 's', 1, 'v', 4, '2000-01-01 00:00:00.000000Z', NULL)",
    )
    .expect("a row");
}

/// Key, section, place, value, version, and whether the moments are recent.
fn stored(conn: &Connection) -> Vec<String> {
    rows(
        conn,
        "SELECT key, section, place, value, revision, at > '2001', changed IS NOT NULL FROM settings ORDER BY key",
    )
}

/// How many rows `statement` gives back or changes.
fn run(conn: &Connection, statement: &str, params: &[&dyn rusqlite::ToSql]) -> usize {
    let mut prepared = conn.prepare(statement).expect(statement);
    assert_eq!(prepared.parameter_count(), params.len(), "{statement}");
    if prepared.column_count() == 0 {
        return prepared.execute(params).expect(statement);
    }
    let found = prepared.query_map(params, |row| row.get::<_, Value>(0));
    let found = found.expect(statement).map(|row| row.expect(statement));
    found.count()
}

#[test]
fn a_version_is_checked_and_raised() {
    let settings = settings();
    let sql = row_sql(sqlite(), &settings);
    let conn = loaded(&entities(vec![settings]));
    old(&conn);
    let no = None::<&str>;
    let patch = |version: Option<i64>| {
        let params = params!["k", version, no, no, Some("w"), no, false, no];
        run(&conn, &sql.update, params)
    };
    assert_eq!(patch(Some(3)), 0);
    assert_eq!(stored(&conn), ["k|s|1|v|4|0|0"]);
    assert_eq!(patch(Some(4)), 1);
    assert_eq!(patch(None), 1, "NULL is not checked");
    assert_eq!(stored(&conn), ["k|s|1|w|6|1|1"]);

    let save = |version: i64| {
        let params = params!["k", "s", 2, "x", version, "2000", no];
        run(&conn, &sql.save, params)
    };
    assert_eq!(save(5), 0);
    assert_eq!(save(6), 1);
    assert_eq!(stored(&conn), ["k|s|2|x|7|1|1"]);

    assert_eq!(run(&conn, &sql.delete, params!["k", 6]), 0);
    assert_eq!(run(&conn, &sql.delete, params!["k", 7]), 1);
}

#[test]
fn a_patch_may_say_the_moment() {
    let settings = settings();
    let sql = row_sql(sqlite(), &settings);
    let conn = loaded(&entities(vec![settings]));
    old(&conn);
    let no = None::<&str>;
    let params = params!["k", no, no, no, no, Some("1999"), true, no];
    assert_eq!(run(&conn, &sql.update, params), 1);
    assert_eq!(stored(&conn), ["k|s|1|v|5|0|0"]);
}

#[test]
fn rows_are_inserted_side_by_side() {
    let settings = settings();
    let sql = row_sql(sqlite(), &settings);
    let counted = table("counted", vec![id(), revision()]);
    let ids = row_sql(sqlite(), &counted);
    let conn = loaded(&entities(vec![settings, counted]));
    let no = None::<&str>;
    let many = format!("{0} {1}, {1}", sql.insert_into, sql.insert_values);
    let params = params!["a", "s", 1, no, no, no, "b", "s", 2, Some("v"), "2000", no];
    assert_eq!(run(&conn, &many, params), 2);
    assert_eq!(stored(&conn), ["a|s|1|-|1|1|0", "b|s|2|v|1|0|0"]);

    let many = format!("{0} {1}, {1}", ids.insert_into, ids.insert_values);
    assert_eq!(run(&conn, &many, &[]), 2);
    assert_eq!(run(&conn, &ids.update, params![2, 1]), 1);
    assert_eq!(rows(&conn, "SELECT * FROM counted"), ["1|1", "2|1"]);
}

#[test]
fn an_upsert_inserts_or_changes() {
    let settings = settings();
    let sql = row_sql(sqlite(), &settings);
    let conn = loaded(&entities(vec![settings]));
    old(&conn);
    let [by_key, by_place] = &sql.upserts[..] else {
        panic!("two keys: {:?}", sql.upserts);
    };
    let no = None::<&str>;
    let upsert = |sql: &str, key: &str, place: i64, value: Option<&str>| {
        run(&conn, sql, params![key, "s", place, value, no, no])
    };
    assert_eq!(upsert(&by_key.sql, "k", 2, None), 1);
    assert_eq!(stored(&conn), ["k|s|2|v|5|1|1"], "what is not given stays");
    assert_eq!(upsert(&by_place.sql, "other", 2, Some("w")), 1);
    assert_eq!(stored(&conn), ["k|s|2|w|6|1|1"], "and the primary key too");
    assert_eq!(upsert(&by_key.sql, "n", 3, None), 1);
    assert_eq!(stored(&conn), ["k|s|2|w|6|1|1", "n|s|3|-|1|1|0"]);
}
