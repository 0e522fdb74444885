/// Gives the parameters of a statement. They are collected before the statement is sent, so that what gives them is not
/// kept while it runs.
type Put<'a> = dyn Fn(&mut Params<'_>) + Sync + 'a;

/// The parameters that `put` gives; `pending` has the keys of pending rows.
fn collected(pending: Option<&Keys>, put: &Put<'_>) -> Result<Vec<Value>> {
    let mut values = Vec::new();
    fill_with(&mut values, pending, put)?;
    Ok(values)
}

/// The parameters as the driver takes them.
fn borrowed(values: &[Value]) -> Vec<&(dyn tokio_postgres::types::ToSql + Sync)> {
    let each = values.iter();
    each.map(|value| value as &(dyn tokio_postgres::types::ToSql + Sync))
        .collect()
}

/// The prepared statement for these parameters.
async fn prepared(
    conn: &mut (dyn Connected + '_),
    sql: &str,
    values: &[Value],
) -> Result<tokio_postgres::Statement> {
    let (client, state) = conn.parts();
    if let Some(statement) = state.known.get(sql) {
        if misfit(values, &statement).is_none() {
            return Ok(statement);
        }
        // SQL of the user, whose parameters are of other types this time.
    }
    let types = values.iter().map(|value| {
        let ty = tokio_postgres::types::Type::from_oid(value.oid());
        ty.unwrap_or(tokio_postgres::types::Type::UNKNOWN)
    });
    let types: Vec<_> = types.collect();
    note_statement(sql);
    let statement = client.prepare_typed(sql, &types).await?;
    if let Some(source) = misfit(values, &statement) {
        return Err(Error::Encode {
            column: "raw",
            source,
        });
    }
    state.known.put(sql.into(), statement.clone());
    Ok(statement)
}

/// Why these are no parameters of the statement.
fn misfit(values: &[Value], statement: &tokio_postgres::Statement) -> Option<Mismatch> {
    let mut pairs = values.iter().zip(statement.params()).zip(1..);
    let ((value, ty), number) = pairs.find(|((value, ty), _)| !value.fits(ty.oid()))?;
    let given = match value {
        Written::Label(_) => "a variant of an enum".to_owned(),
        value => Oid::name(value.oid()),
    };
    Some(format!("parameter {number} is {ty}, and {given} is given").into())
}

/// Whether a prepared statement is none any more: what it reads has changed its type, or somebody has dropped all.
fn is_outdated(error: &tokio_postgres::Error) -> bool {
    use tokio_postgres::error::SqlState;

    match error.as_db_error() {
        // The words may be in any language; the place in the server's source tells.
        Some(error) if *error.code() == SqlState::FEATURE_NOT_SUPPORTED => {
            error.routine() == Some("RevalidateCachedQuery")
        }
        Some(error) => *error.code() == SqlState::INVALID_SQL_STATEMENT_NAME,
        None => false,
    }
}

/// Whether to run a statement again after `error`: it has to be prepared anew, and no transaction is lost by then.
fn runs_again(state: &mut State, sql: &str, error: &tokio_postgres::Error) -> bool {
    let outdated = is_outdated(error);
    if outdated {
        state.known.forget(sql);
    }
    outdated && state.open == 0
}

/// Every row that a statement gives.
async fn rows(conn: &mut (dyn Connected + '_), sql: &str, values: &[Value]) -> Result<Vec<Row>> {
    let parameters = borrowed(values);
    let mut again = true;
    loop {
        let statement = prepared(conn, sql, values).await?;
        let (client, state) = conn.parts();
        match client.query(&statement, &parameters).await {
            Err(error) if runs_again(state, sql, &error) && again => again = false,
            rows => return Ok(rows?),
        }
    }
}

/// The number of rows that a statement changed.
async fn count(conn: &mut (dyn Connected + '_), sql: &str, values: &[Value]) -> Result<u64> {
    let parameters = borrowed(values);
    let mut again = true;
    loop {
        let statement = prepared(conn, sql, values).await?;
        let (client, state) = conn.parts();
        match client.execute(&statement, &parameters).await {
            Err(error) if runs_again(state, sql, &error) && again => again = false,
            count => return Ok(count?),
        }
    }
}

/// Runs a statement that gives no rows; the number of rows it changed.
fn execute<'c, 's>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + Send + use<'c, 's> {
    execute_with(conn, sql, None, put)
}

/// The same where `pending` has the keys of pending rows.
fn execute_with<'c, 's>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + Send + use<'c, 's> {
    let values = collected(pending, put);
    async move { count(conn, sql, &values?).await }
}

/// Gives every row of a query to `take`.
fn each<'c, 's, F: FnMut(&Row) -> Result<()>>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
    take: F,
) -> impl Future<Output = Result<()>> + use<'c, 's, F> {
    let values = collected(None, put);
    async move { rows(conn, sql, &values?).await?.iter().try_for_each(take) }
}

/// Every row of a query.
fn select<'c, 's, T: Table>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<Vec<T>>> + Send + use<'c, 's, T> {
    let values = collected(None, put);
    async move {
        let rows = rows(conn, sql, &values?).await?;
        rows.iter().map(|row| T::read(&Reader::new(row))).collect()
    }
}

/// The first row of a query.
fn select_first<'c, 's, T: Table>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<Option<T>>> + Send + use<'c, 's, T> {
    let values = collected(None, put);
    async move {
        let rows = rows(conn, sql, &values?).await?;
        let first = rows.first().map(|row| T::read(&Reader::new(row)));
        first.transpose()
    }
}

/// The first value of the first row of a query, as `read` gives it.
fn select_value<'c, 's, R, F: FnOnce(ValueRef<'_>) -> Result<R>>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
    read: F,
) -> impl Future<Output = Result<Option<R>>> + use<'c, 's, R, F> {
    let values = collected(None, put);
    async move {
        let rows = rows(conn, sql, &values?).await?;
        let first = rows.first().map(|row| read(stored_at(row, 0)?));
        first.transpose()
    }
}

/// The one number that a query gives.
fn select_number<'c, 's>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<i64>> + Send + use<'c, 's> {
    let values = collected(None, put);
    async move {
        let rows = rows(conn, sql, &values?).await?;
        match rows.first() {
            Some(row) => number_at(row, 0),
            None => Err(DriverError::Told("the query gave no row".to_owned()).into()),
        }
    }
}

/// The row that a changing statement with RETURNING gives.
fn returning<'c, 's, T: Table>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<Option<T>>> + Send + use<'c, 's, T> {
    select_first(conn, sql, put)
}

/// Runs a changing statement with RETURNING; the number of rows that it changed.
fn changed<'c, 's>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + Send + use<'c, 's> {
    execute(conn, sql, put)
}

/// Makes a link, or makes a row refer, by the statement that adds; 1 when it was not there before. `pending` has the keys
/// of pending rows.
fn link<'c, 's>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c ToManySql,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> impl Future<Output = Result<u64>> + Send + use<'c, 's> {
    execute_with(conn, sql.add, pending, put)
}
