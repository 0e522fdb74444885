impl tokio_postgres::types::ToSql for Value {
    fn to_sql(
        &self,
        ty: &tokio_postgres::types::Type,
        // The driver's macro for such impls names it by this path too.
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> Result<tokio_postgres::types::IsNull, Mismatch> {
        let mut bytes = Vec::new();
        match self {
            Self::Null => return Ok(tokio_postgres::types::IsNull::Yes),
            Self::Array(list) => {
                if let tokio_postgres::types::Kind::Array(item) = ty.kind() {
                    // It may be long, and is not copied.
                    out.extend_from_slice(&list.head(item.oid()));
                    out.extend_from_slice(&list.items);
                    return Ok(tokio_postgres::types::IsNull::No);
                }
                self.borrowed().typed(ty.oid(), None).encode(&mut bytes);
            }
            value => value.encode(&mut bytes),
        }
        out.extend_from_slice(&bytes);
        Ok(tokio_postgres::types::IsNull::No)
    }

    /// Whether it fits is seen when the statement is prepared.
    fn accepts(_ty: &tokio_postgres::types::Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

impl<'a> tokio_postgres::types::FromSql<'a> for ValueRef<'a> {
    fn from_sql(ty: &tokio_postgres::types::Type, raw: &'a [u8]) -> Result<Self, Mismatch> {
        Ok(Self {
            oid: ty.oid(),
            bytes: Some(raw),
        })
    }

    fn from_sql_null(ty: &tokio_postgres::types::Type) -> Result<Self, Mismatch> {
        Ok(Self {
            oid: ty.oid(),
            bytes: None,
        })
    }

    fn accepts(_ty: &tokio_postgres::types::Type) -> bool {
        true
    }
}

/// The value at `place` of a row.
#[inline]
fn stored_at(row: &Row, place: usize) -> Result<ValueRef<'_>> {
    Ok(row.try_get(place)?)
}

/// The number at `place` of a row.
fn number_at(row: &Row, place: usize) -> Result<i64> {
    let number = number_of(stored_at(row, place)?);
    number.map_err(|source| DriverError::Told(source.to_string()).into())
}

/// How many values a row has.
fn width(row: &Row) -> usize {
    row.len()
}
