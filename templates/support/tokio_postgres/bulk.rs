/// How many rows go to the database at a time.
const ROWS: usize = 1_000;

/// Inserts rows and gives their keys, in the order of the rows: all of them or none, in one transaction.
///
/// ```text
/// let new = ["Carol", "Dan"].map(|name| NewStudent { name: name.into() });
/// let keys: Vec<i32> = Student::insert_many(&mut db, new).await?;
/// ```
///
/// # Errors
///
/// A violated constraint, or [`Error::Pending`] when a reference is pending; then none was inserted.
pub async fn insert_many<E: Entity>(
    conn: &mut Connection,
    rows: impl IntoIterator<Item = E::New>,
) -> Result<Vec<E::Key>> {
    let mut keys = Vec::new();
    let mut tx = begin(conn).await?;
    insert_all::<E>(&mut tx, rows.into_iter(), None, &mut keys).await?;
    tx.commit().await?;
    Ok(keys)
}

/// Inserts rows, and appends their keys, inside a transaction. `pending` has the keys of pending rows.
async fn insert_all<E: Entity>(
    conn: &mut Connection,
    mut rows: impl Iterator<Item = E::New>,
    pending: Option<&Keys>,
    keys: &mut Vec<E::Key>,
) -> Result<()> {
    loop {
        let mut waiting = Vec::new();
        for row in rows.by_ref().take(ROWS) {
            let mut values = Vec::new();
            fill_with(&mut values, pending, |to| E::put_new(&row, to))?;
            waiting.push(values);
        }
        if waiting.is_empty() {
            return Ok(());
        }
        match E::COUNTED {
            Some(counted) if waiting.len() > 1 && !E::INSERT_MANY.is_empty() => {
                for number in insert_counted::<E>(conn, waiting).await? {
                    keys.push(counted(number)?);
                }
            }
            _ => keys.extend(insert_each::<E>(conn, &waiting).await?),
        }
    }
}

/// Inserts rows whose keys the database counts, by one statement; the numbers that they got.
///
/// The rule: the rows of an INSERT that selects them sorted get their numbers in that order, and are given back in it.
async fn insert_counted<E: Entity>(
    conn: &mut Connection,
    waiting: Vec<Vec<Value>>,
) -> Result<Vec<i64>> {
    let count = waiting.len();
    let columns = columns_of(waiting).map_err(|source| Error::Encode {
        column: E::NAME,
        source,
    })?;
    let rows = rows(conn, E::INSERT_MANY, &columns).await?;
    if rows.len() == count {
        return rows.iter().map(|row| number_at(row, 0)).collect();
    }
    Err(Error::Decode {
        entity: E::NAME,
        column: key_name::<E>(),
        key: rows.len().to_string(),
        source: "the database did not insert each of the rows: does a trigger change them?".into(),
    })
}

/// The parameters of many rows, each as a list with a value for each row.
fn columns_of(rows: Vec<Vec<Value>>) -> Result<Vec<Value>, Mismatch> {
    let mut columns: Vec<Array> = Vec::new();
    for row in rows {
        columns.resize_with(row.len(), Array::default);
        for (column, value) in columns.iter_mut().zip(&row) {
            column.push(value)?;
        }
    }
    let columns = columns.into_iter();
    Ok(columns
        .map(|column| Written::Array(std::borrow::Cow::Owned(column)))
        .collect())
}

/// Inserts rows, each by a statement of its own, but all of them at once; their keys.
async fn insert_each<E: Entity>(
    conn: &mut Connection,
    waiting: &[Vec<Value>],
) -> Result<Vec<E::Key>> {
    let Some(first) = waiting.first() else {
        return Ok(Vec::new());
    };
    let statement = prepared(conn, E::INSERT, first).await?;
    let (client, _) = conn.parts();
    let parameters: Vec<_> = waiting.iter().map(|values| borrowed(values)).collect();
    let requests = parameters
        .iter()
        .map(|parameters| client.query(&statement, parameters));
    let inserted = all_of(requests).await?;
    let keys = inserted.iter().map(|rows| {
        // A trigger may have ignored the row.
        let row = rows.first().ok_or_else(Error::not_found::<E>)?;
        Ok(E::read(&Reader::new(row))?.key())
    });
    keys.collect()
}
