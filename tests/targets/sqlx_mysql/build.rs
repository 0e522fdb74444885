//! The code and the tests of the target sqlx-mysql.

use std::error::Error;

#[path = "../build.rs"]
mod build;

fn main() -> Result<(), Box<dyn Error>> {
    build::build(&build::Kind {
        target: relata::Target::SqlxMysql,
        refused: &["computed"],
        instead: &[
            (
                "specs/corners.yaml",
                "a: { type: bytes }",
                "a: { type: bytes(256) }",
            ),
            (
                "specs/corners.yaml",
                "on_delete: set_default",
                "on_delete: set_null",
            ),
            (
                "specs/library.yaml",
                ", where: { sql: \"returned IS NULL\" }",
                "",
            ),
        ],
        left_out: &["beside", "computed", "of_rusqlite", "of_sqlite", "page"],
        lacks: &["configure"],
        suite: "suite_on_mysql",
        needs: Some("needs MariaDB: tests/run --install brings it"),
        words: &[
            (
                "let conn = rusqlite::Connection::open_in_memory()?;\n    models::configure(&conn)?;",
                "let (_keep, mut conn) = crate::driver::open().await;",
            ),
            (
                "let tx = conn.unchecked_transaction()?;",
                "let mut tx = sqlx::Connection::begin(&conn)?;",
            ),
            ("tx.rollback()?", "tx.rollback().await?"),
        ],
        behind: "",
        connections: &[("conn", "&mut conn"), ("tx", "&mut tx")],
    })
}
