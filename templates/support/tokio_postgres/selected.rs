/// How many rows are waited for at a time, where they are not kept.
const FETCHED: &str = "FETCH 500 FROM relata";

impl<T: Table> Selection<T> {
    /// Every row.
    async fn all(&mut self, conn: &mut Connection) -> Result<Vec<T>> {
        let text = self.select()?;
        select(conn, &text.sql, &|to| self.put(&text.params, to)).await
    }

    /// The first row. The driver would read all others too.
    async fn first(&mut self, conn: &mut Connection) -> Result<Option<T>> {
        self.at_most(1);
        let text = self.select()?;
        select_first(conn, &text.sql, &|to| self.put(&text.params, to)).await
    }

    /// Gives every row to `take`, a few hundred being read at a time: by a cursor, in a transaction of its own.
    async fn each(
        &mut self,
        conn: &mut Connection,
        mut take: impl FnMut(&Row) -> Result<()>,
    ) -> Result<()> {
        let text = self.select()?;
        let mut values = Vec::new();
        fill(&mut values, |to| self.put(&text.params, to))?;
        let mut tx = begin(conn).await?;
        let declare = format!("DECLARE relata NO SCROLL CURSOR FOR {}", text.sql);
        let statement = prepared(&mut tx, &text.sql, &values).await?;
        let (client, _) = tx.parts();
        // As the query is prepared, the driver knows the types of its columns, which it would ask for between the rows else.
        drop(statement);
        let parameters = borrowed(&values);
        let types = values.iter().map(|value| {
            let ty = tokio_postgres::types::Type::from_oid(value.oid());
            ty.unwrap_or(tokio_postgres::types::Type::UNKNOWN)
        });
        let types: Vec<_> = types.collect();
        let declare = client.prepare_typed(&declare, &types).await?;
        client.execute(&declare, &parameters).await?;
        loop {
            let rows = client.query_typed(FETCHED, &[]).await?;
            if rows.is_empty() {
                break;
            }
            rows.iter().try_for_each(&mut take)?;
        }
        client.batch_execute("CLOSE relata").await?;
        tx.commit().await
    }
}
