impl<T: Entity> Found<T> {
    /// The targets of many sources, each row once.
    async fn read_shared(conn: &mut Connection, wanted: &Wanted, keys: &List) -> Result<Self> {
        Self::read(conn, wanted, keys, true, |_, _| Ok(())).await
    }
}
