//! PostgreSQL through tokio-postgres.

#![allow(dead_code, reason = "the harness asks for what some tests need")]

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio_postgres::{Client, Config, NoTls, SimpleQueryMessage};

use super::db::{Lending, Lent};

/// The driver's error, which tells what the server says: the driver's own words are only that it was the database.
#[derive(Debug)]
pub struct DriverError(pub tokio_postgres::Error);

impl From<tokio_postgres::Error> for DriverError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_db_error() {
            Some(error) => f.write_str(error.message()),
            None => self.0.fmt(f),
        }
    }
}

impl std::error::Error for DriverError {}

#[path = "../../differences_of_postgres.rs"]
mod differences;

pub use differences::*;

/// Whether a connection is as before when a future of it was dropped.
pub const DROPS_ARE_SOUND: bool = true;

/// The connection of a test: a client, and a session of it for each generated module that is called with it.
pub struct Conn {
    client: Arc<Client>,
    /// Whether a transaction is open that no session has begun.
    begun: bool,
    sessions: BTreeMap<TypeId, Box<dyn Any + Send + Sync>>,
}

/// A client that the sessions of several modules share.
pub struct Shared(pub Arc<Client>);

/// The same with an open transaction.
pub struct Begun(pub Arc<Client>);

thread_local! {
    /// The client that a call of this thread was made with last.
    static CALLED: RefCell<Option<Arc<Client>>> = const { RefCell::new(None) };
}

impl Conn {
    fn new(client: Arc<Client>, begun: bool) -> Self {
        Self {
            client,
            begun,
            sessions: BTreeMap::new(),
        }
    }

    pub fn is_begun(&self) -> bool {
        self.begun
    }

    /// The session of a generated module, which its type tells.
    pub fn session<S: Any + Send + Sync>(&mut self, make: impl FnOnce(Arc<Client>) -> S) -> &mut S {
        CALLED.set(Some(self.client.clone()));
        let session = self.sessions.entry(TypeId::of::<S>());
        let session = session.or_insert_with(|| Box::new(make(self.client.clone())));
        session.downcast_mut().expect("it has its type for a key")
    }
}

/// A session cannot be told which module lends it, so the test gets another one of the same client.
pub fn lent<C: ?Sized>(_: &mut C) -> Lent<'_> {
    let client = CALLED.with_borrow(|client| client.clone());
    let conn = Conn::new(client.expect("a call was made"), true);
    Lent::new(Lending::Own(Box::new(conn)))
}

/// The schema of a test, which is dropped in the end.
pub struct Keep {
    name: String,
}

impl Drop for Keep {
    fn drop(&mut self) {
        let drop = format!("DROP SCHEMA {} CASCADE", self.name);
        let dropped = super::db::wait_here(async { connect().await.batch_execute(&drop).await });
        assert!(dropped.is_ok() || std::thread::panicking(), "{dropped:?}");
    }
}

/// The server.
pub fn config() -> Config {
    let url = std::env::var("RELATA_POSTGRES_URL").unwrap_or_default();
    assert!(
        !url.is_empty(),
        "RELATA_POSTGRES_URL is not set: use tests/run"
    );
    url.parse().unwrap()
}

async fn connect() -> Client {
    let (client, connection) = config().connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A schema without tables, which is the only one that the connection sees.
pub async fn open() -> (Keep, Conn) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("relata_{}_{number}", std::process::id());
    let create = format!("CREATE SCHEMA {name}");
    connect().await.batch_execute(&create).await.unwrap();
    let keep = Keep { name };
    let conn = beside(&keep).await;
    (keep, conn)
}

/// Another connection that sees the same schema.
pub async fn beside(keep: &Keep) -> Conn {
    Conn::new(Arc::new(client(keep).await), false)
}

/// How a connection is told at its beginning which schema it sees.
pub fn options(keep: &Keep) -> String {
    format!("-c search_path={}", keep.name)
}

/// The same as the driver has it.
pub async fn client(keep: &Keep) -> Client {
    let client = connect().await;
    let setup = format!("SET search_path = {}", keep.name);
    client.batch_execute(&setup).await.unwrap();
    client
}

pub async fn number(conn: &mut Conn, sql: &str) -> Result<i64, DriverError> {
    let texts = texts(conn, sql).await?;
    Ok(match &*texts[0] {
        "t" => 1,
        "f" => 0,
        number => number.parse().unwrap(),
    })
}

pub async fn texts(conn: &mut Conn, sql: &str) -> Result<Vec<String>, DriverError> {
    let messages = conn.client.simple_query(sql).await?;
    let rows = messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or_default().to_owned()),
        _ => None,
    });
    Ok(rows.collect())
}

pub async fn execute(conn: &mut Conn, sql: &str) -> Result<(), DriverError> {
    Ok(conn.client.batch_execute(sql).await?)
}

pub async fn begin(conn: &mut Conn) -> Result<(), DriverError> {
    conn.begun = true;
    Ok(conn.client.batch_execute("BEGIN").await?)
}

pub async fn commit(conn: &mut Conn) -> Result<(), DriverError> {
    conn.begun = false;
    Ok(conn.client.batch_execute("COMMIT").await?)
}

pub async fn rollback(conn: &mut Conn) -> Result<(), DriverError> {
    conn.begun = false;
    Ok(conn.client.batch_execute("ROLLBACK").await?)
}

/// The server knows best: outside of a transaction the moment of that is the moment of the statement.
pub async fn in_transaction(conn: &mut Conn) -> Result<bool, DriverError> {
    Ok(number(conn, "SELECT (now() <> statement_timestamp())::int").await? == 1)
}

/// Whether the driver says that there is no session any more. It is told by the task that reads.
pub async fn is_closed(conn: &mut Conn) -> bool {
    for _ in 0..100 {
        if conn.client.is_closed() {
            return true;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    false
}

/// The caller's own transaction.
pub struct OwnTransaction<'c>(&'c mut Conn);

pub async fn own_transaction(conn: &mut Conn) -> Result<OwnTransaction<'_>, DriverError> {
    begin(conn).await?;
    Ok(OwnTransaction(conn))
}

impl OwnTransaction<'_> {
    pub async fn rollback(self) -> Result<(), DriverError> {
        rollback(self.0).await
    }
}

impl Deref for OwnTransaction<'_> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        self.0
    }
}

impl DerefMut for OwnTransaction<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.0
    }
}
