//! Keys and indexes: NULL, numbers that are counted, length, parts of the rows.

use crate::databases::{DIALECTS, Three, ddl};
use relata::Dialect;

const READERS: &str = "
entities:
  Reader:
    columns:
      id:    { type: integer, primary_key: true }
      email: { type: string?, unique: true }
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn unique_keys_and_null() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (email) VALUES (NULL), (NULL)");
    three.each("SELECT count(*) FROM readers", ["2"; 3]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn the_number_of_a_deleted_row() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (email) VALUES ('a'), ('b')");
    three.run("DELETE FROM readers WHERE id = 2");
    three.run("INSERT INTO readers (email) VALUES ('c')");
    three.each("SELECT max(id) FROM readers", ["2", "3", "3"]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn numbers_that_are_rolled_back() {
    let mut three = Three::of(READERS);
    three.run("BEGIN");
    three.run("INSERT INTO readers (email) VALUES ('a')");
    three.run("ROLLBACK");
    three.run("INSERT INTO readers (email) VALUES ('b')");
    three.each("SELECT id FROM readers", ["1", "2", "2"]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn a_key_that_is_given() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id, email) VALUES (1, 'a')");
    three.each(
        "INSERT INTO readers (email) VALUES ('b')",
        ["done", "refused: 23505", "done"],
    );
    three.postgres.says(
        "SELECT setval(pg_get_serial_sequence('readers', 'id'), max(id)) FROM readers",
        "1",
    );
    three
        .postgres
        .says("INSERT INTO readers (email) VALUES ('b')", "done");
    three.each("SELECT id FROM readers ORDER BY id", ["1; 2"; 3]);
    // Zero and NULL ask for a number.
    three.each(
        "INSERT INTO readers (id) VALUES (NULL)",
        ["done", "refused: 23502", "done"],
    );
    three.run("INSERT INTO readers (id) VALUES (0)");
    three.each(
        "SELECT min(id), max(id) FROM readers",
        ["0, 3", "0, 2", "1, 4"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn the_last_number_of_a_key() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id) VALUES (2147483647)");
    three.postgres.says(
        "SELECT setval(pg_get_serial_sequence('readers', 'id'), max(id)) FROM readers",
        "2147483647",
    );
    three.each(
        "INSERT INTO readers (email) VALUES ('a')",
        ["done", "refused: 2200H", "refused: 167"],
    );
    three
        .sqlite
        .says("SELECT max(id) FROM readers", "2147483648");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn indexes_over_some_rows() {
    let spec = "
entities:
  Reader:
    columns:
      id:      { type: integer, primary_key: true }
      email:   string
      deleted: { type: boolean, default: false }
    indexes:
      - { columns: [email], unique: true, where: { sql: not deleted } }
";
    let [sqlite, postgres, mysql] = DIALECTS.map(|dialect| ddl(spec, dialect));
    let report = mysql.expect_err("a report");
    assert!(
        report.contains("mysql has no indexes over a part of the rows"),
        "{report}"
    );
    let mut three = Three::empty();
    three.sqlite.says(&sqlite.expect("SQL"), "done");
    three.postgres.says(&postgres.expect("SQL"), "done");
    for session in [&mut three.sqlite, &mut three.postgres] {
        session.says(
            "INSERT INTO readers (email, deleted) VALUES ('a', true), ('a', true), ('a', false)",
            "done",
        );
    }
    let fourth = "INSERT INTO readers (email) VALUES ('a')";
    three
        .sqlite
        .says(fourth, "refused: UNIQUE constraint failed: readers.email");
    three.postgres.says(fourth, "refused: 23505");
    // What does the same in all: a value that only those rows have.
    let spec = r#"
entities:
  Reader:
    columns:
      id:      { type: integer, primary_key: true }
      email:   string
      deleted: { type: boolean, default: false }
      in_use:  { type: string?, unique: true, computed: { sql: "CASE WHEN deleted THEN NULL ELSE email END" } }
"#;
    let mut three = Three::of(spec);
    three.run("INSERT INTO readers (email, deleted) VALUES ('a', true), ('a', true), ('a', false)");
    three.each(
        fourth,
        [
            "refused: UNIQUE constraint failed: readers.in_use",
            "refused: 23505",
            "refused: 1062",
        ],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn keys_over_long_text() {
    let of = |ty: &str| {
        format!(
            "entities: {{ Page: {{ columns: {{ id: {{ type: integer, primary_key: true }}, text: {{ type: {ty}, unique: true }} }} }} }}"
        )
    };
    let report = ddl(&of("text"), Dialect::Mysql).expect_err("a report");
    assert!(
        report.contains("mysql has no keys and indexes over values without a limit"),
        "{report}"
    );
    let report = ddl(&of("string(769)"), Dialect::Mysql).expect_err("a report");
    assert!(report.contains("more than 3072 bytes"), "{report}");
    let mut three = Three::of(&of("string(768)"));
    let insert = |sql: &str| format!("INSERT INTO pages (text) VALUES ({sql})");
    three
        .sqlite
        .says(&insert("replace(hex(zeroblob(384)), '0', 'ä')"), "done");
    three.postgres.says(&insert("repeat('ä', 768)"), "done");
    three.mysql.says(&insert("repeat('ä', 768)"), "done");
    // MariaDB takes more, as the key is a hash then: nothing can be looked up with it.
    three
        .mysql
        .says("CREATE TABLE longer (text LONGTEXT UNIQUE)", "done");
    three.mysql.says("SELECT index_type FROM information_schema.statistics WHERE table_schema = database() AND table_name = 'longer'", "HASH");
    // An index over such a column is one over its beginning.
    three.mysql.says(
        "CREATE TABLE indexed (text LONGTEXT, INDEX (text)) DEFAULT CHARSET utf8mb4",
        "done",
    );
    three.mysql.says("SELECT sub_part FROM information_schema.statistics WHERE table_schema = database() AND table_name = 'indexed'", "768");
    // PostgreSQL takes any type, but no value of more than a third of a page.
    three
        .postgres
        .says("CREATE TABLE longer (text text UNIQUE)", "done");
    three.postgres.says(
        "INSERT INTO longer SELECT string_agg(md5(i::text), '') FROM generate_series(1, 200) AS i",
        "refused: 54000",
    );
}
