impl<T: Table> Selection<T> {
    /// Every row.
    async fn all(&mut self, conn: &mut Connection) -> Result<Vec<T>> {
        let text = self.select()?;
        select(conn, &text.sql, &|to| self.put(&text.params, to)).await
    }

    /// The first row. All others would be sent too.
    async fn first(&mut self, conn: &mut Connection) -> Result<Option<T>> {
        self.at_most(1);
        let text = self.select()?;
        select_first(conn, &text.sql, &|to| self.put(&text.params, to)).await
    }
}
