/// Begins a transaction or, inside an open one, a savepoint.
async fn begin(conn: &mut Connection) -> Result<Open<'_>> {
    if !is_inside(conn) {
        settle(conn).await;
    }
    Ok(Open(conn.begin().await?))
}

/// Fails when the transaction has ended behind the back of who runs it: the database ends it at a deadlock, or the driver, when
/// a future is dropped that begins a savepoint. So it does where an error was taken no heed of behind which PostgreSQL refuses
/// everything: COMMIT would roll back, and say nothing.
async fn refuse_ended(conn: &mut Connection) -> Result<()> {
    let savepoint = "SAVEPOINT relata; RELEASE SAVEPOINT relata";
    let refused = sqlx::raw_sql(savepoint).execute(conn).await;
    match refused.map_err(Error::from) {
        // What was done behind its end is stored, so it is not to be tried again. A transaction that ends at this very statement,
        // as a cluster may end it at any, has left nothing.
        Err(Error::Conflict { source }) if told_by(&source).contains("SAVEPOINT relata") => {
            Err(Error::Database(source))
        }
        refused => refused.map(drop),
    }
}
