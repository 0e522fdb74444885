//! What a unit of work does: inserts first, then checks of versions, then changes in the order of the calls, then deletes.

use crate::reference::call::{Answer, Given, Part, Payload, Who};
use crate::reference::rules::{Made, add_link, insert, link, patch};
use crate::reference::rules_related::{add, links, release, remove, theirs};
use crate::reference::schema::{Holder, Key, Rel, Row, Table, Value, pick};
use crate::reference::world::{Done, Fault, Faults, World, put, refuse};

pub fn commit(world: &mut World, parts: &[Part], made: &mut Made) -> Done<Answer> {
    let done = all(world, parts, made);
    match done {
        Err(mut faults) if astray(parts) => {
            faults.insert(Fault::Pending);
            Err(faults)
        }
        Ok(_) if astray(parts) => refuse(Fault::Pending),
        done => done,
    }
}

/// Whether a row of another unit is spoken of, which is an error whatever else is.
fn astray(parts: &[Part]) -> bool {
    let is = |who: &Who| matches!(who, Who::Astray);
    parts.iter().any(|part| match part {
        Part::Insert(_, new) => new.contains(&Given::Astray),
        Part::InsertRow(..) => false,
        Part::Update(_, who, _) | Part::Delete(_, who) => is(who),
        // Without targets nothing is done, to whatever row.
        Part::Link(_, who, others) => others.iter().any(|(other, _)| is(who) || is(other)),
        Part::Unlink(_, who, others) => others.iter().any(|other| is(who) || is(other)),
        Part::Set(_, who, other) => is(who) || other.as_ref().is_some_and(is),
    })
}

