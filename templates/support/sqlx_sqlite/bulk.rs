/// The rows of one INSERT when there are many. Its text and that for a single row are all that is ever prepared.
const ROWS: usize = 16;

/// The most parameters that SQLite takes in a statement, unless it was built otherwise
/// (<https://www.sqlite.org/limits.html>).
const MOST_PARAMETERS: usize = 32_766;

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
    let mut last: Option<i64> = None;
    // Whether the last row got the number after that of the row before it. The database counts on then; in a table that has
    // the largest number there is, it tries others at random.
    let mut in_turn = false;
    loop {
        let mut chunk = Vec::with_capacity(ROWS);
        let wanted = if in_turn { ROWS } else { 1 };
        for row in rows.by_ref().take(wanted) {
            chunk.push(parameters(pending, &|to| E::put_new(&row, to))?);
        }
        let Some(width) = chunk.first().map(Vec::len) else {
            return Ok(());
        };
        let whole = chunk.len() == ROWS && width * ROWS <= MOST_PARAMETERS;
        let together = if whole && last.is_some_and(has_room) {
            ROWS
        } else {
            1
        };
        for rows in chunk.chunks(together) {
            let number = insert_counted::<E>(conn, rows, last).await?;
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            in_turn = last.is_some_and(|last| number.checked_sub(last) == Some(count));
            for place in (0..count).rev() {
                keys.push(counted(number - place)?);
            }
            last = Some(number);
        }
    }
}

/// Inserts rows; the number that the last one got.
///
/// The rule: a row gets the number after the largest one in the table (<https://www.sqlite.org/autoinc.html>), and no other
/// connection writes in between, so the numbers follow each other in the order of the rows. `last` is that of the row before.
async fn insert_counted<E: Entity>(
    conn: &mut Connection,
    rows: &[Vec<Value>],
    last: Option<i64>,
) -> Result<i64> {
    let count = rows.len();
    let values = vec![E::SQL.insert_values; count].join(", ");
    let sql = format!("{} {values}", E::SQL.insert_into);
    let statement = prepared(conn, &sql, rows.concat()).await?;
    let done = statement.execute(conn).await?;
    let number = done.last_insert_rowid();
    let inserted = usize::try_from(done.rows_affected()).unwrap_or(usize::MAX);
    if count == 1 && inserted == 0 {
        // A trigger has ignored the row.
        return Err(Error::not_found::<E>());
    }
    let in_turn = |last: i64| usize::try_from(number.saturating_sub(last)) == Ok(count);
    if count == 1 || (inserted == count && last.is_some_and(in_turn)) {
        return Ok(number);
    }
    Err(Error::Decode {
        entity: E::NAME,
        column: key_name::<E>(),
        key: number.to_string(),
        source: "the database did not count the rows one by one: does a trigger change them?"
            .into(),
    })
}

/// Whether [`ROWS`] numbers more follow `number`.
fn has_room(number: i64) -> bool {
    i64::try_from(ROWS).is_ok_and(|rows| number.checked_add(rows).is_some())
}
