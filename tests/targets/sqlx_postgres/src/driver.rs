//! PostgreSQL through sqlx.

use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::Connection as _;
use sqlx::postgres::PgConnectOptions;

#[path = "../../sqlx.rs"]
mod sqlx_;

pub use sqlx_::*;

type Driver = sqlx::Postgres;

#[path = "../../differences_of_postgres.rs"]
mod differences;

pub use differences::*;

/// Whether a connection is as before when a future of it was dropped.
pub const DROPS_ARE_SOUND: bool = false;

/// The database that has a schema for each test. It stays on the server, where it is found again.
const DATABASE: &str = "relata_suite";

/// The schema of a test.
pub struct Keep(String);

impl Drop for Keep {
    fn drop(&mut self) {
        let drop = format!("DROP SCHEMA {} CASCADE", self.0);
        let dropped =
            super::db::wait_here(async { execute(&mut connect(in_database()).await, &drop).await });
        assert!(dropped.is_ok() || std::thread::panicking(), "{dropped:?}");
    }
}

/// A database without tables.
pub async fn open() -> (Keep, Conn) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{number}", std::process::id());
    let mut first = match Conn::connect_with(&in_database()).await {
        Ok(conn) => conn,
        Err(_) => {
            // Another test may be faster. Other locales sort texts in other ways.
            let create =
                format!("CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
            drop(execute(&mut connect(server()).await, &create).await);
            connect(in_database()).await
        }
    };
    let create = format!("CREATE SCHEMA {name}");
    execute(&mut first, &create).await.unwrap();
    let keep = Keep(name);
    let conn = beside(&keep).await;
    (keep, conn)
}

/// Another connection that sees the same schema.
pub async fn beside(keep: &Keep) -> Conn {
    connect(options(keep)).await
}

/// How to make it.
pub fn options(keep: &Keep) -> PgConnectOptions {
    in_database().options([("search_path", &keep.0)])
}

fn server() -> PgConnectOptions {
    let url = std::env::var("RELATA_POSTGRES_URL").unwrap_or_default();
    assert!(
        !url.is_empty(),
        "RELATA_POSTGRES_URL is not set: use tests/run"
    );
    PgConnectOptions::from_str(&url).unwrap()
}

fn in_database() -> PgConnectOptions {
    server().database(DATABASE)
}

async fn connect(options: PgConnectOptions) -> Conn {
    Conn::connect_with(&options).await.unwrap()
}

fn as_number(sql: &str) -> String {
    format!("SELECT CAST(({sql}) AS bigint)")
}
