/// The statements of a relationship to one, the source having the foreign key.
pub struct ManyToOneSql {
    /// The targets of many sources: [`ReadSql::load`].
    pub load: &'static str,
    /// Whether the target fits a condition: [`ReadSql::any`].
    pub any: &'static str,
    /// Whether there is a target.
    pub exists: &'static str,
    /// The target. Parameters: the foreign key.
    pub get: &'static str,
    /// Makes a row the target. Parameters: the target's columns, the source's key and version.
    pub set: &'static str,
}

/// The statements of a relationship to one or none, the source having the foreign key.
pub struct OptionalManyToOneSql {
    /// The targets of many sources: [`ReadSql::load`].
    pub load: &'static str,
    /// Whether the target fits a condition: [`ReadSql::any`].
    pub any: &'static str,
    /// Whether there is a target.
    pub exists: &'static str,
    /// The target. Parameters: the foreign key.
    pub get: &'static str,
    /// Makes a row the target. Parameters: the target's columns, the source's key and version.
    pub set: &'static str,
    /// Leaves no target. Parameters: the source's key and version.
    pub unset: &'static str,
    /// Takes the target from the row that has it; empty where the foreign key is not unique. Parameters: the target's
    /// columns, the source's key.
    pub release: &'static str,
}

/// The statements of a relationship to one, the target having the foreign key.
pub struct OneToOneSql {
    /// The targets of many sources: [`ReadSql::load`].
    pub load: &'static str,
    /// Whether the target fits a condition: [`ReadSql::any`].
    pub any: &'static str,
    /// Whether there is a target.
    pub exists: &'static str,
    /// The target. Parameters: the source's columns.
    pub get: &'static str,
    /// Makes a row the target. Parameters: the source's columns, the target's key and version.
    pub take: &'static str,
}

/// The statements of a relationship to one, the target having a foreign key that may be NULL.
pub struct OptionalOneToOneSql {
    /// The targets of many sources: [`ReadSql::load`].
    pub load: &'static str,
    /// Whether the target fits a condition: [`ReadSql::any`].
    pub any: &'static str,
    /// Whether there is a target.
    pub exists: &'static str,
    /// The target. Parameters: the source's columns.
    pub get: &'static str,
    /// Makes a row the target. Parameters: the source's columns, the target's key and version.
    pub take: &'static str,
    /// Releases every other target. Parameters: the source's columns, the target's key.
    pub release: &'static str,
    /// Leaves no target. Parameters: the source's columns.
    pub clear: &'static str,
}

impl<S: Entity, T: Entity> Handle<'_, S, T, ManyToOne> {
    /// The row at the other side. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it has gone since this row was read.
    pub fn get(&self, conn: &Connection) -> Result<T> {
        select_first(conn, self.rel.sql.get, &|to| self.put_source(to))?
            .ok_or_else(Error::not_found::<T>)
    }

    /// Makes `target` the row at the other side, and gives back this row as it is stored now. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when this row is gone, [`Error::Stale`] when its version is another now,
    /// [`Error::ForeignKeyViolation`] when `target` is gone, or another violated constraint.
    pub fn set(&self, conn: &Connection, target: &T) -> Result<S> {
        self.point_at(conn, self.rel.sql.set, target)
    }
}

impl<S: Entity, T: Entity> Handle<'_, S, T, OptionalManyToOne> {
    /// The row at the other side, if there is one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn get(&self, conn: &Connection) -> Result<Option<T>> {
        select_first(conn, self.rel.sql.get, &|to| self.put_source(to))
    }

    /// Makes `target` the row at the other side, or leaves none, and gives back this row as it is stored now. One
    /// statement; where only one row may have `target`, another one that has it loses it first, in one transaction.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when this row is gone, [`Error::Stale`] when its version is another now,
    /// [`Error::ForeignKeyViolation`] when `target` is gone, or another violated constraint.
    pub fn set(&self, conn: &Connection, target: Option<&T>) -> Result<S> {
        let sql = self.rel.sql;
        match target {
            None => match returning(conn, sql.unset, &|to| self.row.put_lock(to))? {
                Some(stored) => Ok(stored),
                None => Err(gone::<S>(conn, &self.row.key())),
            },
            Some(target) if sql.release.is_empty() => self.point_at(conn, sql.set, target),
            Some(target) => {
                let tx = begin(conn)?;
                let stored = self.point_alone(&tx, target);
                tx.end(stored)
            }
        }
    }

    fn point_alone(&self, conn: &Connection, target: &T) -> Result<S> {
        let sql = self.rel.sql;
        let release = stored(|to| {
            self.rel.put_target(target, to);
            self.row.put_own_key(to);
        });
        release_place::<T>(conn, &target.key(), sql.release, release?)?;
        self.point_at(conn, sql.set, target)
    }
}

