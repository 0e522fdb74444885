/// Inserts a row or writes to the one with the same key, and gives back what is stored.
async fn upserted<E: Entity>(conn: &mut Connection, sql: &str, put: &Put<'_>) -> Result<Option<E>> {
    returning(conn, sql, put).await
}
