//! SQLite through sqlx.

#[path = "../../sqlx.rs"]
mod sqlx_;

pub use sqlx_::*;

type Driver = sqlx::Sqlite;

/// The folder of a database.
pub type Keep = tempfile::TempDir;

pub const SQLITE: bool = true;
pub const NULLS_FIRST: bool = true;
pub const LIKE_IGNORES_CASE: bool = true;
pub const COUNTS_ON: bool = true;
pub const SETS_DEFAULT: bool = true;
pub const REUSES_NUMBERS: bool = true;
pub const ENUMS_SORT_AS_TEXTS: bool = true;
/// Whether a connection is as before when a future of it was dropped.
pub const DROPS_ARE_SOUND: bool = false;
pub const HOLDS_NUL: bool = true;
pub const MARKS_THAT_ARE_NONE: &[&str] = &[
    "(SELECT 1 AS \"?\"\"?\" WHERE \"?\"\"?\" = 1) AND title = ?",
    "(SELECT 1 AS `?` WHERE `?` = 1) AND title = ?",
    "(SELECT 1 AS [?'] WHERE [?'] = 1) AND title = ?",
    "details -> '$.?' IS NULL AND title = ?",
    "'?' <> \"title\" AND title = ?",
];
pub const HOLDS_NAN: bool = false;
pub const SUMS_ARE_INFINITE: bool = true;
pub const COUNT_ON: Option<&str> = None;
pub const ERRORS_END_TRANSACTIONS: bool = false;
pub const GREATEST_ENUM_IS_OF_TEXTS: bool = true;
pub const TELLS_COLUMNS: bool = true;
pub const HOLDS_INFINITY: bool = true;
pub const UNDOES_TABLES: bool = true;
pub const ENDS_ARE_LEAST: bool = true;
pub const DELETES_WHAT_POINTS_TO_ITSELF: bool = true;
pub const ZONE: &str = "Z";
pub const BROKEN: Option<&str> = Some("SELECT count(*) FROM pragma_foreign_key_check");
pub const PAST_CHECKS: Option<[&str; 2]> = Some([
    "PRAGMA ignore_check_constraints = on",
    "PRAGMA ignore_check_constraints = off",
]);
pub const TABLES: &str =
    r"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'";
pub const CHANGES: Option<&str> = Some("SELECT total_changes()");
pub const NOW: &str = "SELECT datetime('now')";

/// A database without tables.
pub async fn open() -> (Keep, Conn) {
    let folder = tempfile::tempdir().unwrap();
    let conn = beside(&folder).await;
    (folder, conn)
}

/// Another connection to the same database.
pub async fn beside(folder: &Keep) -> Conn {
    let options = super::db::library::connect_options()
        .filename(folder.path().join("test.db"))
        .create_if_missing(true)
        // On a busy machine sixteen writers need it.
        .busy_timeout(std::time::Duration::from_secs(60))
        // The disk itself is not what is tested.
        .synchronous(sqlx::sqlite::SqliteSynchronous::Off);
    <Conn as sqlx::Connection>::connect_with(&options)
        .await
        .unwrap()
}

fn as_number(sql: &str) -> String {
    sql.to_owned()
}
