/// Inserts a row and gives back what was stored: keys and defaults that the database made included. One statement; where the
/// database has no RETURNING, it and every other that gives back a row is two, in one transaction.
///
/// # Errors
///
/// A violated constraint, [`Error::Pending`] when a reference is pending, or [`Error::Busy`].
pub fn insert<E: Entity>(conn: &Connection, new: &E::New) -> Result<E> {
    returning(conn, E::SQL.insert, &|to| E::put_new(new, to))?
        .ok_or_else(Error::not_found::<E>)
}

/// Inserts a row with the key that it has. One statement.
///
/// # Errors
///
/// A violated constraint, or [`Error::Busy`].
pub fn insert_row<E: Entity>(conn: &Connection, row: &E) -> Result<()> {
    insert_whole::<E>(conn, &row.key(), &|to| row.put_written(to))
}

/// Inserts a row or, where one with the same key is there, writes what `new` gives to that, and gives back what is
/// stored now. What `new` leaves to the database stays as it is in a row that is there. One statement: `sql`.
///
/// # Errors
///
/// [`Error::UniqueViolation`] of another key, another violated constraint, or [`Error::Busy`].
pub fn upsert<E: Entity>(conn: &Connection, sql: &str, new: &E::New) -> Result<E> {
    let stored = upserted(conn, sql, &|to| {
        E::put_new(new, to);
        E::put_given(new, to);
    })?;
    stored.ok_or_else(Error::not_found::<E>)
}

/// The row with a key, if there is one. One statement.
///
/// # Errors
///
/// [`Error::Decode`] when a stored value does not fit its column.
pub fn find<E: Entity>(conn: &Connection, key: &E::Key) -> Result<Option<E>> {
    select_first(conn, E::SQL.find, &|to| E::put_key(key, to))
}

/// The row with a key. One statement.
///
/// # Errors
///
/// [`Error::NotFound`] when there is none.
pub fn get<E: Entity>(conn: &Connection, key: &E::Key) -> Result<E> {
    find(conn, key)?
        .ok_or_else(|| key_not_found::<E>(key))
}

/// The row with a key, which no other transaction writes to until this one ends.
fn get_locked<E: Entity>(conn: &Connection, key: &E::Key) -> Result<E> {
    if ROW_LOCK.is_empty() {
        return get(conn, key);
    }
    let row = select_first(conn, &find_locked::<E>(), &|to| E::put_key(key, to))?;
    row.ok_or_else(|| key_not_found::<E>(key))
}

/// [`EntitySql::find`], with a lock of the row.
fn find_locked<E: Entity>() -> String {
    format!("{}{ROW_LOCK}", E::SQL.find)
}

/// Writes the changes to a row and gives back what is stored now. One statement.
///
/// # Errors
///
/// [`Error::NotFound`] when the row is gone, [`Error::Stale`] when its version is another now, or a violated
/// constraint.
pub fn update<E: Entity>(conn: &Connection, row: &E, patch: &E::Patch) -> Result<E> {
    let stored = returning(conn, E::SQL.update, &|to| {
        row.put_lock(to);
        E::put_patch(patch, to);
    })?;
    match stored {
        Some(stored) => Ok(stored),
        None => Err(gone::<E>(conn, &row.key())),
    }
}

/// Writes every column of a row that is not computed and gives back what is stored now. One statement.
///
/// # Errors
///
/// As for [`update`].
pub fn save<E: Entity>(conn: &Connection, row: &E) -> Result<E> {
    let stored = returning(conn, E::SQL.save, &|to| row.put_written(to))?;
    match stored {
        Some(stored) => Ok(stored),
        None => Err(gone::<E>(conn, &row.key())),
    }
}

/// Deletes a row. One statement.
///
/// # Errors
///
/// [`Error::NotFound`] when the row is gone, [`Error::Stale`] when its version is another now,
/// [`Error::ForeignKeyViolation`] when rows that stay refer to it.
pub fn delete<E: Entity>(conn: &Connection, row: &E) -> Result<()> {
    match execute(conn, E::SQL.delete, &|to| row.put_lock(to))? {
        0 => Err(gone::<E>(conn, &row.key())),
        _ => Ok(()),
    }
}

/// Why a write met no row: it is not there, or it has another version.
#[cold]
fn gone<E: Entity>(conn: &Connection, key: &E::Key) -> Error {
    if !E::VERSIONED {
        return key_not_found::<E>(key);
    }
    match find::<E>(conn, key) {
        Ok(None) => key_not_found::<E>(key),
        Ok(Some(_)) => Error::Stale {
            entity: E::NAME,
            key: format!("{key:?}"),
        },
        Err(error) => error,
    }
}

fn key_not_found<E: Entity>(key: &E::Key) -> Error {
    Error::NotFound {
        entity: E::NAME,
        key: Some(format!("{key:?}")),
    }
}
