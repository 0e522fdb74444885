/// Gives the parameters of a statement. A trait object, so that what runs statements is compiled once and not for every
/// entity and call.
type Put<'a> = dyn Fn(&mut Params<'_>) + 'a;

/// A prepared statement of the connection's cache.
struct Statement<'c>(rusqlite::CachedStatement<'c>);

impl<'c> Statement<'c> {
    fn new(conn: &'c Connection, sql: &str) -> Result<Self> {
        Ok(Self(prepared(conn, sql)?))
    }

    /// The number of its parameters.
    fn parameters(&self) -> usize {
        self.0.parameter_count()
    }

    /// Gives it its parameters; `pending` has the keys of pending rows.
    #[inline]
    fn bind(&mut self, pending: Option<&Keys>, put: &Put<'_>) -> Result<()> {
        let mut binder = Binder {
            statement: &mut self.0,
            next: 1,
        };
        fill_with(&mut binder, pending, put)?;
        // SQLite would take what is not bound for NULL: a `:name` in SQL of the user, say.
        let (given, needed) = (binder.next - 1, self.0.parameter_count());
        if given == needed {
            return Ok(());
        }
        Err(rusqlite::Error::InvalidParameterCount(given, needed).into())
    }

    /// Gives it its only parameter.
    #[inline]
    fn bind_one(&mut self, value: ValueRef<'_>) -> Result<()> {
        Ok((self.0).raw_bind_parameter(1, Written::Borrowed(value))?)
    }

    /// Runs it; the number of rows it changed.
    fn execute(&mut self) -> Result<u64> {
        Ok(self.0.raw_execute()? as u64)
    }

    /// Gives every row to `take`.
    fn each(&mut self, mut take: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        let mut rows = self.0.raw_query();
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        Ok(())
    }

    /// The first row, and no further.
    #[inline]
    fn first<R>(&mut self, read: impl FnOnce(&Row<'_>) -> Result<R>) -> Result<Option<R>> {
        match self.0.raw_query().next()? {
            Some(row) => Ok(Some(read(row)?)),
            None => Ok(None),
        }
    }

    /// The row that a changing statement with RETURNING gives.
    ///
    /// It is run to its end: SQLite checks foreign keys there, and an early reset would lose their error.
    fn returning<T: Table>(&mut self) -> Result<Option<T>> {
        let mut rows = self.0.raw_query();
        let row = rows.next()?.map(|row| T::read(&Reader::new(row)));
        while rows.next()?.is_some() {}
        row.transpose()
    }
}

/// Runs a statement that gives no rows; the number of rows it changed.
fn execute(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<u64> {
    execute_with(conn, sql, None, put)
}

/// The same where `pending` has the keys of pending rows.
fn execute_with(
    conn: &Connection,
    sql: &str,
    pending: Option<&Keys>,
    put: &Put<'_>,
) -> Result<u64> {
    // Short statements are not made by `prepare`: a statement is large, and to hand it on is to copy it.
    let mut statement = Statement(prepared(conn, sql)?);
    statement.bind(pending, put)?;
    statement.execute()
}

/// Runs statements that give no rows, one after the other.
fn execute_each(conn: &Connection, statements: Vec<(&str, Vec<Value>)>) -> Result<()> {
    for (sql, values) in statements {
        execute(conn, sql, &|to| put_stored(&values, to))?;
    }
    Ok(())
}

/// Every row of a query.
fn select<T: Table>(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<Vec<T>> {
    let mut found = Vec::new();
    prepare(conn, sql, put)?.each(|row| {
        found.push(T::read(&Reader::new(row))?);
        Ok(())
    })?;
    Ok(found)
}

/// The first row of a query.
#[inline]
fn select_first<T: Table>(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<Option<T>> {
    let mut statement = Statement(prepared(conn, sql)?);
    statement.bind(None, put)?;
    statement.first(|row| T::read(&Reader::new(row)))
}

/// The first value of the first row of a query, as `read` gives it.
fn select_value<R>(
    conn: &Connection,
    sql: &str,
    put: &Put<'_>,
    read: impl FnOnce(ValueRef<'_>) -> Result<R>,
) -> Result<Option<R>> {
    prepare(conn, sql, put)?.first(|row| read(row.get_ref(0)?))
}

/// The one number that a query gives.
fn select_number(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<i64> {
    let number = prepare(conn, sql, put)?.first(|row| number_at(row, 0))?;
    number.ok_or_else(|| rusqlite::Error::QueryReturnedNoRows.into())
}

/// Gives every row of a query to `take`.
fn each(
    conn: &Connection,
    sql: &str,
    put: &Put<'_>,
    take: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    prepare(conn, sql, put)?.each(take)
}

/// The row that a changing statement with RETURNING gives.
fn returning<T: Table>(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<Option<T>> {
    prepare(conn, sql, put)?.returning()
}

/// Runs a changing statement with RETURNING; the number of rows that it changed.
fn changed(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<u64> {
    let mut rows = 0;
    each(conn, sql, put, |_| {
        rows += 1;
        Ok(())
    })?;
    Ok(rows)
}

/// Makes a link, or makes a row refer, by the statement that adds; 1 when it was not there before. `pending` has the keys
/// of pending rows.
fn link(conn: &Connection, sql: &ToManySql, pending: Option<&Keys>, put: &Put<'_>) -> Result<u64> {
    execute_with(conn, sql.add, pending, put)
}

/// The statement of a unit's links, which is run for one pair after the other: to look it up in the cache each time would
/// cost as much as a tenth of what it does.
struct PairStatement<'c>(Statement<'c>);

impl<'c> PairStatement<'c> {
    fn new(conn: &'c Connection, sql: &ToManySql, verb: Verb) -> Result<Self> {
        let text = match verb {
            Verb::Add => sql.add,
            Verb::Remove => sql.remove,
        };
        Ok(Self(Statement::new(conn, text)?))
    }

    /// Runs it for a pair; the number of rows it changed.
    fn run(&mut self, _conn: &Connection, pending: Option<&Keys>, put: &Put<'_>) -> Result<u64> {
        self.0.bind(pending, put)?;
        self.0.execute()
    }
}

/// A statement with its parameters, to be run in another way.
fn prepare<'c>(conn: &'c Connection, sql: &str, put: &Put<'_>) -> Result<Statement<'c>> {
    let mut statement = Statement::new(conn, sql)?;
    statement.bind(None, put)?;
    Ok(statement)
}

/// The value at `place` of a row.
#[inline]
fn stored_at<'r>(row: &'r Row<'_>, place: usize) -> Result<ValueRef<'r>> {
    Ok(row.get_ref(place)?)
}

/// The number at `place` of a row.
fn number_at(row: &Row<'_>, place: usize) -> Result<i64> {
    Ok(row.get(place)?)
}

/// How many values a row has.
fn width(row: &Row<'_>) -> usize {
    row.as_ref().column_count()
}

/// Inserts a row or writes to the one with the same key, and gives back what is stored.
fn upserted<E: Entity>(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<Option<E>> {
    returning(conn, sql, put)
}

/// Inserts a row with the key that it has.
fn insert_whole<E: Entity>(conn: &Connection, _key: &E::Key, put: &Put<'_>) -> Result<()> {
    execute(conn, E::SQL.insert_row, put).map(drop)
}
