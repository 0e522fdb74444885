/// The row that a statement changes and the next one of its text reads, as there is no RETURNING: in one transaction.
/// `pending` has the keys of pending rows.
fn returning_with<'c, T: Table>(
    conn: &'c mut Connection,
    sql: &'c str,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> impl Future<Output = Result<Option<T>>> + use<'c, T> {
    let values = parameters(pending, put);
    async move {
        let values = values?;
        if is_inside(conn) {
            return Ok(write_and_read(conn, sql, &values).await?.0);
        }
        let mut tx = begin(conn).await?;
        let done = write_and_read(&mut tx, sql, &values).await;
        tx.end(done.map(|(row, _)| row)).await
    }
}

/// Runs a statement that changes a row, and the next one, which reads it; and what of the text is behind both. A text may be
/// one statement that only reads.
async fn write_and_read<'s, T: Table>(
    conn: &mut Connection,
    sql: &'s str,
    values: &[Value],
) -> Result<(Option<T>, Option<&'s str>)> {
    let (write, read) = split_statement(sql);
    let Some(read) = read else {
        return Ok((read_row(conn, write, values).await?, None));
    };
    let (read, rest) = split_statement(read);
    let statement = prepared(conn, write, values.to_vec()).await?;
    if statement.execute(&mut *conn).await?.rows_affected() == 0 {
        return Ok((None, rest));
    }
    Ok((read_row(conn, read, values).await?, rest))
}

async fn read_row<T: Table>(
    conn: &mut Connection,
    sql: &str,
    values: &[Value],
) -> Result<Option<T>> {
    let statement = prepared(conn, sql, values.to_vec()).await?;
    let row = statement.fetch_optional(conn).await?;
    row.as_ref()
        .map(|row| T::read(&Reader::new(row)))
        .transpose()
}

/// Runs a statement that changes rows and is followed by one that reads them; the number of rows that it changed.
fn changed<'c>(
    conn: &'c mut Connection,
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + use<'c> {
    execute(conn, split_statement(sql).0, put)
}

/// Inserts a row or writes to the one with the same key: the text is UPDATE, what reads the row, INSERT, what reads that.
/// Where another transaction inserts the same key in between, there is a row to write to then. An UPDATE that finds no row locks
/// the gap where it would be, so that two that insert there wait for each other, of whatever keys: who is given up tries again.
fn upserted<'c, E: Entity>(
    conn: &'c mut Connection,
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<Option<E>>> + use<'c, E> {
    let values = parameters(None, put);
    async move {
        let values = values?;
        let most = if is_inside(conn) { 1 } else { ATTEMPTS };
        let mut attempt = 1;
        loop {
            let mut tx = begin(conn).await?;
            let done = write_or_insert(&mut tx, sql, &values).await;
            match tx.end(done).await {
                Err(Error::Conflict { .. }) if attempt < most => Pause::new(pause(attempt)).await,
                done => return done,
            }
            attempt += 1;
        }
    }
}

async fn write_or_insert<E: Entity>(
    conn: &mut Connection,
    sql: &str,
    values: &[Value],
) -> Result<Option<E>> {
    let (found, insert) = write_and_read::<E>(conn, sql, values).await?;
    let (None, Some(insert)) = (&found, insert) else {
        return Ok(found);
    };
    match write_and_read::<E>(conn, insert, values).await {
        Err(error @ Error::UniqueViolation { .. }) => {
            let (found, _) = write_and_read::<E>(conn, sql, values).await?;
            Ok(Some(found.ok_or(error)?))
        }
        inserted => Ok(inserted?.0),
    }
}

/// Makes a link, or makes a row refer, by the statement that adds; 1 when it was not there before. `pending` has the keys
/// of pending rows. That a link is there is an error of its key; where another key stands in the way too, the server may tell
/// of that one first, so the link is looked for.
fn link<'c>(
    conn: &'c mut Connection,
    sql: &'c ToManySql,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + use<'c> {
    let values = parameters(pending, put);
    async move {
        let values = values?;
        let statement = prepared(conn, sql.add, values.clone()).await?;
        let error = match statement.execute(&mut *conn).await {
            Ok(done) => return Ok(done.rows_affected()),
            Err(error) => Error::from(error),
        };
        let Error::UniqueViolation { constraint, .. } = &error else {
            return Err(error);
        };
        if sql.key_name.is_empty() {
            return Err(error);
        }
        if constraint.as_deref() == Some(sql.key_name) {
            return Ok(0);
        }
        let statement = prepared(conn, sql.linked, values).await?;
        let row = statement.fetch_optional(conn).await?;
        match row.as_ref().map(|row| number_at(row, 0)).transpose()? {
            Some(1) => Ok(0),
            _ => Err(error),
        }
    }
}
