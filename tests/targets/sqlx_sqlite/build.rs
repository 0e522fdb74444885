//! The code and the tests of the target sqlx-sqlite.

use std::error::Error;

#[path = "../build.rs"]
mod build;

fn main() -> Result<(), Box<dyn Error>> {
    build::build(&build::Kind {
        target: relata::Target::SqlxSqlite,
        refused: &[],
        instead: &[],
        left_out: &["beside", "of_rusqlite", "page"],
        lacks: &[],
        suite: "suite",
        needs: None,
        words: &[
            (
                "let conn = rusqlite::Connection::open_in_memory()?;",
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
