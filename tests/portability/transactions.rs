//! Transactions and isolation.

use crate::databases::Three;

const READERS: &str = "
entities:
  Reader:
    columns:
      id:   { type: integer, primary_key: true }
      name: string
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
fn locks_of_rows() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id, name) VALUES (1, 'Ada')");
    three.run("BEGIN");
    let first = "SELECT name FROM readers WHERE id = 1 FOR UPDATE";
    three.each(first, ["refused: near \"FOR\": syntax error", "Ada", "Ada"]);
    three.sqlite.says("ROLLBACK; BEGIN IMMEDIATE", "done");
    let [mut sqlite, mut postgres, mut mysql] = three.others();
    sqlite.says("PRAGMA busy_timeout = 0", "0");
    sqlite.says("BEGIN IMMEDIATE", "refused: database is locked");
    postgres.says(&format!("{first} NOWAIT"), "refused: 55P03");
    mysql.says(&format!("{first} NOWAIT"), "refused: 1205");
    // Readers wait for nobody.
    for session in [&mut sqlite, &mut postgres, &mut mysql] {
        session.says("SELECT name FROM readers", "Ada");
    }
    three.run("ROLLBACK");
}
