/// The row that a changing statement with RETURNING gives, `pending` having the keys of pending rows. It is run to its end: what
/// is violated may be told there.
fn returning_with<'c, T: Table>(
    conn: &'c mut Connection,
    sql: &'c str,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> impl Future<Output = Result<Option<T>>> + use<'c, T> {
    let values = parameters(pending, put);
    async move {
        let rows = prepared(conn, sql, values?).await?.fetch_all(conn).await?;
        let row = rows.first().map(|row| T::read(&Reader::new(row)));
        row.transpose()
    }
}

/// Runs a changing statement with RETURNING; the number of rows that it changed.
async fn changed(conn: &mut Connection, sql: &str, put: &Put<'_>) -> Result<u64> {
    let mut rows = 0;
    each(conn, sql, put, |_| {
        rows += 1;
        Ok(())
    })
    .await?;
    Ok(rows)
}

/// Makes a link, or makes a row refer, by the statement that adds; 1 when it was not there before. `pending` has the keys
/// of pending rows.
fn link<'c>(
    conn: &'c mut Connection,
    sql: &ToManySql,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + use<'c> {
    execute_with(conn, sql.add, pending, put)
}
