impl From<DriverError> for Error {
    fn from(source: DriverError) -> Self {
        match source {
            DriverError::Database(error) => of_database(error),
            source => Self::Database(source),
        }
    }
}

/// The words of an error.
fn told_by(error: &DriverError) -> String {
    error.to_string()
}
