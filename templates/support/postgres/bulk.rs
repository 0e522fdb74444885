/// The rows of one INSERT at the most: their values are arrays, whose size the server limits.
const ROWS: usize = 4096;

/// Inserts rows, and appends their keys, inside a transaction. `pending` has the keys of pending rows.
async fn insert_all<E: Entity>(
    conn: &mut Connection,
    mut rows: impl Iterator<Item = E::New>,
    pending: Option<&Keys>,
    keys: &mut Vec<E::Key>,
) -> Result<()> {
    if E::SQL.insert_many.is_empty() {
        for row in rows {
            let put: &Put<'_> = &|to| E::put_new(&row, to);
            let stored: Option<E> = returning_with(conn, E::SQL.insert, pending, put).await?;
            keys.push(stored.ok_or_else(Error::not_found::<E>)?.key());
        }
        return Ok(());
    }
    loop {
        let mut columns = Columns::default();
        let mut count = 0;
        for row in rows.by_ref().take(ROWS) {
            columns.push(pending, |to| E::put_new(&row, to))?;
            count += 1;
        }
        if count == 0 {
            return Ok(());
        }
        insert_chunk::<E>(conn, columns, count, keys).await?;
    }
}

/// Inserts rows by one statement, and appends their keys.
///
/// The rule: rows are inserted in the order that ORDER BY gives them, are numbered in that order, and come back in it. Their
/// number is checked.
async fn insert_chunk<E: Entity>(
    conn: &mut Connection,
    columns: Columns,
    count: usize,
    keys: &mut Vec<E::Key>,
) -> Result<()> {
    let before = keys.len();
    let take = |row: &Row<'_>| {
        keys.push(match E::COUNTED {
            Some(counted) => counted(number_at(row, 0)?)?,
            None => E::read(&Reader::new(row))?.key(),
        });
        Ok(())
    };
    each_of(conn, E::SQL.insert_many, columns.into_values(), take).await?;
    if keys.len() == before + count {
        return Ok(());
    }
    // A trigger has ignored rows.
    Err(Error::not_found::<E>())
}

/// The parameters of many rows, those of a place in one array.
#[derive(Default)]
struct Columns {
    arrays: Vec<Array>,
    /// The place of the next parameter in its row.
    next: usize,
}

impl Columns {
    /// Appends the parameters of a row.
    fn push(&mut self, pending: Option<&Keys>, put: impl FnOnce(&mut Params<'_>)) -> Result<()> {
        self.next = 0;
        fill_with(self, pending, put)
    }

    fn into_values(self) -> Vec<Value> {
        self.arrays.into_iter().map(array).collect()
    }
}

impl Sink for Columns {
    fn take(&mut self, value: Written<'_>) -> Result<()> {
        if self.next == self.arrays.len() {
            self.arrays.push(Array::default());
        }
        let pushed = self.arrays[self.next].push(&value);
        self.next += 1;
        pushed.map_err(|source| Error::Encode { column: "", source })
    }
}

fn array(list: Array) -> Value {
    Written::Array(std::borrow::Cow::Owned(list))
}
