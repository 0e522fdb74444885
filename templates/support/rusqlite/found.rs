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
    /// Runs a text of [`ReadSql::load`] for the sources of the list `keys`. The rows of a source come in the order of
    /// the primary key.
    ///
    /// The text has no ORDER BY: it would sort all rows, and they mostly come in order by the way they are found. Here
    /// they are seen one after the other, so that they are sorted only when they did not.
    fn read(
        conn: &Connection,
        sql: &'static str,
        keys: &str,
        limit: Option<u64>,
        once: bool,
    ) -> Result<Self> {
        let mut found = Self {
            rows: Vec::new(),
            places: Vec::new(),
            picks: Vec::new(),
        };
        let mut statement = prepare(conn, sql, &|to| {
            to.push("", Ok(ToSqlOutput::from(keys)));
            if let Some(limit) = limit {
                let limit = i64::try_from(limit).unwrap_or(i64::MAX);
                to.push("", Ok(ToSqlOutput::from(limit)));
            }
        })?;
        let at = statement.0.column_count() - if limit.is_some() { 2 } else { 1 };
        let mut order = KeyOrder::default();
        let mut seen = Seen::default();
        statement.each(|row| {
            let place = usize::try_from(row.get_ref(at)?.as_i64().map_err(rusqlite::Error::from)?);
            let place = place.unwrap_or(usize::MAX);
            order.see::<T>(row, place)?;
            found.places.push(place);
            if once {
                let next = found.rows.len();
                let pick = seen.place::<T>(row, next)?;
                found.picks.push(pick);
                if pick < next {
                    return Ok(());
                }
            }
            found.rows.push(T::read(&Reader(row))?);
            Ok(())
        })?;
        if order.broken {
            found.sort(once)?;
        }
        Ok(found)
    }

    /// Sorts by source and primary key.
    fn sort(&mut self, once: bool) -> Result<()> {
        let keys: Vec<Vec<Value>> = (self.rows.iter())
            .map(|row| stored(|to| row.put_own_key(to)))
            .collect::<Result<_>>()?;
        if !once {
            self.picks = (0..self.rows.len()).collect();
        }
        let mut found: Vec<(usize, usize)> = self
            .places
            .iter()
            .copied()
            .zip(self.picks.drain(..))
            .collect();
        found.sort_by(|left, right| {
            let keys = keys[left.1].iter().zip(&keys[right.1]);
            let by_key = || {
                keys.fold(std::cmp::Ordering::Equal, |order, (left, right)| {
                    order.then_with(|| compare(left.into(), right.into()))
                })
            };
            left.0.cmp(&right.0).then_with(by_key)
        });
        self.places = found.iter().map(|(place, _)| *place).collect();
        if once {
            self.picks = found.into_iter().map(|(_, pick)| pick).collect();
            return Ok(());
        }
        let mut rows: Vec<Option<T>> = self.rows.drain(..).map(Some).collect();
        self.rows = found
            .iter()
            .filter_map(|(_, pick)| rows[*pick].take())
            .collect();
        Ok(())
    }
}

/// Sees whether rows come by source and primary key, least first.
#[derive(Default)]
struct KeyOrder {
    last: Option<usize>,
    key: Vec<Value>,
    broken: bool,
}

impl KeyOrder {
    fn see<T: Table>(&mut self, row: &Row<'_>, place: usize) -> Result<()> {
        if self.broken {
            return Ok(());
        }
        let mut order = self.last.cmp(&Some(place));
        self.key.resize(T::KEY.len(), Value::Null);
        for (last, (_, index)) in self.key.iter_mut().zip(T::KEY) {
            let stored = row.get_ref(*index)?;
            order = order.then_with(|| compare((&*last).into(), stored));
            remember(last, stored)?;
        }
        self.broken = order.is_gt();
        self.last = Some(place);
        Ok(())
    }
}

/// How SQLite orders two values of one column (`datatype3.html`, section 4.1).
fn compare(left: ValueRef<'_>, right: ValueRef<'_>) -> std::cmp::Ordering {
    match (left, right) {
        (ValueRef::Integer(left), ValueRef::Integer(right)) => left.cmp(&right),
        (ValueRef::Real(left), ValueRef::Real(right)) => left.total_cmp(&right),
        (ValueRef::Text(left), ValueRef::Text(right))
        | (ValueRef::Blob(left), ValueRef::Blob(right)) => left.cmp(right),
        _ => std::cmp::Ordering::Equal,
    }
}

/// Puts `stored` into `value`, whose memory it uses again.
fn remember(value: &mut Value, stored: ValueRef<'_>) -> Result<()> {
    match (&mut *value, stored) {
        (Value::Integer(value), ValueRef::Integer(stored)) => *value = stored,
        (Value::Text(value), ValueRef::Text(_)) => {
            value.clear();
            value.push_str(stored.as_str().map_err(rusqlite::Error::from)?);
        }
        (Value::Blob(value), ValueRef::Blob(stored)) => {
            value.clear();
            value.extend_from_slice(stored);
        }
        (value, stored) => *value = stored.try_into().map_err(rusqlite::Error::from)?,
    }
    Ok(())
}

/// The rows that were seen, by their keys.
#[derive(Default)]
struct Seen {
    places: std::collections::BTreeMap<Box<[u8]>, usize>,
    numbers: std::collections::BTreeMap<i64, usize>,
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
        if let Some(place) = self.places.get(self.key.as_slice()) {
            return Ok(*place);
        }
        self.places.insert(self.key.as_slice().into(), next);
        Ok(next)
    }

    /// Appends a column of the key so that no two keys have the same bytes.
    fn push(&mut self, tag: u8, bytes: &[u8]) {
        self.key.push(tag);
        self.key.extend_from_slice(&bytes.len().to_be_bytes());
        self.key.extend_from_slice(bytes);
    }
}
