impl<T: Table> Selection<T> {
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
