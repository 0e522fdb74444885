/// The statements of a relationship to many. Parameters: the source's columns, then the target's columns or the list of
/// their keys. A kind that lacks a statement leaves it empty ([`ToManySql::NONE`]) and never runs it.
pub struct ToManySql {
    /// The targets of many sources: [`ReadSql::load`].
    pub load: &'static str,
    /// The same, at most a number of them for each source.
    pub load_limited: &'static str,
    /// Whether some target fits a condition: [`ReadSql::any`].
    pub any: &'static str,
    /// Whether there is a target.
    pub exists: &'static str,
    /// The targets, in the order of the relationship.
    pub all: &'static str,
    /// The condition of a target.
    pub scope: &'static str,
    /// The order of the relationship.
    pub order: &'static str,
    /// The number of targets.
    pub count: &'static str,
    /// Whether a row is a target.
    pub contains: &'static str,
    /// Makes a row a target.
    pub add: &'static str,
    /// Makes the rows of a list targets.
    pub add_all: &'static str,
    /// Whether a row of a list is no target; for kinds where no foreign key tells that a row is gone.
    pub missing: &'static str,
    /// Whether a row of a list is there and cannot be a target, where no foreign key tells; empty where each can.
    pub misfits: &'static str,
    /// A row is no target any more; for [`Removable`] kinds, as are the next two.
    pub remove: &'static str,
    /// No row is a target any more but those of a list.
    pub retain: &'static str,
    /// No row is a target any more.
    pub clear: &'static str,
}

impl ToManySql {
    /// No statement at all.
    pub const NONE: Self = Self {
        load: "",
        load_limited: "",
        any: "",
        exists: "",
        all: "",
        scope: "",
        order: "",
        count: "",
        contains: "",
        add: "",
        add_all: "",
        missing: "",
        misfits: "",
        remove: "",
        retain: "",
        clear: "",
    };
}

/// A kind with many targets.
#[diagnostic::on_unimplemented(
    message = "a relationship of kind `{Self}` does not lead to many rows",
    label = "expected a relationship to many",
    note = "its one row is read by `get` and changed by `set`"
)]
pub trait ToMany: Kind<Sql = ToManySql> {}

/// A kind whose targets can be taken away.
#[diagnostic::on_unimplemented(
    message = "nothing can be taken away from a relationship of kind `{Self}`",
    label = "expected a relationship to many over a secondary, or over a foreign key that may be NULL",
    note = "rows whose foreign key is NOT NULL are deleted or added to another row; a relationship to one is `set`"
)]
pub trait Removable: ToMany {}

impl ToMany for ManyToMany {}
impl ToMany for OneToMany {}
impl ToMany for OptionalOneToMany {}

impl Removable for ManyToMany {}
impl Removable for OptionalOneToMany {}

