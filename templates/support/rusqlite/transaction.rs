/// Runs `work` as one transaction: all of it or nothing.
///
/// BEGIN IMMEDIATE when none is open, because a deferred transaction that reads and then writes fails at once when
/// another one has written in between (`SQLITE_BUSY_SNAPSHOT`); a savepoint inside an open one. An error or a panic of
/// `work` rolls back.
///
/// ```text
/// support::transaction(&conn, || {
///     let carol = Student::insert(&conn, NewStudent { name: "Carol".into() })?;
///     math.students().add(&conn, &carol)
/// })?;
/// ```
///
/// # Errors
///
/// What `work` gives, or [`Error::Busy`].
pub fn transaction<R>(conn: &Connection, work: impl FnOnce() -> Result<R>) -> Result<R> {
    let open = begin(conn)?;
    let result = work();
    open.end(result)
}

/// Begins a transaction or, inside an open one, a savepoint.
fn begin(conn: &Connection) -> Result<Open<'_>> {
    let savepoint = !conn.is_autocommit();
    let begin = if savepoint {
        "SAVEPOINT relata"
    } else {
        "BEGIN IMMEDIATE"
    };
    execute(conn, begin, &|_| ())?;
    Ok(Open {
        conn,
        savepoint,
        committed: false,
    })
}

/// A transaction or savepoint that is rolled back unless it is committed.
struct Open<'c> {
    conn: &'c Connection,
    savepoint: bool,
    committed: bool,
}

impl std::ops::Deref for Open<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.conn
    }
}

impl Open<'_> {
    /// Runs statements that give no rows, and commits.
    fn commit_behind(self, statements: Vec<(&str, Vec<Value>)>) -> Result<()> {
        execute_each(&self, statements)?;
        self.commit()
    }

    /// Commits what is done, or rolls back.
    fn end<R>(self, done: Result<R>) -> Result<R> {
        let done = done?;
        self.commit()?;
        Ok(done)
    }

    fn commit(mut self) -> Result<()> {
        let commit = if self.savepoint {
            "RELEASE relata"
        } else {
            "COMMIT"
        };
        execute(self.conn, commit, &|_| ())?;
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
            let _ = execute(self.conn, "ROLLBACK TO relata", &|_| ());
            let _ = execute(self.conn, "RELEASE relata", &|_| ());
        } else {
            let _ = execute(self.conn, "ROLLBACK", &|_| ());
        }
    }
}
