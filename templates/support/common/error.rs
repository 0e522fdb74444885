/// What every call gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed. A failed call has changed nothing, with one exception: [`Error::Decode`] of a call that gives back
/// the stored row tells that the row was stored and cannot be read.
///
/// ```text
/// match Student::insert_row(&mut conn, &alice).await {
///     Err(Error::UniqueViolation { columns, .. }) => assert_eq!(columns, ["students.id"]),
///     other => other?,
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The row is not there.
    NotFound {
        /// The entity.
        entity: &'static str,
        /// The key that was asked for, when it was asked for by key.
        key: Option<String>,
    },
    /// More than one row fits where one was asked for.
    TooManyFound {
        /// The entity.
        entity: &'static str,
    },
    /// The row has been written since this copy of it was read, and this change would undo that.
    Stale {
        /// The entity.
        entity: &'static str,
        /// The key of the row.
        key: String,
    },
    /// A row with the same key exists.
    UniqueViolation {
        /// The columns of the key, each as `table.column`, as far as the database tells.
        columns: Vec<String>,
        /// The constraint's name, as far as the database tells.
        constraint: Option<String>,
        /// The driver's error.
        source: DriverError,
    },
    /// A referenced row is missing, or a row is still referred to.
    ForeignKeyViolation {
        /// The constraint's name, as far as the database tells: SQLite does not.
        constraint: Option<String>,
        /// The driver's error.
        source: DriverError,
    },
    /// A check refused a row.
    CheckViolation {
        /// The constraint's name.
        constraint: Option<String>,
        /// The driver's error.
        source: DriverError,
    },
    /// A column that needs a value got none.
    NotNullViolation {
        /// The column, as `table.column`.
        column: Option<String>,
        /// The driver's error.
        source: DriverError,
    },
    /// Another transaction was in the way, so that this one was given up: try it again as a whole.
    Conflict {
        /// The driver's error.
        source: DriverError,
    },
    /// Another transaction was in the way for longer than the connection is told to wait; try again.
    Busy {
        /// The driver's error.
        source: DriverError,
    },
    /// A stored value does not fit its column's type.
    Decode {
        /// The entity.
        entity: &'static str,
        /// The column.
        column: &'static str,
        /// The key of the row.
        key: String,
        /// What does not fit.
        source: Mismatch,
    },
    /// A value that its column cannot hold was to be stored, or a condition asked for it.
    Encode {
        /// The column.
        column: &'static str,
        /// What does not fit.
        source: Mismatch,
    },
    /// A pending reference where its row has no key: outside the unit of work that made it, or before its commit.
    Pending {
        /// The entity referred to.
        entity: &'static str,
    },
    /// Anything else that the driver reports.
    Database(DriverError),
}

/// What does not fit between a value and its column.
pub type Mismatch = Box<dyn std::error::Error + Send + Sync>;

impl Error {
    fn not_found<T: Table>() -> Self {
        Self::NotFound {
            entity: T::NAME,
            key: None,
        }
    }
}

/// A value that its column cannot hold, kept until the statement that needs it runs.
#[derive(Clone)]
struct Refused {
    column: &'static str,
    reason: std::sync::Arc<str>,
}

impl Refused {
    #[cold]
    fn new(column: &'static str, source: &Mismatch) -> Self {
        Self {
            column,
            reason: source.to_string().into(),
        }
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        match error {
            Error::Encode { column, source } => Self::new(column, &source),
            error => Self::new("", &error.into()),
        }
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::Encode {
            column: refused.column,
            source: refused.reason.as_ref().into(),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound {
                entity,
                key: Some(key),
            } => write!(f, "no {entity} with key {key}"),
            Self::NotFound { entity, key: None } => write!(f, "no such {entity}"),
            Self::TooManyFound { entity } => {
                write!(f, "more than one {entity} where one was asked for")
            }
            Self::Stale { entity, key } => {
                write!(f, "{entity} {key} has been written since it was read")
            }
            Self::UniqueViolation {
                columns,
                constraint,
                ..
            } if columns.is_empty() => match constraint {
                Some(name) => write!(f, "a row with the same key {name} exists"),
                None => f.write_str("a row with the same key exists"),
            },
            Self::UniqueViolation { columns, .. } => {
                write!(f, "a row with the same {} exists", columns.join(", "))
            }
            Self::ForeignKeyViolation { constraint, .. } => {
                f.write_str("a referenced row is missing, or a row is still referred to")?;
                constraint
                    .iter()
                    .try_for_each(|name| write!(f, ": foreign key {name}"))
            }
            Self::CheckViolation {
                constraint: Some(name),
                ..
            } => write!(f, "check {name} refused the row"),
            Self::CheckViolation { .. } => {
                f.write_str("a check or the type of a column refused the row")
            }
            Self::NotNullViolation {
                column: Some(column),
                ..
            } => write!(f, "{column} needs a value"),
            Self::NotNullViolation { .. } => f.write_str("a column needs a value"),
            Self::Conflict { .. } => {
                f.write_str("another transaction has written since this one began")
            }
            Self::Busy { .. } => f.write_str("the database is busy"),
            Self::Decode {
                entity,
                column,
                key,
                source,
            } => write!(f, "{column} of {entity} {key} cannot be read: {source}"),
            Self::Encode { column, source } => {
                write!(f, "{column} cannot hold the value: {source}")
            }
            Self::Pending { entity } => {
                write!(f, "a pending {entity} has no key outside its unit of work")
            }
            Self::Database(source) => f.write_str(&told_by(source)),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotFound { .. }
            | Self::TooManyFound { .. }
            | Self::Stale { .. }
            | Self::Pending { .. } => None,
            Self::UniqueViolation { source, .. }
            | Self::ForeignKeyViolation { source, .. }
            | Self::CheckViolation { source, .. }
            | Self::NotNullViolation { source, .. }
            | Self::Conflict { source }
            | Self::Busy { source }
            | Self::Database(source) => Some(source),
            Self::Decode { source, .. } | Self::Encode { source, .. } => Some(&**source),
        }
    }
}
