/// Watches whether the targets come in order, where the statement does not sort them.
struct Watch {
    last: Last,
    watches: bool,
    sorted: bool,
}

impl Watch {
    fn new(sorts: bool) -> Self {
        Self {
            last: Last::default(),
            watches: !sorts,
            sorted: true,
        }
    }

    /// The next target is that in `row`, of the source at `place`.
    fn see<T: Table>(&mut self, place: usize, row: &Row<'_>) -> Result<()> {
        if self.watches && self.sorted {
            self.sorted = self.last.comes_before::<T>(place, row)?;
        }
        Ok(())
    }

    /// Sorts what was found, where it did not come in order.
    fn sort<T: Entity>(&self, found: &mut Found<T>, once: bool) -> Result<()> {
        if self.sorted {
            return Ok(());
        }
        found.sort(once)
    }
}

/// The target that was seen last: the place of its source, and its key in the stored form, since that is what the
/// database sorts by.
#[derive(Default)]
struct Last {
    place: usize,
    key: Vec<(u32, Vec<u8>)>,
}

impl Last {
    /// Whether the target in `row`, of the source at `place`, does not belong before the one that was seen last; it is the
    /// last one now.
    fn comes_before<T: Table>(&mut self, place: usize, row: &Row<'_>) -> Result<bool> {
        let mut order = self.place.cmp(&place);
        self.place = place;
        for (at, (_, index)) in T::KEY.iter().enumerate() {
            let next = stored_at(row, *index)?;
            let bytes = next.bytes.unwrap_or_default();
            match self.key.get_mut(at) {
                None => self.key.push((next.oid, bytes.to_owned())),
                Some((oid, last)) => {
                    order = order.then_with(|| stored_order(*oid, last, bytes));
                    last.clear();
                    last.extend_from_slice(bytes);
                }
            }
        }
        Ok(order.is_le())
    }
}

/// How the database sorts two values of a column of type `oid`: texts by their bytes, as collation `C` does; enums, whose
/// order is not told, as they come.
fn stored_order(oid: u32, left: &[u8], right: &[u8]) -> std::cmp::Ordering {
    let pair = [left, right].map(|bytes| {
        let stored = ValueRef {
            oid,
            bytes: Some(bytes),
        };
        Some(match oid {
            Oid::INT2 | Oid::INT4 | Oid::INT8 => (i64::read(stored).ok()?, 0.0),
            Oid::DATE => (i32::from_be_bytes(stored.fixed(bytes).ok()?).into(), 0.0),
            Oid::TIME | Oid::TIMESTAMP | Oid::TIMESTAMPTZ => {
                (i64::from_be_bytes(stored.fixed(bytes).ok()?), 0.0)
            }
            Oid::FLOAT4 | Oid::FLOAT8 => {
                let number = f64::read(stored).ok()?;
                // NaN is greater than every number.
                (number.is_nan().into(), number)
            }
            _ => return None,
        })
    });
    match (oid, pair) {
        (_, [Some((left, real)), Some((right, other))]) => left.cmp(&right).then_with(|| {
            let order = real.partial_cmp(&other);
            order.unwrap_or(std::cmp::Ordering::Equal)
        }),
        (Oid::NUMERIC, _) => numeric_order(left, right),
        (Oid::UNTOLD | Oid::FIRST_OWN.., _) => std::cmp::Ordering::Equal,
        _ => left.cmp(right),
    }
}

fn numeric_order(left: &[u8], right: &[u8]) -> std::cmp::Ordering {
    let [left, right] = [left, right].map(|bytes| {
        let stored = ValueRef {
            oid: Oid::NUMERIC,
            bytes: Some(bytes),
        };
        Numeric::decode(stored).ok()
    });
    let (Some(left), Some(right)) = (left, right) else {
        return std::cmp::Ordering::Equal;
    };
    // The values of a column have one scale.
    let scale = left.scale.max(right.scale);
    let units = |number: Numeric| {
        let unit = 10_i128.checked_pow((scale - number.scale).into());
        unit.and_then(|unit| unit.checked_mul(number.units))
    };
    units(left).cmp(&units(right))
}

impl<T: Entity> Found<T> {
    /// Sorts by source and primary key.
    fn sort(&mut self, once: bool) -> Result<()> {
        if !once {
            self.picks = (0..self.rows.len()).collect();
        }
        let keys = self.rows.iter().map(|row| {
            let key = stored(|to| row.put_own_key(to))?;
            Ok(key.iter().map(encoded).collect())
        });
        let keys: Vec<Vec<(u32, Vec<u8>)>> = keys.collect::<Result<_>>()?;
        let mut found: Vec<_> = self.places.drain(..).zip(self.picks.drain(..)).collect();
        found.sort_by(|left, right| {
            let pairs = keys[left.1].iter().zip(&keys[right.1]);
            let mut orders = pairs.map(|((oid, left), (_, right))| stored_order(*oid, left, right));
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

/// The type of a value, and its bytes.
fn encoded(value: &Value) -> (u32, Vec<u8>) {
    let mut bytes = Vec::new();
    value.encode(&mut bytes);
    (value.oid(), bytes)
}