impl<S: Entity, T: Entity, K: Kind> Handle<'_, S, T, K> {
    /// The rows at the other side, in the order of the relationship. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn all(&self, conn: &Connection) -> Result<Vec<T>>
    where
        K: ToMany,
    {
        select(conn, self.rel.sql.all, &|to| self.put_source(to))
    }

    /// A query among the rows at the other side.
    pub fn query(&self) -> Query<T>
    where
        K: ToMany,
    {
        let mut query = Query::default();
        query.selection.more().scope = Some(Scope {
            condition: self.rel.sql.scope,
            order: self.rel.sql.order,
            params: stored(|to| self.put_source(to)).map_err(Refused::from),
        });
        query
    }

    /// The number of rows at the other side. One statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub fn count(&self, conn: &Connection) -> Result<u64>
    where
        K: ToMany,
    {
        let count = select_number(conn, self.rel.sql.count, &|to| self.put_source(to))?;
        Ok(count.unsigned_abs())
    }

    /// Whether `target` is at the other side. One statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub fn contains(&self, conn: &Connection, target: &T) -> Result<bool>
    where
        K: ToMany,
    {
        let found = select_number(conn, self.rel.sql.contains, &|to| self.put_both(target, to))?;
        Ok(found != 0)
    }

    /// Puts `target` to the other side; `true` when it was not there before. One statement, two or three when nothing
    /// changed and no foreign key tells why.
    ///
    /// ```text
    /// math.students().add(&conn, &bob)?;
    /// bob.courses().add(&conn, &math)?; // the same link: nothing changes
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] or [`Error::ForeignKeyViolation`] when one of the rows is gone, [`Error::Stale`] when the
    /// version of `target` is another now and it would be written to, or another violated constraint.
    pub fn add(&self, conn: &Connection, target: &T) -> Result<bool>
    where
        K: ToMany,
    {
        let added = execute(conn, self.rel.sql.add, &|to| self.put_write(target, to))?;
        let may_be_gone = added == 0 && !self.rel.sql.missing.is_empty();
        if may_be_gone && !self.contains(conn, target)? {
            return Err(unrelated(conn, target));
        }
        Ok(added > 0)
    }

    /// Puts all of `targets` to the other side, in one transaction; the number of those that were not there before.
    /// However many they are, one statement, and another where no foreign key tells that one is gone.
    ///
    /// ```text
    /// let added = bob.courses().add_all(&conn, [&math, &science])?;
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Handle::add`], but that versions are raised and not checked; then none was added.
    pub fn add_all<'t>(
        &self,
        conn: &Connection,
        targets: impl IntoIterator<Item = &'t T>,
    ) -> Result<u64>
    where
        K: ToMany,
    {
        let keys = KeyList::of(targets, |row, to| self.rel.put_target(row, to))?;
        if self.rel.sql.missing.is_empty() {
            return self.add_keys(conn, &keys);
        }
        transaction(conn, || {
            let added = self.add_keys(conn, &keys)?;
            self.refuse_missing(conn, &keys)?;
            Ok(added)
        })
    }
}

impl<S: Entity, T: Entity, K: ToMany> Handle<'_, S, T, K> {
    fn add_keys(&self, conn: &Connection, keys: &str) -> Result<u64> {
        execute(conn, self.rel.sql.add_all, &|to| self.put_keys(keys, to))
    }

    fn put_keys(&self, keys: &str, to: &mut Params<'_>) {
        self.put_source(to);
        to.stored(ValueRef::from(keys));
    }

    fn refuse_missing(&self, conn: &Connection, keys: &str) -> Result<()> {
        let missing = self.rel.sql.missing;
        if missing.is_empty() {
            return Ok(());
        }
        if select_number(conn, missing, &|to| self.put_keys(keys, to))? == 0 {
            return Ok(());
        }
        let misfits = self.rel.sql.misfits;
        if !misfits.is_empty() && select_number(conn, misfits, &|to| self.put_keys(keys, to))? != 0
        {
            return Err(cannot_refer());
        }
        Err(Error::not_found::<T>())
    }
}

impl<S: Entity, T: Entity, K: ToMany> Handle<'_, S, T, K> {
    /// Takes `target` away from the other side; `true` when it was there. One statement, two when it was not and a
    /// version might be the reason.
    ///
    /// # Errors
    ///
    /// [`Error::Stale`] when the version of `target` is another now and it would be written to.
    pub fn remove(&self, conn: &Connection, target: &T) -> Result<bool>
    where
        K: Removable,
    {
        let removed = execute(conn, self.rel.sql.remove, &|to| self.put_write(target, to))?;
        let versioned = T::VERSIONED && K::HOLDER == Holder::Target;
        if removed == 0 && versioned && self.contains(conn, target)? {
            return Err(gone::<T>(conn, &target.key()));
        }
        Ok(removed > 0)
    }

    /// Makes `targets` the rows at the other side: removes what is gone, adds what is new, leaves alone what stays. One
    /// transaction of two statements, three where no foreign key tells that a row is gone.
    ///
    /// ```text
    /// alice.courses().set(&conn, [&science])?; // and no other course
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Handle::add_all`]; then the other side is as it was.
    pub fn set<'t>(&self, conn: &Connection, targets: impl IntoIterator<Item = &'t T>) -> Result<()>
    where
        K: Removable,
    {
        let keys = KeyList::of(targets, |row, to| self.rel.put_target(row, to))?;
        transaction(conn, || {
            execute(conn, self.rel.sql.retain, &|to| self.put_keys(&keys, to))?;
            self.add_keys(conn, &keys)?;
            self.refuse_missing(conn, &keys)
        })
    }

    /// Takes every row away from the other side; their number. One statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub fn clear(&self, conn: &Connection) -> Result<u64>
    where
        K: Removable,
    {
        execute(conn, self.rel.sql.clear, &|to| self.put_source(to))
    }
}
