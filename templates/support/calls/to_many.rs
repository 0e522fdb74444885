/// A kind with many targets.
#[diagnostic::on_unimplemented(
    message = "a relationship of kind `{Self}` does not lead to many rows",
    label = "expected a relationship to many",
    note = "its one row is read by `get` and changed by `set`"
)]
pub trait ToMany: Kind {
    /// A link with payload; `()` where there are none.
    type Link;
    /// What a link has beside its ends.
    type New: Payload;

    /// The statements.
    fn many(sql: &'static Self::Sql) -> &'static ToManySql;

    /// What a query may ask of links with payload.
    fn of_links(_sql: &'static Self::Sql) -> Option<OfLinks> {
        None
    }
}

/// A kind whose targets are added as they are.
#[diagnostic::on_unimplemented(
    message = "rows are not added as they are to a relationship of kind `{Self}`",
    label = "expected a relationship to many without payload",
    note = "links with payload are added with it: `add(&mut conn, &row, New… {{ … }}).await`; a relationship to one is `set`",
    note = "one with `through`, or with a `where` over a secondary, is read-only: add over those that it goes through, or over one without"
)]
pub trait Addable: ToMany<New = ()> {}

/// A kind whose targets can be taken away.
#[diagnostic::on_unimplemented(
    message = "nothing can be taken away from a relationship of kind `{Self}`",
    label = "expected a relationship to many over a secondary, or over a foreign key that may be NULL",
    note = "rows whose foreign key is NOT NULL are deleted or added to another row; a relationship to one is `set`",
    note = "one with `through`, or with a `where` over a secondary, is read-only: take away over those that it goes through, or over one without"
)]
pub trait Removable: ToMany {}

/// What the kinds to many without payload have in common.
macro_rules! addable {
    ($($kind:ident),+) => {$(
        impl ToMany for $kind {
            type Link = ();
            type New = ();

            fn many(sql: &'static ToManySql) -> &'static ToManySql {
                sql
            }
        }

        impl Addable for $kind {}
    )+};
}

addable!(ManyToMany, OneToMany, OptionalOneToMany);

impl Removable for ManyToMany {}
impl Removable for OptionalOneToMany {}

impl<S: Entity, T: Entity, K: Kind> Handle<'_, S, T, K> {
    /// The rows at the other side, in the order of the relationship. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub async fn all(&self, conn: &mut Connection) -> Result<Vec<T>>
    where
        K: ToMany,
    {
        select(conn, self.many().all, &|to| self.put_source(to)).await
    }

    /// A query among the rows at the other side. Where links have payload, it filters and sorts by that too.
    ///
    /// ```text
    /// let heavy = friday.songs().query().filter(setlist_song::WEIGHT.gt(10)).all(&mut conn).await?;
    /// ```
    pub fn query(&self) -> Query<T, (), K::Link>
    where
        K: ToMany,
    {
        let sql = K::many(self.rel.sql);
        let mut selection = Selection {
            filter: None,
            more: None,
        };
        selection.more().scope = Some(Scope {
            condition: sql.scope,
            order: sql.order,
            params: stored(|to| self.put_source(to)).map_err(Refused::from),
            link: K::of_links(self.rel.sql),
        });
        Query {
            selection,
            loads: (),
            marker: PhantomData,
        }
    }

    /// The number of rows at the other side. One statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub async fn count(&self, conn: &mut Connection) -> Result<u64>
    where
        K: ToMany,
    {
        let count = select_number(conn, self.many().count, &|to| self.put_source(to)).await?;
        Ok(count.unsigned_abs())
    }

    /// Whether `target` is at the other side. One statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub async fn contains(&self, conn: &mut Connection, target: &T) -> Result<bool>
    where
        K: ToMany,
    {
        let found =
            select_number(conn, self.many().contains, &|to| self.put_both(target, to)).await?;
        Ok(found != 0)
    }
}

