/// A change of a unit of work that comes after its inserts.
trait Step: Send {
    /// Checks the version of a row that was read, which the change itself need not do then.
    fn check(&mut self, _conn: &Connection, _keys: &Keys) -> Result<()> {
        Ok(())
    }

    /// Makes the change, inside a transaction. `keys` are those of the inserted rows.
    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()>;

    fn as_any(&mut self) -> &mut dyn Any;
}

struct Update<E: Entity> {
    row: Located<E>,
    patch: E::Patch,
}

struct Delete<E: Entity> {
    row: Located<E>,
}

/// Changes to the pairs of a relationship to many.
struct Links<S: Entity, T: Entity, K: ToMany> {
    relationship: Rel<S, T, K>,
    verb: Verb,
    pairs: Vec<(Ref<S>, Ref<T>)>,
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

impl<E: Entity> Located<E> {
    /// Checks the version, unless there is none to check.
    fn check(&mut self, conn: &Connection, keys: &Keys) -> Result<()> {
        if !E::VERSIONED || self.lock.is_none() {
            return Ok(());
        }
        let lock = self.lock(keys)?;
        let row = get::<E>(conn, self.row.key(Some(keys))?)?;
        if stored(|to| row.put_lock(to))? != lock {
            return Err(Error::Stale {
                entity: E::NAME,
                key: format!("{:?}", row.key()),
            });
        }
        self.lock = None;
        Ok(())
    }

    /// The parameters of the key and the version.
    fn lock(&self, keys: &Keys) -> Result<Vec<Value>> {
        match &self.lock {
            None => {
                let key = self.row.key(Some(keys))?;
                stored(|to| put_unlocked::<E>(key, to))
            }
            Some(lock) => Ok(lock.clone()?),
        }
    }
}

impl<E: Entity> Step for Update<E> {
    fn check(&mut self, conn: &Connection, keys: &Keys) -> Result<()> {
        self.row.check(conn, keys)
    }

    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()> {
        let lock = self.row.lock(keys)?;
        let stored: Option<E> = returning(conn, E::UPDATE, &|to| {
            put_stored(&lock, to);
            E::put_patch(&self.patch, to);
        })?;
        match stored {
            Some(_) => Ok(()),
            None => Err(gone::<E>(conn, self.row.row.key(Some(keys))?)),
        }
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

impl<E: Entity> Step for Delete<E> {
    fn check(&mut self, conn: &Connection, keys: &Keys) -> Result<()> {
        self.row.check(conn, keys)
    }

    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()> {
        let lock = self.row.lock(keys)?;
        match execute(conn, E::DELETE, &|to| put_stored(&lock, to))? {
            0 => Err(gone::<E>(conn, self.row.row.key(Some(keys))?)),
            _ => Ok(()),
        }
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

impl<S: Entity, T: Entity, K: ToMany> Step for Links<S, T, K> {
    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()> {
        let relationship = &self.relationship;
        let sql = relationship.sql;
        let mut write = Statement::new(
            conn,
            match self.verb {
                Verb::Add => sql.add,
                Verb::Remove => sql.remove,
            },
        )?;
        for (source, target) in &self.pairs {
            let (source, target) = (source.key(Some(keys))?, target.key(Some(keys))?);
            let sides = Side::new(conn, source, relationship.source)
                .and_then(|source| Ok((source, Side::new(conn, target, relationship.target)?)));
            let (source, target) = match sides {
                // A row that is gone is at no other side.
                Err(Error::NotFound { .. }) if self.verb == Verb::Remove => continue,
                sides => sides?,
            };
            write.bind(None, &|to| {
                source.put(to);
                target.put_written(K::HOLDER == Holder::Target, to);
            })?;
            let changed = write.execute()?;
            // Where no foreign key tells, a target that is gone would go unnoticed.
            if changed == 0 && self.verb == Verb::Add && !sql.missing.is_empty() {
                let there = select_number(conn, sql.contains, &|to| {
                    source.put(to);
                    target.put(to);
                })?;
                if there == 0 {
                    return Err(key_not_found::<T>(target.key));
                }
            }
        }
        Ok(())
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

impl<S: Entity, T: Entity, K: ToOne> Step for Set<S, T, K> {
    fn run(&self, conn: &Connection, keys: &Keys) -> Result<()> {
        let (relationship, sql) = (&self.relationship, K::write(self.relationship.sql));
        let source = self.row.key(Some(keys))?;
        let of_target = K::HOLDER == Holder::Target;
        let source = Side::new(conn, source, relationship.source.filter(|_| of_target))?;
        let Some(other) = &self.other else {
            let changed = count(conn, sql.unset, &|to| source.put_written(!of_target, to))?;
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
            execute(conn, sql.release, &|to| put(false, to))?;
        }
        match count(conn, sql.set, &|to| put(true, to))? {
            0 if of_target => Err(key_not_found::<T>(target.key)),
            0 => Err(key_not_found::<S>(source.key)),
            _ => Ok(()),
        }
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

/// Runs a statement that gives back the rows it changes, or none; how many it gave back.
fn count(conn: &Connection, sql: &str, put: &Put<'_>) -> Result<u64> {
    let mut rows = 0;
    prepare(conn, sql, put)?.each(|_| {
        rows += 1;
        Ok(())
    })?;
    Ok(rows)
}

/// A row at one side of a relationship, as that knows it.
struct Side<'k, E: Entity> {
    key: &'k E::Key,
    /// The row, when it is known by other columns than its primary key.
    row: Option<(E, KnownBy<E>)>,
}

impl<'k, E: Entity> Side<'k, E> {
    fn new(conn: &Connection, key: &'k E::Key, known_by: Option<KnownBy<E>>) -> Result<Self> {
        let read = |put| get::<E>(conn, key).map(|row| (row, put));
        let row = known_by.map(read).transpose()?;
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
