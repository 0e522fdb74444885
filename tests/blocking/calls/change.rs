impl<T: Table, P> Query<T, (), P> {
    /// Gives columns of every row values; the number of rows. Versions are raised, not checked, and columns that take
    /// the moment of each write take it, unless `changes` gives them a value. One statement.
    ///
    /// ```text
    /// let nines = Student::query()
    ///     .filter(student::NAME.like("s9%"))
    ///     .update(&conn, student::NAME.set("nine"))?;
    /// ```
    ///
    /// # Errors
    ///
    /// A violated constraint; then no row has changed.
    pub fn update(mut self, conn: &Connection, changes: impl Changes<T>) -> Result<u64> {
        // The parameters of the condition come first, as their numbers are written in it.
        let mut text = self.selection.rows()?;
        let rows = std::mem::replace(&mut text.sql, String::from("UPDATE "));
        text.sql.push_str(T::TABLE);
        text.sql.push_str(" SET ");
        text.assign(T::TOUCH, last_of_each(changes.assignments()))?;
        text.sql.push_str(&rows);
        execute(conn, &text.sql, &|to| self.selection.put(&text.params, to))
    }

    /// Deletes every row; their number. One statement.
    ///
    /// ```text
    /// let idle = Student::query().filter(student::COURSES.exists().not()).delete(&conn)?;
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::ForeignKeyViolation`] when rows that stay refer to one of them; then none was deleted.
    pub fn delete(mut self, conn: &Connection) -> Result<u64> {
        let rows = self.selection.rows()?;
        let sql = format!("DELETE FROM {}{}", T::TABLE, rows.sql);
        execute(conn, &sql, &|to| self.selection.put(&rows.params, to))
    }
}