impl<S: Entity, T: Entity, K: Kind<Links = Bare>> Handle<'_, S, T, K> {
    /// Puts `target` to the other side; `true` when it was not there before. One statement, two or three when nothing
    /// changed and no foreign key tells why.
    ///
    /// ```text
    /// math.students().add(&mut conn, &bob).await?;
    /// bob.courses().add(&mut conn, &math).await?; // the same link: nothing changes
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] or [`Error::ForeignKeyViolation`] when one of the rows is gone, [`Error::Stale`] when the
    /// version of `target` is another now and it would be written to, or another violated constraint.
    pub async fn add(&self, conn: &mut Connection, target: &T) -> Result<bool>
    where
        K: Addable,
    {
        self.add_with(conn, target, &()).await
    }

    /// Puts all of `targets` to the other side, in one transaction; the number of those that were not there before.
    /// However many they are, one statement, and another where no foreign key tells that one is gone.
    ///
    /// ```text
    /// let added = bob.courses().add_all(&mut conn, [&math, &science]).await?;
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Handle::add`], but that versions are raised and not checked; then none was added.
    pub async fn add_all<'t>(
        &self,
        conn: &mut Connection,
        targets: impl IntoIterator<Item = &'t T>,
    ) -> Result<u64>
    where
        K: Addable,
    {
        let keys = KeyList::of(targets, |row, to| self.rel.put_target(row, to))?;
        if self.many().missing.is_empty() {
            return self.add_keys(conn, &keys).await;
        }
        let mut tx = begin(conn).await?;
        let added = self.add_present(&mut tx, &keys).await;
        tx.end(added).await
    }
}

impl<S: Entity, T: Entity, K: Addable> Handle<'_, S, T, K> {
    /// Makes `targets` the rows at the other side: removes what is gone, adds what is new, leaves alone what stays. One
    /// transaction.
    ///
    /// ```text
    /// alice.courses().set(&mut conn, [&science]).await?; // and no other course
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`Handle::add_all`]; then the other side is as it was.
    pub async fn set<'t>(
        &self,
        conn: &mut Connection,
        targets: impl IntoIterator<Item = &'t T>,
    ) -> Result<()>
    where
        K: Removable,
    {
        let keys = KeyList::of(targets, |row, to| self.rel.put_target(row, to))?;
        let sql = self.many();
        let source = || stored(|to| self.put_source(to));
        let both = || stored(|to| self.put_keys(&keys, to));
        let mut statements = Vec::new();
        if !sql.lock.is_empty() {
            statements.push((sql.lock, source()?));
        }
        if sql.replace.is_empty() {
            statements.extend([(sql.retain, both()?), (sql.add_all, both()?)]);
        } else {
            statements.push((sql.replace, both()?));
        }
        let mut tx = begin(conn).await?;
        if sql.missing.is_empty() {
            return tx.commit_behind(statements).await;
        }
        let mut done = execute_each(&mut tx, statements).await;
        if done.is_ok() {
            done = self.refuse_missing(&mut tx, &keys).await;
        }
        tx.end(done).await
    }
}

impl<S: Entity, T: Entity, K: ToMany> Handle<'_, S, T, K> {
    fn many(&self) -> &'static ToManySql {
        K::many(self.rel.sql)
    }

    async fn add_with(&self, conn: &mut Connection, target: &T, new: &K::New) -> Result<bool> {
        let sql = self.many();
        let put: &Put<'_> = &|to| {
            self.put_write(target, to);
            new.put(to);
        };
        let added = link(conn, sql, None, put).await?;
        let may_be_gone = added == 0 && !sql.missing.is_empty();
        if may_be_gone && !self.contains(conn, target).await? {
            return Err(unrelated(conn, target).await);
        }
        Ok(added > 0)
    }

    /// Where the database has no ON CONFLICT, another transaction may have made one of the links since the statement looked: it
    /// is seen when that runs again.
    async fn add_keys(&self, conn: &mut Connection, keys: &List) -> Result<u64> {
        let ToManySql {
            add_all, key_name, ..
        } = *self.many();
        let mut again = if key_name.is_empty() { 0 } else { ATTEMPTS };
        loop {
            match execute(conn, add_all, &|to| self.put_keys(keys, to)).await {
                Err(Error::UniqueViolation { constraint, .. })
                    if again > 0 && constraint.as_deref() == Some(key_name) =>
                {
                    again -= 1;
                }
                added => return added,
            }
        }
    }

    async fn add_present(&self, conn: &mut Connection, keys: &List) -> Result<u64> {
        let added = self.add_keys(conn, keys).await?;
        self.refuse_missing(conn, keys).await?;
        Ok(added)
    }

    fn put_keys(&self, keys: &List, to: &mut Params<'_>) {
        self.put_source(to);
        to.list(keys);
    }

    async fn refuse_missing(&self, conn: &mut Connection, keys: &List) -> Result<()> {
        let (missing, misfits) = (self.many().missing, self.many().misfits);
        if missing.is_empty() {
            return Ok(());
        }
        if select_number(conn, missing, &|to| self.put_keys(keys, to)).await? == 0 {
            return Ok(());
        }
        if !misfits.is_empty()
            && select_number(conn, misfits, &|to| self.put_keys(keys, to)).await? != 0
        {
            return Err(cannot_refer());
        }
        Err(Error::not_found::<T>())
    }
}

impl<S: Entity, T: Entity, K: Kind> Handle<'_, S, T, K> {
    /// Takes `target` away from the other side; `true` when it was there. One statement, two when it was not and a
    /// version might be the reason.
    ///
    /// # Errors
    ///
    /// [`Error::Stale`] when the version of `target` is another now and it would be written to.
    pub async fn remove(&self, conn: &mut Connection, target: &T) -> Result<bool>
    where
        K: Removable,
    {
        let removed = execute(conn, self.many().remove, &|to| self.put_write(target, to)).await?;
        let versioned = T::VERSIONED && K::HOLDER == Holder::Target;
        if removed == 0 && versioned && self.contains(conn, target).await? {
            return Err(gone::<T>(conn, &target.key()).await);
        }
        Ok(removed > 0)
    }

    /// Takes every row away from the other side; their number. One statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub async fn clear(&self, conn: &mut Connection) -> Result<u64>
    where
        K: Removable,
    {
        execute(conn, self.many().clear, &|to| self.put_source(to)).await
    }
}
