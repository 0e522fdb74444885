//! Names and comments.

use crate::databases::Three;

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn long_names() {
    let long = "a".repeat(70);
    let spec = format!(
        "
entities:
  Reader:
    table: {long}
    columns:
      id: {{ type: integer, primary_key: true }}
"
    );
    let mut three = Three::of(&spec);
    let cut = |to: usize| format!("{}_5904740b", "a".repeat(to));
    three
        .sqlite
        .says("SELECT name FROM sqlite_schema WHERE type = 'table'", &long);
    three.postgres.says(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
        &cut(54),
    );
    three.mysql.says("SHOW TABLES", &cut(55));
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn the_case_of_names() {
    let spec = "
entities:
  Reader:
    table: Readers
    columns:
      id:     { type: integer, primary_key: true }
      bornOn: { type: integer?, name: bornOn }
";
    let mut three = Three::of(spec);
    three.each(
        "SELECT id FROM readers",
        ["done", "refused: 42P01", "refused: 1146"],
    );
    three.each(
        "SELECT bornon FROM Readers",
        ["done", "refused: 42P01", "done"],
    );
    three
        .postgres
        .says(r#"SELECT bornOn FROM "Readers""#, "refused: 42703");
    three
        .postgres
        .says(r#"SELECT "bornOn" FROM "Readers""#, "done");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn comments() {
    let (table, column) = ("ö".repeat(2100), format!("{}😀", "ä".repeat(1022)));
    let spec = format!(
        "
entities:
  Reader:
    doc: {table}
    columns:
      id:   {{ type: integer, primary_key: true, doc: {column}äää }}
      name: {{ type: string, doc: {column} }}
"
    );
    let mut three = Three::of(&spec);
    let kept = "SELECT sql LIKE '%öö%', sql LIKE '%ä😀%' FROM sqlite_schema WHERE name = 'readers'";
    three.sqlite.says(kept, "0, 1");
    three
        .postgres
        .says("SELECT obj_description('readers'::regclass)", &table);
    three
        .postgres
        .says("SELECT col_description('readers'::regclass, 2)", &column);
    let of_table =
        "SELECT table_comment FROM information_schema.tables WHERE table_schema = database()";
    three
        .mysql
        .says(of_table, &format!("{}…", "ö".repeat(2047)));
    let of_columns = "SELECT column_comment FROM information_schema.columns WHERE table_schema = database() ORDER BY column_name";
    let replaced = format!("{}\u{fffd}", "ä".repeat(1022));
    three
        .mysql
        .says(of_columns, &format!("{replaced}…; {replaced}"));
}

const TABLES: &str = "
entities:
  One:
    columns:
      id: { type: integer, primary_key: true }
  Two:
    columns:
      id: { type: integer, primary_key: true }
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn names_that_two_tables_give() {
    let mut three = Three::of(TABLES);
    three.run("CREATE INDEX same ON ones (id)");
    three.each(
        "CREATE INDEX same ON twos (id)",
        [
            "refused: index same already exists",
            "refused: 42P07",
            "done",
        ],
    );
    three.each(
        "CREATE TABLE same (id integer)",
        [
            "refused: there is already an index named same",
            "refused: 42P07",
            "done",
        ],
    );
    let table = |name: &str, what: &str| {
        format!("CREATE TABLE {name} (id integer, CONSTRAINT mine {what})")
    };
    let key = "FOREIGN KEY (id) REFERENCES ones (id)";
    three.run(&table("a", key));
    three.each(&table("b", key), ["done", "done", "refused: 1005"]);
    three.run(&table("c", "CHECK (id > 0)"));
    three.run(&table("d", "CHECK (id > 0)"));
    three.run(&table("e", "UNIQUE (id)"));
    three.each(
        &table("f", "UNIQUE (id)"),
        ["done", "refused: 42P07", "done"],
    );
}
