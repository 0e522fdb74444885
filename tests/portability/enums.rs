//! Enums: their order, and what they refuse.

use crate::databases::Three;

const SHIRTS: &str = "
enums:
  Size: [small, medium, large]
  Fit:  { native: false, variants: [slim, regular, loose] }
entities:
  Shirt:
    columns:
      id:   { type: integer, primary_key: true }
      size: Size?
      fit:  Fit?
";

fn shirts() -> Three {
    let mut three = Three::of(SHIRTS);
    three.run("INSERT INTO shirts (id, size, fit) VALUES (1, 'small', 'slim'), (2, 'medium', 'regular'), (3, 'large', 'loose')");
    three
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn the_order_of_enums() {
    let mut three = shirts();
    three.each(
        "SELECT size FROM shirts ORDER BY size",
        [
            "large; medium; small",
            "small; medium; large",
            "small; medium; large",
        ],
    );
    three.each(
        "SELECT fit FROM shirts ORDER BY fit",
        ["loose; regular; slim"; 3],
    );
    three.each("SELECT max(size) FROM shirts", ["small", "large", "small"]);
    // Beside a literal that of MySQL is text.
    three.each(
        "SELECT size FROM shirts WHERE size > 'medium'",
        ["small", "large", "small"],
    );
    let order = "SELECT size FROM shirts ORDER BY CASE size WHEN 'small' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END";
    three.each(order, ["small; medium; large"; 3]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn what_enums_refuse() {
    let mut three = shirts();
    three.each(
        "UPDATE shirts SET size = 'huge' WHERE id = 1",
        [
            "refused: CHECK constraint failed: ck_shirts_size_enum",
            "refused: 22P02",
            "refused: 1265",
        ],
    );
    three.each(
        "UPDATE shirts SET fit = 'wide' WHERE id = 1",
        [
            "refused: CHECK constraint failed: ck_shirts_fit_enum",
            "refused: 23514",
            "refused: 4025",
        ],
    );
    three.each(
        "UPDATE shirts SET size = 'LARGE' WHERE id = 1",
        [
            "refused: CHECK constraint failed: ck_shirts_size_enum",
            "refused: 22P02",
            "refused: 1265",
        ],
    );
    // Spaces at the end are cut off in an ENUM; the check of text sees them, whatever the collation.
    let space =
        |column: &str, value: &str| format!("UPDATE shirts SET {column} = '{value} ' WHERE id = 1");
    three.mysql.says(&space("size", "small"), "done");
    three.mysql.says(&space("fit", "slim"), "refused: 4025");
    three
        .mysql
        .says("SELECT length(size) FROM shirts WHERE id = 1", "5");
    for column in ["size", "fit"] {
        let check = format!("refused: CHECK constraint failed: ck_shirts_{column}_enum");
        three.sqlite.says(&space(column, "slim"), &check);
    }
    three
        .postgres
        .says(&space("size", "small"), "refused: 22P02");
    three.postgres.says(&space("fit", "slim"), "refused: 23514");
    // To MySQL a number is a place in the list, counted from one.
    let number = "UPDATE shirts SET size = 2 WHERE id = 1";
    three.sqlite.says(
        number,
        "refused: CHECK constraint failed: ck_shirts_size_enum",
    );
    three.postgres.says(number, "refused: 42804");
    three.mysql.says(number, "done");
    three
        .mysql
        .says("SELECT size FROM shirts WHERE id = 1", "medium");
    three.mysql.says("SET sql_mode = ''", "done");
    three
        .mysql
        .says("UPDATE shirts SET size = 'huge' WHERE id = 1", "done");
    three.mysql.says(
        "SELECT concat('[', size, ']') FROM shirts WHERE id = 1",
        "[]",
    );
    three.mysql.says(
        "UPDATE shirts SET fit = 'wide' WHERE id = 1",
        "refused: 4025",
    );
}
