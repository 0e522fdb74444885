/// A value for a column, in [`Query::update`].
pub struct Assignment<T> {
    column: &'static str,
    value: Result<Assigned>,
    marker: PhantomData<fn() -> T>,
}

/// What a column is given.
pub enum Assigned {
    /// A value in its stored form.
    Value(Value),
    /// SQL.
    Raw(Raw),
}

/// A value that a column of type `K` can be given: what it is compared with, an `Option` of that where NULL is allowed,
/// or [`raw`] SQL. `M` tells these apart and is always inferred.
#[diagnostic::on_unimplemented(
    message = "a column of type `{K}` cannot be given `{Self}`",
    note = "NULL is given by `None`, to a nullable column alone"
)]
pub trait Assign<K: ColumnType, M> {
    /// The stored form for `column`.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] when the column cannot hold the value.
    fn assigned(self, column: &'static str) -> Result<Assigned>;
}

/// A value, for [`Assign`].
pub enum Plain {}

/// A value or none, for [`Assign`].
pub enum Nullable {}

impl<K: ColumnType, V: Operand<K::Operand>> Assign<K, Plain> for V {
    fn assigned(self, column: &'static str) -> Result<Assigned> {
        let value = K::assign(self.operand());
        let value = value.map_err(|source| Error::Encode { column, source })?;
        Ok(Assigned::Value(owned(value)?))
    }
}

impl<K: ColumnType, V: Operand<K::Operand>> Assign<Option<K>, Nullable> for Option<V> {
    fn assigned(self, column: &'static str) -> Result<Assigned> {
        match self {
            Some(value) => Assign::<K, Plain>::assigned(value, column),
            None => Ok(Assigned::Value(Value::Null)),
        }
    }
}

impl<K: ColumnType> Assign<K, Raw> for Raw {
    fn assigned(self, _column: &'static str) -> Result<Assigned> {
        Ok(Assigned::Raw(self))
    }
}

/// Values for columns of `T`: one, or a tuple of up to six.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no change to rows of `{T}`",
    note = "write `COLUMN.set(value)` with a column of `{T}`, or a tuple of up to six of them"
)]
pub trait Changes<T> {
    /// The assignments.
    fn assignments(self) -> Vec<Assignment<T>>;
}

impl<T> Changes<T> for Assignment<T> {
    fn assignments(self) -> Vec<Assignment<T>> {
        vec![self]
    }
}

macro_rules! changes_of_tuples {
    ($(($($change:ident),+))+) => {$(
        impl<T, $($change: Changes<T>),+> Changes<T> for ($($change,)+) {
            #[expect(non_snake_case, reason = "the names of the type parameters serve as variables")]
            fn assignments(self) -> Vec<Assignment<T>> {
                let ($($change,)+) = self;
                let mut assignments = Vec::new();
                $(assignments.extend($change.assignments());)+
                assignments
            }
        }
    )+};
}

changes_of_tuples! {
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
}

impl<T: Entity> Query<T> {
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
    pub fn update(self, conn: &Connection, changes: impl Changes<T>) -> Result<u64> {
        let mut text = Text::new("UPDATE ");
        let text_of_rows = self.selection.rows()?;
        text.params = text_of_rows.params;
        text.sql.push_str(T::TABLE);
        text.sql.push_str(" SET ");
        // Of two values for a column, SQLite takes the last one (`lang_update.html`).
        text.sql.push_str(T::TOUCH);
        let mut between = if T::TOUCH.is_empty() { "" } else { ", " };
        for Assignment { column, value, .. } in changes.assignments() {
            text.sql.push_str(between);
            between = ", ";
            push_quoted(&mut text.sql, column);
            text.sql.push_str(" = ");
            match value? {
                Assigned::Value(value) => text.param(value),
                Assigned::Raw(raw) => {
                    text.sql.push('(');
                    raw.push(&mut text.sql, &mut text.params)?;
                    text.sql.push_str("\n)");
                }
            }
        }
        text.sql.push_str(&text_of_rows.sql);
        execute(conn, &text.sql, &|to| text.put(to))
    }

    /// Deletes every row; their number. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::ForeignKeyViolation`] when rows that stay refer to one of them; then none was deleted.
    pub fn delete(self, conn: &Connection) -> Result<u64> {
        let rows = self.selection.rows()?;
        let sql = format!("DELETE FROM {}{}", T::TABLE, rows.sql);
        execute(conn, &sql, &|to| rows.put(to))
    }
}

impl<T: Entity> Selection<T> {
    /// ` WHERE …` for a statement that changes the rows.
    fn rows(mut self) -> Result<Text> {
        let mut text = Text::new("");
        if !self.is_paged() {
            self.conditions(&mut text)?;
            return Ok(text);
        }
        text.sql.push_str(" WHERE (");
        push_key::<T>(&mut text.sql);
        text.sql.push_str(") IN (SELECT ");
        push_key::<T>(&mut text.sql);
        text.sql.push_str(" FROM ");
        text.sql.push_str(T::TABLE);
        self.write(&mut text)?;
        text.sql.push(')');
        Ok(text)
    }
}

/// The columns of the primary key: `"a", "b"`.
fn push_key<T: Table>(sql: &mut String) {
    for (place, (column, _)) in T::KEY.iter().enumerate() {
        sql.push_str(if place > 0 { ", " } else { "" });
        push_quoted(sql, column);
    }
}
