/// Rows of `T` to read: what, in which order, how many, and with which related rows (`L`). Nothing is asked of the
/// database before a method that takes the connection.
///
/// ```text
/// let page = Student::query()
///     .filter(student::NAME.starts_with("A").or(student::COURSES.any(course::TITLE.eq("Math"))))
///     .order_by(student::NAME.asc())
///     .limit(20)
///     .with(student::COURSES)
///     .all(&conn)?;
/// ```
#[must_use = "a query does nothing until it is run"]
pub struct Query<T, L = ()> {
    selection: Selection<T>,
    loads: L,
}

/// Which rows of a table, in which order.
struct Selection<T> {
    filter: Option<Filter<T>>,
    // Apart, because a query is moved at every call that shapes it, and many need no more than a filter.
    more: Option<Box<More>>,
}

/// What a selection can have beside a filter.
#[derive(Clone)]
struct More {
    scope: Option<Scope>,
    order: Vec<SortKey>,
    /// The values of a row, all its columns, behind which the rows begin.
    after: Option<Result<Vec<Value>, Refused>>,
    limit: Option<u64>,
    offset: u64,
}

/// The rows that a relationship leads to: a condition, its parameters, and the order of the relationship.
#[derive(Clone)]
struct Scope {
    condition: &'static str,
    order: &'static str,
    // A key that its column cannot hold is told when the query runs.
    params: Result<Vec<Value>, Refused>,
}

impl<T, L: Clone> Clone for Query<T, L> {
    fn clone(&self) -> Self {
        Self {
            selection: Selection {
                filter: self.selection.filter.clone(),
                more: self.selection.more.clone(),
            },
            loads: self.loads.clone(),
        }
    }
}

impl<T> Default for Query<T> {
    fn default() -> Self {
        Self {
            selection: Selection {
                filter: None,
                more: None,
            },
            loads: (),
        }
    }
}

impl<T: Table, L> Query<T, L> {
    /// Only rows that fit; a second filter narrows the first.
    #[inline]
    pub fn filter(mut self, condition: impl Condition<T>) -> Self {
        let filter = condition.filter();
        match self.selection.filter {
            None => self.selection.filter = Some(filter),
            Some(_) => self.selection.narrow(filter),
        }
        self
    }

    /// In this order; a second order decides where the first does not, and the primary key at last, in the direction of
    /// the order before it. Without any, the rows of a relationship come in its order, and others as the database likes.
    pub fn order_by(mut self, order: impl Ordering<T>) -> Self {
        let orders = order.orders().into_iter().map(|order| order.key);
        self.selection.more().order.extend(orders);
        self
    }

    /// At most `rows` rows.
    pub fn limit(mut self, rows: u64) -> Self {
        self.selection.more().limit = Some(rows);
        self
    }

    /// Without the first `rows` rows. The database walks over them; [`Query::after`] does not.
    pub fn offset(mut self, rows: u64) -> Self {
        self.selection.more().offset = rows;
        self
    }

    /// Only the rows behind `row` in the order of the query, the primary key deciding at last: the next page, when `row`
    /// is the last of this one. The row may have changed or gone since. Give what you page an order: without any, the
    /// first page comes as the database likes, and what is behind its last row is not the rest.
    ///
    /// ```text
    /// let pages = || Student::query().order_by((student::NAME.desc(), student::ID.asc())).limit(20);
    /// let first = pages().all(&conn)?;
    /// if let Some(last) = first.last() {
    ///     let second = pages().after(last).all(&conn)?;
    /// }
    /// ```
    pub fn after(mut self, row: &T) -> Self
    where
        T: Entity,
    {
        let values = stored(|to| row.put_row(to)).map_err(Refused::from);
        self.selection.more().after = Some(values);
        self
    }

    /// Locks the rows until the end of the transaction, where the database has such locks. SQLite has none: its
    /// transactions write one after the other.
    pub fn for_update(self) -> Self {
        self
    }

    /// Each row with what `related` gives: see [`Rel`] for what that can be. Up to six, one after the other, make one
    /// flat tuple. Each is read by a statement of its own; where others write meanwhile, a transaction around the call
    /// lets all statements see the same state.
    ///
    /// ```text
    /// let all: Vec<(Student, Vec<Course>)> = Student::query().with(student::COURSES).all(&conn)?;
    /// ```
    pub fn with<F: Fetch<T>>(self, related: F) -> Query<T, L::Grown>
    where
        L: Grow<F, Grown: Loads<T>>,
    {
        Query {
            selection: self.selection,
            loads: self.loads.grow(related),
        }
    }
}

