impl From<DriverError> for Error {
    fn from(source: DriverError) -> Self {
        match source {
            DriverError::Database(error) => of_database(error),
            source => Self::Database(source),
        }
    }
}

/// The words of an error.
fn words(error: &DriverError) -> String {
    match error {
        // The driver's own words only add that it was the database.
        DriverError::Database(error) => error.to_string(),
        error => error.to_string(),
    }
}
