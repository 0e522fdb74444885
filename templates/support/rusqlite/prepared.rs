/// A statement of the connection's cache. Every statement comes from here.
#[inline]
fn prepared<'c>(
    conn: &'c Connection,
    sql: &str,
) -> rusqlite::Result<rusqlite::CachedStatement<'c>> {
    conn.prepare_cached(sql)
}
