/// Changes to rows of any entities, to be made together: in one transaction, each table in its turn.
///
/// Nothing is asked of the database before [`UnitOfWork::commit`]. That inserts first, what is referred to before what
/// refers to it, whatever the order of the calls was; then come updates, links and the like in the order of the calls;
/// deletes are last, what refers before what is referred to. Rows of tables that refer to one another, or to themselves,
/// are inserted in the order of the calls.
///
/// A row to be inserted is known by its [`Pending`], which goes wherever a row or a key would: into the foreign keys of
/// `New…` (`author_id: author.into()`), into [`UnitOfWork::link`] and the rest.
///
/// ```text
/// let mut work = UnitOfWork::new();
/// let alice = work.insert(NewStudent { name: "Alice".into() });
/// let math = work.insert(NewCourse { title: "Math".into() });
/// work.link(student::COURSES, alice, [math]);
/// let done = work.commit(&conn)?;
/// let alice = Student::get(&conn, done.key(alice))?;
/// ```
#[must_use = "nothing is written before `commit`"]
pub struct UnitOfWork {
    rows: PendingRows,
    steps: Vec<Box<dyn Step>>,
    /// Each with the rank of its table.
    deletes: Vec<(usize, Box<dyn Step>)>,
}

impl Default for UnitOfWork {
    fn default() -> Self {
        Self::new()
    }
}

impl UnitOfWork {
    /// A unit without changes.
    pub fn new() -> Self {
        Self {
            rows: PendingRows::new(),
            steps: Vec::new(),
            deletes: Vec::new(),
        }
    }

    /// Inserts a row. In [`UnitOfWork::commit`], many rows of one entity share statements.
    pub fn insert<N: New>(&mut self, new: N) -> Pending<N::Entity> {
        self.rows.push(Queued::New(new))
    }

    /// Inserts a row with the key that it has.
    pub fn insert_row<E: Entity>(&mut self, row: &E) -> Pending<E> {
        let (key, values) = (row.key(), stored(|to| row.put_written(to)));
        self.rows
            .push(Queued::<E::New>::Row(Box::new(Keyed { key, values })))
    }

    /// Writes the changes to a row. The version of a row that was read is checked.
    pub fn update<R: Locate>(&mut self, row: R, patch: <R::Entity as Entity>::Patch) {
        self.steps.push(Box::new(Update {
            row: row.locate(),
            patch,
        }));
    }

    /// Deletes a row. The version of a row that was read is checked.
    pub fn delete<R: Locate>(&mut self, row: R) {
        let delete = Box::new(Delete { row: row.locate() });
        self.deletes.push((<R::Entity as Entity>::RANK, delete));
    }

    /// Puts `targets` to the other side of a relationship to many, each with its payload where links have one; each may be
    /// there already. Where the targets have the foreign key, the versions of those that were read are checked.
    pub fn link<S: Entity, T: Entity, K: ToMany, R: Linkable<T, K>>(
        &mut self,
        relationship: Rel<S, T, K>,
        row: impl Refers<S>,
        targets: impl IntoIterator<Item = R>,
    ) {
        let targets = targets.into_iter().map(|target| {
            let (target, new) = target.parts();
            (target, Some(new))
        });
        self.links(relationship, Verb::Add, row.reference(), targets);
    }

    /// Takes `targets` away from the other side of a relationship to many; each may be gone already. Versions are checked as
    /// by [`UnitOfWork::link`].
    pub fn unlink<S: Entity, T: Entity, K: Removable, R: Refers<T>>(
        &mut self,
        relationship: Rel<S, T, K>,
        row: impl Refers<S>,
        targets: impl IntoIterator<Item = R>,
    ) {
        let targets = targets.into_iter().map(|target| (target.reference(), None));
        self.links(relationship, Verb::Remove, row.reference(), targets);
    }

    /// Makes `other` the row at the other side of a relationship to one; where there may be none, `other` may be an
    /// `Option`. This closes circles: insert both rows, then let one refer to the other. The version of the row that has the
    /// foreign key is checked when it was read.
    pub fn set<S: Entity, T: Entity, K: ToOne, M>(
        &mut self,
        relationship: Rel<S, T, K>,
        row: impl Refers<S>,
        other: impl Other<T, K, M>,
    ) {
        let (row, other) = (row.reference(), other.reference());
        let of_target = K::HOLDER == Holder::Target;
        self.steps.push(Box::new(Set {
            relationship,
            row: if of_target { row.unlocked() } else { row },
            other: if of_target {
                other
            } else {
                other.map(Ref::unlocked)
            },
        }));
    }

