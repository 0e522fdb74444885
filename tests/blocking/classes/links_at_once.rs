// No statement takes many pairs as columns, so that they go one after another.
impl<S: Entity, T: Entity, K: ToMany> AtOnce for Links<S, T, K> {
    fn at_once(&self, _keys: &Keys) -> Result<Option<Whole>> {
        Ok(None)
    }

    fn run_at_once(&self, _conn: &Connection, _keys: &Keys) -> Result<bool> {
        Ok(false)
    }
}
