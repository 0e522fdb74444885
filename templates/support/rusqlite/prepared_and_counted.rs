/// A statement of the connection's cache. Every statement comes from here, so that tests can count them.
#[inline]
fn prepared<'c>(
    conn: &'c Connection,
    sql: &str,
) -> rusqlite::Result<rusqlite::CachedStatement<'c>> {
    #[cfg(test)]
    testing::note_statement();
    conn.prepare_cached(sql)
}
