/// The value at `place` of a row.
fn stored_at(row: &Row<'_>, place: usize) -> Result<ValueRef<'_>> {
    let value = row.try_get_raw(place)?;
    let oid = value.type_info().oid().map_or(Oid::UNTOLD, |oid| oid.0);
    let bytes = if value.is_null() {
        None
    } else {
        Some(value.as_bytes().map_err(DriverError::Decode)?)
    };
    Ok(ValueRef { oid, bytes })
}

/// A value for a parameter of which the server has told the type.
struct Parameter(Value);

impl sqlx::Type<Driver> for Parameter {
    fn type_info() -> sqlx::postgres::PgTypeInfo {
        sqlx::postgres::PgTypeInfo::with_oid(sqlx::postgres::types::Oid(Oid::UNTOLD))
    }
}

impl sqlx::Encode<'_, Driver> for Parameter {
    fn encode_by_ref(
        &self,
        buffer: &mut sqlx::postgres::PgArgumentBuffer,
    ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
        if self.0 == Written::Null {
            return Ok(sqlx::encode::IsNull::Yes);
        }
        self.0.encode(buffer);
        Ok(sqlx::encode::IsNull::No)
    }
}

/// A statement with its parameters. The driver prepares each text once for a connection, and the server tells which types
/// it wants.
async fn prepared(conn: &mut Connection, sql: &str, values: Vec<Value>) -> Result<Prepared> {
    use sqlx::Arguments as _;
    use sqlx::SqlSafeStr as _;

    let statement = conn
        .prepare(sqlx::AssertSqlSafe(sql).into_sql_str())
        .await?;
    let types = match statement.parameters() {
        Some(sqlx::Either::Left(types)) => types,
        _ => &[],
    };
    if types.len() != values.len() {
        return Err(wrong_count(values.len(), types.len() as u64));
    }
    let anew = is_planned_anew(sql, &values);
    let mut arguments = Arguments::default();
    for (value, ty) in values.into_iter().zip(types) {
        let oid = ty.oid().map_or(Oid::UNTOLD, |oid| oid.0);
        if !value.fits(oid) {
            return Err(other_type(&value, oid));
        }
        let item = match ty.kind() {
            sqlx::postgres::PgTypeKind::Array(item) => item.oid().map(|oid| oid.0),
            _ => None,
        };
        let parameter = Parameter(value.typed(oid, item));
        arguments.add(parameter).map_err(DriverError::Encode)?;
    }
    if anew {
        // The text differs from that of the prepared statement, which the driver would take else.
        let text = sqlx::AssertSqlSafe(format!("{sql} "));
        return Ok(sqlx::query_with(text, arguments).persistent(false));
    }
    Ok(sqlx::query_with(sqlx::AssertSqlSafe(sql), arguments))
}

/// A value where the server wants one of another type: in SQL of the user.
#[cold]
fn other_type(value: &Value, wanted: u32) -> Error {
    let (given, wanted) = (Oid::name(value.oid()), Oid::name(wanted));
    DriverError::Encode(format!("a value of type {given} is given where {wanted} is wanted").into())
        .into()
}
