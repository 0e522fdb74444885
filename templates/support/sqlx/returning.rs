/// A statement of the driver.
fn statement(sql: &str, values: Vec<Value>) -> Result<Prepared> {
    let sql = sqlx::AssertSqlSafe(sql);
    Ok(sqlx::query_with(sql, arguments(values)?))
}

/// The row that a changing statement with RETURNING gives. It is run to its end: what is violated may be told there.
fn returning<'c, T: Table>(
    conn: &'c mut Connection,
    sql: &str,
    put: &Put<'_>,
) -> impl Future<Output = Result<Option<T>>> + use<'c, T> {
    let statement = prepared(sql, None, put);
    async move {
        let rows = statement?.fetch_all(conn).await?;
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
