//! Text: case, spaces, collations, lengths, characters.

use crate::databases::Three;

const READERS: &str = "
entities:
  Reader:
    columns:
      id:   { type: integer, primary_key: true }
      name: { type: string, unique: true }
      code: string(3)?
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn like_and_case() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (name) VALUES ('Ada'), ('Änne'), ('a_b')");
    three.each(
        "SELECT name FROM readers WHERE name LIKE 'ada%'",
        ["Ada", "done", "done"],
    );
    three.each("SELECT name FROM readers WHERE name LIKE 'ä%'", ["done"; 3]);
    three.each(
        "SELECT name FROM readers WHERE lower(name) LIKE 'ada%'",
        ["Ada"; 3],
    );
    three.each(
        "SELECT lower('ÄA'), upper('äa')",
        ["Äa, äA", "Äa, äA", "äa, ÄA"],
    );
    // A backslash escapes without being told to, but in SQLite.
    three.each(
        r"SELECT name FROM readers WHERE name LIKE 'a\_%'",
        ["done", "a_b", "a_b"],
    );
    three.each(
        "SELECT name FROM readers WHERE name LIKE 'a!_%' ESCAPE '!'",
        ["a_b"; 3],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn the_order_of_text() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (name) VALUES ('z'), ('a'), ('B'), ('ä'), ('～'), ('😀')");
    let bytes = "B; a; z; ä; ～; 😀";
    three.each(
        "SELECT name FROM readers ORDER BY name COLLATE \"C\"",
        [
            "refused: no such collation sequence: C",
            bytes,
            "refused: 1273",
        ],
    );
    three
        .sqlite
        .says("SELECT name FROM readers ORDER BY name", bytes);
    three
        .mysql
        .says("SELECT name FROM readers ORDER BY name", bytes);
    three
        .postgres
        .says("SELECT name FROM readers ORDER BY name", bytes);
    three.postgres.says("SELECT name FROM readers WHERE name < 'c' COLLATE \"und-x-icu\" ORDER BY name COLLATE \"und-x-icu\"", "～; 😀; a; ä; B");
    three.mysql.says("SELECT name FROM readers WHERE name < 'c' COLLATE utf8mb4_unicode_ci ORDER BY name COLLATE utf8mb4_unicode_ci", "～; a; ä; B");
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn case_and_spaces_at_the_end() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id, name) VALUES (1, 'alice'), (2, 'ALICE')");
    three.each(
        "INSERT INTO readers (id, name) VALUES (3, 'alice  ')",
        ["done", "done", "refused: 1062"],
    );
    three.each(
        "SELECT id FROM readers WHERE name = 'alice ' ORDER BY id",
        ["done", "done", "1"],
    );
    three.each(
        "SELECT id FROM readers WHERE name LIKE 'alice ' ORDER BY id",
        ["done"; 3],
    );
    three.each("SELECT length(name) FROM readers WHERE id = 1", ["5"; 3]);
    three.run("UPDATE readers SET name = 'bob  ' WHERE id = 1");
    three.each("SELECT length(name) FROM readers WHERE id = 1", ["5"; 3]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn collations_of_mysql() {
    let mut three = Three::empty();
    let equal = |collation: &str| {
        format!(
            "SELECT 'alice' = 'ALICE ' COLLATE {collation}, 'a' = 'a ' COLLATE {collation}, 'a' = 'ä' COLLATE {collation}"
        )
    };
    three.mysql.says(&equal("utf8mb4_general_ci"), "1, 1, 1");
    three.mysql.says(&equal("utf8mb4_bin"), "0, 1, 0");
    three.mysql.says(&equal("utf8mb4_nopad_bin"), "0, 0, 0");
    if three.mysql.version().starts_with("MariaDB 10.") {
        three
            .mysql
            .says(&equal("utf8mb4_0900_bin"), "refused: 1273");
    }
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn empty_text_is_a_value() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id, name) VALUES (1, '')");
    three.each("SELECT count(*) FROM readers WHERE name IS NULL", ["0"; 3]);
    three.each(
        "INSERT INTO readers (id, name) VALUES (2, ' ')",
        ["done", "done", "refused: 1062"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn lengths_are_characters() {
    let mut three = Three::of(READERS);
    three.run("INSERT INTO readers (id, name, code) VALUES (1, 'a', 'äö😀')");
    three.each(
        "UPDATE readers SET code = 'äöü1' WHERE id = 1",
        [
            "refused: CHECK constraint failed: ck_readers_code_length",
            "refused: 22001",
            "refused: 1406",
        ],
    );
    // Spaces that are too many are cut off.
    three.each(
        "UPDATE readers SET code = 'abc  ' WHERE id = 1",
        [
            "refused: CHECK constraint failed: ck_readers_code_length",
            "done",
            "done",
        ],
    );
    three.each(
        "SELECT code FROM readers WHERE id = 1",
        ["äö😀", "abc", "abc"],
    );
    // Of characters everywhere, of bytes by another name.
    three.each(
        "SELECT char_length('ä'), octet_length('ä')",
        ["refused: no such function: char_length", "1, 2", "1, 2"],
    );
    three.each("SELECT length('ä')", ["1", "1", "2"]);
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn text_with_nul() {
    let mut three = Three::of(READERS);
    let insert =
        |text: &str| format!("INSERT INTO readers (id, name, code) VALUES (1, 'a', {text})");
    three.sqlite.says(&insert("'a' || char(0) || 'b'"), "done");
    three.sqlite.says(
        "SELECT length(code), octet_length(code) FROM readers",
        "1, 3",
    );
    three.sqlite.says(
        "UPDATE readers SET code = 'a' || char(0) || 'bcdef'",
        "done",
    );
    three
        .postgres
        .says(&insert("'a' || chr(0)"), "refused: 54000");
    three.postgres.says(&insert(r"E'a\x00'"), "refused: 22021");
    three
        .mysql
        .says(&insert("concat('a', char(0), 'b')"), "done");
    three
        .mysql
        .says("SELECT char_length(code) FROM readers", "3");
}