    /// Makes all changes in one transaction, a savepoint inside an open one.
    ///
    /// Statements: as many as by `insert_many` for the rows of an entity; one for each link and each update, or one for all
    /// links that follow each other where the database takes many rows as arrays; more where a relationship knows its rows by
    /// other columns than the primary key. The versions of rows that were read are checked behind the inserts and before the first
    /// change, by another statement for each; where the unit is a single update or delete, by that itself.
    ///
    /// ```text
    /// let mut work = UnitOfWork::new();
    /// work.update(&alice, StudentPatch { name: Some("Alicia".into()) });
    /// work.unlink(student::COURSES, &alice, [&math]);
    /// work.delete(&bob);
    /// work.commit(&conn)?;
    /// ```
    ///
    /// # Errors
    ///
    /// That of the first change that fails: a violated constraint, [`Error::NotFound`], [`Error::Stale`], or
    /// [`Error::Pending`] when a pending row belongs to another unit. Then the database is as it was.
    pub fn commit(self, conn: &Connection) -> Result<Committed> {
        let tx = begin(conn)?;
        match self.run(&tx) {
            Ok((keys, waiting)) => {
                tx.commit_behind(waiting)?;
                Ok(Committed { keys })
            }
            Err(error) => tx.end(Err(error)),
        }
    }

    /// Makes all changes but the last ones, which it gives back, as they can be sent with what commits.
    fn run(self, conn: &Connection) -> Result<(Keys, Vec<Whole>)> {
        let Self {
            rows,
            mut steps,
            mut deletes,
        } = self;
        deletes.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        let keys = rows.insert(conn)?;
        // A change raises versions, and a later one of the same row would take that for somebody else's.
        let several = steps.len() + deletes.len() > 1;
        let deletes_too = deletes.iter_mut().map(|(_, delete)| delete);
        for step in steps.iter_mut().chain(deletes_too) {
            if several || !step.checks_itself() {
                step.check(conn, &keys)?;
            }
        }
        let mut waiting = Vec::new();
        for step in &steps {
            if let Some(whole) = step.whole(&keys)? {
                waiting.push(whole);
                continue;
            }
            run_waiting(conn, &mut waiting)?;
            step.run(conn, &keys)?;
        }
        if !deletes.is_empty() {
            run_waiting(conn, &mut waiting)?;
        }
        for rank in deletes.chunk_by(|(left, _), (right, _)| left == right) {
            delete_rank(conn, rank, &keys)?;
        }
        Ok((keys, waiting))
    }

    fn links<S: Entity, T: Entity, K: ToMany>(
        &mut self,
        relationship: Rel<S, T, K>,
        verb: Verb,
        row: Ref<S>,
        targets: impl Iterator<Item = (Ref<T>, Option<K::New>)>,
    ) {
        let last = self.steps.last_mut().map(|step| step.as_any());
        match last.and_then(|step| step.downcast_mut::<Links<S, T, K>>()) {
            Some(links)
                if links.verb == verb && std::ptr::eq(links.relationship.sql, relationship.sql) =>
            {
                links.push(row, targets);
            }
            _ => {
                let mut links = Links::new(relationship, verb);
                links.push(row, targets);
                self.steps.push(Box::new(links));
            }
        }
    }
}

/// Runs what waits for others to be sent with.
fn run_waiting(conn: &Connection, waiting: &mut Vec<Whole>) -> Result<()> {
    execute_each(conn, std::mem::take(waiting))
}

/// Deletes the rows of one rank. Those of tables that refer to one another may be referred to by some that go too: such a
/// row is tried again when these are gone.
fn delete_rank(
    conn: &Connection,
    rank: &[(usize, Box<dyn Step>)],
    keys: &Keys,
) -> Result<()> {
    let mut left: Vec<_> = rank.iter().map(|(_, delete)| delete).collect();
    loop {
        let tried = left.len();
        let mut refused = None;
        let mut again = Vec::new();
        for delete in left {
            match try_step(conn, delete.as_ref(), keys) {
                Err(error @ Error::ForeignKeyViolation { .. }) => {
                    refused.get_or_insert(error);
                    again.push(delete);
                }
                Err(error) => return Err(refused.unwrap_or(error)),
                Ok(()) => {}
            }
        }
        match refused {
            None => return Ok(()),
            Some(error) if again.len() == tried => return Err(error),
            // The calls mostly name a row before what refers to it, or all the other way round.
            Some(_) => again.reverse(),
        }
        left = again;
    }
}

