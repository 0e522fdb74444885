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
        let Some(of_server) = error.as_db_error() else {
            return Self::Database(DriverError::Driver(error));
        };
        let told = |field: Option<&str>| field.map(str::to_owned);
        let told = Told {
            table: told(of_server.table()),
            column: told(of_server.column()),
            constraint: told(of_server.constraint()),
            detail: told(of_server.detail()),
        };
        let code = of_server.code().code().to_owned();
        of_sqlstate(&code, told, DriverError::Driver(error))
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
fn told_by(error: &DriverError) -> String {
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
