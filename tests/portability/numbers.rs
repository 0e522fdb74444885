//! Numbers: ranges, division, decimals, floats, booleans.

use crate::databases::Three;

const ITEMS: &str = r#"
entities:
  Item:
    columns:
      id:     { type: integer, primary_key: true }
      paid:   { type: boolean, default: true }
      small:  { type: smallint, default: 7 }
      big:    { type: bigint, default: 9223372036854775807 }
      price:  { type: "decimal(10,2)", default: 2.50 }
      single: { type: float, default: 0.1 }
      exact:  { type: double, default: 0.1 }
"#;

fn one_item() -> Three {
    let mut three = Three::of(ITEMS);
    three.run("INSERT INTO items (id) VALUES (1)");
    three
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn decimals() {
    let mut three = one_item();
    three.each("SELECT price FROM items", ["250", "2.50", "2.50"]);
    three.each(
        "SELECT price / 3 FROM items",
        ["83", "0.83333333333333333333", "0.833333"],
    );
    let write = |value: &str| format!("UPDATE items SET price = {value}");
    three.each(
        &write("2.345"),
        [
            "refused: cannot store REAL value in INTEGER column items.price",
            "done",
            "done",
        ],
    );
    three.each("SELECT price FROM items", ["250", "2.35", "2.35"]);
    three.each(
        &write("-2.345"),
        [
            "refused: cannot store REAL value in INTEGER column items.price",
            "done",
            "done",
        ],
    );
    three.each("SELECT price FROM items", ["250", "-2.35", "-2.35"]);
    three.each(
        &write("123456789"),
        ["done", "refused: 22003", "refused: 1264"],
    );
    // Eleven digits are one too many.
    three.each(
        &write("12345678900"),
        ["done", "refused: 22003", "refused: 1264"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn division() {
    let mut three = Three::empty();
    three.each(
        "SELECT 7 / 2, -7 / 2, -7 % 2",
        ["3, -3, -1", "3, -3, -1", "3.5000, -3.5000, -1"],
    );
    three.mysql.says("SELECT 7 DIV 2", "3");
    three.each("SELECT 7.0 / 2", ["3.5", "3.5000000000000000", "3.50000"]);
    three.each("SELECT 1 / 0", ["NULL", "refused: 22012", "NULL"]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn division_by_zero_in_a_write() {
    let mut three = one_item();
    three.each(
        "UPDATE items SET small = small / 0",
        [
            "refused: NOT NULL constraint failed: items.small",
            "refused: 22012",
            "refused: 1365",
        ],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn booleans() {
    let mut three = one_item();
    three.each("SELECT paid FROM items", ["1", "t", "1"]);
    three.each("SELECT id FROM items WHERE paid", ["1"; 3]);
    three.each("SELECT id FROM items WHERE paid = true", ["1"; 3]);
    three.each(
        "SELECT id FROM items WHERE paid = 1",
        ["1", "refused: 42883", "1"],
    );
    three.each(
        "UPDATE items SET paid = 2",
        [
            "refused: CHECK constraint failed: ck_items_paid_boolean",
            "refused: 42804",
            "done",
        ],
    );
    // True, and not equal to true.
    three.mysql.says(
        "SELECT count(*) FROM items WHERE paid AND paid <> true",
        "1",
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn numbers_out_of_range() {
    let mut three = one_item();
    three.each(
        "UPDATE items SET small = 40000",
        ["done", "refused: 22003", "refused: 1264"],
    );
    three.each("SELECT small FROM items", ["40000", "7", "7"]);
    three.each(
        "SELECT big + 1 FROM items",
        ["9.223372036854776e18", "refused: 22003", "refused: 1690"],
    );
    three.each(
        "UPDATE items SET big = big + 1",
        [
            "refused: cannot store REAL value in INTEGER column items.big",
            "refused: 22003",
            "refused: 1690",
        ],
    );
    three.each(
        "SELECT 2147483647 + 1",
        ["2147483648", "refused: 22003", "2147483648"],
    );
    three.run("INSERT INTO items (id) VALUES (2)");
    three.each(
        "SELECT sum(big) FROM items",
        [
            "refused: integer overflow",
            "18446744073709551614",
            "18446744073709551614",
        ],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn means_of_integers() {
    let mut three = one_item();
    three.run("INSERT INTO items (id, small) VALUES (2, 8)");
    three.each(
        "SELECT avg(small), sum(small) FROM items",
        ["7.5, 15", "7.5000000000000000, 15", "7.5000, 15"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn floats() {
    let mut three = one_item();
    three.each(
        "SELECT single, id FROM items WHERE single = 0.1",
        ["0.1, 1", "done", "done"],
    );
    three.run("UPDATE items SET single = 16777217");
    three.each(
        "SELECT single FROM items",
        ["16777217.0", "1.6777216e+07", "16777200"],
    );
    // Shown rounded, stored whole.
    three
        .mysql
        .says("SELECT single + 0E0 FROM items", "16777216");
    // 0.1 + 0.2 would be a decimal in all but SQLite.
    three.each("UPDATE items SET exact = 0.1E0 + 0.2E0", ["done"; 3]);
    three.each(
        "SELECT exact FROM items",
        ["0.30000000000000004", "0.3", "0.30000000000000004"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn sums_of_floats() {
    let mut three = one_item();
    three.run("UPDATE items SET exact = 1.7E308");
    three.run("INSERT INTO items (id, exact) VALUES (2, 1.7E308)");
    three.each(
        "SELECT sum(exact) FROM items",
        ["inf", "refused: 22003", "0"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn floats_that_are_no_numbers() {
    let mut three = one_item();
    three.sqlite.says("UPDATE items SET exact = 9e999", "done");
    three.sqlite.says("SELECT exact FROM items", "inf");
    three.sqlite.says(
        "UPDATE items SET exact = 9e999 - 9e999",
        "refused: NOT NULL constraint failed: items.exact",
    );
    three
        .postgres
        .says("UPDATE items SET exact = 'Infinity'", "done");
    three
        .postgres
        .says("UPDATE items SET exact = 'NaN'", "done");
    three.postgres.says(
        "SELECT id FROM items WHERE exact = exact AND exact > 'Infinity'",
        "1",
    );
    three
        .mysql
        .says("UPDATE items SET exact = 9e999", "refused: 1367");
    three
        .mysql
        .says("UPDATE items SET exact = 'NaN'", "refused: 1366");
}
