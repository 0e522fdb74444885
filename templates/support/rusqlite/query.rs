/// Rows of `T` to read: what, in which order, how many, and with which related rows (`L`); where they are reached over links
/// with payload (`P`), by that too. Nothing is asked of the database before a method that takes the connection.
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
pub struct Query<T, L = (), P = ()> {
    selection: Selection<T>,
    loads: L,
    marker: PhantomData<fn() -> P>,
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
    /// The row behind which the rows begin.
    after: Option<Result<After, Refused>>,
    limit: Option<u64>,
    offset: u64,
}

/// The values of a row, all its columns, and of the link that it is reached over, where that may decide.
#[derive(Clone)]
struct After {
    row: Vec<Value>,
    link: Vec<Value>,
}

impl After {
    /// The value that `key` sorts by.
    fn of(&self, key: SortKey) -> &Value {
        let values = if key.of_links.is_some() {
            &self.link
        } else {
            &self.row
        };
        &values[key.index]
    }
}

/// The rows that a relationship leads to: a condition, its parameters, and the order of the relationship.
#[derive(Clone)]
struct Scope {
    condition: &'static str,
    order: &'static str,
    // A key that its column cannot hold is told when the query runs.
    params: Result<Vec<Value>, Refused>,
    link: Option<OfLinks>,
}

/// What a query may ask of the links that its rows are reached over. The numbers of the scope's parameters are written in
/// both texts.
#[derive(Clone, Copy)]
pub struct OfLinks {
    /// The beginning of the condition that a link of the row fits what follows. Two parentheses close it.
    narrow: &'static str,
    /// What stands behind a column of the row's links in a sub-select, up to its order.
    of_target: &'static str,
}

impl<T, L: Clone, P> Clone for Query<T, L, P> {
    fn clone(&self) -> Self {
        Self {
            selection: Selection {
                filter: self.selection.filter.clone(),
                more: self.selection.more.clone(),
            },
            loads: self.loads.clone(),
            marker: PhantomData,
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
            marker: PhantomData,
        }
    }
}

impl<T: Table, L> Query<T, L> {
    /// Only rows that fit; a second filter narrows the first.
    #[inline]
    pub fn filter(mut self, condition: impl Condition<T>) -> Self {
        self.selection.filter(condition.filter());
        self
    }

    /// In this order; a second order decides where the first does not, and the primary key at last, in the direction of
    /// the order before it. Without any, the rows of a relationship come in its order, and others as the database likes.
    pub fn order_by(mut self, order: impl Ordering<T>) -> Self {
        self.selection.order_by(order.orders());
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
        let after = stored(|to| row.put_row(to)).map(|row| After {
            row,
            link: Vec::new(),
        });
        self.selection.more().after = Some(after.map_err(Refused::from));
        self
    }
}

impl<T: Table, L, P> Query<T, L, P> {
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
    pub fn with<F: Fetch<T>>(self, related: F) -> Query<T, L::Grown, P>
    where
        L: Grow<F, Grown: Loads<T>>,
    {
        Query {
            selection: self.selection,
            loads: self.loads.grow(related),
            marker: PhantomData,
        }
    }
}

impl<T: Table, L: Loads<T>, P> Query<T, L, P> {
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

impl<T: Table, L, P> Query<T, L, P> {
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

impl<T: Table, P> Query<T, (), P> {
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
        statement.each(|row| each(T::read(&Reader::new(row))?))
    }
}
