/// The number of links from which on it pays to see whether all of them are new.
const MANY_LINKS: usize = 500;

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

    /// The parameters of [`ToManySql::add_many`].
    fn columns(&self, keys: &Keys) -> Result<Vec<Value>> {
        let pairs = (0..self.ends.len())
            .flat_map(|source| self.targets_of(source).map(move |target| (source, target)));
        as_columns(pairs, keys, |(source, target), to| {
            S::put_key(self.sources.key(source, keys)?, to);
            T::put_key(self.targets.key(target, keys)?, to);
            if let Some(new) = self.news.get(target) {
                new.put(to);
            }
            Ok(())
        })
    }

    /// [`ToManySql::add_new`], for many pairs that differ, of rows that the unit itself has inserted.
    fn insert_of_new(&self) -> Option<&'static str> {
        let sql = K::many(self.relationship.sql);
        let by_key = self.relationship.source.is_none() && self.relationship.target.is_none();
        let adds = self.verb == Verb::Add && by_key && sql.missing.is_empty();
        let new =
            matches!(self.sources, Refs::Pending(..)) || matches!(self.targets, Refs::Pending(..));
        // The links between rows of one entity may be the same both ways round.
        let one_way = TypeId::of::<S>() != TypeId::of::<T>();
        if !adds || !new || !one_way || self.targets.len() < MANY_LINKS || sql.add_new.is_empty() {
            return None;
        }
        let (sources, targets) = (self.sources.marks()?, self.targets.marks()?);
        let mut pairs = Vec::with_capacity(targets.len());
        for (source, mark) in sources.iter().enumerate() {
            pairs.extend(
                self.targets_of(source)
                    .map(|target| (*mark, targets[target])),
            );
        }
        pairs.sort_unstable();
        let differ = pairs.windows(2).all(|pair| pair[0] != pair[1]);
        differ.then_some(sql.add_new)
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

    /// All pairs are added at once, where the database takes many rows as columns, foreign keys tell whether one is gone, and
    /// both sides are known by their keys.
    fn whole(&self, keys: &Keys) -> Result<Option<Whole>> {
        let sql = K::many(self.relationship.sql);
        let by_key = self.relationship.source.is_none() && self.relationship.target.is_none();
        let plain = self.verb == Verb::Add && by_key && sql.missing.is_empty();
        // Without a pair nobody knows how many columns there are.
        if !plain || sql.add_many.is_empty() || self.targets.is_empty() {
            return Ok(None);
        }
        // It goes by itself, so that it can be seen to fail.
        if self.insert_of_new().is_some() {
            return Ok(None);
        }
        Ok(Some((sql.add_many, self.columns(keys)?)))
    }

    async fn run(&self, conn: &mut Connection, keys: &Keys) -> Result<()> {
        if self.targets.is_empty() {
            return Ok(());
        }
        let sql = K::many(self.relationship.sql);
        if let Some(insert) = self.insert_of_new() {
            let tx = begin(conn).await?;
            match tx.commit_behind(vec![(insert, self.columns(keys)?)]).await {
                // What the database does by itself, as a trigger, has linked such a pair.
                Err(Error::UniqueViolation { .. }) => {
                    let whole = (sql.add_many, self.columns(keys)?);
                    return execute_each(conn, vec![whole]).await;
                }
                done => return done,
            }
        }
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

    /// A number for each, which is the same for the same row. None for what is mixed.
    fn marks(&self) -> Option<Vec<u64>> {
        use std::hash::Hasher as _;

        match self {
            Self::Pending(_, places) => Some(places.iter().map(|place| (*place).into()).collect()),
            Self::Keys(keys) => {
                let mark = |key: &E::Key| {
                    let mut hasher = std::hash::DefaultHasher::new();
                    hasher.write(format!("{key:?}").as_bytes());
                    hasher.finish()
                };
                Some(keys.iter().map(mark).collect())
            }
            Self::Any(_) => None,
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