impl<S: Entity, T: Entity> Handle<'_, S, T, KeptManyToOne> {
    /// The row at the other side, if there is one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn get(&self, conn: &Connection) -> Result<Option<T>> {
        select_first(conn, self.rel.sql.get, &|to| self.put_source(to))
    }

    /// Makes `target` the row at the other side, and gives back this row as it is stored now. One statement. What leaves
    /// none where the foreign key may be NULL is an update of the columns that other keys share, as that changes these too.
    ///
    /// # Errors
    ///
    /// As for [`Handle::set`] of a row that always has a target; [`Error::ForeignKeyViolation`] too when `target` does not
    /// fit the relationship's `where`.
    pub fn set(&self, conn: &Connection, target: &T) -> Result<S> {
        self.point_at(conn, self.rel.sql.set, target)
    }
}

impl<S: Entity, T: Entity> Handle<'_, S, T, OneToOne> {
    /// The row at the other side, if there is one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn get(&self, conn: &Connection) -> Result<Option<T>> {
        select_first(conn, self.rel.sql.get, &|to| self.put_source(to))
    }

    /// Makes `target` the row at the other side, and gives it back as it is stored now. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::UniqueViolation`] when another row is there: it cannot do without this one. [`Error::NotFound`] when
    /// `target` is gone, [`Error::Stale`] when its version is another now, [`Error::ForeignKeyViolation`] when this row is
    /// gone.
    pub fn set(&self, conn: &Connection, target: &T) -> Result<T> {
        self.take(conn, self.rel.sql.take, target)
    }
}

impl<S: Entity, T: Entity> Handle<'_, S, T, OptionalOneToOne> {
    /// The row at the other side, if there is one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn get(&self, conn: &Connection) -> Result<Option<T>> {
        select_first(conn, self.rel.sql.get, &|to| self.put_source(to))
    }

    /// Makes `target` the row at the other side in place of the one that is there, or leaves none, and gives it back as
    /// it is stored now. One transaction.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when `target` is gone, [`Error::Stale`] when its version is another now,
    /// [`Error::ForeignKeyViolation`] when this row is gone.
    pub fn set(&self, conn: &Connection, target: Option<&T>) -> Result<Option<T>> {
        let sql = self.rel.sql;
        let Some(target) = target else {
            execute(conn, sql.clear, &|to| self.put_source(to))?;
            return Ok(None);
        };
        let tx = begin(conn)?;
        let stored = self.take_over(&tx, target);
        tx.end(stored).map(Some)
    }

    fn take_over(&self, conn: &Connection, target: &T) -> Result<T> {
        let sql = self.rel.sql;
        let release = stored(|to| self.put_both(target, to))?;
        release_place::<S>(conn, &self.row.key(), sql.release, release)?;
        self.take(conn, sql.take, target)
    }
}

impl<S: Entity, T: Entity, K: Kind> Handle<'_, S, T, K> {
    fn point_at(&self, conn: &Connection, sql: &str, target: &T) -> Result<S> {
        let stored = returning(conn, sql, &|to| {
            self.rel.put_target(target, to);
            self.row.put_lock(to);
        })?;
        match stored {
            Some(stored) => Ok(stored),
            None => Err(unrelated(conn, self.row)),
        }
    }

    fn take(&self, conn: &Connection, sql: &str, target: &T) -> Result<T> {
        let stored = returning(conn, sql, &|to| self.put_write(target, to))?;
        match stored {
            Some(stored) => Ok(stored),
            None => Err(unrelated(conn, target)),
        }
    }
}

