/// Inserts rows and gives their keys, in the order of the rows: all of them or none, in one transaction. A statement has as
/// many rows as the database takes well.
///
/// ```text
/// let new = ["Carol", "Dan"].map(|name| NewStudent { name: name.into() });
/// let keys: Vec<i32> = Student::insert_many(&mut conn, new).await?;
/// ```
///
/// # Errors
///
/// A violated constraint, [`Error::Pending`] when a reference is pending, or [`Error::Busy`]; then none was inserted.
pub async fn insert_many<E: Entity>(
    conn: &mut Connection,
    rows: impl IntoIterator<Item = E::New, IntoIter: Send>,
) -> Result<Vec<E::Key>> {
    insert_each::<E>(conn, Box::new(rows.into_iter())).await
}

/// `dyn`, as a future that knows what its iterator is made of cannot be sent where that borrows
/// (<https://github.com/rust-lang/rust/issues/102211>).
async fn insert_each<E: Entity>(
    conn: &mut Connection,
    mut rows: Box<dyn Iterator<Item = E::New> + Send + '_>,
) -> Result<Vec<E::Key>> {
    let mut keys = Vec::new();
    let mut tx = begin(conn).await?;
    let done = insert_all::<E>(&mut tx, &mut rows, None, &mut keys).await;
    tx.end(done).await?;
    Ok(keys)
}
