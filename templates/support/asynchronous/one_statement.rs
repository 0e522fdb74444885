/// Inserts a row or writes to the one with the same key, and gives back what is stored.
async fn upserted<E: Entity>(conn: &mut Connection, sql: &str, put: &Put<'_>) -> Result<Option<E>> {
    returning(conn, sql, put).await
}

/// Inserts a row with the key that it has.
async fn insert_whole<E: Entity>(
    conn: &mut Connection,
    _key: &E::Key,
    put: &Put<'_>,
) -> Result<()> {
    execute(conn, E::SQL.insert_row, put).await.map(drop)
}
