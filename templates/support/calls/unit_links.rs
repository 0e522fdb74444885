/// Changes to the pairs of a relationship to many. A pair is two keys and no more, as there may be millions.
struct Links<S: Entity, T: Entity, K: ToMany> {
    relationship: Rel<S, T, K>,
    verb: Verb,
    sources: Refs<S>,
    /// For each source, where its targets end.
    ends: Vec<usize>,
    targets: Refs<T>,
    /// For each target what the link has beside its ends, when they are to be linked.
    news: Vec<K::New>,
}

impl<S: Entity, T: Entity, K: ToMany> Links<S, T, K> {
    fn new(relationship: Rel<S, T, K>, verb: Verb) -> Self {
        Self {
            relationship,
            verb,
            sources: Refs::new(),
            ends: Vec::new(),
            targets: Refs::new(),
            news: Vec::new(),
        }
    }

    fn push(&mut self, row: Ref<S>, targets: impl Iterator<Item = (Ref<T>, Option<K::New>)>) {
        self.sources.push(row.unlocked());
        self.ends.push(self.targets.len());
        for (target, new) in targets {
            self.targets.push(match K::HOLDER {
                Holder::Target => target,
                Holder::Source | Holder::Link => target.unlocked(),
            });
            self.news.extend(new);
            if let Some(end) = self.ends.last_mut() {
                *end += 1;
            }
        }
    }

    /// The places of the targets of the source at a place.
    fn targets_of(&self, source: usize) -> std::ops::Range<usize> {
        let start = source.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[source]
    }

    async fn sides<'k>(
        &'k self,
        conn: &mut Connection,
        keys: &'k Keys,
        (source, target): (usize, usize),
    ) -> Result<(Side<'k, S>, Side<'k, T>)> {
        let (source, target) = (
            self.sources.key(source, keys)?,
            self.targets.key(target, keys)?,
        );
        Ok((
            Side::new(conn, source, self.relationship.source).await?,
            Side::new(conn, target, self.relationship.target).await?,
        ))
    }

    async fn contains(
        &self,
        conn: &mut Connection,
        keys: &Keys,
        pair: (usize, usize),
    ) -> Result<bool> {
        match self.sides(conn, keys, pair).await {
            Err(Error::NotFound { .. }) => Ok(false),
            sides => {
                let (source, target) = sides?;
                self.related(conn, &source, &target).await
            }
        }
    }

    async fn related(
        &self,
        conn: &mut Connection,
        source: &Side<'_, S>,
        target: &Side<'_, T>,
    ) -> Result<bool> {
        let sql = K::many(self.relationship.sql);
        let found = select_number(conn, sql.contains, &|to| {
            source.put(to);
            target.put(to);
        })
        .await?;
        Ok(found != 0)
    }

    /// Why a pair is not what it shall be though nothing has changed, where that tells something.
    async fn unchanged(
        &self,
        conn: &mut Connection,
        source: &Side<'_, S>,
        target: &Side<'_, T>,
        lock: Option<&[Value]>,
    ) -> Result<()> {
        let adds = self.verb == Verb::Add;
        // Where no foreign key tells, a target that is gone would go unnoticed.
        let may_be_gone = adds && !K::many(self.relationship.sql).missing.is_empty();
        let in_doubt = lock.is_some() || may_be_gone;
        if !in_doubt || self.related(conn, source, target).await? == adds {
            return Ok(());
        }
        Err(match self.verb {
            Verb::Add => unrelated_key::<T>(conn, target.key, lock).await,
            Verb::Remove => gone::<T>(conn, target.key).await,
        })
    }
}

/// How a database takes all pairs by one statement, if it does.
trait AtOnce {
    /// The pairs as one statement that may wait for others.
    fn at_once(&self, keys: &Keys) -> Result<Option<Whole>>;

    /// Adds pairs by one statement whose answer tells something; `false` when it has not.
    fn run_at_once(
        &self,
        conn: &mut Connection,
        keys: &Keys,
    ) -> impl Future<Output = Result<bool>> + Send;
}

impl<S: Entity, T: Entity, K: ToMany> Change for Links<S, T, K> {
    async fn check(&mut self, conn: &mut Connection, keys: &Keys) -> Result<()> {
        if !self.targets.has_versions() {
            return Ok(());
        }
        let adds = self.verb == Verb::Add;
        for source in 0..self.ends.len() {
            for target in self.targets_of(source) {
                let checked = match self.targets.check(target, conn).await {
                    // A row that is gone is at no other side.
                    Err(Error::NotFound { .. }) if !adds => Ok(()),
                    // Nor is a row written to that is where it shall be.
                    Err(Error::Stale { .. })
                        if self.contains(conn, keys, (source, target)).await? == adds =>
                    {
                        Ok(())
                    }
                    checked => checked,
                };
                checked?;
            }
        }
        Ok(())
    }

