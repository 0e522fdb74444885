/// A statement and its parameters.
type Whole = (&'static str, Vec<Value>);

/// A change of a unit of work that comes after its inserts.
trait Change: Send + Sync {
    /// Whether the change checks versions itself when nothing has before.
    const CHECKS_ITSELF: bool = false;

    /// Checks the versions of the rows that were read, which the change itself does not do then.
    fn check(
        &mut self,
        conn: &Connection,
        keys: &Keys,
    ) -> Result<()>;

    /// The change as one statement whose answer tells nothing, where it is that.
    fn whole(&self, _keys: &Keys) -> Result<Option<Whole>> {
        Ok(None)
    }

    /// Makes the change, inside a transaction. `keys` are those of the inserted rows.
    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()>;
}

/// A [`Change`], whichever that is.
trait Step: Send + Sync {
    fn check(
        &mut self,
        conn: &Connection,
        keys: &Keys,
    ) -> Result<()>;

    fn checks_itself(&self) -> bool;

    fn whole(&self, keys: &Keys) -> Result<Option<Whole>>;

    fn run(
        &self,
        conn: &Connection,
        keys: &Keys,
    ) -> Result<()>;

    fn as_any(&mut self) -> &mut dyn Any;
}

impl<C: Change + 'static> Step for C {
    fn check(
        &mut self,
        conn: &Connection,
        keys: &Keys,
    ) -> Result<()> {
        Change::check(self, conn, keys)
    }

    fn checks_itself(&self) -> bool {
        C::CHECKS_ITSELF
    }

    fn whole(&self, keys: &Keys) -> Result<Option<Whole>> {
        Change::whole(self, keys)
    }

    fn run(
        &self,
        conn: &Connection,
        keys: &Keys,
    ) -> Result<()> {
        Change::run(self, conn, keys)
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

/// Changes to the pairs of a relationship to many.
struct Links<S: Entity, T: Entity, K: ToMany> {
    relationship: Rel<S, T, K>,
    verb: Verb,
    pairs: Vec<Pair<S, T, K>>,
}

/// A source, a target and, when they are to be linked, what the link has beside its ends.
type Pair<S, T, K> = (Ref<S>, Ref<T>, Option<<K as ToMany>::New>);

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
    fn check(&mut self, conn: &Connection) -> Result<()> {
        let Reference::Row(key, lock) = &self.0 else {
            return Ok(());
        };
        let row = get_locked::<E>(conn, key)?;
        if *stored(|to| row.put_lock(to))? != **lock {
            return Err(gone::<E>(conn, key));
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

    fn check(&mut self, conn: &Connection, _keys: &Keys) -> Result<()> {
        self.row.check(conn)
    }

    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()> {
        let lock = self.row.lock(keys)?;
        let stored: Option<E> = returning(conn, E::UPDATE, &|to| {
            put_stored(&lock, to);
            E::put_patch(&self.patch, to);
        })?;
        match stored {
            Some(_) => Ok(()),
            None => Err(gone::<E>(conn, self.row.key(Some(keys))?)),
        }
    }
}

impl<E: Entity> Change for Delete<E> {
    const CHECKS_ITSELF: bool = true;

    fn check(&mut self, conn: &Connection, _keys: &Keys) -> Result<()> {
        self.row.check(conn)
    }

    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()> {
        let lock = self.row.lock(keys)?;
        match execute(conn, E::DELETE, &|to| put_stored(&lock, to))? {
            0 => Err(gone::<E>(conn, self.row.key(Some(keys))?)),
            _ => Ok(()),
        }
    }
}

impl<S: Entity, T: Entity, K: ToMany> Links<S, T, K> {
    fn sides<'k>(
        &self,
        conn: &Connection,
        keys: &'k Keys,
        (source, target, _): &'k Pair<S, T, K>,
    ) -> Result<(Side<'k, S>, Side<'k, T>)> {
        Ok((
            Side::new(conn, source.key(Some(keys))?, self.relationship.source)?,
            Side::new(conn, target.key(Some(keys))?, self.relationship.target)?,
        ))
    }

    fn contains(&self, conn: &Connection, keys: &Keys, place: usize) -> Result<bool> {
        match self.sides(conn, keys, &self.pairs[place]) {
            Err(Error::NotFound { .. }) => Ok(false),
            sides => {
                let (source, target) = sides?;
                self.related(conn, &source, &target)
            }
        }
    }

    fn related(
        &self,
        conn: &Connection,
        source: &Side<'_, S>,
        target: &Side<'_, T>,
    ) -> Result<bool> {
        let sql = K::many(self.relationship.sql);
        let found = select_number(conn, sql.contains, &|to| {
            source.put(to);
            target.put(to);
        })?;
        Ok(found != 0)
    }
}

impl<S: Entity, T: Entity, K: ToMany> Change for Links<S, T, K> {
    fn check(&mut self, conn: &Connection, keys: &Keys) -> Result<()> {
        for place in 0..self.pairs.len() {
            let adds = self.verb == Verb::Add;
            let checked = match self.pairs[place].1.check(conn) {
                // A row that is gone is at no other side.
                Err(Error::NotFound { .. }) if !adds => Ok(()),
                // Nor is a row written to that is where it shall be.
                Err(Error::Stale { .. }) if self.contains(conn, keys, place)? == adds => {
                    Ok(())
                }
                checked => checked,
            };
            checked?;
        }
        Ok(())
    }

    /// All pairs are added at once, where the database takes many rows as columns, foreign keys tell whether one is gone, and
    /// both sides are known by their keys.
    fn whole(&self, keys: &Keys) -> Result<Option<Whole>> {
        let sql = K::many(self.relationship.sql);
        let by_key = self.relationship.source.is_none() && self.relationship.target.is_none();
        let plain = self.verb == Verb::Add && by_key && sql.missing.is_empty();
        // Without a pair nobody knows how many columns there are.
        if !plain || sql.add_many.is_empty() || self.pairs.is_empty() {
            return Ok(None);
        }
        let rows = self.pairs.iter().map(|(source, target, new)| {
            let (source, target) = (source.key(Some(keys))?, target.key(Some(keys))?);
            let mut row = Vec::new();
            fill_with(&mut row, Some(keys), |to| {
                S::put_key(source, to);
                T::put_key(target, to);
                if let Some(new) = new {
                    new.put(to);
                }
            })?;
            Ok(row)
        });
        Ok(Some((sql.add_many, as_columns(rows)?)))
    }

    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()> {
        let sql = K::many(self.relationship.sql);
        for pair in &self.pairs {
            let (source, target) = match self.sides(conn, keys, pair) {
                // A row that is gone is at no other side.
                Err(Error::NotFound { .. }) if self.verb == Verb::Remove => continue,
                sides => sides?,
            };
            // A version that was not checked because there was nothing to do, until another step of the unit.
            let lock = pair.1.unchecked();
            let put: &Put<'_> = &|to| {
                source.put(to);
                match lock {
                    Some(lock) => put_stored(lock, to),
                    None => target.put_written(K::HOLDER == Holder::Target, to),
                }
                if let Some(new) = &pair.2 {
                    new.put(to);
                }
            };
            let adds = self.verb == Verb::Add;
            let changed = if adds {
                link(conn, sql, Some(keys), put)?
            } else {
                execute_with(conn, sql.remove, Some(keys), put)?
            };
            if changed > 0 {
                continue;
            }
            // Where no foreign key tells, a target that is gone would go unnoticed.
            let may_be_gone = adds && !sql.missing.is_empty();
            let in_doubt = lock.is_some() || may_be_gone;
            if in_doubt && self.related(conn, &source, &target)? != adds {
                return Err(match self.verb {
                    Verb::Add => unrelated_key::<T>(conn, target.key, lock),
                    Verb::Remove => gone::<T>(conn, target.key),
                });
            }
        }
        Ok(())
    }
}

impl<S: Entity, T: Entity, K: ToOne> Change for Set<S, T, K> {
    fn check(&mut self, conn: &Connection, _keys: &Keys) -> Result<()> {
        self.row.check(conn)?;
        match &mut self.other {
            Some(other) => other.check(conn),
            None => Ok(()),
        }
    }

    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()> {
        let (relationship, sql) = (&self.relationship, K::write(self.relationship.sql));
        let source = self.row.key(Some(keys))?;
        let of_target = K::HOLDER == Holder::Target;
        let source = Side::new(conn, source, relationship.source.filter(|_| of_target))?;
        let Some(other) = &self.other else {
            let put: &Put<'_> = &|to| source.put_written(!of_target, to);
            let changed = changed(conn, sql.unset, put)?;
            return if changed == 0 && !of_target {
                Err(key_not_found::<S>(source.key))
            } else {
                Ok(())
            };
        };
        let target = Side::new(conn, other.key(Some(keys))?, relationship.target)?;
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
                release_place::<S>(conn, source.key, sql.release, values)?;
            } else {
                release_place::<T>(conn, target.key, sql.release, values)?;
            }
        }
        match changed(conn, sql.set, &|to| put(true, to))? {
            0 if of_target => Err(unrelated_key::<T>(conn, target.key, None)),
            0 => Err(unrelated_key::<S>(conn, source.key, None)),
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
    fn new(
        conn: &Connection,
        key: &'k E::Key,
        known_by: Option<KnownBy<E>>,
    ) -> Result<Self> {
        let row = match known_by {
            Some(put) => Some((get::<E>(conn, key)?, put)),
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
