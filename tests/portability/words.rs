//! What words and marks of SQL mean: quotes, backslashes, operators, groups, what a statement gives back.

use crate::databases::Three;

const READERS: &str = r"
entities:
  Reader:
    columns:
      id:     { type: integer, primary_key: true }
      name:   { type: string, unique: true }
      folder: { type: string, default: 'C:\new' }
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn quotes() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (name) VALUES ('Ada')");
    three.each(r#"SELECT "name" FROM readers"#, ["Ada", "Ada", "name"]);
    three.each(
        r#"SELECT "nmae" FROM readers"#,
        ["nmae", "refused: 42703", "nmae"],
    );
    three.each(
        "SELECT `name` FROM readers",
        ["Ada", "refused: 42601", "Ada"],
    );
    three.each("SELECT r.name FROM readers AS r", ["Ada"; 3]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn backslashes() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (name) VALUES ('Ada')");
    three.each(r"SELECT folder FROM readers", [r"C:\new"; 3]);
    three.each(r"SELECT 'a\\b'", [r"a\\b", r"a\\b", r"a\b"]);
    three.each("SELECT 'it''s'", ["it's"; 3]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn concatenation() {
    let mut three = Three::empty();
    three.each("SELECT 'a' || 'b'", ["ab", "ab", "0"]);
    three.each("SELECT concat('a', 'b')", ["ab"; 3]);
    three.each("SELECT concat('a', NULL)", ["a", "a", "NULL"]);
    // What it makes of a value depends on settings, so that it computes no column in PostgreSQL; `||` does.
    let computed = |sql: &str| {
        format!("CREATE TABLE texts (a text, b text GENERATED ALWAYS AS ({sql}) STORED)")
    };
    three
        .postgres
        .says(&computed("concat(a, 'b')"), "refused: 42P17");
    three.postgres.says(&computed("a || 'b'"), "done");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn functions_of_one_name() {
    let mut three = Three::empty();
    three.each("SELECT substr('xy', -1)", ["y", "xy", "y"]);
    three.each("SELECT substr('xy', 0, 2)", ["x", "x", ""]);
    let log = "SELECT log(10) = 1";
    three.each(log, ["refused: no such function: log", "t", "0"]);
    three.each("SELECT CAST(2.7 AS char)", ["2.7", "2", "2.7"]);
    three.each("SELECT (-7 & -2) > 0", ["0", "f", "1"]);
    three.each("SELECT (~7) < 0", ["1", "t", "0"]);
    three.mysql.says("SELECT 7 ^ 2", "5");
    three.postgres.says("SELECT 7 ^ 2", "49");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn text_beside_numbers() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (name) VALUES ('Ada')");
    three.each(
        "SELECT id FROM readers WHERE name = 0",
        ["done", "refused: 42883", "1"],
    );
    three.each("SELECT id FROM readers WHERE id = '1'", ["1"; 3]);
    three.each(
        "INSERT INTO readers (id, name) VALUES ('2', 'Bob')",
        ["done"; 3],
    );
    three.each(
        "INSERT INTO readers (id, name) VALUES ('3x', 'Cy')",
        [
            "refused: datatype mismatch",
            "refused: 22P02",
            "refused: 1265",
        ],
    );
    three.each(
        "SELECT id + '1x' FROM readers WHERE id = 1",
        ["2", "refused: 22P02", "2"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn groups() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (name, folder) VALUES ('Ada', 'x'), ('Bob', 'x')");
    three.each(
        "SELECT name FROM readers GROUP BY folder",
        ["Ada", "refused: 42803", "Ada"],
    );
    three.each("SELECT min(name) FROM readers GROUP BY folder", ["Ada"; 3]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn what_a_statement_gives_back() {
    let mut three = Three::of(READERS);
    three.each(
        "INSERT INTO readers (name) VALUES ('Ada') RETURNING id",
        ["1"; 3],
    );
    three.each(
        "UPDATE readers SET name = 'Bob' RETURNING id",
        ["1", "1", "refused: 1064"],
    );
    three.each("DELETE FROM readers RETURNING id", ["1"; 3]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn sub_selects() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (name) VALUES ('Ada'), ('Bob')");
    let first = "SELECT id FROM readers ORDER BY id LIMIT 1";
    let of = |list: &str| format!("SELECT name FROM readers WHERE id IN ({list})");
    three.each(&of(first), ["Ada", "Ada", "refused: 1235"]);
    three.each(&of(&format!("SELECT id FROM ({first}) AS f")), ["Ada"; 3]);
    three.run("DELETE FROM readers WHERE id = (SELECT max(id) FROM readers)");
    three.run("UPDATE readers SET name = 'Cy' WHERE id = (SELECT max(id) FROM readers)");
    three.each("SELECT name FROM readers", ["Cy"; 3]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn a_key_that_is_there() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id, name) VALUES (1, 'Ada')");
    let upsert = "INSERT INTO readers (id, name) VALUES (2, 'Ada') ON CONFLICT (name) DO UPDATE SET folder = 'x'";
    three.each(upsert, ["done", "done", "refused: 1064"]);
    three.mysql.says(
        "INSERT INTO readers (id, name) VALUES (2, 'Ada') ON DUPLICATE KEY UPDATE folder = 'x'",
        "done",
    );
    three.each("SELECT id, folder FROM readers", ["1, x"; 3]);
    // Any key will do for it: here the primary one.
    three.mysql.says(
        "INSERT INTO readers (id, name) VALUES (1, 'Eve') ON DUPLICATE KEY UPDATE folder = 'y'",
        "done",
    );
    three
        .mysql
        .says("SELECT id, name, folder FROM readers", "1, Ada, y");
    let other = "INSERT INTO readers (id, name) VALUES (1, 'Eve') ON CONFLICT (name) DO UPDATE SET folder = 'y'";
    three
        .sqlite
        .says(other, "refused: UNIQUE constraint failed: readers.id");
    three.postgres.says(other, "refused: 23505");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn equal_or_both_null() {
    let mut three = Three::empty();
    three.each(
        "SELECT NULL IS NOT DISTINCT FROM NULL",
        ["1", "t", "refused: 1064"],
    );
    three.mysql.says("SELECT NULL <=> NULL", "1");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn joins_of_both_sides() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (name) VALUES ('Ada'), ('Bob')");
    let join = "SELECT a.name, b.name FROM readers AS a FULL JOIN readers AS b ON b.id = a.id + 1 ORDER BY a.id IS NOT NULL, a.id";
    let rows = "NULL, Ada; Ada, Bob; Bob, NULL";
    three.each(join, [rows, rows, "refused: 1064"]);
}
