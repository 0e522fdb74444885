//! The statements of rows, as they read. That SQLite runs them is tried in `render`.

mod dialects;

use super::row::{Assign, RowSql};
use super::{Writer, insert_plan, patch_plan, row_sql, written};
use crate::model::sample::{
    column, computed, id, nullable, revision, table, touched, with_default,
};
use crate::model::{Default, Literal, Table, Type};
use crate::sql::sqlite;

const NOW: &str = "strftime('%Y-%m-%d %H:%M:%f000Z', 'now')";
const TODAY: &str = "strftime('%Y-%m-%d', 'now')";

fn sql(table: &Table) -> RowSql {
    row_sql(sqlite(), table)
}

/// A key of two columns, a version between them and the rest, moments of every kind.
fn pages() -> Table {
    let moment = |name| column(name, Type::Timestamp);
    table(
        "pages",
        vec![
            column("book", Type::Text),
            column("number", Type::Integer),
            revision(),
            column("text", Type::Text),
            touched(with_default("at", Type::Timestamp, Default::Now)),
            touched(nullable("on", Type::Date)),
            touched(moment("by")),
        ],
    )
    .keyed(&[0, 1])
}

#[test]
fn a_version_is_in_no_plan() {
    let columns = |plan: Vec<(usize, Assign)>| -> Vec<usize> {
        plan.into_iter().map(|(column, _)| column).collect()
    };
    assert_eq!(columns(insert_plan(&pages())), [0, 1, 3, 4, 5, 6]);
    assert_eq!(columns(patch_plan(&pages())), [3, 4, 5, 6]);
}

