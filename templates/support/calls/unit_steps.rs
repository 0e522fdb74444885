/// A statement and its parameters.
type Whole = (&'static str, Vec<Value>);

/// A change of a unit of work that comes after its inserts.
trait Change: Send + Sync {
    /// Whether the change checks versions itself when nothing has before.
    const CHECKS_ITSELF: bool = false;

    /// Checks the versions of the rows that were read, which the change itself does not do then.
    fn check(
        &mut self,
        conn: &mut Connection,
        keys: &Keys,
    ) -> impl Future<Output = Result<()>> + Send;

    /// The change as one statement whose answer tells nothing, where it is that.
    fn whole(&self, _keys: &Keys) -> Result<Option<Whole>> {
        Ok(None)
    }

    /// Makes the change, inside a transaction. `keys` are those of the inserted rows.
    fn run(&self, conn: &mut Connection, keys: &Keys) -> impl Future<Output = Result<()>> + Send;
}

/// A [`Change`], whichever that is.
trait Step: Send + Sync {
    fn check<'fut>(
        &'fut mut self,
        conn: &'fut mut Connection,
        keys: &'fut Keys,
    ) -> BoxFuture<'fut, Result<()>>;

    fn checks_itself(&self) -> bool;

    fn whole(&self, keys: &Keys) -> Result<Option<Whole>>;

    fn run<'fut>(
        &'fut self,
        conn: &'fut mut Connection,
        keys: &'fut Keys,
    ) -> BoxFuture<'fut, Result<()>>;

    fn as_any(&mut self) -> &mut dyn Any;
}

impl<C: Change + 'static> Step for C {
    fn check<'fut>(
        &'fut mut self,
        conn: &'fut mut Connection,
        keys: &'fut Keys,
    ) -> BoxFuture<'fut, Result<()>> {
        Box::pin(Change::check(self, conn, keys))
    }

    fn checks_itself(&self) -> bool {
        C::CHECKS_ITSELF
    }

    fn whole(&self, keys: &Keys) -> Result<Option<Whole>> {
        Change::whole(self, keys)
    }

    fn run<'fut>(
        &'fut self,
        conn: &'fut mut Connection,
        keys: &'fut Keys,
    ) -> BoxFuture<'fut, Result<()>> {
        Box::pin(Change::run(self, conn, keys))
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

struct Update<E: Entity> {
    row: Ref<E>,
    patch: E::Patch,
}

struct Delete<E: Entity> {
    row: Ref<E>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Add,
    Remove,
}

struct Set<S: Entity, T: Entity, K: ToOne> {
    relationship: Rel<S, T, K>,
    row: Ref<S>,
    other: Option<Ref<T>>,
}

impl<E: Entity> Ref<E> {
    /// Without the version that was read.
    fn unlocked(self) -> Self {
        match self.0 {
            Reference::Row(key, _) => Self(Reference::Key(key)),
            _ => self,
        }
    }

    /// Checks the version that was read, if one was, and forgets it. The row is locked, so that nobody writes to it between the
    /// check and what the unit writes without one.
    async fn check(&mut self, conn: &mut Connection) -> Result<()> {
        let Reference::Row(key, lock) = &self.0 else {
            return Ok(());
        };
        let row = get_locked::<E>(conn, key).await?;
        if *stored(|to| row.put_lock(to))? != **lock {
            return Err(gone::<E>(conn, key).await);
        }
        self.0 = Reference::Key(key.clone());
        Ok(())
    }

    /// The parameters of the key and the version that was read, while that is not checked.
    fn unchecked(&self) -> Option<&[Value]> {
        match &self.0 {
            Reference::Row(_, lock) => Some(lock),
            Reference::Key(_) | Reference::Pending(_) => None,
        }
    }

    /// The parameters of the key and the version.
    fn lock(&self, keys: &Keys) -> Result<Vec<Value>> {
        if let Some(lock) = self.unchecked() {
            return Ok(lock.to_vec());
        }
        let key = self.key(Some(keys))?;
        stored(|to| put_unlocked::<E>(key, to))
    }
}

impl<E: Entity> Change for Update<E> {
    const CHECKS_ITSELF: bool = true;

