/// The value at `place` of a row.
fn stored_at(row: &Row<'_>, place: usize) -> Result<ValueRef<'_>> {
    let value = row.try_get_raw(place)?;
    let of = value.type_info().name().to_owned();
    Ok(match of.as_str() {
        _ if value.is_null() => ValueRef::Null,
        "INTEGER" => ValueRef::Integer(decoded(value)?),
        "REAL" => ValueRef::Real(decoded(value)?),
        "TEXT" => ValueRef::Text(decoded(value)?),
        _ => ValueRef::Blob(decoded(value)?),
    })
}

fn decoded<'r, T: sqlx::Decode<'r, Driver>>(value: sqlx::sqlite::SqliteValueRef<'r>) -> Result<T> {
    T::decode(value).map_err(|error| DriverError::Decode(error).into())
}

/// A statement with its parameters. The driver prepares each text once for a connection.
#[allow(
    clippy::unused_async,
    reason = "the drivers of other databases ask them for types"
)]
async fn prepared(_conn: &mut Connection, sql: &str, values: Vec<Value>) -> Result<Prepared> {
    Ok(sqlx::query_with(
        sqlx::AssertSqlSafe(sql),
        arguments(values)?,
    ))
}
