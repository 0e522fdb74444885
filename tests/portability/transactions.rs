//! Transactions, isolation, and the modes of MySQL.

use crate::databases::{Three, ddl};
use relata::Dialect;

const READERS: &str = r"
entities:
  Reader:
    columns:
      id:     { type: integer, primary_key: true }
      name:   string(3)
      folder: { type: string, default: 'C:\new' }
      small:  { type: smallint, default: 0 }
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn tables_in_a_transaction() {
    let mut three = Three::of(READERS);
    three.run("BEGIN");
    three.run("INSERT INTO readers (name) VALUES ('Ada')");
    three.run("CREATE TABLE other (id integer)");
    three.run("ROLLBACK");
    three.each(
        "SELECT * FROM other",
        ["refused: no such table: other", "refused: 42P01", "done"],
    );
    // It was committed by the statement.
    three.each("SELECT name FROM readers", ["done", "done", "Ada"]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn an_error_in_a_transaction() {
    let mut three = Three::of(READERS);
    three.run("BEGIN");
    three.run("INSERT INTO readers (id, name) VALUES (1, 'Ada')");
    three.each(
        "INSERT INTO readers (id, name) VALUES (1, 'Bob')",
        [
            "refused: UNIQUE constraint failed: readers.id",
            "refused: 23505",
            "refused: 1062",
        ],
    );
    three.each("SELECT name FROM readers", ["Ada", "refused: 25P02", "Ada"]);
    three.run("COMMIT");
    three.each("SELECT name FROM readers", ["Ada", "done", "Ada"]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn what_another_one_wrote() {
    let mut three = Three::of(READERS);
    three
        .postgres
        .says("SHOW transaction_isolation", "read committed");
    three.mysql.says("SELECT @@tx_isolation", "REPEATABLE-READ");
    three.run("BEGIN");
    three.each("SELECT count(*) FROM readers", ["0"; 3]);
    for mut other in three.others() {
        other.says("INSERT INTO readers (id, name) VALUES (1, 'Ada')", "done");
    }
    three.each("SELECT count(*) FROM readers", ["0", "1", "0"]);
    // A write sees what a read of the same transaction does not.
    three.each(
        "UPDATE readers SET name = 'Bob'",
        ["refused: database is locked", "done", "done"],
    );
    three.each("SELECT name FROM readers", ["done", "Bob", "Bob"]);
    three.run("ROLLBACK");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn modes_of_mysql() {
    let mut three = Three::of(READERS);
    three
        .mysql
        .says("SELECT @@sql_mode LIKE '%STRICT_TRANS_TABLES%'", "1");
    three.mysql.says(
        "INSERT INTO readers (name) VALUES ('Adam')",
        "refused: 1406",
    );
    three.mysql.says("SET sql_mode = ''", "done");
    three.mysql.says(
        "INSERT INTO readers (name, small) VALUES ('Adam', 40000)",
        "done",
    );
    three
        .mysql
        .says("SELECT name, small FROM readers", "Ada, 32767");
    // Relata's SQL means the same in others.
    let sql = ddl(READERS, Dialect::Mysql).expect("SQL");
    for mode in ["ANSI", "NO_BACKSLASH_ESCAPES", "TRADITIONAL", "ORACLE"] {
        let mut three = Three::empty();
        three
            .mysql
            .says(&format!("SET sql_mode = '{mode}'"), "done");
        three.mysql.says(&sql, "done");
        three
            .mysql
            .says("INSERT INTO readers (name) VALUES ('Ada')", "done");
        three.mysql.says("SELECT folder FROM readers", r"C:\new");
    }
}
