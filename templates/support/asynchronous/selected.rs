impl<T: Table> Selection<T> {
    /// Every row.
    async fn all(&mut self, conn: &mut Connection) -> Result<Vec<T>> {
        let text = self.select()?;
        select(conn, &text.sql, &|to| self.put(&text.params, to)).await
    }

    /// The first row. The server would send all others too.
    async fn first(&mut self, conn: &mut Connection) -> Result<Option<T>> {
        self.at_most(1);
        let text = self.select()?;
        select_first(conn, &text.sql, &|to| self.put(&text.params, to)).await
    }

    /// Gives every row to `take`.
    async fn each(
        &mut self,
        conn: &mut Connection,
        take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let text = self.select()?;
        each(conn, &text.sql, &|to| self.put(&text.params, to), take).await
    }
}
