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

/// A value that a column of type `K` can be given: what it is compared with, an `Option` as its field has it where NULL is
/// allowed, or [`raw`] SQL. `M` tells these apart and is always inferred.
#[diagnostic::on_unimplemented(
    message = "a column of type `{K}` cannot be given `{Self}`",
    label = "expected a value of the column, or SQL made by `raw`",
    note = "`None` and `Some(value)` are for columns that may be NULL, the value being as the field has it"
)]
pub trait Assign<K: ColumnType, M> {
    /// The stored form for `column`.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] when the column cannot hold the value.
    fn assigned(self, column: &'static str) -> Result<Assigned>;
}

/// A column type that a change can give values: every one but those of versions and of computed columns.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be given a value",
    note = "a version is raised by every write, and a computed column follows from others of its row"
)]
pub trait Settable: ColumnType {}

#[diagnostic::do_not_recommend]
impl<K: Settable> Settable for Option<K> {}

/// A value, for [`Assign`].
pub enum Plain {}

/// A value or none, for [`Assign`].
pub enum Nullable {}

#[diagnostic::do_not_recommend]
impl<K: ColumnType, V: Operand<K::Operand>> Assign<K, Plain> for V {
    fn assigned(self, column: &'static str) -> Result<Assigned> {
        let value = K::assign(self.operand());
        let value = value.map_err(|source| Error::Encode { column, source })?;
        Ok(Assigned::Value(owned(value)?))
    }
}

// Of the field's own type, and no other, so that `set(None)` needs no annotation.
#[diagnostic::do_not_recommend]
impl<K: ColumnType> Assign<Option<K>, Nullable> for Option<K::Value> {
    fn assigned(self, column: &'static str) -> Result<Assigned> {
        let value = Option::<K>::write(&self);
        let value = value.map_err(|source| Error::Encode { column, source })?;
        Ok(Assigned::Value(owned(value)?))
    }
}

#[diagnostic::do_not_recommend]
impl<K: ColumnType> Assign<K, Raw> for Raw {
    fn assigned(self, _column: &'static str) -> Result<Assigned> {
        Ok(Assigned::Raw(self))
    }
}

/// Values for columns of `T`: one, a tuple of up to six, or a list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not change columns of `{T}`",
    label = "expected `COLUMN.set(value)` with a column of `{T}`, or a tuple of up to six such"
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

impl<T> Changes<T> for Vec<Assignment<T>> {
    fn assignments(self) -> Self {
        self
    }
}

macro_rules! changes_of_tuples {
    ($(($($change:ident),+))+) => {$(
        #[diagnostic::do_not_recommend]
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

/// Of several values for a column the last one, as databases differ in what they do with them.
fn last_of_each<T>(mut changes: Vec<Assignment<T>>) -> Vec<Assignment<T>> {
    let columns: Vec<&str> = changes.iter().map(|change| change.column).collect();
    let mut place = 0;
    changes.retain(|change| {
        place += 1;
        !columns[place..].contains(&change.column)
    });
    changes
}

impl Text {
    /// `"a" = ?1, "b" = …`: what `changes` say, and what every write changes besides where they do not speak of it.
    fn assign<T>(&mut self, touch: &[(&str, &str)], changes: Vec<Assignment<T>>) -> Result<()> {
        let mut between = "";
        for (column, value) in touch {
            if changes.iter().all(|change| change.column != *column) {
                self.assigned(&mut between, column);
                self.sql.push_str(value);
            }
        }
        for Assignment { column, value, .. } in changes {
            self.assigned(&mut between, column);
            match value? {
                Assigned::Value(value) => self.param(value),
                Assigned::Raw(raw) => {
                    self.raw(&raw)?;
                    self.params.extend(raw.args.unwrap_or_default());
                }
            }
        }
        Ok(())
    }

    fn assigned(&mut self, between: &mut &str, column: &str) {
        self.sql.push_str(between);
        *between = ", ";
        push_quoted(&mut self.sql, column);
        self.sql.push_str(" = ");
    }
}

impl<T: Table> Selection<T> {
    /// ` WHERE …` for a statement that changes the rows.
    fn rows(&mut self) -> Result<Text> {
        let mut text = Text::new("");
        let paged = self.is_paged();
        if paged {
            self.write(&mut text)?;
        } else {
            self.conditions(&mut text)?;
        }
        let apart = CHANGES_APART && text.sql.to_ascii_uppercase().contains("SELECT");
        if !paged && !apart {
            return Ok(text);
        }
        let [before, behind] = match (CHANGES_APART, paged) {
            (false, _) => ["SELECT ", ""],
            (true, true) => ["SELECT * FROM (SELECT ", ") AS relata_found"],
            // Where there is no LIMIT, it keeps the server from making one query of both.
            (true, false) => ["SELECT * FROM (SELECT DISTINCT ", ") AS relata_found"],
        };
        let mut key = String::new();
        push_key::<T>(&mut key);
        let (table, rows) = (T::TABLE, &text.sql);
        text.sql = format!(" WHERE ({key}) IN ({before}{key} FROM {table}{rows}{behind})");
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
