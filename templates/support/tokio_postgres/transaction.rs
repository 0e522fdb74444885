/// A future in a box, as [`transaction`] and [`retry`] take it.
pub type BoxFuture<'f, R> = std::pin::Pin<Box<dyn Future<Output = R> + Send + 'f>>;

/// Begins a transaction or, inside an open one, a savepoint. The request goes with the first statement: that it failed is
/// seen by [`Open::commit`] at the latest.
#[allow(
    clippy::unused_async,
    reason = "the drivers of other databases wait here"
)]
async fn begin<'c>(conn: &'c mut (dyn Connected + '_)) -> Result<Open<'c>> {
    let (client, state) = conn.parts();
    match state.open {
        0 => send(client, "BEGIN")?,
        depth => send(client, &format!("SAVEPOINT relata_{depth}"))?,
    }
    state.open += 1;
    Ok(Open {
        conn,
        committed: false,
    })
}

/// A transaction or savepoint that is rolled back unless it is committed.
struct Open<'c> {
    conn: &'c mut (dyn Connected + 'c),
    committed: bool,
}

impl Open<'_> {
    async fn commit(self) -> Result<()> {
        let (client, state) = self.conn.parts();
        client.batch_execute(commit_text(state)).await?;
        self.release()
    }

    /// Commits what is done, or rolls back.
    async fn end<R>(self, done: Result<R>) -> Result<R> {
        let done = done?;
        self.commit().await?;
        Ok(done)
    }

    /// What is left to do when [`commit_text`] was run.
    fn release(mut self) -> Result<()> {
        let (client, state) = self.conn.parts();
        let depth = state.open - 1;
        if depth > 0 {
            send(client, &format!("RELEASE relata_{depth}"))?;
        }
        self.committed = true;
        Ok(())
    }
}

/// COMMIT of a transaction in which something has failed rolls back and says nothing, and without one it does nothing. A
/// savepoint is refused in both.
///
/// That is all that is waited for inside of another transaction: the savepoint is released behind it, so that it is there to
/// be rolled back to whenever the future is dropped. One that is not would end the transaction around it.
fn commit_text(state: &State) -> &'static str {
    match state.open {
        0 | 1 => "SAVEPOINT relata; COMMIT",
        _ => "SAVEPOINT relata",
    }
}

impl Connected for Open<'_> {
    fn parts(&mut self) -> (&tokio_postgres::Client, &mut State) {
        self.conn.parts()
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        let (client, state) = self.conn.parts();
        state.open -= 1;
        if self.committed {
            return;
        }
        let rollback = match state.open {
            0 => "ROLLBACK".to_owned(),
            depth => format!("ROLLBACK TO relata_{depth}; RELEASE relata_{depth}"),
        };
        // It comes before the next statement of the client. When it fails, so does that.
        let _ = send(client, &rollback);
    }
}

/// Runs `work` as one transaction, a savepoint inside an open one: all of it or nothing. An error of `work` rolls back, as
/// does dropping the future. After an error of the database nothing more can be done in the transaction, even where `work`
/// takes no heed of it; a transaction inside of this one can fail by itself.
///
/// ```text
/// let math = math.clone();
/// support::transaction(&mut db, |conn| {
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
    let mut tx = begin(conn).await?;
    let done = work(&mut tx).await;
    tx.end(done).await
}

/// Runs the statements of a script in one transaction.
///
/// # Errors
///
/// What the driver reports; then nothing has changed.
pub async fn run_script(conn: &mut Connection, script: &str) -> Result<()> {
    let mut tx = begin(conn).await?;
    let (client, state) = tx.parts();
    // What is known may be of tables and types that are others from now on.
    state.known.forget_all();
    client.batch_execute(script).await?;
    tx.commit().await
}

/// Runs statements in one transaction.
///
/// # Errors
///
/// What the driver reports; then nothing has changed.
pub async fn run_statements(conn: &mut Connection, statements: &[&str]) -> Result<()> {
    run_script(conn, &statements.join(";\n")).await
}
