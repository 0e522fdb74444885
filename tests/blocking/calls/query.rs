impl<T: Table, L: Loads<T>, P> Query<T, L, P> {
    /// Every row. One statement, and one for each relationship.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn all(mut self, conn: &Connection) -> Result<Vec<L::Item>> {
        let rows = self.selection.all(conn)?;
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
        let rows = self.selection.all(conn)?;
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
        let count =
            select_number(conn, &text.sql, &|to| self.selection.put(&text.params, to))?;
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
        let found =
            select_number(conn, &text.sql, &|to| self.selection.put(&text.params, to))?;
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
        mut self,
        conn: &Connection,
        column: Column<T, K>,
    ) -> Result<Option<<K::Sum as ColumnType>::Value>> {
        let text = self.selection.sum(column)?;
        (self.selection)
            .value::<K::Sum>(conn, "sum", column.name, text)
    }

    /// The least value of a column; `None` when no row has one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it does not fit its column.
    pub fn min<K: ColumnType>(
        mut self,
        conn: &Connection,
        column: Column<T, K>,
    ) -> Result<Option<<K::Base as ColumnType>::Value>> {
        let text = self.selection.extreme("min", column.name)?;
        (self.selection)
            .value::<K::Base>(conn, "min", column.name, text)
    }

    /// The greatest value of a column; `None` when no row has one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it does not fit its column.
    pub fn max<K: ColumnType>(
        mut self,
        conn: &Connection,
        column: Column<T, K>,
    ) -> Result<Option<<K::Base as ColumnType>::Value>> {
        let text = self.selection.extreme("max", column.name)?;
        (self.selection)
            .value::<K::Base>(conn, "max", column.name, text)
    }
}

impl<T: Table, P> Query<T, (), P> {
    /// Gives every row to `each`, one after the other, and keeps none: memory does not grow with the number of rows. An
    /// error of `each` ends it. One statement, read through a cursor where the driver would keep all rows.
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
        self.selection
            .each(conn, |row| each(T::read(&Reader::new(row))?))
    }
}

impl<T: Table> Selection<T> {
    /// The one value that `text` gives, read as `K`: the aggregate `name` of a column.
    fn value<K: ColumnType>(
        self,
        conn: &Connection,
        name: &'static str,
        column: &'static str,
        text: Text,
    ) -> Result<Option<K::Value>> {
        let value = select_value(
            conn,
            &text.sql,
            &|to| self.put(&text.params, to),
            |stored| {
                <Option<K>>::read(stored).map_err(|source| Error::Decode {
                    entity: T::NAME,
                    column,
                    key: name.to_owned(),
                    source,
                })
            },
        )?;
        Ok(value.flatten())
    }
}
