/// The rows of one INSERT when there are many. Its text and that for a single row are all that is ever prepared.
const ROWS: usize = 16;

/// The most parameters of a statement, which the protocol counts with 16 bits.
const MOST_PARAMETERS: usize = 65_535;

/// The most bytes of the values of an INSERT of many rows. A server breaks the connection off when a statement has more than
/// `max_allowed_packet`, of which each row by itself may be a good part.
const MOST_BYTES: usize = 1 << 20;

/// Inserts rows, and appends their keys, inside a transaction. `pending` has the keys of pending rows.
async fn insert_all<E: Entity>(
    conn: &mut Connection,
    mut rows: impl Iterator<Item = E::New>,
    pending: Option<&Keys>,
    keys: &mut Vec<E::Key>,
) -> Result<()> {
    let Some(counted) = E::COUNTED else {
        for row in rows {
            let put: &Put<'_> = &|to| E::put_new(&row, to);
            let stored: Option<E> = returning_with(conn, E::SQL.insert, pending, put).await?;
            keys.push(stored.ok_or_else(Error::not_found::<E>)?.key());
        }
        return Ok(());
    };
    let mut step = None;
    loop {
        let mut chunk = Vec::with_capacity(ROWS);
        for row in rows.by_ref().take(ROWS) {
            chunk.push(parameters(pending, &|to| E::put_new(&row, to))?);
        }
        let width = chunk.first().map_or(0, Vec::len);
        let small = chunk.iter().flatten().map(bytes).sum::<usize>() <= MOST_BYTES;
        let whole = chunk.len() == ROWS && width * ROWS <= MOST_PARAMETERS && small;
        let together = if whole { ROWS } else { 1 };
        if chunk.is_empty() {
            return Ok(());
        }
        for rows in chunk.chunks(together) {
            if step.is_none() && rows.len() > 1 {
                step = Some(increment(conn).await?);
            }
            let first = insert_counted::<E>(conn, rows).await?;
            for place in (0..).take(rows.len()) {
                keys.push(counted(first + place * step.unwrap_or(1))?);
            }
        }
    }
}

/// How long a value is where its type does not tell.
fn bytes(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
        Value::Null | Value::Integer(_) | Value::Real(_) => 0,
    }
}

/// How far the numbers are apart that the database gives rows: in a cluster each of its servers has numbers of its own.
async fn increment(conn: &mut Connection) -> Result<i64> {
    select_number(conn, "SELECT @@auto_increment_increment", &|_| ()).await
}

/// Inserts rows; the number that the first one got.
///
/// The rule: the rows of an INSERT whose number is known beforehand get numbers that follow each other by
/// `auto_increment_increment`, and the server tells the first (chapter 17.6.1.6 of the manual).
async fn insert_counted<E: Entity>(conn: &mut Connection, rows: &[Vec<Value>]) -> Result<i64> {
    let values = vec![E::SQL.insert_values; rows.len()].join(", ");
    let sql = format!("{} {values}", E::SQL.insert_into);
    let statement = prepared(conn, &sql, rows.concat()).await?;
    let done = statement.execute(conn).await?;
    let inserted = usize::try_from(done.rows_affected()).unwrap_or(usize::MAX);
    let first = i64::try_from(done.last_insert_id());
    match first {
        Ok(first) if inserted == rows.len() => Ok(first),
        _ => Err(Error::Decode {
            entity: E::NAME,
            column: key_name::<E>(),
            key: done.last_insert_id().to_string(),
            source: "the database did not count the rows one by one".into(),
        }),
    }
}

/// Inserts a row with the key that it has. MySQL takes the number 0 for the wish to count, unless its mode says otherwise
/// (chapter 7.1.11 of the manual).
async fn insert_whole<E: Entity>(conn: &mut Connection, key: &E::Key, put: &Put<'_>) -> Result<()> {
    let key = stored(|to| E::put_key(key, to))?;
    if E::COUNTED.is_none() || key != [Value::Integer(0)] {
        return execute(conn, E::SQL.insert_row, put).await.map(drop);
    }
    let mode = "SET @relata_mode = @@SESSION.sql_mode, \
        SESSION sql_mode = concat(@@SESSION.sql_mode, ',NO_AUTO_VALUE_ON_ZERO')";
    execute(conn, mode, &|_| ()).await?;
    let inserted = execute(conn, E::SQL.insert_row, put).await;
    execute(conn, "SET SESSION sql_mode = @relata_mode", &|_| ()).await?;
    inserted.map(drop)
}
