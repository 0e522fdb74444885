//! The order of rows: NULL, pages behind a row, no order at all.

use crate::databases::Three;

const READERS: &str = "
entities:
  Reader:
    columns:
      id:   { type: integer, primary_key: true }
      name: { type: string, index: true }
      born: integer?
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn null_comes_first_but_in_postgres() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id, name, born) VALUES (1, 'a', NULL), (2, 'b', 1815)");
    three.each(
        "SELECT id FROM readers ORDER BY born",
        ["1; 2", "2; 1", "1; 2"],
    );
    three.each(
        "SELECT id FROM readers ORDER BY born DESC",
        ["2; 1", "1; 2", "2; 1"],
    );
    // The same in all: NULL is told first.
    three.each(
        "SELECT id FROM readers ORDER BY born IS NOT NULL, born",
        ["1; 2"; 3],
    );
    three
        .sqlite
        .says("SELECT id FROM readers ORDER BY born NULLS LAST", "2; 1");
    three
        .postgres
        .says("SELECT id FROM readers ORDER BY born NULLS FIRST", "1; 2");
    three.mysql.says(
        "SELECT id FROM readers ORDER BY born NULLS LAST",
        "refused: 1064",
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn a_page_behind_null() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id, name, born) VALUES (1, 'a', NULL), (2, 'b', 1815), (3, 'c', NULL)");
    // To compare with NULL is NULL, so this page is empty; and that behind 1815 lacks what sorts after it.
    let page =
        |condition: &str| format!("SELECT id FROM readers WHERE {condition} ORDER BY born, id");
    three.each(&page("(born, id) > (NULL, 1)"), ["done"; 3]);
    three.each(&page("(born, id) > (1815, 2)"), ["done"; 3]);
    three
        .sqlite
        .says(&page("born IS NOT NULL OR id > 1"), "3; 2");
    three
        .mysql
        .says(&page("born IS NOT NULL OR id > 1"), "3; 2");
    three.postgres.says(&page("born IS NULL AND id > 1"), "3");
    three.postgres.says(
        &page("born > 1815 OR born = 1815 AND id > 2 OR born IS NULL"),
        "1; 3",
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn rows_without_an_order() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id, name) VALUES (1, 'b'), (2, 'a')");
    // An index that has all that is asked for is read in its own order; rows that change move.
    three.each(
        "SELECT id, name FROM readers LIMIT 1",
        ["2, a", "1, b", "2, a"],
    );
    three.run("UPDATE readers SET name = 'c' WHERE id = 1");
    three.each(
        "SELECT id, name, born FROM readers LIMIT 1",
        ["1, c, NULL", "2, a, NULL", "1, c, NULL"],
    );
    three.each("SELECT id FROM readers ORDER BY id LIMIT 1", ["1"; 3]);
}