    async fn check(&mut self, conn: &mut Connection, _keys: &Keys) -> Result<()> {
        self.row.check(conn).await
    }

    async fn run(&self, conn: &mut Connection, keys: &Keys) -> Result<()> {
        let lock = self.row.lock(keys)?;
        let stored: Option<E> = returning(conn, E::SQL.update, &|to| {
            put_stored(&lock, to);
            E::put_patch(&self.patch, to);
        })
        .await?;
        match stored {
            Some(_) => Ok(()),
            None => Err(gone::<E>(conn, self.row.key(Some(keys))?).await),
        }
    }
}

impl<E: Entity> Change for Delete<E> {
    const CHECKS_ITSELF: bool = true;

    async fn check(&mut self, conn: &mut Connection, _keys: &Keys) -> Result<()> {
        self.row.check(conn).await
    }

    async fn run(&self, conn: &mut Connection, keys: &Keys) -> Result<()> {
        let lock = self.row.lock(keys)?;
        match execute(conn, E::SQL.delete, &|to| put_stored(&lock, to)).await? {
            0 => Err(gone::<E>(conn, self.row.key(Some(keys))?).await),
            _ => Ok(()),
        }
    }
}

impl<S: Entity, T: Entity, K: ToOne> Change for Set<S, T, K> {
    async fn check(&mut self, conn: &mut Connection, _keys: &Keys) -> Result<()> {
        self.row.check(conn).await?;
        match &mut self.other {
            Some(other) => other.check(conn).await,
            None => Ok(()),
        }
    }

    async fn run(&self, conn: &mut Connection, keys: &Keys) -> Result<()> {
        let (relationship, sql) = (&self.relationship, K::write(self.relationship.sql));
        let source = self.row.key(Some(keys))?;
        let of_target = K::HOLDER == Holder::Target;
        let source = Side::new(conn, source, relationship.source.filter(|_| of_target)).await?;
        let Some(other) = &self.other else {
            let put: &Put<'_> = &|to| source.put_written(!of_target, to);
            let changed = changed(conn, sql.unset, put).await?;
            return if changed == 0 && !of_target {
                Err(key_not_found::<S>(source.key))
            } else {
                Ok(())
            };
        };
        let target = Side::new(conn, other.key(Some(keys))?, relationship.target).await?;
        let put = |locked: bool, to: &mut Params<'_>| {
            if of_target {
                source.put(to);
                target.put_written(locked, to);
            } else {
                target.put(to);
                source.put_written(locked, to);
            }
        };
        if !sql.release.is_empty() {
            let values = stored(|to| put(false, to))?;
            if of_target {
                release_place::<S>(conn, source.key, sql.release, values).await?;
            } else {
                release_place::<T>(conn, target.key, sql.release, values).await?;
            }
        }
        match changed(conn, sql.set, &|to| put(true, to)).await? {
            0 if of_target => Err(unrelated_key::<T>(conn, target.key, None).await),
            0 => Err(unrelated_key::<S>(conn, source.key, None).await),
            _ => Ok(()),
        }
    }
}

/// A row at one side of a relationship, as that knows it.
struct Side<'k, E: Entity> {
    key: &'k E::Key,
    /// The row, when it is known by other columns than its primary key.
    row: Option<(E, KnownBy<E>)>,
}

impl<'k, E: Entity> Side<'k, E> {
    async fn new(
        conn: &mut Connection,
        key: &'k E::Key,
        known_by: Option<KnownBy<E>>,
    ) -> Result<Self> {
        let row = match known_by {
            Some(put) => Some((get::<E>(conn, key).await?, put)),
            None => None,
        };
        Ok(Self { key, row })
    }

    fn put(&self, to: &mut Params<'_>) {
        match &self.row {
            Some((row, put)) => put(row, to),
            None => E::put_key(self.key, to),
        }
    }

    /// The same for a statement that writes to this row, when `written`: with its version, unchecked.
    fn put_written(&self, written: bool, to: &mut Params<'_>) {
        if written {
            put_unlocked::<E>(self.key, to);
        } else {
            self.put(to);
        }
    }
}