    fn whole(&self, keys: &Keys) -> Result<Option<Whole>> {
        self.at_once(keys)
    }

    async fn run(&self, conn: &mut Connection, keys: &Keys) -> Result<()> {
        if self.targets.is_empty() || self.run_at_once(conn, keys).await? {
            return Ok(());
        }
        let sql = K::many(self.relationship.sql);
        let mut statement = PairStatement::new(conn, sql, self.verb)?;
        for place in 0..self.ends.len() {
            for other in self.targets_of(place) {
                let (source, target) = match self.sides(conn, keys, (place, other)).await {
                    // A row that is gone is at no other side.
                    Err(Error::NotFound { .. }) if self.verb == Verb::Remove => continue,
                    sides => sides?,
                };
                // A version that was not checked because there was nothing to do, until another step of the unit.
                let lock = self.targets.unchecked(other);
                let put: &Put<'_> = &|to| {
                    source.put(to);
                    match lock {
                        Some(lock) => put_stored(lock, to),
                        None => target.put_written(K::HOLDER == Holder::Target, to),
                    }
                    if let Some(new) = self.news.get(other) {
                        new.put(to);
                    }
                };
                if statement.run(conn, Some(keys), put).await? == 0 {
                    self.unchanged(conn, &source, &target, lock).await?;
                }
            }
        }
        Ok(())
    }
}

/// References to rows of `E`, which need no more room than what all of them have: mostly they are of one form.
enum Refs<E: Entity> {
    Keys(Vec<E::Key>),
    /// Rows of one unit, by their places.
    Pending(u64, Vec<u32>),
    Any(Vec<Ref<E>>),
}

impl<E: Entity> Refs<E> {
    const fn new() -> Self {
        Self::Keys(Vec::new())
    }

    fn len(&self) -> usize {
        match self {
            Self::Keys(keys) => keys.len(),
            Self::Pending(_, places) => places.len(),
            Self::Any(references) => references.len(),
        }
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn push(&mut self, reference: Ref<E>) {
        let place = match &reference.0 {
            Reference::Pending(pending) => Some((pending.unit, u32::try_from(pending.place))),
            Reference::Key(_) | Reference::Row(..) => None,
        };
        if let (true, Some((unit, Ok(_)))) = (self.is_empty(), &place) {
            *self = Self::Pending(*unit, Vec::new());
        }
        match (&mut *self, reference.0, place) {
            (Self::Keys(keys), Reference::Key(key), _) => keys.push(key),
            (Self::Pending(of, places), _, Some((unit, Ok(place)))) if unit == *of => {
                places.push(place);
            }
            (Self::Any(references), reference, _) => references.push(Ref(reference)),
            (_, reference, _) => {
                let mut references = std::mem::replace(self, Self::new()).apart();
                references.push(Ref(reference));
                *self = Self::Any(references);
            }
        }
    }

    /// Each by itself.
    fn apart(self) -> Vec<Ref<E>> {
        match self {
            Self::Keys(keys) => keys.into_iter().map(Ref::to).collect(),
            Self::Pending(unit, places) => places
                .into_iter()
                .map(|place| Pending::<E>::at(unit, place as usize).into())
                .collect(),
            Self::Any(references) => references,
        }
    }

    /// The key of the one at a place; `keys` are those of the inserted rows.
    fn key<'k>(&'k self, place: usize, keys: &'k Keys) -> Result<&'k E::Key> {
        match self {
            Self::Keys(all) => Ok(&all[place]),
            Self::Pending(unit, places) => (keys
                .get(Pending::<E>::at(*unit, places[place] as usize)))
            .ok_or(Error::Pending { entity: E::NAME }),
            Self::Any(references) => references[place].key(Some(keys)),
        }
    }

    /// Whether any may have a version that is not checked.
    const fn has_versions(&self) -> bool {
        matches!(self, Self::Any(_))
    }

    /// As [`Ref::check`].
    async fn check(&mut self, place: usize, conn: &mut Connection) -> Result<()> {
        match self {
            Self::Keys(_) | Self::Pending(..) => Ok(()),
            Self::Any(references) => references[place].check(conn).await,
        }
    }

    /// As [`Ref::unchecked`].
    fn unchecked(&self, place: usize) -> Option<&[Value]> {
        match self {
            Self::Keys(_) | Self::Pending(..) => None,
            Self::Any(references) => references[place].unchecked(),
        }
    }
}