impl<T: Table, L: Loads<T>> Query<T, L> {
    /// Every row. One statement, and one for each relationship.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn all(mut self, conn: &Connection) -> Result<Vec<L::Item>> {
        let rows = self.selection.run(|sql, put| select(conn, sql, put))?;
        self.loads.attach(conn, rows)
    }

    /// The first row, if there is one. One statement, and one for each relationship.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    #[inline]
    pub fn first(mut self, conn: &Connection) -> Result<Option<L::Item>> {
        if self.selection.is_ordered() {
            // Sorting for one row is less work; without an order the statement ends behind it anyway.
            self.selection.at_most(1);
        }
        let row = self.selection.first(conn)?;
        self.loads.attach_one(conn, row)
    }

    /// The only row. One statement, and one for each relationship.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there is none, [`Error::TooManyFound`] when there are more.
    pub fn one(mut self, conn: &Connection) -> Result<L::Item> {
        self.selection.at_most(2);
        let rows = self.selection.run(|sql, put| select(conn, sql, put))?;
        if rows.len() > 1 {
            return Err(Error::TooManyFound { entity: T::NAME });
        }
        let found = self.loads.attach(conn, rows)?.pop();
        found.ok_or_else(Error::not_found::<T>)
    }
}

impl<T: Table, L> Query<T, L> {
    /// The number of rows. One statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub fn count(mut self, conn: &Connection) -> Result<u64> {
        let text = self.selection.aggregate("count(*)", "1")?;
        let count = select_number(conn, &text.sql, &|to| self.selection.put(&text.params, to))?;
        Ok(count.unsigned_abs())
    }

    /// Whether there is a row. One statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub fn exists(mut self, conn: &Connection) -> Result<bool> {
        self.selection.at_most(1);
        let text = self.selection.exists()?;
        let found = select_number(conn, &text.sql, &|to| self.selection.put(&text.params, to))?;
        Ok(found != 0)
    }

    /// The sum of a column; `None` when no row has a value in it. One statement.
    ///
    /// Whole numbers add up to an `i64`, numbers with a fraction to an `f64`, decimals to a decimal.
    ///
    /// ```text
    /// let keys: Option<i64> = Student::query().sum(&conn, student::ID)?;
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Database`] when whole numbers add up to more than an `i64` can hold.
    pub fn sum<K: Summed>(
        self,
        conn: &Connection,
        column: Column<T, K>,
    ) -> Result<Option<<K::Sum as ColumnType>::Value>> {
        self.selection.value::<K::Sum>(conn, "sum", column)
    }

    /// The least value of a column; `None` when no row has one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it does not fit its column.
    pub fn min<K: ColumnType>(
        self,
        conn: &Connection,
        column: Column<T, K>,
    ) -> Result<Option<<K::Base as ColumnType>::Value>> {
        self.selection.value::<K::Base>(conn, "min", column)
    }

    /// The greatest value of a column; `None` when no row has one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it does not fit its column.
    pub fn max<K: ColumnType>(
        self,
        conn: &Connection,
        column: Column<T, K>,
    ) -> Result<Option<<K::Base as ColumnType>::Value>> {
        self.selection.value::<K::Base>(conn, "max", column)
    }
}

impl<T: Table> Query<T> {
    /// Gives every row to `each`, one after the other, and keeps none: memory does not grow with the number of rows. An
    /// error of `each` ends it. One statement.
    ///
    /// `each` must not write to the table: SQLite leaves open whether what is written meanwhile comes again
    /// (<https://www.sqlite.org/isolation.html>), so it may never end. Read the rows by [`Query::all`] for that.
    ///
    /// ```text
    /// let mut longest = 0;
    /// Student::query().for_each(&conn, |student| {
    ///     longest = longest.max(student.name.len());
    ///     Ok(())
    /// })?;
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column, or what `each` gives.
    pub fn for_each(
        mut self,
        conn: &Connection,
        mut each: impl FnMut(T) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.selection.run(|sql, put| prepare(conn, sql, put))?;
        statement.each(|row| each(T::read(&Reader(row))?))
    }
}
