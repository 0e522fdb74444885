/// Sorts by the number of the error (<https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>; those of
/// MariaDB alone: <https://mariadb.com/kb/en/mariadb-error-code-reference>).
fn of_database(error: Box<dyn sqlx::error::DatabaseError>) -> Error {
    let told = error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>();
    let number = told.map_or(0, sqlx::mysql::MySqlDatabaseError::number);
    let message = error.message().to_owned();
    let source = DriverError::Database(error);
    match number {
        // ER_DUP_ENTRY, and with the name of the key: `… for key 'PRIMARY'`, before which MySQL writes the table.
        1062 | 1586 => Error::UniqueViolation {
            columns: Vec::new(),
            constraint: key_of(&message),
            source,
        },
        // ER_NO_REFERENCED_ROW and ER_ROW_IS_REFERENCED, with the constraint and without.
        1216 | 1217 | 1451 | 1452 => Error::ForeignKeyViolation {
            constraint: quoted(&message, "CONSTRAINT `", '`'),
            source,
        },
        // ER_CHECK_CONSTRAINT_VIOLATED
        3819 => Error::CheckViolation {
            constraint: quoted(&message, "constraint '", '\''),
            source,
        },
        // The same of MariaDB.
        4025 => Error::CheckViolation {
            constraint: quoted(&message, "CONSTRAINT `", '`'),
            source,
        },
        // ER_DATA_TOO_LONG, ER_WARN_DATA_OUT_OF_RANGE, WARN_DATA_TRUNCATED: what the column's type cannot hold.
        1406 | 1264 | 1265 => Error::CheckViolation {
            constraint: None,
            source,
        },
        // ER_BAD_NULL_ERROR, ER_NO_DEFAULT_FOR_FIELD
        1048 | 1364 => Error::NotNullViolation {
            column: quoted(&message, "'", '\''),
            source,
        },
        // ER_LOCK_DEADLOCK, ER_CHECKREAD; the write conflict of TiDB.
        1213 | 1020 | 9007 => Error::Conflict { source },
        // ER_SP_DOES_NOT_EXIST: a deadlock has ended the transaction, and with it the savepoint that is to be rolled back.
        1305 if message.starts_with("SAVEPOINT ") => Error::Conflict { source },
        // ER_LOCK_WAIT_TIMEOUT, ER_LOCK_NOWAIT
        1205 | 3572 => Error::Busy { source },
        _ => Error::Database(source),
    }
}

/// The name of the key that a message ends with. Before it stands what the key holds, which may be any text.
fn key_of(message: &str) -> Option<String> {
    let (_, key) = message.rsplit_once(" for key '")?;
    let key = key.strip_suffix('\'')?;
    let name = key.rsplit_once('.').map_or(key, |(_, name)| name);
    Some(name.to_owned())
}

/// What stands between `open` and `close`.
fn quoted(message: &str, open: &str, close: char) -> Option<String> {
    let (_, rest) = message.split_once(open)?;
    let (name, _) = rest.split_once(close)?;
    Some(name.to_owned())
}
