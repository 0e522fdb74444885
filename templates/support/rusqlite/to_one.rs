/// The source has the foreign key, which is never NULL.
pub enum ManyToOne {}

/// The source has the foreign key, which may be NULL.
pub enum OptionalManyToOne {}

/// The target has the foreign key, which is unique and never NULL.
pub enum OneToOne {}

/// The target has the foreign key, which is unique and may be NULL.
pub enum OptionalOneToOne {}

/// The statements of a relationship to one, the source having the foreign key.
pub struct ManyToOneSql {
    /// The target. Parameters: the foreign key.
    pub get: &'static str,
    /// Makes a row the target. Parameters: the target's columns, the source's key.
    pub set: &'static str,
}

/// The statements of a relationship to one or none, the source having the foreign key.
pub struct OptionalManyToOneSql {
    /// The target. Parameters: the foreign key.
    pub get: &'static str,
    /// Makes a row the target. Parameters: the target's columns, the source's key.
    pub set: &'static str,
    /// Leaves no target. Parameters: the source's key.
    pub unset: &'static str,
    /// Takes the target from the row that has it; empty where the foreign key is not unique. Parameters: the target's
    /// columns, the source's key.
    pub release: &'static str,
}

/// The statements of a relationship to one, the target having the foreign key.
pub struct OneToOneSql {
    /// The target. Parameters: the source's columns.
    pub get: &'static str,
    /// Makes a row the target. Parameters: the source's columns, the target's key.
    pub take: &'static str,
}

/// The statements of a relationship to one, the target having a foreign key that may be NULL.
pub struct OptionalOneToOneSql {
    /// The target. Parameters: the source's columns.
    pub get: &'static str,
    /// Makes a row the target. Parameters: the source's columns, the target's key.
    pub take: &'static str,
    /// Releases every other target. Parameters: the source's columns, the target's key.
    pub release: &'static str,
    /// Leaves no target. Parameters: the source's columns.
    pub clear: &'static str,
}

impl Kind for ManyToOne {
    type Sql = ManyToOneSql;
}

impl Kind for OptionalManyToOne {
    type Sql = OptionalManyToOneSql;
}

impl Kind for OneToOne {
    type Sql = OneToOneSql;
}

impl Kind for OptionalOneToOne {
    type Sql = OptionalOneToOneSql;
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
    /// [`Error::NotFound`] when this row is gone, [`Error::ForeignKeyViolation`] when `target` is, or another violated
    /// constraint.
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
    /// [`Error::NotFound`] when this row is gone, [`Error::ForeignKeyViolation`] when `target` is, or another violated
    /// constraint.
    pub fn set(&self, conn: &Connection, target: Option<&T>) -> Result<S> {
        let sql = self.rel.sql;
        match target {
            None => returning(conn, sql.unset, &|to| self.row.put_own_key(to))?
                .ok_or_else(|| key_not_found::<S>(&self.row.key())),
            Some(target) if sql.release.is_empty() => self.point_at(conn, sql.set, target),
            Some(target) => transaction(conn, || {
                execute(conn, sql.release, &|to| self.put_pointer(target, to))?;
                self.point_at(conn, sql.set, target)
            }),
        }
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
    /// `target` is gone, [`Error::ForeignKeyViolation`] when this row is.
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
    /// [`Error::NotFound`] when `target` is gone, [`Error::ForeignKeyViolation`] when this row is.
    pub fn set(&self, conn: &Connection, target: Option<&T>) -> Result<Option<T>> {
        let sql = self.rel.sql;
        let Some(target) = target else {
            execute(conn, sql.clear, &|to| self.put_source(to))?;
            return Ok(None);
        };
        transaction(conn, || {
            execute(conn, sql.release, &|to| self.put_both(target, to))?;
            self.take(conn, sql.take, target).map(Some)
        })
    }
}

impl<S: Entity, T: Entity, K: Kind> Handle<'_, S, T, K> {
    fn put_pointer(&self, target: &T, to: &mut Params<'_>) -> Result<()> {
        (self.rel.target)(target, to)?;
        self.row.put_own_key(to)
    }

    fn point_at(&self, conn: &Connection, sql: &str, target: &T) -> Result<S> {
        returning(conn, sql, &|to| self.put_pointer(target, to))?
            .ok_or_else(|| key_not_found::<S>(&self.row.key()))
    }

    fn take(&self, conn: &Connection, sql: &str, target: &T) -> Result<T> {
        returning(conn, sql, &|to| self.put_both(target, to))?
            .ok_or_else(|| key_not_found::<T>(&target.key()))
    }
}
