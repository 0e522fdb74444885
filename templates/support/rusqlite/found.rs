/// What one row of the source is given.
pub trait Shape {
    /// Of rows `X`: a list, the row, or an option.
    type Of<X>;

    /// Gives each of `sources` sources its items. `places` has the source of each item, least first. `target` is what an
    /// item is, for the error.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when a source has no item and needs one.
    fn gather<X>(
        target: &'static str,
        sources: usize,
        places: &[usize],
        items: impl Iterator<Item = X>,
    ) -> Result<Vec<Self::Of<X>>>;
}

/// A list, for [`Shape`].
pub enum Many {}

/// Always one, for [`Shape`].
pub enum One {}

/// One or none, for [`Shape`].
pub enum Maybe {}

impl Shape for Many {
    type Of<X> = Vec<X>;

    fn gather<X>(
        _target: &'static str,
        sources: usize,
        mut places: &[usize],
        mut items: impl Iterator<Item = X>,
    ) -> Result<Vec<Vec<X>>> {
        let mut gathered = Vec::with_capacity(sources);
        for source in 0..sources {
            let own = places.iter().take_while(|place| **place == source).count();
            places = &places[own..];
            let mut list = Vec::with_capacity(own);
            list.extend(items.by_ref().take(own));
            gathered.push(list);
        }
        Ok(gathered)
    }
}

impl Shape for Maybe {
    type Of<X> = Option<X>;

    fn gather<X>(
        _target: &'static str,
        sources: usize,
        places: &[usize],
        items: impl Iterator<Item = X>,
    ) -> Result<Vec<Option<X>>> {
        let mut gathered: Vec<Option<X>> = std::iter::repeat_with(|| None).take(sources).collect();
        for (place, item) in places.iter().zip(items) {
            gathered[*place] = Some(item);
        }
        Ok(gathered)
    }
}

impl Shape for One {
    type Of<X> = X;

    fn gather<X>(
        target: &'static str,
        sources: usize,
        places: &[usize],
        items: impl Iterator<Item = X>,
    ) -> Result<Vec<X>> {
        let missing = Error::NotFound {
            entity: target,
            key: None,
        };
        let found = Maybe::gather(target, sources, places, items)?;
        found.into_iter().collect::<Option<_>>().ok_or(missing)
    }
}

/// What is read of the targets of many sources.
#[derive(Clone, Copy)]
struct Wanted {
    /// A text of [`ReadSql::load`].
    sql: &'static str,
    /// Whether it gives the targets in the order of the relationship.
    sorts: bool,
    /// At most this many for a source, when it is a text with such a parameter.
    limit: Option<u64>,
}

/// The targets of many sources.
struct Found<T> {
    /// The rows; each once when they are to be shared.
    rows: Vec<T>,
    /// The place of the source that each target was found for, least first.
    places: Vec<usize>,
    /// Which row each target is, when they are to be shared.
    picks: Vec<usize>,
}

