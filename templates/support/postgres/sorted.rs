/// Watches whether the targets come in order, where the statement does not sort them: those have a number as their key.
struct Watch {
    watches: bool,
    sorted: bool,
    last: (usize, i64),
    keys: Vec<i64>,
}

impl Watch {
    fn new(sorts: bool) -> Self {
        Self {
            watches: !sorts,
            sorted: true,
            last: (0, i64::MIN),
            keys: Vec::new(),
        }
    }

    /// The next target is that in `row`, of the source at `place`.
    fn see<T: Table>(&mut self, place: usize, row: &Row<'_>) -> Result<()> {
        if !self.watches {
            return Ok(());
        }
        let key = match T::KEY {
            [(_, index)] => key_number(stored_at(row, *index)?),
            _ => None,
        };
        let Some(key) = key else {
            // A relationship to one has no order.
            self.watches = false;
            return Ok(());
        };
        self.sorted &= self.last <= (place, key);
        self.last = (place, key);
        self.keys.push(key);
        Ok(())
    }

    /// Sorts what was found, where it did not come in order.
    #[allow(
        clippy::unnecessary_wraps,
        reason = "other databases have keys that cannot be compared so"
    )]
    fn sort<T: Entity>(&self, found: &mut Found<T>, once: bool) -> Result<()> {
        if !self.watches || self.sorted {
            return Ok(());
        }
        let places = found.places.drain(..).zip(&self.keys).enumerate();
        let mut order: Vec<_> = places
            .map(|(at, (place, key))| (place, (*key, at)))
            .collect();
        sort_targets(&mut order);
        found.places.extend(order.iter().map(|(place, _)| *place));
        if once {
            let picks = std::mem::take(&mut found.picks);
            found
                .picks
                .extend(order.iter().map(|(_, (_, at))| picks[*at]));
            return Ok(());
        }
        let mut rows: Vec<Option<T>> = found.rows.drain(..).map(Some).collect();
        let sorted = order.iter().filter_map(|(_, (_, at))| rows[*at].take());
        found.rows.extend(sorted);
        Ok(())
    }
}

/// Sorts targets, each behind the place of its source, by what tells their order. Mostly the sources are in order, and few
/// targets are at each place.
fn sort_targets<K: Ord>(targets: &mut [(usize, K)]) {
    if !targets.is_sorted_by_key(|(place, _)| *place) {
        targets.sort_unstable();
        return;
    }
    for of_source in targets.chunk_by_mut(|left, right| left.0 == right.0) {
        of_source.sort_unstable();
    }
}

impl<T: Entity> Found<T> {
    /// The targets of many sources, each a row of its own. For many sources a row that several have is read once and copied:
    /// that takes less than the server and the driver have with it.
    async fn read_own(conn: &mut Connection, wanted: &Wanted, keys: &List) -> Result<Self> {
        if wanted.links.is_empty() || !is_long_list(keys) {
            return Self::read(conn, wanted, keys, false, |_, _| Ok(())).await;
        }
        Ok(Self::read_shared(conn, wanted, keys).await?.apart())
    }

    /// Gives each target a row of its own.
    fn apart(self) -> Self {
        let mut uses = vec![0_usize; self.rows.len()];
        for pick in &self.picks {
            uses[*pick] += 1;
        }
        let mut once: Vec<Option<T>> = self.rows.into_iter().map(Some).collect();
        let mut rows = Vec::with_capacity(self.picks.len());
        for pick in self.picks {
            uses[pick] -= 1;
            let is_last = uses[pick] == 0;
            let row = if is_last {
                once[pick].take()
            } else {
                once[pick].clone()
            };
            rows.extend(row);
        }
        Self {
            rows,
            places: self.places,
            picks: Vec::new(),
        }
    }

    /// The targets of many sources, each row once. For many sources the links come as two arrays, and then the rows that they
    /// lead to: a row of the answer for each link would cost most of the time.
    async fn read_shared(conn: &mut Connection, wanted: &Wanted, keys: &List) -> Result<Self> {
        if wanted.links.is_empty() || !is_long_list(keys) {
            return Self::read(conn, wanted, keys, true, |_, _| Ok(())).await;
        }
        let mut links: Vec<(usize, i64)> = Vec::new();
        let mut targets = Array::default();
        let mut seen = ByNumber::<usize>::default();
        let put: &Put<'_> = &|to| to.list(keys);
        let take = |row: &Row<'_>| {
            let [places, ends] = [stored_at(row, 0)?, stored_at(row, 1)?];
            if is_null(places) {
                return Ok(());
            }
            let mut read = || {
                let [mut places, mut ends] = [Array::decode(places)?, Array::decode(ends)?];
                links.reserve(places.count);
                while let (Some(place), Some(end)) = (places.next()?, ends.next()?) {
                    let (place, key) = (i64::read(place)?, i64::read(end)?);
                    links.push((usize::try_from(place)?, key));
                    if let std::collections::hash_map::Entry::Vacant(entry) = seen.entry(key) {
                        entry.insert(usize::MAX);
                        targets.push_stored(end);
                    }
                }
                Ok(())
            };
            read().map_err(|source| Error::Decode {
                entity: T::NAME,
                column: "",
                key: String::new(),
                source,
            })
        };
        each(conn, wanted.links, put, take).await?;
        let mut found = Self {
            rows: Vec::with_capacity(seen.len()),
            places: Vec::with_capacity(links.len()),
            picks: Vec::with_capacity(links.len()),
        };
        if links.is_empty() {
            return Ok(found);
        }
        let targets = array(targets);
        let put: &Put<'_> = &|to| to.list(&targets);
        let take = |row: &Row<'_>| {
            if let [(_, index)] = T::KEY
                && let Some(key) = key_number(stored_at(row, *index)?)
            {
                seen.insert(key, found.rows.len());
                found.rows.push(T::read(&Reader::new(row))?);
            }
            Ok(())
        };
        each(conn, wanted.targets, put, take).await?;
        // What is in no row is gone since, or does not hold what the relationship wants.
        let picked = links.into_iter().filter_map(|(place, key)| {
            let pick = seen.get(&key).filter(|pick| **pick != usize::MAX)?;
            Some((place, *pick))
        });
        let mut picked: Vec<(usize, usize)> = picked.collect();
        sort_targets(&mut picked);
        for (place, pick) in picked {
            found.places.push(place);
            found.picks.push(pick);
        }
        Ok(found)
    }
}
