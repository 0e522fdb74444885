/// Sorts by SQLite's extended result codes (<https://www.sqlite.org/rescode.html>).
fn of_database(error: Box<dyn sqlx::error::DatabaseError>) -> Error {
    let code = error.code().and_then(|code| code.parse::<i32>().ok());
    let message = error.message().to_owned();
    let subject = constraint_subject(&message).map(str::to_owned);
    let source = DriverError::Database(error);
    match code {
        // SQLITE_BUSY_SNAPSHOT
        Some(517) => Error::Conflict { source },
        // SQLITE_BUSY and SQLITE_LOCKED, the primary codes in the lowest byte.
        Some(code) if matches!(code & 0xff, 5 | 6) => Error::Busy { source },
        // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY and _ROWID
        Some(2067 | 1555 | 2579) => Error::UniqueViolation {
            columns: subject
                .map(|columns| columns.split(", ").map(str::to_owned).collect())
                .unwrap_or_default(),
            constraint: None,
            source,
        },
        // SQLITE_CONSTRAINT_FOREIGNKEY
        Some(787) => Error::ForeignKeyViolation {
            constraint: None,
            source,
        },
        // ON DELETE RESTRICT is a trigger inside SQLite (SQLITE_CONSTRAINT_TRIGGER); a user's trigger has words of its own.
        Some(1811) if message == "FOREIGN KEY constraint failed" => Error::ForeignKeyViolation {
            constraint: None,
            source,
        },
        // SQLITE_CONSTRAINT_CHECK
        Some(275) => Error::CheckViolation {
            constraint: subject,
            source,
        },
        // SQLITE_CONSTRAINT_NOTNULL
        Some(1299) => Error::NotNullViolation {
            column: subject,
            source,
        },
        _ => Error::Database(source),
    }
}

/// SQLite writes `UNIQUE constraint failed: students.name`.
fn constraint_subject(message: &str) -> Option<&str> {
    message
        .split_once(" constraint failed: ")
        .map(|(_, subject)| subject)
}