/// Takes the place at the row with `key` from the one that has it. That row is locked before, by a statement of its own: who has
/// the place is looked for when others that take it are done.
fn release_place<E: Entity>(
    conn: &Connection,
    key: &E::Key,
    release: &str,
    values: Vec<Value>,
) -> Result<()> {
    let lock = find_locked::<E>();
    let mut statements = Vec::new();
    if !ROW_LOCK.is_empty() {
        statements.push((lock.as_str(), stored(|to| E::put_key(key, to))?));
    }
    statements.push((release, values));
    execute_each(conn, statements)
}

/// Why `row`, which has the foreign key, was not made to refer where it should: it is gone, it has another version, or it
/// cannot refer there.
#[cold]
fn unrelated<E: Entity>(conn: &Connection, row: &E) -> Error {
    match stored(|to| row.put_lock(to)) {
        Ok(lock) => unrelated_key::<E>(conn, &row.key(), Some(&lock)),
        Err(error) => error,
    }
}

/// The same for the row with `key`, whose version is to be that of `lock`, or any.
#[cold]
fn unrelated_key<E: Entity>(
    conn: &Connection,
    key: &E::Key,
    lock: Option<&[Value]>,
) -> Error {
    let found = match find::<E>(conn, key) {
        Ok(Some(row)) => stored(|to| row.put_lock(to)),
        Ok(None) => Err(key_not_found::<E>(key)),
        Err(error) => Err(error),
    };
    match found {
        Err(error) => error,
        Ok(found) if lock.is_some_and(|lock| lock != found) => gone::<E>(conn, key),
        Ok(_) => cannot_refer(),
    }
}

/// What a foreign key would tell if it could.
const CANNOT_REFER: &str = "a key is NULL, a column that the foreign key shares with another key differs, or a row does not fit a relationship's `where`";

/// A kind with one target or none.
#[diagnostic::on_unimplemented(
    message = "no row is set by a relationship of kind `{Self}`",
    label = "expected a relationship to one that is not read-only",
    note = "rows of a relationship to many are put there by `link` and taken away by `unlink`"
)]
pub trait ToOne: Kind {
    /// The texts that change the target.
    fn write(sql: &'static Self::Sql) -> WriteOneSql;
}

/// A kind that may have no target.
#[diagnostic::on_unimplemented(
    message = "the other side of a relationship of kind `{Self}` cannot be left empty"
)]
pub trait OptionalToOne: ToOne {}

/// The texts that change a relationship to one; empty where the kind lacks them. Parameters: first those of the side
/// that is referred to, then the key and version of the side that has the foreign key.
pub struct WriteOneSql {
    /// Makes a row the target.
    pub set: &'static str,
    /// Leaves no target. Parameters: the one side of both that is the source.
    pub unset: &'static str,
    /// Takes the place from the row that has it. The same parameters as `set`, without a version.
    pub release: &'static str,
}

impl ToOne for ManyToOne {
    fn write(sql: &'static ManyToOneSql) -> WriteOneSql {
        WriteOneSql {
            set: sql.set,
            unset: "",
            release: "",
        }
    }
}

impl ToOne for KeptManyToOne {
    fn write(sql: &'static ManyToOneSql) -> WriteOneSql {
        ManyToOne::write(sql)
    }
}

impl ToOne for OptionalManyToOne {
    fn write(sql: &'static OptionalManyToOneSql) -> WriteOneSql {
        WriteOneSql {
            set: sql.set,
            unset: sql.unset,
            release: sql.release,
        }
    }
}

impl ToOne for OneToOne {
    fn write(sql: &'static OneToOneSql) -> WriteOneSql {
        WriteOneSql {
            set: sql.take,
            unset: "",
            release: "",
        }
    }
}

impl ToOne for OptionalOneToOne {
    fn write(sql: &'static OptionalOneToOneSql) -> WriteOneSql {
        WriteOneSql {
            set: sql.take,
            unset: sql.clear,
            release: sql.release,
        }
    }
}

impl OptionalToOne for OptionalManyToOne {}
impl OptionalToOne for OptionalOneToOne {}
