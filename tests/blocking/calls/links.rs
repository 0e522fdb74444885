/// A link of a secondary with payload: a row of its table.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a link of a secondary with payload")]
pub trait Link: Table {
    /// The primary key: the column's type, or a tuple of them in key order.
    type Key: Clone + std::fmt::Debug + Send + Sync + 'static;
    /// What a link to make has beside its ends.
    type New: Payload;
    /// Changes to a link.
    type Patch: Send + Sync + 'static;

    /// The number of its columns.
    const WIDTH: usize;

    /// The parameters of a key.
    fn put_key(key: &Self::Key, to: &mut Params<'_>);

    /// Every column of this link, in order.
    fn put_row(&self, to: &mut Params<'_>);

    /// The parameters of [`LinkedSql::update`] behind those of the pair.
    fn put_patch(_patch: &Self::Patch, _to: &mut Params<'_>) {}
}

/// A kind whose links have payload.
#[diagnostic::on_unimplemented(
    message = "links of a relationship of kind `{Self}` have no payload",
    label = "expected a relationship over a secondary with payload"
)]
pub trait Linked: ToMany<Link: Link> + Kind<Sql = LinkedSql> {}

impl<K: ToMany<Link: Link> + Kind<Sql = LinkedSql>> Linked for K {}

/// Over a secondary whose links have payload: rows of `P`.
pub struct ManyToManyWith<P>(PhantomData<fn() -> P>);

impl<P: Link> Kind for ManyToManyWith<P> {
    type Sql = LinkedSql;
    type Shape = Many;
    type Links = Laden;
    const HOLDER: Holder = Holder::Link;

    fn read(sql: &'static LinkedSql) -> ReadSql {
        ManyToMany::read(&sql.many)
    }
}

impl<P: Link> ToMany for ManyToManyWith<P> {
    type Link = P;
    type New = P::New;

