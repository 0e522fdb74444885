/// How to connect so that connections are fit for the generated code: foreign keys on, write-ahead log, five seconds of
/// patience with other writers, room for many prepared statements. Say besides which database it is.
///
/// ```text
/// let options = connect_options().in_memory(true);
/// let mut conn = Connection::connect_with(&options).await?;
/// create_tables(&mut conn).await?;
/// ```
#[must_use]
pub fn connect_options() -> sqlx::sqlite::SqliteConnectOptions {
    sqlx::sqlite::SqliteConnectOptions::new()
        .foreign_keys(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .busy_timeout(std::time::Duration::from_secs(5))
        .statement_cache_capacity(512)
}

/// Makes a connection that was opened otherwise fit for the generated code: as [`connect_options`] do, but for the room for
/// prepared statements, which is decided when it is opened.
///
/// # Errors
///
/// What the driver reports; [`Error::Database`] inside a transaction, where SQLite would ignore the switch for foreign keys.
pub async fn configure(conn: &mut Connection) -> Result<()> {
    if conn.is_in_transaction() {
        let words = "foreign keys are not switched on inside a transaction";
        return Err(DriverError::Protocol(words.to_owned()).into());
    }
    let pragmas = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL";
    sqlx::raw_sql(pragmas).execute(conn).await?;
    Ok(())
}

/// Begins a transaction or, inside an open one, a savepoint. BEGIN IMMEDIATE, because a deferred transaction that reads and
/// then writes fails at once when another one has written in between (`SQLITE_BUSY_SNAPSHOT`).
async fn begin(conn: &mut Connection) -> Result<Open<'_>> {
    if conn.is_in_transaction() {
        return Ok(Open(conn.begin().await?));
    }
    Ok(Open(conn.begin_with("BEGIN IMMEDIATE").await?))
}

/// Fails when the transaction has ended behind the back of who runs it: the driver ends it when a future is dropped that begins
/// a savepoint.
#[allow(
    clippy::unused_async,
    reason = "the drivers of other databases ask them"
)]
async fn refuse_ended(conn: &mut Connection) -> Result<()> {
    if is_inside(conn) {
        return Ok(());
    }
    let words = "the transaction has ended before its end";
    Err(DriverError::Protocol(words.to_owned()).into())
}