impl<T: Entity> Found<T> {
    /// Runs a text of [`ReadSql::load`] for the sources of the list `keys`. `beside` is given every row, and the place behind
    /// its last column that belongs to a table.
    ///
    /// Where the order is that of the primary key, the text has no ORDER BY: it would sort all rows, and they mostly come in
    /// order by the way they are found. Here they are seen one after the other, so that they are sorted only when they did
    /// not.
    fn read(
        conn: &Connection,
        wanted: &Wanted,
        keys: &str,
        once: bool,
        mut beside: impl FnMut(&Row<'_>, usize) -> Result<()>,
    ) -> Result<Self> {
        let limit = wanted.limit;
        let mut found = Self {
            rows: Vec::new(),
            places: Vec::new(),
            picks: Vec::new(),
        };
        let mut statement = prepare(conn, wanted.sql, &|to| {
            to.stored(ValueRef::from(keys));
            if let Some(limit) = limit {
                let limit = i64::try_from(limit).unwrap_or(i64::MAX);
                to.stored(ValueRef::Integer(limit));
            }
        })?;
        let at = statement.0.column_count() - if limit.is_some() { 2 } else { 1 };
        let mut seen = Seen::default();
        let mut last = Last::default();
        let (mut sorted, watch) = (true, !wanted.sorts);
        statement.each(|row| {
            let place = row.get_ref(at)?.as_i64().map_err(rusqlite::Error::from)?;
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            let pick = if once {
                seen.place::<T>(row, found.rows.len())?
            } else {
                found.rows.len()
            };
            if pick == found.rows.len() {
                found.rows.push(T::read(&Reader::new(row))?);
            }
            if watch && sorted {
                sorted = last.comes_before::<T>(place, row)?;
            }
            beside(row, at)?;
            found.places.push(place);
            if once {
                found.picks.push(pick);
            }
            Ok(())
        })?;
        if !sorted {
            found.sort(once)?;
        }
        Ok(found)
    }

    /// Sorts by source and primary key.
    fn sort(&mut self, once: bool) -> Result<()> {
        if !once {
            self.picks = (0..self.rows.len()).collect();
        }
        let keys = self.rows.iter().map(|row| stored(|to| row.put_own_key(to)));
        let keys: Vec<Vec<Value>> = keys.collect::<Result<_>>()?;
        let mut found: Vec<_> = self.places.drain(..).zip(self.picks.drain(..)).collect();
        found.sort_by(|left, right| {
            let pairs = keys[left.1].iter().zip(&keys[right.1]);
            let mut orders = pairs.map(|(left, right)| stored_order(left.into(), right.into()));
            let mut by_key = || orders.find(|order| order.is_ne());
            let by_place = left.0.cmp(&right.0);
            by_place.then_with(|| by_key().unwrap_or(std::cmp::Ordering::Equal))
        });
        if once {
            (self.places, self.picks) = found.into_iter().unzip();
            return Ok(());
        }
        let mut rows: Vec<Option<T>> = self.rows.drain(..).map(Some).collect();
        self.rows = (found.iter())
            .filter_map(|(_, pick)| rows[*pick].take())
            .collect();
        self.places = found.into_iter().map(|(place, _)| place).collect();
        Ok(())
    }
}

/// The target that was seen last: the place of its source, and its key in the stored form, since that is what the
/// database sorts by.
#[derive(Default)]
struct Last {
    place: usize,
    key: Vec<Value>,
}

impl Last {
    /// Whether the target in `row`, of the source at `place`, does not belong before the one that was seen last; it is the
    /// last one now.
    fn comes_before<T: Table>(&mut self, place: usize, row: &Row<'_>) -> Result<bool> {
        let mut order = self.place.cmp(&place);
        self.place = place;
        for (at, (_, index)) in T::KEY.iter().enumerate() {
            let next = row.get_ref(*index)?;
            let owned = next.try_into().map_err(rusqlite::Error::from)?;
            match self.key.get_mut(at) {
                None => self.key.push(owned),
                Some(last) => {
                    order = order.then_with(|| stored_order((&*last).into(), next));
                    *last = owned;
                }
            }
        }
        Ok(order.is_le())
    }
}

/// How the database sorts two values of a column, which has one storage class.
fn stored_order(left: ValueRef<'_>, right: ValueRef<'_>) -> std::cmp::Ordering {
    match (left, right) {
        (ValueRef::Integer(left), ValueRef::Integer(right)) => left.cmp(&right),
        (ValueRef::Real(left), ValueRef::Real(right)) => left.total_cmp(&right),
        (ValueRef::Text(left), ValueRef::Text(right))
        | (ValueRef::Blob(left), ValueRef::Blob(right)) => left.cmp(right),
        _ => std::cmp::Ordering::Equal,
    }
}

/// The rows that were seen, by their keys.
#[derive(Default)]
struct Seen {
    #[allow(clippy::disallowed_types, reason = "its order is never asked for")]
    numbers: std::collections::HashMap<i64, usize, std::hash::BuildHasherDefault<Mixed>>,
    /// Keys that are no single number, by their bytes.
    others: std::collections::BTreeMap<Box<[u8]>, usize>,
    key: Vec<u8>,
}

impl Seen {
    /// The place of a row that was seen; else `next`, and it has that place from now on.
    fn place<T: Table>(&mut self, row: &Row<'_>, next: usize) -> Result<usize> {
        let first = T::KEY.first().map_or(0, |(_, index)| *index);
        match row.get_ref(first)? {
            ValueRef::Integer(number) if T::KEY.len() == 1 => {
                return Ok(*self.numbers.entry(number).or_insert(next));
            }
            _ => {}
        }
        self.key.clear();
        for (_, index) in T::KEY {
            match row.get_ref(*index)? {
                ValueRef::Null => self.push(0, &[]),
                ValueRef::Integer(number) => self.push(1, &number.to_be_bytes()),
                ValueRef::Real(number) => self.push(2, &number.to_bits().to_be_bytes()),
                ValueRef::Text(text) => self.push(3, text),
                ValueRef::Blob(bytes) => self.push(4, bytes),
            }
        }
        if let Some(place) = self.others.get(self.key.as_slice()) {
            return Ok(*place);
        }
        self.others.insert(self.key.as_slice().into(), next);
        Ok(next)
    }

    /// Appends a column of the key so that no two keys have the same bytes.
    fn push(&mut self, tag: u8, bytes: &[u8]) {
        self.key.push(tag);
        self.key.extend_from_slice(&bytes.len().to_be_bytes());
        self.key.extend_from_slice(bytes);
    }
}

/// The hash of a number that comes from a database, not from someone who looks for numbers with the same hash: one
/// multiplication by an odd number near the golden ratio of 2^64 (Knuth, volume 3, section 6.4).
#[derive(Default)]
struct Mixed(u64);

impl std::hash::Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(u64::from_ne_bytes(number.to_ne_bytes()));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
