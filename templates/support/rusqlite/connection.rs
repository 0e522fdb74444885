/// Makes a connection fit for the generated code: foreign keys on, write-ahead log, five seconds of patience with other
/// writers, room for many prepared statements, and no texts in double quotes, which are for names.
///
/// Call it once for each connection, outside a transaction. A database in memory has no write-ahead log and keeps its own
/// mode.
///
/// ```text
/// let conn = Connection::open_in_memory()?;
/// configure(&conn)?;
/// create_tables(&conn)?;
/// ```
///
/// # Errors
///
/// What the driver reports; [`Error::Database`] inside a transaction, where SQLite would ignore the switch for foreign keys.
pub fn configure(conn: &Connection) -> Result<()> {
    if !conn.is_autocommit() {
        let misuse = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_MISUSE);
        let message = "foreign keys are not switched on inside a transaction".to_owned();
        return Err(rusqlite::Error::SqliteFailure(misuse, Some(message)).into());
    }
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // Else SQLite takes the quoted name of a column that a table lacks for a text, and a filter on it may fit every row.
    conn.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    conn.set_prepared_statement_cache_capacity(512);
    Ok(())
}

/// Runs the statements of a script in one transaction.
///
/// # Errors
///
/// What the driver reports; then nothing has changed.
pub fn run_script(conn: &Connection, script: &str) -> Result<()> {
    transaction(conn, || Ok(conn.execute_batch(script)?))
}

/// Runs statements in one transaction.
///
/// # Errors
///
/// What the driver reports; then nothing has changed.
pub fn run_statements(conn: &Connection, statements: &[&str]) -> Result<()> {
    transaction(conn, || {
        Ok(statements
            .iter()
            .try_for_each(|sql| conn.execute_batch(sql))?)
    })
}
