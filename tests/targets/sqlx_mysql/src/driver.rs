//! MariaDB or MySQL through sqlx.

use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::Connection as _;
use sqlx::mysql::MySqlConnectOptions;

#[path = "../../sqlx.rs"]
mod sqlx_;

pub use sqlx_::*;

type Driver = sqlx::MySql;

pub const SQLITE: bool = false;
pub const NULLS_FIRST: bool = true;
pub const LIKE_IGNORES_CASE: bool = false;
pub const COUNTS_ON: bool = true;
pub const SETS_DEFAULT: bool = false;
pub const REUSES_NUMBERS: bool = false;
pub const ENUMS_SORT_AS_TEXTS: bool = false;
/// Whether a connection is as before when a future of it was dropped.
pub const DROPS_ARE_SOUND: bool = false;
pub const HOLDS_NUL: bool = true;
pub const MARKS_THAT_ARE_NONE: &[&str] = &[
    "(SELECT `?``?` = 1 FROM (SELECT 1 AS `?``?`) AS q) AND title = ?",
    "'\\'?' <> title AND \"?'\" <> title AND title = ?",
    "title = ? # it's ?",
    "title = ? AND 2 --1 > 2 -- ?",
];
pub const HOLDS_NAN: bool = false;
pub const SUMS_ARE_INFINITE: bool = false;
pub const COUNT_ON: Option<&str> = None;
pub const ERRORS_END_TRANSACTIONS: bool = false;
pub const GREATEST_ENUM_IS_OF_TEXTS: bool = true;
pub const TELLS_COLUMNS: bool = false;
pub const HOLDS_INFINITY: bool = false;
pub const UNDOES_TABLES: bool = false;
pub const ENDS_ARE_LEAST: bool = false;
pub const DELETES_WHAT_POINTS_TO_ITSELF: bool = false;
pub const ZONE: &str = "";
/// It keeps them by itself.
pub const BROKEN: Option<&str> = None;
pub const PAST_CHECKS: Option<[&str; 2]> = None;
pub const TABLES: &str =
    "SELECT table_name FROM information_schema.tables WHERE table_schema = database()";
pub const CHANGES: Option<&str> = None;
pub const NOW: &str = "SELECT date_format(utc_timestamp(), '%Y-%m-%d %H:%i:%s')";

/// The database of a test.
pub struct Keep(String);

impl Drop for Keep {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE {}", self.0);
        let dropped =
            super::db::wait_here(async { execute(&mut connect(server()).await, &drop).await });
        assert!(dropped.is_ok() || std::thread::panicking(), "{dropped:?}");
    }
}

/// A database without tables.
pub async fn open() -> (Keep, Conn) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let keep = Keep(format!("relata_{}_{number}", std::process::id()));
    let create = format!("CREATE DATABASE {}", keep.0);
    execute(&mut connect(server()).await, &create)
        .await
        .unwrap();
    let conn = beside(&keep).await;
    (keep, conn)
}

/// Another connection to the same database.
pub async fn beside(keep: &Keep) -> Conn {
    connect(server().database(&keep.0)).await
}

fn server() -> MySqlConnectOptions {
    let url = std::env::var("RELATA_MYSQL_URL").unwrap_or_default();
    assert!(
        !url.is_empty(),
        "RELATA_MYSQL_URL is not set: use tests/run"
    );
    MySqlConnectOptions::from_str(&url).unwrap()
}

async fn connect(options: MySqlConnectOptions) -> Conn {
    Conn::connect_with(&options).await.unwrap()
}

fn as_number(sql: &str) -> String {
    format!("SELECT CAST(({sql}) AS SIGNED)")
}
