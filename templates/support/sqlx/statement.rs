/// Gives the parameters of a statement. They are collected before the statement is sent, so that what gives them is not
/// kept while it runs.
type Put<'a> = dyn Fn(&mut Params<'_>) + Sync + 'a;

/// A statement of the driver with its parameters.
type Prepared = sqlx::query::Query<'static, Driver, Arguments>;

/// The parameters of a statement; `pending` has the keys of pending rows.
fn parameters(pending: Option<&Keys>, put: &Put<'_>) -> Result<Vec<Value>> {
    let mut values = Vec::new();
    fill_with(&mut values, pending, put)?;
    Ok(values)
}

/// Runs a statement that gives no rows; the number of rows it changed.
fn execute<'c>(
    conn: &'c mut Connection,
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + use<'c> {
    execute_with(conn, sql, None, put)
}

/// The same where `pending` has the keys of pending rows.
fn execute_with<'c>(
    conn: &'c mut Connection,
    sql: &'c str,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + use<'c> {
    let values = parameters(pending, put);
    async move {
        let statement = prepared(conn, sql, values?).await?;
        Ok(statement.execute(conn).await?.rows_affected())
    }
}

/// Runs statements that give no rows, one after the other.
async fn execute_each(conn: &mut Connection, statements: Vec<(&str, Vec<Value>)>) -> Result<()> {
    for (sql, values) in statements {
        let statement = prepared(conn, sql, values).await?;
        statement.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Gives every row of a query to `take`.
fn each<'c, F: FnMut(&Row<'_>) -> Result<()>>(
    conn: &'c mut Connection,
    sql: &'c str,
    put: &Put<'_>,
    take: F,
) -> impl Future<Output = Result<()>> + use<'c, F> {
    let values = parameters(None, put);
    async move { each_of(conn, sql, values?, take).await }
}

/// The same with parameters that are there.
async fn each_of(
    conn: &mut Connection,
    sql: &str,
    values: Vec<Value>,
    mut take: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut rows = prepared(conn, sql, values).await?.fetch(conn);
    while let Some(row) = std::future::poll_fn(|context| rows.as_mut().poll_next(context)).await {
        take(&row?)?;
    }
    Ok(())
}

/// Every row of a query.
fn select<'c, T: Table>(
    conn: &'c mut Connection,
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<Vec<T>>> + use<'c, T> {
    let values = parameters(None, put);
    async move {
        let rows = prepared(conn, sql, values?).await?.fetch_all(conn).await?;
        rows.iter().map(|row| T::read(&Reader::new(row))).collect()
    }
}

/// The row that a statement changes, as it is stored then.
fn returning<'c, T: Table>(
    conn: &'c mut Connection,
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<Option<T>>> + use<'c, T> {
    returning_with(conn, sql, None, put)
}

/// The first row of a query, as `read` gives it.
fn first<'c, R, F: FnOnce(&Row<'_>) -> Result<R>>(
    conn: &'c mut Connection,
    sql: &'c str,
    put: &Put<'_>,
    read: F,
) -> impl Future<Output = Result<Option<R>>> + use<'c, R, F> {
    let values = parameters(None, put);
    async move {
        let statement = prepared(conn, sql, values?).await?;
        let row = statement.fetch_optional(conn).await?;
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
