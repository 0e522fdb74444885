/// Gives the parameters of a statement. They are collected before the statement is sent, so that what gives them is not
/// kept while it runs.
type Put<'a> = dyn Fn(&mut Params<'_>) + Sync + 'a;

/// The parameters of a statement; `pending` has the keys of pending rows.
fn parameters(pending: Option<&Keys>, put: &Put<'_>) -> Result<Vec<Value>> {
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

/// The prepared statement, which these are parameters of. Each text is prepared once, and the server tells which types it
/// wants.
async fn prepared(
    conn: &mut (dyn Connected + '_),
    sql: &str,
    values: &[Value],
) -> Result<tokio_postgres::Statement> {
    note_statement();
    let (client, state) = conn.parts();
    let statement = if let Some(statement) = state.known.get(sql) {
        statement
    } else {
        let statement = client.prepare(sql).await?;
        state.known.put(sql.into(), statement.clone());
        statement
    };
    let wanted = statement.params();
    if wanted.len() != values.len() {
        return Err(wrong_count(values.len(), wanted.len() as u64));
    }
    let mut pairs = values.iter().zip(wanted);
    match pairs.find(|(value, ty)| !value.fits(ty.oid())) {
        Some((value, ty)) => Err(other_type(value, ty)),
        None => Ok(statement),
    }
}

/// A value where the server wants one of another type: in SQL of the user.
#[cold]
fn other_type(value: &Value, wanted: &tokio_postgres::types::Type) -> Error {
    let given = match value {
        Written::Label(_) => "a variant of an enum".to_owned(),
        value => format!("a value of type {}", Oid::name(value.oid())),
    };
    DriverError::Told(format!("{given} is given where {wanted} is wanted")).into()
}

/// Whether a prepared statement is none any more: what it reads has changed its type, or somebody has dropped all.
fn is_outdated(error: &tokio_postgres::Error) -> bool {
    use tokio_postgres::error::SqlState;

    match error.as_db_error() {
        // The words may be in any language; the place in the server's source tells.
        Some(error) if *error.code() == SqlState::FEATURE_NOT_SUPPORTED => {
            error.routine() == Some("RevalidateCachedQuery")
        }
        Some(error) => {
            let code = error.code();
            // The latter when the type of a parameter is none any more: an enum that was made anew.
            *code == SqlState::INVALID_SQL_STATEMENT_NAME || *code == SqlState::INTERNAL_ERROR
        }
        None => false,
    }
}

/// Whether to run a statement again after `error`: it has to be prepared anew, and no transaction is lost by then.
fn runs_again(state: &mut State, sql: &str, error: &tokio_postgres::Error) -> bool {
    if !is_outdated(error) {
        return false;
    }
    if state.open == 0 {
        state.known.forget(sql);
        return true;
    }
    // Whoever runs the transaction again should not be told so of each of its statements.
    state.known.forget_all();
    false
}

/// Every row that a statement gives.
async fn rows(conn: &mut (dyn Connected + '_), sql: &str, values: &[Value]) -> Result<Vec<Row>> {
    let arguments = borrowed(values);
    let anew = is_planned_anew(sql, values);
    let mut again = true;
    loop {
        // Prepared in any case: between the rows the driver would wait for what it asks about the types of columns.
        let statement = prepared(conn, sql, values).await?;
        let (client, state) = conn.parts();
        let rows = if anew {
            let wanted = statement.params().iter().cloned();
            let typed: Vec<_> = arguments.iter().copied().zip(wanted).collect();
            client.query_typed(sql, &typed).await
        } else {
            client.query(&statement, &arguments).await
        };
        match rows {
            Err(error) if runs_again(state, sql, &error) && again => again = false,
            rows => return Ok(rows?),
        }
    }
}

/// The number of rows that a statement changed.
async fn count(conn: &mut (dyn Connected + '_), sql: &str, values: &[Value]) -> Result<u64> {
    let arguments = borrowed(values);
    let mut again = true;
    loop {
        let statement = prepared(conn, sql, values).await?;
        let (client, state) = conn.parts();
        match client.execute(&statement, &arguments).await {
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
    let values = parameters(pending, put);
    async move { count(conn, sql, &values?).await }
}

/// Gives every row of a query to `take`.
fn each<'c, 's, F: FnMut(&Row) -> Result<()>>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
    take: F,
) -> impl Future<Output = Result<()>> + use<'c, 's, F> {
    let values = parameters(None, put);
    async move { each_of(conn, sql, values?, take).await }
}

/// The same with parameters that are there.
async fn each_of(
    conn: &mut (dyn Connected + '_),
    sql: &str,
    values: Vec<Value>,
    take: impl FnMut(&Row) -> Result<()>,
) -> Result<()> {
    rows(conn, sql, &values).await?.iter().try_for_each(take)
}

/// Every row of a query.
fn select<'c, 's, T: Table>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
) -> impl Future<Output = Result<Vec<T>>> + Send + use<'c, 's, T> {
    let values = parameters(None, put);
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
    returning(conn, sql, put)
}

/// The first value of the first row of a query, as `read` gives it.
fn select_value<'c, 's, R, F: FnOnce(ValueRef<'_>) -> Result<R>>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    put: &Put<'_>,
    read: F,
) -> impl Future<Output = Result<Option<R>>> + use<'c, 's, R, F> {
    let values = parameters(None, put);
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
    let values = parameters(None, put);
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
    returning_with(conn, sql, None, put)
}

/// The same where `pending` has the keys of pending rows.
fn returning_with<'c, 's, T: Table>(
    conn: &'c mut (dyn Connected + 's),
    sql: &'c str,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> impl Future<Output = Result<Option<T>>> + Send + use<'c, 's, T> {
    let values = parameters(pending, put);
    async move {
        let rows = rows(conn, sql, &values?).await?;
        let first = rows.first().map(|row| T::read(&Reader::new(row)));
        first.transpose()
    }
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
