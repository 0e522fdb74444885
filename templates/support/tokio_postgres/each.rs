/// How many rows are waited for at a time, where they are not kept.
const FETCHED: usize = 500;

impl<T: Table> Selection<T> {
    /// Gives every row to `take`, a few hundred being read at a time: by a cursor, in a transaction of its own.
    async fn each(
        &mut self,
        conn: &mut Connection,
        mut take: impl FnMut(&Row) -> Result<()>,
    ) -> Result<()> {
        let text = self.select()?;
        let values = parameters(None, &|to| self.put(&text.params, to))?;
        let mut tx = begin(conn).await?;
        // When the query is prepared, the driver knows the types of its columns; it would ask for them between the rows else.
        let statement = prepared(&mut tx, &text.sql, &values).await?;
        let (client, _) = tx.parts();
        let declare = format!("DECLARE relata NO SCROLL CURSOR FOR {}", text.sql);
        let arguments = borrowed(&values).into_iter();
        let arguments: Vec<_> = arguments.zip(statement.params().iter().cloned()).collect();
        let declared = Sent::new(client.execute_typed(&declare, &arguments)).await;
        let fetch = format!("FETCH {FETCHED} FROM relata");
        let mut fetched = Sent::new(client.query_typed(&fetch, &[])).await;
        declared.answer().await?;
        loop {
            let rows = fetched.answer().await?;
            let more = rows.len() == FETCHED;
            if !more {
                rows.iter().try_for_each(&mut take)?;
                break;
            }
            // The next rows come while these are taken.
            fetched = Sent::new(client.query_typed(&fetch, &[])).await;
            rows.iter().try_for_each(&mut take)?;
        }
        // It is closed with the transaction; inside of another one that is late.
        send(client, "CLOSE relata")?;
        tx.commit().await
    }
}
