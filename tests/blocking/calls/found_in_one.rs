impl<T: Entity> Found<T> {
    /// The targets of many sources, each a row of its own.
    fn read_own(conn: &Connection, wanted: &Wanted, keys: &List) -> Result<Self> {
        Self::read(conn, wanted, keys, false, |_, _| Ok(()))
    }

    /// The same, each row once.
    fn read_shared(conn: &Connection, wanted: &Wanted, keys: &List) -> Result<Self> {
        Self::read(conn, wanted, keys, true, |_, _| Ok(()))
    }
}
