impl<T: Entity> Found<T> {
    /// The targets of many sources, each a row of its own.
    async fn read_own(conn: &mut Connection, wanted: &Wanted, keys: &List) -> Result<Self> {
        Self::read(conn, wanted, keys, false, |_, _| Ok(())).await
    }

    /// The same, each row once.
    async fn read_shared(conn: &mut Connection, wanted: &Wanted, keys: &List) -> Result<Self> {
        Self::read(conn, wanted, keys, true, |_, _| Ok(())).await
    }
}
