/// The statement of a unit's links, which is run for one pair after the other; the driver keeps it prepared.
struct PairStatement {
    sql: &'static ToManySql,
    verb: Verb,
}

impl PairStatement {
    /// The same on every target, though nothing can fail here.
    #[allow(clippy::unnecessary_wraps, reason = "another driver prepares it here")]
    fn new(_conn: &mut Connection, sql: &'static ToManySql, verb: Verb) -> Result<Self> {
        Ok(Self { sql, verb })
    }

    /// Runs it for a pair; the number of rows it changed.
    async fn run(
        &mut self,
        conn: &mut Connection,
        pending: Option<&Keys>,
        put: &Put<'_>,
    ) -> Result<u64> {
        match self.verb {
            Verb::Add => link(conn, self.sql, pending, put).await,
            Verb::Remove => execute_with(conn, self.sql.remove, pending, put).await,
        }
    }
}