    fn many(sql: &'static LinkedSql) -> &'static ToManySql {
        &sql.many
    }

    fn of_links(sql: &'static LinkedSql) -> Option<OfLinks> {
        Some(OfLinks {
            narrow: sql.narrow,
            of_target: sql.of_target,
        })
    }
}

impl<P: Link> Removable for ManyToManyWith<P> {}

/// The statements of a relationship over a secondary with payload. Parameters: the source's columns, then what is said.
pub struct LinkedSql {
    /// Those that do not read the payload.
    pub many: ToManySql,
    /// The links, in the order of the relationship.
    pub all: &'static str,
    /// The targets, each with its link.
    pub pairs: &'static str,
    /// The targets of many sources, each with its link and the place of its source, in order. Parameter: the list of keys.
    pub load: &'static str,
    /// The same, at most a number of them for each source.
    pub load_limited: &'static str,
    /// The condition of a link.
    pub scope: &'static str,
    /// The order of the links by themselves.
    pub order: &'static str,
    /// The beginning of the condition on a source that a link of it fits what follows. Two parentheses close it.
    pub any: &'static str,
    /// The same on a target, among the links of one source.
    pub narrow: &'static str,
    /// What stands behind a column of the links of one source to the target that a surrounding statement is at in a
    /// sub-select, up to its order.
    pub of_target: &'static str,
    /// Changes the links to a target: its columns, the changes.
    pub update: &'static str,
    /// Deletes the link with a key.
    pub delete: &'static str,
}

impl<S: Entity, T: Entity, P: Link> Handle<'_, S, T, ManyToManyWith<P>> {
    /// Links `target` with a payload; `true` when there was no such link before, else what is stored stays. One statement.
    ///
    /// ```text
    /// friday.songs().add(&conn, &bell, NewSetlistSong { position: 1, weight: None, remark: None })?;
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::ForeignKeyViolation`] when one of the rows is gone, [`Error::Pending`] when the payload refers to a pending
    /// row, or another violated constraint.
    pub fn add(&self, conn: &Connection, target: &T, new: P::New) -> Result<bool> {
        self.add_with(conn, target, &new)
    }

    /// Links all of `targets`, each with its payload, in one transaction; the number of links that were not there before.
    /// One statement for each.
    ///
    /// # Errors
    ///
    /// As for [`Handle::add`]; then none was added.
    pub fn add_all<'t>(
        &self,
        conn: &Connection,
        targets: impl IntoIterator<Item = (&'t T, P::New)>,
    ) -> Result<u64> {
        // What gives the targets is not kept while statements run.
        let targets: Vec<(&T, P::New)> = targets.into_iter().collect();
        let tx = begin(conn)?;
        let added = self.add_each(&tx, &targets);
        tx.end(added)
    }

    /// Makes `targets` the rows at the other side: removes what is gone, adds what is new, leaves the payload of what stays.
    /// Where a pair can be linked several times, links are the same when their keys are. One transaction of one statement,
    /// and one for each link.
    ///
    /// # Errors
    ///
    /// As for [`Handle::add`]; then the other side is as it was.
    pub fn set<'t>(
        &self,
        conn: &Connection,
        targets: impl IntoIterator<Item = (&'t T, P::New)>,
    ) -> Result<()> {
        let targets: Vec<(&T, P::New)> = targets.into_iter().collect();
        let keys = KeyList::of(&targets, |(target, new), to| {
            self.rel.put_target(target, to);
            new.put_key(to);
        })?;
        let tx = begin(conn)?;
        let done = self.replace(&tx, &keys, &targets);
        tx.end(done)
    }

    fn add_each(&self, conn: &Connection, targets: &[(&T, P::New)]) -> Result<u64> {
        let mut added = 0;
        for (target, new) in targets {
            added += u64::from(self.add_with(conn, target, new)?);
        }
        Ok(added)
    }

    fn replace(
        &self,
        conn: &Connection,
        keys: &List,
        targets: &[(&T, P::New)],
    ) -> Result<()> {
        let ToManySql { lock, retain, .. } = self.rel.sql.many;
        if !lock.is_empty() {
            execute(conn, lock, &|to| self.put_source(to))?;
        }
        execute(conn, retain, &|to| self.put_keys(keys, to))?;
        self.add_each(conn, targets).map(drop)
    }
}

impl<'a, S: Entity, T: Entity, K: Linked> Handle<'a, S, T, K> {
    /// The rows at the other side, each with its link, in the order of the relationship. A row that is linked several times
    /// comes with every link. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn with_links(&self, conn: &Connection) -> Result<Vec<(T, K::Link)>> {
        let mut pairs = Vec::new();
        let put: &Put<'_> = &|to| self.put_source(to);
        let take = |row: &Row<'_>| {
            let first = width(row) - K::Link::WIDTH;
            pairs.push((
                T::read(&Reader::new(row))?,
                K::Link::read(&Reader { row, first })?,
            ));
            Ok(())
        };
        each(conn, self.rel.sql.pairs, put, take)?;
        Ok(pairs)
    }

    /// The links themselves.
    pub const fn links(self) -> LinksOf<'a, S, T, K> {
        LinksOf { handle: self }
    }
}

/// The links of one row. Calling a method is the only thing that queries.
#[must_use = "a handle does nothing until one of its methods is called"]
pub struct LinksOf<'a, S: 'static, T: 'static, K: Linked> {
    handle: Handle<'a, S, T, K>,
}

impl<S: Entity, T: Entity, K: Linked> LinksOf<'_, S, T, K> {
    /// The links, in the order of the relationship. One statement.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when a stored value does not fit its column.
    pub fn all(&self, conn: &Connection) -> Result<Vec<K::Link>> {
        let put: &Put<'_> = &|to| self.handle.put_source(to);
        select(conn, self.handle.rel.sql.all, put)
    }

    /// A query among the links, in the order of their key.
    pub fn query(&self) -> Query<K::Link> {
        let LinkedSql { scope, order, .. } = *self.handle.rel.sql;
        let mut query = Query::default();
        query.selection.more().scope = Some(Scope {
            condition: scope,
            order,
            params: stored(|to| self.handle.put_source(to)).map_err(Refused::from),
            link: None,
        });
        query
    }
}

impl<S: Entity, T: Entity, P: Link> LinksOf<'_, S, T, ManyToManyWith<P>> {
    /// Changes the payload of the link to `target`, of all such links where there can be several; their number. One
    /// statement.
    ///
    /// ```text
    /// let heavier = SetlistSongPatch { weight: Some(30), ..Default::default() };
    /// friday.songs().links().update(&conn, &bell, heavier)?;
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when `target` is not linked, or a violated constraint.
    pub fn update(&self, conn: &Connection, target: &T, patch: P::Patch) -> Result<u64> {
        let changed = execute(conn, self.handle.rel.sql.update, &|to| {
            self.handle.put_both(target, to);
            P::put_patch(&patch, to);
        })?;
        match changed {
            0 => Err(Error::not_found::<P>()),
            changed => Ok(changed),
        }
    }

    /// Deletes the link with a key; `true` when there was one. [`Handle::remove`] deletes every link to a target. One
    /// statement.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    pub fn delete(&self, conn: &Connection, key: P::Key) -> Result<bool> {
        let deleted = execute(conn, self.handle.rel.sql.delete, &|to| {
            self.handle.put_source(to);
            P::put_key(&key, to);
        })?;
        Ok(deleted > 0)
    }
}

impl<S: Entity, T: Entity, K: Linked> Rel<S, T, K> {
    /// Rows of `S` that have a link of which `condition` is true.
    ///
    /// ```text
    /// let heavy = Setlist::query().filter(setlist::SONGS.any_link(setlist_song::WEIGHT.gt(10))).all(&conn)?;
    /// ```
    #[must_use]
    pub fn any_link(self, condition: impl Condition<K::Link>) -> Filter<S> {
        let related = |node| Node::Related {
            begin: self.sql.any,
            table: <K::Link as Table>::TABLE,
            node: Box::new(node),
        };
        Filter::new(condition.filter().node.map(related))
    }

    /// Each row at the other side with its link.
    ///
    /// ```text
    /// let all: Vec<(Setlist, Vec<(Song, SetlistSong)>)> =
    ///     Setlist::query().with(setlist::SONGS.links()).all(&conn)?;
    /// ```
    pub fn links(self) -> LinkLoad<S, T, K, (), Owned> {
        LinkLoad {
            rel: self,
            wanted: Wanted {
                sql: self.sql.load,
                links: "",
                targets: "",
                sorts: true,
                limit: None,
            },
            loads: (),
            marker: PhantomData,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, P: Link, R: Refers<T>> Linkable<T, ManyToManyWith<P>> for (R, P::New) {
    fn parts(self) -> (Ref<T>, P::New) {
        (self.0.reference(), self.1)
    }
}
