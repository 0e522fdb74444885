/// The rows of one INSERT when there are many. Its text and that for a single row are all that is ever prepared.
const ROWS: usize = 16;

/// The most parameters that SQLite takes in a statement, unless it was built otherwise
/// (<https://www.sqlite.org/limits.html>).
const MOST_PARAMETERS: usize = 32_766;

/// Inserts rows and gives their keys, in the order of the rows: all of them or none, in one transaction.
///
/// # Errors
///
/// A violated constraint, [`Error::Pending`] when a reference is pending, or [`Error::Busy`]; then none was inserted.
pub fn insert_many<E: Entity>(
    conn: &Connection,
    rows: impl IntoIterator<Item = E::New>,
) -> Result<Vec<E::Key>> {
    transaction(conn, || {
        let rows = rows.into_iter();
        let mut keys = Vec::with_capacity(rows.size_hint().0);
        let mut insert = Insert::<E>::new(conn)?;
        insert.all(rows, None, &mut keys)?;
        Ok(keys)
    })
}

/// Inserts rows of one entity, inside a transaction.
struct Insert<'c, E: Entity> {
    conn: &'c Connection,
    single: Statement<'c>,
    /// The statement for [`ROWS`] rows, once it is needed.
    many: Option<Statement<'c>>,
    marker: PhantomData<fn() -> E>,
}

impl<'c, E: Entity> Insert<'c, E> {
    fn new(conn: &'c Connection) -> Result<Self> {
        let single = match E::COUNTED {
            Some(_) => Statement::new(conn, &format!("{} {}", E::INSERT_INTO, E::INSERT_VALUES))?,
            None => Statement::new(conn, E::INSERT)?,
        };
        Ok(Self {
            conn,
            single,
            many: None,
            marker: PhantomData,
        })
    }

    /// Inserts rows, and appends their keys. `pending` has the keys of pending rows.
    fn all(
        &mut self,
        mut rows: impl Iterator<Item = E::New>,
        pending: Option<&Keys>,
        keys: &mut Vec<E::Key>,
    ) -> Result<()> {
        let Some(counted) = E::COUNTED else {
            return rows.try_for_each(|row| {
                keys.push(self.one(&row, pending)?);
                Ok(())
            });
        };
        let Some(first) = rows.next() else {
            return Ok(());
        };
        keys.push(self.one(&first, pending)?);
        let per_statement = if self.single.parameters() * ROWS > MOST_PARAMETERS {
            1
        } else {
            ROWS
        };
        let mut waiting = Vec::with_capacity(ROWS);
        loop {
            waiting.extend(rows.by_ref().take(per_statement));
            if waiting.is_empty() {
                return Ok(());
            }
            let last = self.conn.last_insert_rowid();
            // At the end of its range the database would try numbers at random.
            if waiting.len() == ROWS && last < i64::MAX >> 1 {
                for number in self.sixteen(&waiting, last, pending)? {
                    keys.push(counted(number)?);
                }
            } else {
                for row in &waiting {
                    keys.push(self.one(row, pending)?);
                }
            }
            waiting.clear();
        }
    }

    /// Inserts one row.
    fn one(&mut self, row: &E::New, pending: Option<&Keys>) -> Result<E::Key> {
        self.single.bind(pending, &|to| E::put_new(row, to))?;
        match E::COUNTED {
            Some(counted) => {
                self.single.execute()?;
                counted(self.conn.last_insert_rowid())
            }
            None => match self.single.returning::<E>()? {
                Some(row) => Ok(row.key()),
                None => Err(Error::not_found::<E>()),
            },
        }
    }

    /// Inserts [`ROWS`] rows by one statement; the numbers that they got. `last` is that of the row before them.
    ///
    /// The rule: a row gets the number after the largest one in the table (<https://www.sqlite.org/autoinc.html>), and
    /// no other connection writes in between, so the numbers follow each other in the order of the rows.
    fn sixteen(
        &mut self,
        rows: &[E::New],
        last: i64,
        pending: Option<&Keys>,
    ) -> Result<std::ops::RangeInclusive<i64>> {
        let many = if let Some(many) = &mut self.many {
            many
        } else {
            let values = [E::INSERT_VALUES; ROWS].join(", ");
            let sql = format!("{} {values}", E::INSERT_INTO);
            self.many.insert(Statement::new(self.conn, &sql)?)
        };
        many.bind(pending, &|to| {
            for row in rows {
                E::put_new(row, to);
            }
        })?;
        many.execute()?;
        let now = self.conn.last_insert_rowid();
        let first = last + 1;
        if usize::try_from(now - last) == Ok(rows.len()) {
            return Ok(first..=now);
        }
        Err(Error::Decode {
            entity: E::NAME,
            column: E::KEY.first().map_or("", |(name, _)| name),
            key: now.to_string(),
            source: "the database did not count the rows one by one: does a trigger insert more?"
                .into(),
        })
    }
}
