/// The number of links from which on it pays to see whether all of them are new.
const MANY_LINKS: usize = 500;

impl<S: Entity, T: Entity, K: ToMany> AtOnce for Links<S, T, K> {
    /// Foreign keys have to tell whether a row is gone, and both sides have to be known by their keys.
    fn at_once(&self, keys: &Keys) -> Result<Option<Whole>> {
        // What may fail goes by itself, so that it can be seen to.
        if !self.go_at_once() || self.may_be_new() {
            return Ok(None);
        }
        Ok(Some(self.whole(keys)?))
    }

    /// Pairs that may be new.
    async fn run_at_once(&self, conn: &mut Connection, keys: &Keys) -> Result<bool> {
        if !self.go_at_once() || !self.may_be_new() {
            return Ok(false);
        }
        if self.differ() {
            let add_new = K::many(self.relationship.sql).add_new;
            let tx = begin(conn).await?;
            match tx.commit_behind(vec![(add_new, self.columns(keys)?)]).await {
                // What the database does by itself, as a trigger, has linked such a pair.
                Err(Error::UniqueViolation { .. }) => {}
                done => return done.map(|()| true),
            }
        }
        execute_each(conn, vec![self.whole(keys)?]).await?;
        Ok(true)
    }
}

impl<S: Entity, T: Entity, K: ToMany> Links<S, T, K> {
    fn go_at_once(&self) -> bool {
        let sql = K::many(self.relationship.sql);
        let by_key = self.relationship.source.is_none() && self.relationship.target.is_none();
        let adds = self.verb == Verb::Add && by_key && sql.missing.is_empty();
        // Without a pair nobody knows how many columns there are.
        adds && !sql.add_many.is_empty() && !self.targets.is_empty()
    }

    /// Whether there are many pairs, of rows that the unit itself has inserted.
    fn may_be_new(&self) -> bool {
        let new =
            matches!(self.sources, Refs::Pending(..)) || matches!(self.targets, Refs::Pending(..));
        // The links between rows of one entity may be the same both ways round.
        let one_way = TypeId::of::<S>() != TypeId::of::<T>();
        let insert = K::many(self.relationship.sql).add_new;
        new && one_way && self.targets.len() >= MANY_LINKS && !insert.is_empty()
    }

    /// Whether no pair is there twice. There may be millions, so that each is one number here; two that have the same by chance
    /// do no harm.
    fn differ(&self) -> bool {
        let mut pairs = Vec::with_capacity(self.targets.len());
        for source in 0..self.ends.len() {
            for target in self.targets_of(source) {
                match (self.sources.mark(source), self.targets.mark(target)) {
                    (Some(source), Some(target)) => {
                        pairs.push(u64::from(source) << 32 | u64::from(target));
                    }
                    _ => return false,
                }
            }
        }
        pairs.sort_unstable();
        pairs.windows(2).all(|pair| pair[0] != pair[1])
    }

    fn whole(&self, keys: &Keys) -> Result<Whole> {
        Ok((K::many(self.relationship.sql).add_many, self.columns(keys)?))
    }

    /// The parameters of [`ToManySql::add_many`], one array for each place.
    fn columns(&self, keys: &Keys) -> Result<Vec<Value>> {
        let mut columns = Columns::default();
        for source in 0..self.ends.len() {
            for target in self.targets_of(source) {
                let (source, target_key) = (
                    self.sources.key(source, keys)?,
                    self.targets.key(target, keys)?,
                );
                columns.push(Some(keys), |to| {
                    S::put_key(source, to);
                    T::put_key(target_key, to);
                    if let Some(new) = self.news.get(target) {
                        new.put(to);
                    }
                })?;
            }
        }
        Ok(columns.into_values())
    }
}

impl<E: Entity> Refs<E> {
    /// A number for the one at a place, which is the same for the same row. None for what is mixed.
    fn mark(&self, place: usize) -> Option<u32> {
        use std::hash::Hasher as _;

        match self {
            Self::Pending(_, places) => Some(places[place]),
            Self::Keys(keys) => {
                let mut hasher = std::hash::DefaultHasher::new();
                hasher.write(format!("{:?}", keys[place]).as_bytes());
                let [_, _, _, _, a, b, c, d] = hasher.finish().to_be_bytes();
                Some(u32::from_be_bytes([a, b, c, d]))
            }
            Self::Any(_) => None,
        }
    }
}
