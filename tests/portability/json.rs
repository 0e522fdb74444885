//! JSON, bytes and UUIDs: equality and order.

use crate::databases::Three;

const DOCUMENTS: &str = "
entities:
  Document:
    columns:
      id:    { type: integer, primary_key: true }
      extra: { type: json, default: '{\"b\": 1.0, \"a\": 2, \"a\": 3}' }
      label: { type: string, default: a }
";

fn one_document() -> Three {
    let mut three = Three::of(DOCUMENTS);
    three.run("INSERT INTO documents (id) VALUES (1)");
    three
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn json_as_it_is_stored() {
    let mut three = one_document();
    let text = r#"{"b": 1.0, "a": 2, "a": 3}"#;
    three.each(
        "SELECT extra FROM documents",
        [text, r#"{"a": 3, "b": 1.0}"#, text],
    );
    three.each(
        r#"UPDATE documents SET extra = '{"a": }'"#,
        [
            "refused: CHECK constraint failed: ck_documents_extra_json",
            "refused: 22P02",
            "refused: 4025",
        ],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn json_that_is_equal() {
    let mut three = one_document();
    three.each(
        r#"SELECT extra = '{"a": 3, "b": 1}' FROM documents"#,
        ["0", "t", "0"],
    );
    three.each(
        r#"SELECT extra = '{"b": 1.0, "a": 2, "a": 3}' FROM documents"#,
        ["1", "t", "1"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn json_inside() {
    let mut three = one_document();
    three.each(
        "SELECT extra ->> 'b' FROM documents",
        ["1.0", "1.0", "refused: 1064"],
    );
    three.each(
        "SELECT json_extract(extra, '$.b') FROM documents",
        ["1.0", "refused: 42883", "1.0"],
    );
    three.each(
        "SELECT json_extract(extra, '$.a') FROM documents",
        ["2", "refused: 42883", "2"],
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn json_tables_of_mariadb() {
    let mut three = Three::of(DOCUMENTS);
    three
        .mysql
        .says("INSERT INTO documents (id, label) VALUES (1, '😀')", "done");
    let join = |words: &str| {
        format!(
            r#"SELECT id, collation(item) FROM documents JOIN JSON_TABLE('["😀"]', '$[*]' COLUMNS (item VARCHAR(255) {words} PATH '$')) AS list ON label = item"#
        )
    };
    // An item is of the database's character set, which may be any.
    three
        .mysql
        .says("ALTER DATABASE CHARACTER SET latin1", "done");
    three.mysql.says(&join(""), "done");
    let item = r#"SELECT item FROM JSON_TABLE('["😀"]', '$[*]' COLUMNS (item VARCHAR(255) PATH '$')) AS list"#;
    three.mysql.says(item, "?");
    let words = "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    three.mysql.says(&join(words), "1, utf8mb4_bin");
}

const FILES: &str = "
entities:
  File:
    columns:
      id:   { type: uuid, primary_key: true }
      data: bytes(2)
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn uuids_of_another_length() {
    let mut three = Three::of(FILES);
    three
        .sqlite
        .says("INSERT INTO files (id, data) VALUES (x'01', x'00')", "done");
    three.sqlite.says("SELECT id FROM files", "01");
    three.postgres.says(
        r"INSERT INTO files (id, data) VALUES ('01', '\x00')",
        "refused: 22P02",
    );
    three
        .mysql
        .says("INSERT INTO files (id, data) VALUES (x'01', x'00')", "done");
    three.mysql.says(
        "SELECT hex(id) FROM files",
        "01000000000000000000000000000000",
    );
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn bytes_and_uuids() {
    let mut three = Three::of(FILES);
    let keys = [
        "00000000-0000-4000-8000-0000000000ff",
        "7fffffff-0000-4000-8000-000000000000",
        "80000000-0000-4000-8000-000000000000",
    ];
    let bytes = ["00ff", "7f", "80"];
    for (key, data) in keys.iter().zip(bytes).rev() {
        let plain = key.replace('-', "");
        let blobs = format!("INSERT INTO files (id, data) VALUES (x'{plain}', x'{data}')");
        three.sqlite.says(&blobs, "done");
        three.mysql.says(&blobs, "done");
        three.postgres.says(
            &format!(r"INSERT INTO files (id, data) VALUES ('{key}', '\x{data}')"),
            "done",
        );
    }
    for column in ["id", "data"] {
        let hex = format!("SELECT lower(hex(data)) FROM files ORDER BY {column}");
        three.sqlite.says(&hex, "00ff; 7f; 80");
        three.mysql.says(&hex, "00ff; 7f; 80");
        three.postgres.says(
            &format!("SELECT encode(data, 'hex') FROM files ORDER BY {column}"),
            "00ff; 7f; 80",
        );
    }
    three
        .postgres
        .says("SELECT min(id::text) FROM files", keys[0]);
    three.sqlite.says(
        "UPDATE files SET data = x'000000'",
        "refused: CHECK constraint failed: ck_files_data_length",
    );
    three
        .postgres
        .says(r"UPDATE files SET data = '\x000000'", "refused: 23514");
    three
        .mysql
        .says("UPDATE files SET data = x'000000'", "refused: 1406");
    three.each(
        "SELECT id FROM files WHERE id = '00000000-0000-4000-8000-0000000000ff'",
        ["done", keys[0], "done"],
    );
}