fn all(world: &mut World, parts: &[Part], made: &mut Made) -> Done<Answer> {
    let inserted = insert_all(world, parts, made)?;
    let unit = Unit { inserted };
    let mut kept = Vec::new();
    let mut faults = Faults::new();
    for part in parts {
        match unit.check(world, part) {
            Ok(old) => kept.push(old),
            Err(told) => faults.extend(told),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    for (part, kept) in parts.iter().zip(kept) {
        unit.change(world, part, kept)?;
    }
    let mut deletes: Vec<(&Table, &Who)> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Delete(table, who) => Some((table, who)),
            _ => None,
        })
        .collect();
    let rank = |(table, _): &(&Table, &Who)| std::cmp::Reverse(table.shape().rank);
    deletes.sort_by_key(rank);
    for alike in deletes.chunk_by(|one, other| rank(one) == rank(other)) {
        // Between tables that do not refer to one another no order is said, so it is not said either which mistake is told.
        let mut faults = Faults::new();
        for (table, who) in alike {
            let key = unit.key(**table, who);
            if world.delete_where(**table, |row| table.key(row) == key) == 0 {
                faults.insert(Fault::NotFound);
            } else {
                faults.extend(world.settle().err().unwrap_or_default());
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
    }
    Ok(Answer::Nothing)
}

/// Each table in its turn; one statement may break several things, and which is the first to be told is not said.
fn insert_all(world: &mut World, parts: &[Part], made: &mut Made) -> Done<Vec<Key>> {
    let mut inserted: Vec<Key> = Vec::new();
    for part in parts {
        match part {
            Part::Insert(table, new) => {
                let new = new.iter().map(|given| match given {
                    Given::Pending(place) => Given::Value(inserted[*place][0].clone()),
                    given => given.clone(),
                });
                let row = insert(world, *table, &new.collect(), made);
                inserted.push(table.key(&row));
            }
            Part::InsertRow(table, row) => {
                world.rows_mut(*table).push(row.clone());
                inserted.push(table.key(row));
            }
            _ => {}
        }
    }
    world.settle()?;
    Ok(inserted)
}

struct Unit {
    inserted: Vec<Key>,
}

impl Unit {
    fn key(&self, table: Table, who: &Who) -> Key {
        match who {
            Who::Copy(row) => table.key(row),
            Who::Key(key) => key.clone(),
            Who::Pending(place) => self.inserted[*place].clone(),
            Who::Astray => vec![Value::Null; table.shape().key.len()],
        }
    }

    fn checked(world: &World, table: Table, who: &Who) -> Done<()> {
        match who {
            Who::Copy(row) if table.shape().version.is_some() => world.locked(table, row).map(drop),
            _ => Ok(()),
        }
    }

    /// Checks copies that a change would write to. Gives, for links, the old copies that are where they shall be, which
    /// are no mistake as long as no change before moves them.
    fn check(&self, world: &World, part: &Part) -> Done<Vec<bool>> {
        match part {
            Part::Insert(..) | Part::InsertRow(..) => {}
            Part::Update(table, who, _) | Part::Delete(table, who) => {
                Self::checked(world, *table, who)?;
            }
            Part::Set(rel, who, other) => match (rel.holder(), other) {
                (Holder::Source(_), _) => Self::checked(world, rel.source(), who)?,
                (_, Some(other)) => Self::checked(world, rel.target(), other)?,
                _ => {}
            },
            Part::Link(rel, source, targets) => {
                let targets = targets.iter().map(|(who, _)| who);
                return self.check_links(world, *rel, source, targets, true);
            }
            Part::Unlink(rel, source, targets) => {
                return self.check_links(world, *rel, source, targets.iter(), false);
            }
        }
        Ok(Vec::new())
    }

    fn check_links<'w>(
        &self,
        world: &World,
        rel: Rel,
        source: &Who,
        targets: impl Iterator<Item = &'w Who>,
        adds: bool,
    ) -> Done<Vec<bool>> {
        let Some(foreign) = theirs(rel) else {
            return Ok(targets.map(|_| false).collect());
        };
        let (table, source) = (rel.target(), self.key(rel.source(), source));
        let old = |who: &Who| {
            let checked = Self::checked(world, table, who);
            let Err(faults) = &checked else {
                return Ok(false);
            };
            let stored = world.row(table, &self.key(table, who));
            let is_there = stored.is_some_and(|row| pick(row, foreign.columns) == source);
            match stored {
                // A row that is gone is at no other side.
                None if !adds => Ok(true),
                Some(_) if is_there == adds => Ok(true),
                _ => Err(faults.clone()),
            }
        };
        targets.map(old).collect()
    }

    /// The row as it is stored, or the old copy of it.
    fn copy(&self, world: &World, table: Table, who: &Who, is_old: bool) -> Option<Row> {
        match who {
            Who::Copy(row) if is_old => Some(row.clone()),
            _ => world.row(table, &self.key(table, who)).cloned(),
        }
    }

    fn change(&self, world: &mut World, part: &Part, old: Vec<bool>) -> Done<()> {
        match part {
            Part::Insert(..) | Part::InsertRow(..) | Part::Delete(..) => Ok(()),
            Part::Update(table, who, changes) => {
                let Some(place) = world.place(*table, &self.key(*table, who)) else {
                    return refuse(Fault::NotFound);
                };
                world.write(*table, place, |row| patch(row, changes));
                world.settle()
            }
            Part::Link(rel, source, targets) => {
                for ((who, payload), is_old) in targets.iter().zip(old) {
                    self.link(world, *rel, source, (who, payload), is_old)?;
                }
                Ok(())
            }
            Part::Unlink(rel, source, targets) => {
                let source = self.key(rel.source(), source);
                for (who, is_old) in targets.iter().zip(old) {
                    if let Some(copy) = self.copy(world, rel.target(), who, is_old) {
                        remove(world, *rel, &source, &copy)?;
                    }
                }
                Ok(())
            }
            Part::Set(rel, who, other) => self.set(world, *rel, who, other.as_ref()),
        }
    }

    fn link(
        &self,
        world: &mut World,
        rel: Rel,
        source: &Who,
        (who, payload): (&Who, &Payload),
        is_old: bool,
    ) -> Done<()> {
        let source = self.key(rel.source(), source);
        let target = rel.target();
        if theirs(rel).is_none() {
            let link = link(rel, &source, &self.key(target, who), payload);
            return add_link(world, links(rel), link).map(drop);
        }
        match self.copy(world, target, who, is_old) {
            Some(copy) => add(world, rel, &source, &copy, payload, is_old).map(drop),
            None => refuse(Fault::NotFound),
        }
    }

    fn set(&self, world: &mut World, rel: Rel, who: &Who, other: Option<&Who>) -> Done<()> {
        let (source, target) = (rel.source(), rel.target());
        let key = self.key(source, who);
        let other = other.map(|other| self.key(target, other));
        let (table, foreign, holder, referred) = match (rel.holder(), other) {
            (Holder::Source(foreign), other) => {
                (source, source.shape().foreign[foreign], key, other)
            }
            (Holder::Target(foreign), Some(other)) => {
                (target, target.shape().foreign[foreign], other, Some(key))
            }
            (Holder::Target(foreign), None) => {
                let foreign = target.shape().foreign[foreign];
                let holds = |row: &Row| pick(row, foreign.columns) == key;
                world.write_where(target, holds, |row| put(row, &foreign, None));
                return world.settle();
            }
            (Holder::Link(..), _) => unreachable!("{rel:?} is to many"),
        };
        let Some(place) = world.place(table, &holder) else {
            return refuse(Fault::NotFound);
        };
        if let Some(referred) = &referred {
            release(world, table, &foreign, referred, &holder);
        }
        world.write(table, place, |row| put(row, &foreign, referred.as_deref()));
        world.settle()
    }
}
