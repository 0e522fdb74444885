/// Gives the parameters of a statement. A trait object, so that what runs statements is compiled once and not for every
/// entity and call.
type Put<'a> = dyn Fn(&mut Params<'_>) -> Result<()> + 'a;

/// Runs a statement that gives no rows; the number of rows it changed.
fn execute(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<u64> {
    let mut statement = prepare(conn, sql, put)?;
    Ok(statement.raw_execute()? as u64)
}

/// Every row of a query.
fn select<T: Table>(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<Vec<T>> {
    let mut statement = prepare(conn, sql, put)?;
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(T::read(&Reader(row))?);
    }
    Ok(found)
}

/// The first row of a query.
fn select_first<T: Table>(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<Option<T>> {
    let mut statement = prepare(conn, sql, put)?;
    let mut rows = statement.raw_query();
    rows.next()?.map(|row| T::read(&Reader(row))).transpose()
}

/// The one number that a query gives.
fn select_number(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<i64> {
    let mut statement = prepare(conn, sql, put)?;
    let mut rows = statement.raw_query();
    match rows.next()? {
        Some(row) => Ok(row.get(0)?),
        None => Err(rusqlite::Error::QueryReturnedNoRows.into()),
    }
}

/// The row that a changing statement with RETURNING gives.
///
/// It is run to its end: SQLite checks foreign keys there, and an early reset would lose their error.
fn returning<T: Table>(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<Option<T>> {
    let mut statement = prepare(conn, sql, put)?;
    let mut rows = statement.raw_query();
    let row = rows.next()?.map(|row| T::read(&Reader(row)));
    while rows.next()?.is_some() {}
    row.transpose()
}

fn prepare<'c>(
    conn: &'c Connection,
    sql: &str,
    put: &Put<'_>,
) -> Result<rusqlite::CachedStatement<'c>> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut binder = Binder {
        statement: &mut statement,
        next: 1,
    };
    put(&mut Params(&mut binder))?;
    Ok(statement)
}

/// Runs `work` as one transaction: all of it or nothing.
///
/// BEGIN IMMEDIATE when none is open, because a deferred transaction that reads and then writes fails at once when
/// another one has written in between (`SQLITE_BUSY_SNAPSHOT`); a savepoint inside an open one. An error or a panic of
/// `work` rolls back.
///
/// # Errors
///
/// What `work` gives, or [`Error::Busy`].
pub fn transaction<R>(conn: &Connection, work: impl FnOnce() -> Result<R>) -> Result<R> {
    let open = Open::begin(conn)?;
    let result = work()?;
    open.commit()?;
    Ok(result)
}

/// A transaction or savepoint that is rolled back unless it is committed.
struct Open<'c> {
    conn: &'c Connection,
    savepoint: bool,
    committed: bool,
}

impl<'c> Open<'c> {
    fn begin(conn: &'c Connection) -> Result<Self> {
        let savepoint = !conn.is_autocommit();
        let begin = if savepoint {
            "SAVEPOINT relata"
        } else {
            "BEGIN IMMEDIATE"
        };
        execute(conn, begin, &|_| Ok(()))?;
        Ok(Self {
            conn,
            savepoint,
            committed: false,
        })
    }

    fn commit(mut self) -> Result<()> {
        let commit = if self.savepoint {
            "RELEASE relata"
        } else {
            "COMMIT"
        };
        execute(self.conn, commit, &|_| Ok(()))?;
        self.committed = true;
        Ok(())
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        // Some errors end the transaction by themselves; there is nothing left to roll back then.
        if self.committed || self.conn.is_autocommit() {
            return;
        }
        // A rollback that fails leaves the transaction open, and the next statement on the connection reports it.
        if self.savepoint {
            let _ = execute(self.conn, "ROLLBACK TO relata", &|_| Ok(()));
            let _ = execute(self.conn, "RELEASE relata", &|_| Ok(()));
        } else {
            let _ = execute(self.conn, "ROLLBACK", &|_| Ok(()));
        }
    }
}
