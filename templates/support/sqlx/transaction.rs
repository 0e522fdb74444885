/// A future in a box, as [`transaction`] and [`retry`] take it.
pub type BoxFuture<'f, R> = std::pin::Pin<Box<dyn Future<Output = R> + Send + 'f>>;

/// A transaction or savepoint. Where a future is dropped before its end, the driver rolls it back before the next statement of
/// the connection.
struct Open<'c>(sqlx::Transaction<'c, Driver>);

impl Open<'_> {
    /// Commits what is done, or rolls back: at once, as others wait for what it has locked, and nobody knows when the next
    /// statement of the connection comes.
    async fn end<R>(mut self, done: Result<R>) -> Result<R> {
        if done.is_ok() {
            self.0.commit().await?;
        } else {
            settle(&mut self).await;
            // The caller is told what went wrong first.
            let _ = self.0.rollback().await;
        }
        done
    }

    /// Runs statements that give no rows, and commits.
    async fn commit_behind(mut self, statements: Vec<(&str, Vec<Value>)>) -> Result<()> {
        let done = execute_each(&mut self, statements).await;
        self.end(done).await
    }
}

impl std::ops::Deref for Open<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl std::ops::DerefMut for Open<'_> {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}

/// Whether a transaction is open.
fn is_inside(conn: &Connection) -> bool {
    conn.is_in_transaction()
}

/// Waits until what was dropped is rolled back. A transaction that the database has given up by itself has no savepoints any
/// more, and some databases say so of each: the caller was told already.
async fn settle(conn: &mut Connection) {
    while let Err(DriverError::Database(_)) = conn.flush().await {}
}

/// Runs `work` as one transaction, a savepoint inside an open one: all of it or nothing. An error of `work` rolls back. That the
/// database has ended the transaction by itself is an error too, where `work` takes no heed of what it was told.
///
/// A connection whose future was dropped before its end, as by a timeout, is to be closed: the driver may leave a transaction
/// open then, or end the one around it.
///
/// ```text
/// let math = math.clone();
/// support::transaction(&mut conn, |conn| {
///     Box::pin(async move {
///         let carol = Student::insert(conn, NewStudent { name: "Carol".into() }).await?;
///         math.students().add(conn, &carol).await
///     })
/// })
/// .await?;
/// ```
///
/// # Errors
///
/// What `work` gives, or what the driver reports.
pub async fn transaction<R>(
    conn: &mut Connection,
    work: impl for<'f> FnOnce(&'f mut Connection) -> BoxFuture<'f, Result<R>>,
) -> Result<R> {
    let is_inner = is_inside(conn);
    let mut tx = begin(conn).await?;
    let done = match work(&mut tx).await {
        Ok(done) if !is_inner => refuse_ended(&mut tx).await.map(|()| done),
        done => done,
    };
    tx.end(done).await
}

/// Runs the statements of a script in one transaction.
///
/// # Errors
///
/// What the driver reports; then nothing has changed.
pub async fn run_script(conn: &mut Connection, script: &str) -> Result<()> {
    let mut tx = begin(conn).await?;
    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(script))
        .execute(&mut *tx)
        .await;
    tx.end(done.map(drop).map_err(Error::from)).await
}

/// Runs statements in one transaction.
///
/// # Errors
///
/// What the driver reports; then nothing has changed.
pub async fn run_statements(conn: &mut Connection, statements: &[&str]) -> Result<()> {
    let mut tx = begin(conn).await?;
    let mut done = Ok(());
    for sql in statements {
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(*sql));
        done = sql.execute(&mut *tx).await.map(drop);
        if done.is_err() {
            break;
        }
    }
    tx.end(done.map_err(Error::from)).await
}
