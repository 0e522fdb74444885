/// Gives the parameters of a statement. They are collected before the statement is sent, so that what gives them is not
/// kept while it runs.
type Put<'a> = dyn Fn(&mut Params<'_>) + Sync + 'a;

/// A statement of the driver with its parameters.
type Prepared = sqlx::query::Query<'static, Driver, Arguments>;

/// A statement with its parameters; `pending` has the keys of pending rows. The driver prepares each text once for a
/// connection.
fn prepared(sql: &str, pending: Option<&Keys>, put: &Put<'_>) -> Result<Prepared> {
    let mut values = Vec::new();
    fill_with(&mut values, pending, put)?;
    statement(sql, values)
}

/// Runs a statement that gives no rows; the number of rows it changed.
fn execute<'c>(
    conn: &'c mut Connection,
    sql: &str,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + use<'c> {
    execute_with(conn, sql, None, put)
}

/// The same where `pending` has the keys of pending rows.
fn execute_with<'c>(
    conn: &'c mut Connection,
    sql: &str,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + use<'c> {
    let statement = prepared(sql, pending, put);
    async move { Ok(statement?.execute(conn).await?.rows_affected()) }
}

/// Gives every row of a query to `take`.
fn each<'c, F: FnMut(&Row<'_>) -> Result<()>>(
    conn: &'c mut Connection,
    sql: &str,
    put: &Put<'_>,
    mut take: F,
) -> impl Future<Output = Result<()>> + use<'c, F> {
    let statement = prepared(sql, None, put);
    async move {
        let mut rows = statement?.fetch(conn);
        while let Some(row) = std::future::poll_fn(|context| rows.as_mut().poll_next(context)).await
        {
            take(&row?)?;
        }
        Ok(())
    }
}

/// Every row of a query.
fn select<'c, T: Table>(
    conn: &'c mut Connection,
    sql: &str,
    put: &Put<'_>,
) -> impl Future<Output = Result<Vec<T>>> + use<'c, T> {
    let statement = prepared(sql, None, put);
    async move {
        let rows = statement?.fetch_all(conn).await?;
        rows.iter().map(|row| T::read(&Reader::new(row))).collect()
    }
}

/// The first row of a query, as `read` gives it.
fn first<'c, R, F: FnOnce(&Row<'_>) -> Result<R>>(
    conn: &'c mut Connection,
    sql: &str,
    put: &Put<'_>,
    read: F,
) -> impl Future<Output = Result<Option<R>>> + use<'c, R, F> {
    let statement = prepared(sql, None, put);
    async move {
        let row = statement?.fetch_optional(conn).await?;
        row.as_ref().map(read).transpose()
    }
}

/// The first row of a query.
async fn select_first<T: Table>(
    conn: &mut Connection,
    sql: &str,
    put: &Put<'_>,
) -> Result<Option<T>> {
    first(conn, sql, put, |row| T::read(&Reader::new(row))).await
}

/// The first value of the first row of a query, as `read` gives it.
async fn select_value<R>(
    conn: &mut Connection,
    sql: &str,
    put: &Put<'_>,
    read: impl FnOnce(ValueRef<'_>) -> Result<R>,
) -> Result<Option<R>> {
    first(conn, sql, put, |row| read(stored_at(row, 0)?)).await
}

/// The one number that a query gives.
async fn select_number(conn: &mut Connection, sql: &str, put: &Put<'_>) -> Result<i64> {
    let number = first(conn, sql, put, |row| number_at(row, 0)).await?;
    number.ok_or_else(|| DriverError::RowNotFound.into())
}

/// The number at `place` of a row.
fn number_at(row: &Row<'_>, place: usize) -> Result<i64> {
    number_of(stored_at(row, place)?).map_err(|source| DriverError::Decode(source).into())
}

/// How many values a row has.
fn width(row: &Row<'_>) -> usize {
    row.len()
}

/// SQL of the user that wants another number of values.
fn wrong_count(given: usize, wanted: u64) -> Error {
    DriverError::Protocol(format!("{given} values are given for {wanted} parameters")).into()
}

/// What a foreign key would tell if it could: the row that is referred to has no key, or the one that refers holds other
/// values in columns that the key shares with others.
#[cold]
fn cannot_refer() -> Error {
    Error::ForeignKeyViolation {
        constraint: None,
        source: DriverError::Protocol(CANNOT_REFER.to_owned()),
    }
}
