/// Inserts a row and gives back what was stored: keys and defaults that the database made included. One statement.
///
/// # Errors
///
/// A violated constraint, or [`Error::Busy`].
pub fn insert<E: Entity>(conn: &Connection, new: &E::New) -> Result<E> {
    returning(conn, E::INSERT, &|to| E::put_new(new, to))?.ok_or_else(Error::not_found::<E>)
}

/// Inserts a row with the key that it has. One statement.
///
/// # Errors
///
/// A violated constraint, or [`Error::Busy`].
pub fn insert_row<E: Entity>(conn: &Connection, row: &E) -> Result<()> {
    execute(conn, E::INSERT_ROW, &|to| row.put_row(to))?;
    Ok(())
}

/// The row with a key, if there is one. One statement.
///
/// # Errors
///
/// [`Error::Decode`] when a stored value does not fit its column.
pub fn find<E: Entity>(conn: &Connection, key: &E::Key) -> Result<Option<E>> {
    select_first(conn, E::FIND, &|to| E::put_key(key, to))
}

/// The row with a key. One statement.
///
/// # Errors
///
/// [`Error::NotFound`] when there is none.
pub fn get<E: Entity>(conn: &Connection, key: &E::Key) -> Result<E> {
    find(conn, key)?.ok_or_else(|| key_not_found::<E>(key))
}

/// Writes the changes to a row and gives back what is stored now. One statement.
///
/// # Errors
///
/// [`Error::NotFound`] when the row is gone, or a violated constraint.
pub fn update<E: Entity>(conn: &Connection, row: &E, patch: &E::Patch) -> Result<E> {
    let stored = returning(conn, E::UPDATE, &|to| {
        row.put_own_key(to)?;
        E::put_patch(patch, to)
    })?;
    stored.ok_or_else(|| key_not_found::<E>(&row.key()))
}

/// Writes every column of a row and gives back what is stored now. One statement.
///
/// # Errors
///
/// [`Error::NotFound`] when the row is gone, or a violated constraint.
pub fn save<E: Entity>(conn: &Connection, row: &E) -> Result<E> {
    let stored = returning(conn, E::SAVE, &|to| row.put_row(to))?;
    stored.ok_or_else(|| key_not_found::<E>(&row.key()))
}

/// Deletes a row. One statement.
///
/// # Errors
///
/// [`Error::NotFound`] when the row is gone, [`Error::ForeignKeyViolation`] when rows that stay refer to it.
pub fn delete<E: Entity>(conn: &Connection, row: &E) -> Result<()> {
    match execute(conn, E::DELETE, &|to| row.put_own_key(to))? {
        0 => Err(key_not_found::<E>(&row.key())),
        _ => Ok(()),
    }
}

fn key_not_found<E: Entity>(key: &E::Key) -> Error {
    Error::NotFound {
        entity: E::NAME,
        key: Some(format!("{key:?}")),
    }
}
