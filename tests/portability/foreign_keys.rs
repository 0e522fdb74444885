//! Foreign keys: when they are looked at, and what they do.

use crate::databases::{Three, ddl};
use relata::Dialect;

const NODES: &str = "
entities:
  Node:
    columns:
      id:     { type: integer, primary_key: true }
      parent: { references: Node, nullable: true }
  Strict:
    table: stricts
    columns:
      id:     { type: integer, primary_key: true }
      parent: { references: Strict, nullable: true, on_delete: restrict }
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn restrict_and_no_action() {
    let mut three = Three::of(NODES);
    for table in ["nodes", "stricts"] {
        three.run(&format!(
            "INSERT INTO {table} (id, parent) VALUES (1, NULL), (2, 1)"
        ));
    }
    let foreign_key = "refused: FOREIGN KEY constraint failed";
    // SQLite tells RESTRICT from NO ACTION, and so does PostgreSQL only where a key is deferred, which none of relata is.
    three.each(
        "DELETE FROM stricts",
        [foreign_key, "done", "refused: 1451"],
    );
    // Looked at when the statement is done, but in MySQL row by row.
    three.each("DELETE FROM nodes", ["done", "done", "refused: 1451"]);
    three
        .mysql
        .says("DELETE FROM nodes ORDER BY id DESC", "done");
    three.run("INSERT INTO nodes (id, parent) VALUES (3, 3)");
    three.each(
        "DELETE FROM nodes WHERE id = 3",
        ["done", "done", "refused: 1451"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn looked_at_by_each_statement() {
    let mut three = Three::of(NODES);
    three.run("BEGIN");
    three.each(
        "INSERT INTO nodes (id, parent) VALUES (1, 2)",
        [
            "refused: FOREIGN KEY constraint failed",
            "refused: 23503",
            "refused: 1452",
        ],
    );
    three.run("ROLLBACK");
    three.each(
        "INSERT INTO nodes (id, parent) VALUES (1, 2), (2, NULL)",
        ["done", "done", "refused: 1452"],
    );
    three.run("DELETE FROM nodes");
    three.run("BEGIN");
    three.sqlite.says("PRAGMA defer_foreign_keys = ON", "done");
    three
        .sqlite
        .says("INSERT INTO nodes (id, parent) VALUES (3, 4)", "done");
    three
        .sqlite
        .says("INSERT INTO nodes (id) VALUES (4)", "done");
    three.postgres.says("SET CONSTRAINTS ALL DEFERRED", "done");
    three.postgres.says(
        "INSERT INTO nodes (id, parent) VALUES (3, 4)",
        "refused: 23503",
    );
    three.mysql.says("SET foreign_key_checks = 0", "done");
    three
        .mysql
        .says("INSERT INTO nodes (id, parent) VALUES (3, 4)", "done");
    three.mysql.says("SET foreign_key_checks = 1", "done");
    // It is never looked at again.
    three.each("COMMIT", ["done"; 3]);
    three.each("SELECT count(*) FROM nodes", ["2", "0", "1"]);
}

const LOANS: &str = "
entities:
  Reader:
    columns:
      id: { type: integer, primary_key: true }
  Loan:
    columns:
      id:        { type: integer, primary_key: true }
      reader_id: { references: Reader, on_delete: cascade }
  Note:
    columns:
      id:   { type: integer, primary_key: true }
      text: string
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn cascades_and_triggers() {
    let mut three = Three::of(LOANS);
    three.sqlite.says("CREATE TRIGGER gone AFTER DELETE ON loans BEGIN INSERT INTO notes (text) VALUES ('gone'); END", "done");
    three.postgres.says(
        "CREATE FUNCTION gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO notes (text) VALUES ('gone'); RETURN NULL; END $$;
         CREATE TRIGGER gone AFTER DELETE ON loans FOR EACH ROW EXECUTE FUNCTION gone()",
        "done",
    );
    three.mysql.says("CREATE TRIGGER gone AFTER DELETE ON loans FOR EACH ROW INSERT INTO notes (text) VALUES ('gone')", "done");
    three.run("INSERT INTO readers (id) VALUES (1)");
    three.run("INSERT INTO loans (id, reader_id) VALUES (1, 1), (2, 1)");
    three.run("DELETE FROM loans WHERE id = 2");
    three.run("DELETE FROM readers");
    three.each("SELECT count(*) FROM loans", ["0"; 3]);
    three.each("SELECT count(*) FROM notes", ["2", "2", "1"]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn set_default() {
    let spec = "
entities:
  Reader:
    columns:
      id: { type: integer, primary_key: true }
  Loan:
    columns:
      id:        { type: integer, primary_key: true }
      reader_id: { references: Reader, default: 1, on_delete: set_default }
";
    let report = ddl(spec, Dialect::Mysql).expect_err("a report");
    assert!(report.contains("mysql has no `set_default`"), "{report}");
    let mut three = Three::empty();
    for (session, dialect) in [
        (&mut three.sqlite, Dialect::Sqlite),
        (&mut three.postgres, Dialect::Postgres),
    ] {
        session.says(&ddl(spec, dialect).expect("SQL"), "done");
    }
    three.mysql.says(
        "CREATE TABLE readers (id INT PRIMARY KEY);
         CREATE TABLE loans (id INT PRIMARY KEY, reader_id INT NOT NULL DEFAULT 1, FOREIGN KEY (reader_id) REFERENCES readers (id) ON DELETE SET DEFAULT)",
        "done",
    );
    three.run("INSERT INTO readers (id) VALUES (1), (2)");
    three.run("INSERT INTO loans (id, reader_id) VALUES (1, 2)");
    three.each(
        "DELETE FROM readers WHERE id = 2",
        ["done", "done", "refused: 1451"],
    );
    three.each("SELECT reader_id FROM loans", ["1", "1", "2"]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn checks_over_what_a_key_changes() {
    let spec = r#"
entities:
  Reader:
    columns:
      id: { type: integer, primary_key: true }
  Loan:
    columns:
      id:        { type: integer, primary_key: true }
      reader_id: { references: Reader, nullable: true, on_delete: set_null, check: { sql: "reader_id > 0" } }
"#;
    let report = ddl(spec, Dialect::Mysql).expect_err("a report");
    assert!(
        report.contains("mysql has no checks over a column that a foreign key changes"),
        "{report}"
    );
    let mut three = Three::empty();
    for (session, dialect) in [
        (&mut three.sqlite, Dialect::Sqlite),
        (&mut three.postgres, Dialect::Postgres),
    ] {
        session.says(&ddl(spec, dialect).expect("SQL"), "done");
    }
    three
        .mysql
        .says("CREATE TABLE readers (id INT PRIMARY KEY)", "done");
    for action in ["ON DELETE SET NULL", "ON UPDATE CASCADE"] {
        let create = format!(
            "CREATE TABLE loans (id INT PRIMARY KEY, reader_id INT, CHECK (reader_id > 0),
             FOREIGN KEY (reader_id) REFERENCES readers (id) {action})"
        );
        three.mysql.says(&create, "refused: 1901");
    }
}

const CITIES: &str = "
entities:
  Country:
    columns:
      code: { type: string(8), primary_key: true }
  City:
    columns:
      id:      { type: integer, primary_key: true }
      country: { references: Country }
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn foreign_keys_of_text() {
    let mut three = Three::of(CITIES);
    three.run("INSERT INTO countries (code) VALUES ('de')");
    let refused = "refused: FOREIGN KEY constraint failed";
    three.each(
        "INSERT INTO cities (country) VALUES ('DE')",
        [refused, "refused: 23503", "refused: 1452"],
    );
    three.each(
        "INSERT INTO cities (id, country) VALUES (1, 'de ')",
        [refused, "refused: 23503", "done"],
    );
    three.mysql.says("SELECT length(country) FROM cities", "3");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn keys_that_rows_of_the_same_table_follow() {
    let spec = "
entities:
  Node:
    columns:
      id:     { type: integer, primary_key: true, auto_increment: false }
      parent: { references: Node, nullable: true, on_delete: cascade, on_update_key: cascade }
";
    let report = ddl(spec, Dialect::Mysql).expect_err("a report");
    assert!(
        report.contains("mysql changes no key to which rows of the same table refer"),
        "{report}"
    );
    let mut three = Three::empty();
    for (session, dialect) in [
        (&mut three.sqlite, Dialect::Sqlite),
        (&mut three.postgres, Dialect::Postgres),
    ] {
        session.says(&ddl(spec, dialect).expect("SQL"), "done");
    }
    three.mysql.says("CREATE TABLE nodes (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES nodes (id) ON DELETE CASCADE ON UPDATE CASCADE)", "done");
    // A row behind another, more of them than MySQL follows.
    three.run("INSERT INTO nodes (id, parent) VALUES (1, NULL)");
    for id in 2..=18 {
        three.run(&format!(
            "INSERT INTO nodes (id, parent) VALUES ({id}, {id} - 1)"
        ));
    }
    three.each(
        "UPDATE nodes SET id = 100 WHERE id = 1",
        ["done", "done", "refused: 1451"],
    );
    three.each(
        "DELETE FROM nodes WHERE parent IS NULL",
        ["done", "done", "refused: 1296"],
    );
    three.mysql.says("DELETE FROM nodes WHERE id = 10", "done");
    three
        .mysql
        .says("DELETE FROM nodes WHERE parent IS NULL", "done");
}
