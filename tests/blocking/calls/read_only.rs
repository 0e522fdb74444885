/// Many rows that are not added or taken away over this relationship.
pub enum ReadOnlyToMany {}

/// One row, which is not set over this relationship.
pub enum ReadOnlyToOne {}

/// One row or none, which is not set over this relationship.
pub enum ReadOnlyToOptional {}

/// The statements of a relationship to one that nothing is written over.
pub struct ReadOnlyToOneSql {
    /// The targets of many sources: [`ReadSql::load`].
    pub load: &'static str,
    /// Whether the target fits a condition: [`ReadSql::any`].
    pub any: &'static str,
    /// Whether there is a target.
    pub exists: &'static str,
    /// The target. Parameters: the source's columns.
    pub get: &'static str,
}

impl Kind for ReadOnlyToMany {
    type Sql = ToManySql;
    type Shape = Many;
    type Links = Bare;
    const HOLDER: Holder = Holder::Link;

    fn read(sql: &'static ToManySql) -> ReadSql {
        ManyToMany::read(sql)
    }
}

impl ToMany for ReadOnlyToMany {
    type Link = ();
    type New = ();

    fn many(sql: &'static ToManySql) -> &'static ToManySql {
        sql
    }
}

impl Kind for ReadOnlyToOne {
    type Sql = ReadOnlyToOneSql;
    type Shape = One;
    type Links = Bare;
    const HOLDER: Holder = Holder::Link;

    fn read(sql: &'static ReadOnlyToOneSql) -> ReadSql {
        ReadOnlyToOptional::read(sql)
    }
}

impl Kind for ReadOnlyToOptional {
    type Sql = ReadOnlyToOneSql;
    type Shape = Maybe;
    type Links = Bare;
    const HOLDER: Holder = Holder::Link;

    fn read(sql: &'static ReadOnlyToOneSql) -> ReadSql {
        ReadSql {
            load: sql.load,
            any: sql.any,
            exists: sql.exists,
            ..ReadSql::NONE
        }
    }
}

impl<S: Entity, T: Entity> Handle<'_, S, T, ReadOnlyToOne> {
    /// The row at the other side. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it, or a row on the way to it, has gone since this row was read.
    pub fn get(&self, conn: &Connection) -> Result<T> {
        select_first(conn, self.rel.sql.get, &|to| self.put_source(to))?
            .ok_or_else(Error::not_found::<T>)
    }
}

impl<S: Entity, T: Entity> Handle<'_, S, T, ReadOnlyToOptional> {
    /// The row at the other side, if there is one. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn get(&self, conn: &Connection) -> Result<Option<T>> {
        select_first(conn, self.rel.sql.get, &|to| self.put_source(to))
    }
}
