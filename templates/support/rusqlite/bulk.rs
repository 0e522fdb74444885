/// The rows of one INSERT when there are many. Its text and that for a single row are all that is ever prepared.
const ROWS: usize = 16;

/// The most parameters that SQLite takes in a statement, unless it was built otherwise
/// (<https://www.sqlite.org/limits.html>).
const MOST_PARAMETERS: usize = 32_766;

/// Inserts rows and gives their keys, in the order of the rows: all of them or none, in one transaction.
///
/// ```text
/// let new = ["Carol", "Dan"].map(|name| NewStudent { name: name.into() });
/// let keys: Vec<i32> = Student::insert_many(&conn, new)?;
/// ```
///
/// # Errors
///
/// A violated constraint, [`Error::Pending`] when a reference is pending, or [`Error::Busy`]; then none was inserted.
pub fn insert_many<E: Entity>(
    conn: &Connection,
    rows: impl IntoIterator<Item = E::New>,
) -> Result<Vec<E::Key>> {
    transaction(conn, || {
        // An iterator without an end asks for more room than there is, though a row may be refused before.
        let mut keys = Vec::new();
        insert_all::<E>(conn, rows.into_iter(), None, &mut keys)?;
        Ok(keys)
    })
}

/// Inserts rows, and appends their keys, inside a transaction. `pending` has the keys of pending rows.
fn insert_all<E: Entity>(
    conn: &Connection,
    rows: impl Iterator<Item = E::New>,
    pending: Option<&Keys>,
    keys: &mut Vec<E::Key>,
) -> Result<()> {
    Insert::<E>::new(conn)?.all(rows, pending, keys)
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
            Some(_) => Statement::new(
                conn,
                &format!("{} {}", E::SQL.insert_into, E::SQL.insert_values),
            )?,
            None => Statement::new(conn, E::SQL.insert)?,
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
                keys.push(self.returned(&row, pending)?);
                Ok(())
            });
        };
        let many_fit = self.single.parameters() * ROWS <= MOST_PARAMETERS;
        let mut waiting = Vec::with_capacity(ROWS);
        let mut last = None;
        // Whether the last row got the number after that of the row before it. The database counts on then; in a table
        // that has the largest number there is, it tries others at random.
        let mut in_turn = false;
        loop {
            let written = self.conn.total_changes();
            waiting.extend(rows.by_ref().take(if in_turn { ROWS } else { 1 }));
            if waiting.is_empty() {
                return Ok(());
            }
            // The caller's iterator may have inserted rows of its own.
            let alone = self.conn.total_changes() == written;
            match last {
                Some(before) if waiting.len() == ROWS && alone && has_room(before) => {
                    let numbers = self.sixteen(&waiting, before, pending)?;
                    last = Some(*numbers.end());
                    for number in numbers {
                        keys.push(counted(number)?);
                    }
                }
                _ => {
                    for row in &waiting {
                        let number = self.one(row, pending)?;
                        in_turn = many_fit && last == number.checked_sub(1);
                        last = Some(number);
                        keys.push(counted(number)?);
                    }
                }
            }
            waiting.clear();
        }
    }

    /// Inserts a row whose key the database does not count.
    fn returned(&mut self, row: &E::New, pending: Option<&Keys>) -> Result<E::Key> {
        self.single.bind(pending, &|to| E::put_new(row, to))?;
        let stored = self.single.returning::<E>()?;
        Ok(stored.ok_or_else(Error::not_found::<E>)?.key())
    }

    /// Inserts a row; the number that it got.
    fn one(&mut self, row: &E::New, pending: Option<&Keys>) -> Result<i64> {
        self.single.bind(pending, &|to| E::put_new(row, to))?;
        match self.single.execute()? {
            // A trigger may have ignored the row.
            0 => Err(Error::not_found::<E>()),
            _ => Ok(self.conn.last_insert_rowid()),
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
            let values = [E::SQL.insert_values; ROWS].join(", ");
            let sql = format!("{} {values}", E::SQL.insert_into);
            self.many.insert(Statement::new(self.conn, &sql)?)
        };
        many.bind(pending, &|to| {
            for row in rows {
                E::put_new(row, to);
            }
        })?;
        let inserted = many.execute()?;
        let now = self.conn.last_insert_rowid();
        // A trigger may have ignored some of the rows, and inserted others.
        let in_turn = usize::try_from(now.saturating_sub(last)) == Ok(ROWS);
        if in_turn && inserted == ROWS as u64 {
            return Ok(last + 1..=now);
        }
        Err(Error::Decode {
            entity: E::NAME,
            column: key_name::<E>(),
            key: now.to_string(),
            source: "the database did not count the rows one by one: does a trigger change them?"
                .into(),
        })
    }
}

/// Whether [`ROWS`] numbers more follow `number`.
fn has_room(number: i64) -> bool {
    i64::try_from(ROWS).is_ok_and(|rows| number.checked_add(rows).is_some())
}
