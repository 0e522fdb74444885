/// Begins a transaction or, inside an open one, a savepoint.
async fn begin(conn: &mut Connection) -> Result<Open<'_>> {
    if !is_inside(conn) {
        settle(conn).await;
    }
    Ok(Open(conn.begin().await?))
}

/// Whether a transaction is open.
fn is_inside(conn: &Connection) -> bool {
    conn.is_in_transaction()
}
