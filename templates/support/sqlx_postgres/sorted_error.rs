/// Sorts by SQLSTATE (appendix A of the manual).
fn of_database(error: Box<dyn sqlx::error::DatabaseError>) -> Error {
    let code = error.code().map(std::borrow::Cow::into_owned);
    let told = error
        .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
        .map(|error| {
            let told = |field: Option<&str>| field.map(str::to_owned);
            Told {
                table: told(error.table()),
                column: told(error.column()),
                constraint: told(error.constraint()),
                detail: told(error.detail()),
            }
        });
    let source = DriverError::Database(error);
    of_sqlstate(
        code.as_deref().unwrap_or_default(),
        told.unwrap_or_default(),
        source,
    )
}