/// Runs a step that may fail and be run again, in the transaction that is open.
fn try_step(conn: &Connection, step: &dyn Step, keys: &Keys) -> Result<()> {
    if !ERRORS_ABORT {
        return step.run(conn, keys);
    }
    let tx = begin(conn)?;
    let done = step.run(&tx, keys);
    tx.end(done)
}

/// What a unit of work has made.
pub struct Committed {
    keys: Keys,
}

impl Committed {
    /// The key that a pending row has got. One that a foreign key is part of is that of the insert, wherever the unit has
    /// moved the row since.
    ///
    /// # Panics
    ///
    /// When `pending` belongs to another unit of work; [`Committed::try_key`] does not.
    #[must_use]
    pub fn key<E: Entity>(&self, pending: Pending<E>) -> E::Key {
        let key = self.keys.get(pending).cloned();
        key.unwrap_or_else(|| panic!("a pending {} of another unit of work", E::NAME))
    }

    /// The key that a pending row has got.
    ///
    /// # Errors
    ///
    /// [`Error::Pending`] when `pending` belongs to another unit of work.
    pub fn try_key<E: Entity>(&self, pending: Pending<E>) -> Result<E::Key> {
        let key = self.keys.get(pending).cloned();
        key.ok_or(Error::Pending { entity: E::NAME })
    }
}

impl std::fmt::Debug for Committed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Committed").finish_non_exhaustive()
    }
}

/// What tells a row to change: the row, its [`Pending`], or a [`Ref`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not tell which row",
    label = "expected `&row`, a pending row, or a `Ref` made of a key"
)]
pub trait Locate {
    /// The entity.
    type Entity: Entity;

    /// The row.
    fn locate(self) -> Ref<Self::Entity>;
}

impl<E: Entity> Locate for &E {
    type Entity = E;

    fn locate(self) -> Ref<E> {
        self.into()
    }
}

impl<E: Entity> Locate for Pending<E> {
    type Entity = E;

    fn locate(self) -> Ref<E> {
        self.into()
    }
}

impl<E: Entity> Locate for Ref<E> {
    type Entity = E;

    fn locate(self) -> Self {
        self
    }
}

/// What [`UnitOfWork::link`] puts to the other side: a row, a pending row or a key; where links have payload, a tuple of that
/// and a `New…`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be linked by a relationship of kind `{K}` to `{T}`",
    label = "expected `&row`, a pending row or a key of `{T}`, where links have payload in a tuple with that",
    note = "nothing is linked by a kind that is read-only"
)]
pub trait Linkable<T: Entity, K: ToMany> {
    /// The row, and what the link has beside its ends.
    fn parts(self) -> (Ref<T>, K::New);
}

#[diagnostic::do_not_recommend]
impl<T: Entity, K: Addable, R: Refers<T>> Linkable<T, K> for R {
    fn parts(self) -> (Ref<T>, ()) {
        (self.reference(), ())
    }
}

/// What [`UnitOfWork::set`] puts to the other side: a row, a pending row, a key, or, where there may be none, an `Option`
/// of these. `M` tells these apart and is always inferred.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be at the other side of a relationship of kind `{K}` to `{T}`",
    label = "expected `&row`, a pending row or a key of `{T}`",
    note = "`None` and `Some` are for relationships over a foreign key that may be NULL"
)]
pub trait Other<T: Entity, K, M> {
    /// The row.
    fn reference(self) -> Option<Ref<T>>;
}

#[diagnostic::do_not_recommend]
impl<T: Entity, K: ToOne, R: Refers<T>> Other<T, K, Plain> for R {
    fn reference(self) -> Option<Ref<T>> {
        Some(Refers::reference(self))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Entity, K: OptionalToOne, R: Refers<T>> Other<T, K, Nullable> for Option<R> {
    fn reference(self) -> Option<Ref<T>> {
        self.map(Refers::reference)
    }
}
