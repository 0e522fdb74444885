/// What stands behind an error: what the driver reports or, where none can tell, words.
#[derive(Debug)]
pub enum DriverError {
    /// The driver's error.
    Driver(tokio_postgres::Error),
    /// What no statement had to be run for.
    Told(String),
}

impl DriverError {
    /// The driver's error.
    #[must_use]
    pub fn driver(&self) -> Option<&tokio_postgres::Error> {
        match self {
            Self::Driver(error) => Some(error),
            Self::Told(_) => None,
        }
    }
}

impl std::fmt::Display for DriverError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Driver(error) => match error.as_db_error() {
                // The driver's own words only say that it was the database.
                Some(error) => f.write_str(error.message()),
                None => error.fmt(f),
            },
            Self::Told(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for DriverError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Driver(error) => Some(error),
            Self::Told(_) => None,
        }
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let facts = error.as_db_error().map(|error| Facts {
            code: error.code().code().to_owned(),
            table: error.table().map(str::to_owned),
            column: error.column().map(str::to_owned),
            constraint: error.constraint().map(str::to_owned),
            detail: error.detail().map(str::to_owned),
        });
        match facts {
            Some(facts) => facts.sorted(DriverError::Driver(error)),
            None => Self::Database(DriverError::Driver(error)),
        }
    }
}

impl From<DriverError> for Error {
    fn from(source: DriverError) -> Self {
        match source {
            DriverError::Driver(error) => error.into(),
            source @ DriverError::Told(_) => Self::Database(source),
        }
    }
}

/// The words of an error.
fn words(error: &DriverError) -> String {
    error.to_string()
}

/// SQL of the user that wants another number of values.
fn wrong_count(given: usize, wanted: u64) -> Error {
    DriverError::Told(format!("{given} values are given for {wanted} parameters")).into()
}

/// What a foreign key would tell if it could: the row that is referred to has no key, or the one that refers holds other
/// values in columns that the key shares with others.
#[cold]
fn cannot_refer() -> Error {
    Error::ForeignKeyViolation {
        constraint: None,
        source: DriverError::Told(CANNOT_REFER.to_owned()),
    }
}
