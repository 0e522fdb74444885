impl From<rusqlite::Error> for Error {
    /// Sorts by SQLite's extended result codes (<https://www.sqlite.org/rescode.html>).
    fn from(source: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, message) = &source else {
            return Self::Database(source);
        };
        let subject = message.as_deref().and_then(constraint_subject);
        match (failure.code, failure.extended_code) {
            (_, rusqlite::ffi::SQLITE_BUSY_SNAPSHOT) => Self::Conflict { source },
            (rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked, _) => {
                Self::Busy { source }
            }
            (
                _,
                rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
                | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                | rusqlite::ffi::SQLITE_CONSTRAINT_ROWID,
            ) => Self::UniqueViolation {
                columns: subject
                    .map(|columns| columns.split(", ").map(str::to_owned).collect())
                    .unwrap_or_default(),
                constraint: None,
                source,
            },
            (_, rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Self::ForeignKeyViolation {
                constraint: None,
                source,
            },
            // ON DELETE RESTRICT is a trigger inside SQLite, and so is its code; a user's trigger has words of its own.
            (_, rusqlite::ffi::SQLITE_CONSTRAINT_TRIGGER)
                if message.as_deref() == Some("FOREIGN KEY constraint failed") =>
            {
                Self::ForeignKeyViolation {
                    constraint: None,
                    source,
                }
            }
            (_, rusqlite::ffi::SQLITE_CONSTRAINT_CHECK) => Self::CheckViolation {
                constraint: subject.map(str::to_owned),
                source,
            },
            (_, rusqlite::ffi::SQLITE_CONSTRAINT_NOTNULL) => Self::NotNullViolation {
                column: subject.map(str::to_owned),
                source,
            },
            _ => Self::Database(source),
        }
    }
}

/// SQLite writes `UNIQUE constraint failed: students.name`.
fn constraint_subject(message: &str) -> Option<&str> {
    message
        .split_once(" constraint failed: ")
        .map(|(_, subject)| subject)
}

/// The words of an error. The driver adds the text, which may be that of the whole schema.
fn told_by(error: &DriverError) -> String {
    match error {
        DriverError::SqlInputError { msg, sql, .. } if sql.contains('\n') => msg.clone(),
        error => error.to_string(),
    }
}

/// SQL of the user that wants another number of values.
fn wrong_count(given: usize, wanted: u64) -> Error {
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    rusqlite::Error::InvalidParameterCount(given, wanted).into()
}

/// What a foreign key would tell if it could: the row that is referred to has no key, or the one that refers holds other
/// values in columns that the key shares with others.
#[cold]
fn cannot_refer() -> Error {
    let code = rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY;
    let source = rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(code),
        Some(CANNOT_REFER.to_owned()),
    );
    source.into()
}