#[test]
fn a_write_raises_the_version_and_takes_the_moment() {
    let w = Writer { grammar: sqlite() };
    let touch = w.touch(&pages());
    let columns: Vec<usize> = touch.iter().map(|(column, _)| *column).collect();
    assert_eq!(columns, [2, 4, 5, 6]);
    let expected =
        format!(r#""revision" = "revision" + 1, "at" = {NOW}, "on" = {TODAY}, "by" = {NOW}"#);
    assert_eq!(w.touch_text(&pages()), expected);
    let touched = [
        ("revision", r#""revision" + 1"#),
        ("at", NOW),
        ("on", TODAY),
        ("by", NOW),
    ];
    let touched = touched.map(|(column, value)| (column.to_owned(), value.to_owned()));
    assert_eq!(sql(&pages()).touch, touched);
    let plain = table("t", vec![id(), column("a", Type::Text)]);
    assert_eq!(sql(&plain).touch, []);
    assert_eq!(w.lock(&plain, 2), "");
}

#[test]
fn a_patch_checks_the_version_when_it_is_told_one() {
    let expected = format!(
        r#"UPDATE "pages" SET "text" = coalesce(?4, "text"), "at" = coalesce(?5, {NOW}), "on" = CASE WHEN ?6 THEN ?7 ELSE {TODAY} END, "by" = coalesce(?8, {NOW}), "revision" = "revision" + 1 WHERE "book" = ?1 AND "number" = ?2 AND "revision" = coalesce(?3, "revision") RETURNING "book", "number", "revision", "text", "at", "on", "by""#
    );
    assert_eq!(sql(&pages()).update, expected);
    assert_eq!(
        sql(&pages()).delete,
        r#"DELETE FROM "pages" WHERE "book" = ?1 AND "number" = ?2 AND "revision" = coalesce(?3, "revision")"#
    );
}

#[test]
fn a_row_is_saved_where_it_has_its_version() {
    let expected = format!(
        r#"UPDATE "pages" SET "revision" = "revision" + 1, "text" = ?4, "at" = coalesce({NOW}, ?5), "on" = coalesce({TODAY}, ?6), "by" = coalesce({NOW}, ?7) WHERE "book" = ?1 AND "number" = ?2 AND "revision" = ?3 RETURNING "book", "number", "revision", "text", "at", "on", "by""#
    );
    assert_eq!(sql(&pages()).save, expected);
}

#[test]
fn where_only_the_database_makes_values_texts_are_whole_all_the_same() {
    let only_key = table("t", vec![id()]);
    let only = sql(&only_key);
    assert_eq!(only.update, r#"SELECT "id" FROM "t" WHERE "id" = ?1"#);
    assert_eq!(only.update, only.save);
    assert_eq!(only.insert_into, r#"INSERT INTO "t" ("id") VALUES"#);
    assert_eq!(only.insert_values, "(NULL)");
    assert!(only.upserts.is_empty());

    let counted = sql(&table("t", vec![id(), revision()]));
    assert_eq!(
        counted.insert,
        r#"INSERT INTO "t" DEFAULT VALUES RETURNING "id", "revision""#
    );
    assert_eq!(counted.insert_into, r#"INSERT INTO "t" ("id") VALUES"#);
    assert_eq!(
        counted.update,
        r#"SELECT "id", "revision" FROM "t" WHERE "id" = ?1 AND "revision" = coalesce(?2, "revision")"#
    );
    assert_eq!(
        counted.save,
        r#"UPDATE "t" SET "revision" = "revision" + 1 WHERE "id" = ?1 AND "revision" = ?2 RETURNING "id", "revision""#
    );
}

/// A column of each way into a row, beside the key that the database makes.
fn ways() -> Table {
    let default = |name| with_default(name, Type::Integer, Default::Literal(Literal::Integer(5)));
    let mut given = default("given");
    given.nullable = true;
    table(
        "t",
        vec![
            id(),
            column("value", Type::Text),
            default("or_else"),
            given,
            with_default("made", Type::Uuid, Default::Uuid),
        ],
    )
}

#[test]
fn values_of_many_rows_are_those_of_one() {
    let ways = sql(&ways());
    assert_eq!(
        ways.insert,
        r#"INSERT INTO "t" ("value", "or_else", "given", "made") VALUES (?1, coalesce(?2, 5), CASE WHEN ?3 THEN ?4 ELSE 5 END, ?5) RETURNING "id", "value", "or_else", "given", "made""#
    );
    assert_eq!(
        ways.insert_into,
        r#"INSERT INTO "t" ("value", "or_else", "given", "made") VALUES"#
    );
    assert_eq!(
        ways.insert_values,
        "(?, coalesce(?, 5), CASE WHEN ? THEN ? ELSE 5 END, ?)"
    );
}

#[test]
fn an_upsert_changes_what_is_given() {
    let upserts = sql(&ways().unique(1)).upserts;
    assert_eq!(upserts.len(), 1, "the database makes the primary key");
    assert_eq!(upserts[0].columns, [1]);
    assert_eq!(
        upserts[0].sql,
        r#"INSERT INTO "t" ("value", "or_else", "given", "made") VALUES (?1, coalesce(?2, 5), CASE WHEN ?3 THEN ?4 ELSE 5 END, ?5) ON CONFLICT ("value") DO UPDATE SET "or_else" = coalesce(?2, "t"."or_else"), "given" = CASE WHEN ?3 THEN ?4 ELSE "t"."given" END, "made" = CASE WHEN ?6 THEN excluded."made" ELSE "t"."made" END RETURNING "id", "value", "or_else", "given", "made""#
    );
}

#[test]
fn an_upsert_is_a_write() {
    let mut pages = pages();
    pages.columns[4].nullable = true;
    let upserts = sql(&pages.unique(3)).upserts;
    let keys: Vec<&[usize]> = upserts
        .iter()
        .map(|upsert| upsert.columns.as_slice())
        .collect();
    assert_eq!(keys, [&[0, 1][..], &[3]]);
    let changed = |place: usize| {
        let (_, changed) = upserts[place]
            .sql
            .split_once(" ON CONFLICT ")
            .expect("a conflict");
        changed
            .split_once(" RETURNING ")
            .expect("rows")
            .0
            .to_owned()
    };
    let moments = format!(
        r#""at" = CASE WHEN ?4 THEN ?5 ELSE {NOW} END, "on" = coalesce(excluded."on", {TODAY}), "by" = excluded."by", "revision" = "pages"."revision" + 1"#
    );
    assert_eq!(
        changed(0),
        format!(r#"("book", "number") DO UPDATE SET "text" = excluded."text", {moments}"#)
    );
    assert_eq!(changed(1), format!(r#"("text") DO UPDATE SET {moments}"#));
}

#[test]
fn an_upsert_gives_back_the_row_where_nothing_changes() {
    let tags = table(
        "tags",
        vec![column("a", Type::Text), column("b", Type::Text)],
    )
    .keyed(&[1, 0]);
    assert_eq!(
        sql(&tags).upserts[0].sql,
        r#"INSERT INTO "tags" ("a", "b") VALUES (?1, ?2) ON CONFLICT ("b", "a") DO UPDATE SET "b" = excluded."b" RETURNING "a", "b""#
    );
}

#[test]
fn a_key_with_a_column_that_the_database_makes_has_no_upsert() {
    let mut counted = ways().unique(1);
    counted.uniques[0].columns = vec![1, 0];
    assert!(sql(&counted).upserts.is_empty());
}

/// A value that is computed between two that are given, and a key over it.
fn words() -> Table {
    let folded = computed(column("folded", Type::Text), "lower(text)");
    table(
        "words",
        vec![
            column("text", Type::Text),
            folded,
            nullable("note", Type::Text),
        ],
    )
    .unique(1)
}

#[test]
fn what_is_computed_is_read_and_not_written() {
    let columns = |plan: Vec<(usize, Assign)>| -> Vec<usize> {
        plan.into_iter().map(|(column, _)| column).collect()
    };
    assert_eq!(columns(insert_plan(&words())), [0, 2]);
    assert_eq!(columns(patch_plan(&words())), [2]);
    assert_eq!(written(&words()), [0, 2]);
    let sql = sql(&words());
    assert_eq!(
        sql.select,
        r#"SELECT "text", "folded", "note" FROM "words""#
    );
    assert_eq!(
        sql.insert_row,
        r#"INSERT INTO "words" ("text", "note") VALUES (?1, ?2)"#
    );
    assert_eq!(
        sql.save,
        r#"UPDATE "words" SET "note" = ?2 WHERE "text" = ?1 RETURNING "text", "folded", "note""#
    );
}

#[test]
fn a_computed_key_is_upserted_by() {
    let upserts = sql(&words()).upserts;
    assert_eq!(upserts.len(), 2);
    assert_eq!(upserts[1].columns, [1]);
    let changes = r#"ON CONFLICT ("folded") DO UPDATE SET "note" = excluded."note" RETURNING"#;
    assert!(upserts[1].sql.contains(changes), "{}", upserts[1].sql);
    // Nothing but the keys: a row that is there stays, and is given back.
    let mut keys = words();
    keys.columns.pop();
    let unchanged = r#"ON CONFLICT ("folded") DO UPDATE SET "text" = "words"."text" RETURNING"#;
    let upserts = sql(&keys).upserts;
    assert!(upserts[1].sql.contains(unchanged), "{}", upserts[1].sql);
    // Nothing that an insert gives.
    let made = computed(column("even", Type::Boolean), "id % 2 = 0");
    assert_eq!(sql(&table("t", vec![id(), made]).unique(1)).upserts, []);
}
