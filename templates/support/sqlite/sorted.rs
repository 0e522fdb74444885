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
    key: Vec<Value>,
}

impl Last {
    /// Whether the target in `row`, of the source at `place`, does not belong before the one that was seen last; it is the
    /// last one now.
    fn comes_before<T: Table>(&mut self, place: usize, row: &Row<'_>) -> Result<bool> {
        let mut order = self.place.cmp(&place);
        self.place = place;
        for (at, (_, index)) in T::KEY.iter().enumerate() {
            let next = stored_at(row, *index)?;
            let owned = owned_ref(next)?;
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

/// How the database sorts two keys.
fn key_order(left: &[Value], right: &[Value]) -> std::cmp::Ordering {
    for (left, right) in left.iter().zip(right) {
        let order = stored_order(left.into(), right.into());
        if order.is_ne() {
            return order;
        }
    }
    std::cmp::Ordering::Equal
}

impl<T: Entity> Found<T> {
    /// Sorts by source and primary key.
    fn sort(&mut self, once: bool) -> Result<()> {
        if !once {
            self.picks = (0..self.rows.len()).collect();
        }
        let keys = self.rows.iter().map(|row| stored(|to| row.put_own_key(to)));
        let keys: Vec<Vec<Value>> = keys.collect::<Result<_>>()?;
        let mut found: Vec<_> = self.places.drain(..).zip(self.picks.drain(..)).collect();
        found.sort_by(|left, right| {
            let by_place = left.0.cmp(&right.0);
            by_place.then_with(|| key_order(&keys[left.1], &keys[right.1]))
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
