//! What calls of relationships do, by the contract.

use crate::reference::call::{Answer, Call, Payload};
use crate::reference::rules::{add_link, link, patch, settled, settled_row};
use crate::reference::schema::{Foreign, Holder, Key, Rel, Row, Table, Value, pick};
use crate::reference::world::{Done, Fault, World, other_end, put, refuse};

pub fn run(world: &mut World, call: &Call) -> Done<Answer> {
    match call {
        Call::Add(rel, source, target, payload) => add(
            world,
            *rel,
            &key(rel.source(), source),
            target,
            payload,
            true,
        )
        .map(Answer::Is),
        Call::AddAll(rel, source, targets) => {
            let source = key(rel.source(), source);
            add_all(world, *rel, &source, targets).map(Answer::Count)
        }
        Call::Remove(rel, source, target) => {
            remove(world, *rel, &key(rel.source(), source), target).map(Answer::Is)
        }
        Call::Set(rel, source, targets) => {
            let source = key(rel.source(), source);
            retain(world, *rel, &source, targets);
            add_all(world, *rel, &source, targets)?;
            settled(world, Answer::Nothing)
        }
        Call::Clear(rel, source) => {
            let cleared = retain(world, *rel, &key(rel.source(), source), &[]);
            settled(world, Answer::Count(cleared))
        }
        Call::SetOne(rel, source, target) => set_one(world, *rel, source, target.as_ref()),
        Call::UpdateLinks(rel, source, target, new) => {
            let (source, target) = (key(rel.source(), source), key(rel.target(), target));
            let table = links(*rel);
            let of_pair = |row: &Row| other_end(*rel, row, &source).as_ref() == Some(&target);
            match world.write_where(table, of_pair, |row| patch(row, new)) {
                0 => refuse(Fault::NotFound),
                changed => settled(world, Answer::Count(changed)),
            }
        }
        Call::DeleteLink(rel, source, of_link) => {
            let (source, table) = (key(rel.source(), source), links(*rel));
            let deleted = world.delete_where(table, |row| {
                table.key(row) == *of_link && other_end(*rel, row, &source).is_some()
            });
            settled(world, Answer::Is(deleted > 0))
        }
        _ => unreachable!("{call:?}"),
    }
}

fn key(table: Table, row: &Row) -> Key {
    table.key(row)
}

/// The foreign key that targets have.
pub fn theirs(rel: Rel) -> Option<Foreign> {
    match rel.holder() {
        Holder::Target(foreign) => Some(rel.target().shape().foreign[foreign]),
        Holder::Source(_) | Holder::Link(..) => None,
    }
}

pub fn links(rel: Rel) -> Table {
    match rel.holder() {
        Holder::Link(table, ..) => table,
        other => unreachable!("{other:?}"),
    }
}

/// Puts a row to the other side; `false` when it is there. Only what would be written to is checked to be no old copy.
pub fn add(
    world: &mut World,
    rel: Rel,
    source: &Key,
    target: &Row,
    payload: &Payload,
    checks: bool,
) -> Done<bool> {
    let table = rel.target();
    let Some(foreign) = theirs(rel) else {
        let link = link(rel, source, &table.key(target), payload);
        return add_link(world, links(rel), link);
    };
    let Some(place) = world.place(table, &table.key(target)) else {
        return refuse(Fault::NotFound);
    };
    if pick(&world.rows(table)[place], foreign.columns) == *source {
        return Ok(false);
    }
    if checks {
        world.locked(table, target)?;
    }
    world.write(table, place, |row| put(row, &foreign, Some(source)));
    world.settle().map(|()| true)
}

/// All or none of them. One statement may break several things at once.
fn add_all(world: &mut World, rel: Rel, source: &Key, targets: &[(Row, Payload)]) -> Done<u64> {
    let (mut added, mut faults) = (0, crate::reference::world::Faults::new());
    for (target, payload) in targets {
        match add(world, rel, source, target, payload, false) {
            Ok(new) => added += u64::from(new),
            Err(told) => faults.extend(told),
        }
    }
    if faults.is_empty() {
        Ok(added)
    } else {
        Err(faults)
    }
}

pub fn remove(world: &mut World, rel: Rel, source: &Key, target: &Row) -> Done<bool> {
    let table = rel.target();
    let target_key = table.key(target);
    let Some(foreign) = theirs(rel) else {
        let of_pair = |row: &Row| other_end(rel, row, source).as_ref() == Some(&target_key);
        return Ok(world.delete_where(links(rel), of_pair) > 0);
    };
    let is_there = |row: &Row| pick(row, foreign.columns) == *source;
    if !world.row(table, &target_key).is_some_and(is_there) {
        return Ok(false);
    }
    let place = world.locked(table, target)?;
    world.write(table, place, |row| put(row, &foreign, None));
    Ok(true)
}

/// Takes away what is not among the targets; where a pair may be linked several times, the link has to be.
fn retain(world: &mut World, rel: Rel, source: &Key, targets: &[(Row, Payload)]) -> u64 {
    let table = rel.target();
    let Some(foreign) = theirs(rel) else {
        let table_of_links = links(rel);
        let kept: Vec<Key> = targets
            .iter()
            .map(|(row, new)| {
                let link = link(rel, source, &table.key(row), new);
                table_of_links.key(&link)
            })
            .collect();
        let goes = |row: &Row| {
            other_end(rel, row, source).is_some() && !kept.contains(&table_of_links.key(row))
        };
        return world.delete_where(table_of_links, goes);
    };
    let kept: Vec<Key> = targets.iter().map(|(row, _)| table.key(row)).collect();
    let goes = |row: &Row| pick(row, foreign.columns) == *source && !kept.contains(&table.key(row));
    world.write_where(table, goes, |row| put(row, &foreign, None))
}

/// Whether at most one row may have the foreign key, and whether it may have none.
fn place_of(table: Table, foreign: &Foreign) -> (bool, bool) {
    let shape = table.shape();
    let is_nullable = foreign
        .columns
        .iter()
        .all(|column| shape.nullable.contains(column));
    (shape.unique.contains(&foreign.columns), is_nullable)
}

/// A place that is taken is freed where its key may be NULL.
pub fn release(world: &mut World, table: Table, foreign: &Foreign, key: &[Value], but: &Key) {
    if place_of(table, foreign) == (true, true) {
        let holds = |row: &Row| pick(row, foreign.columns) == key && table.key(row) != *but;
        world.write_where(table, holds, |row| put(row, foreign, None));
    }
}

fn set_one(world: &mut World, rel: Rel, source: &Row, target: Option<&Row>) -> Done<Answer> {
    let (from, to) = (rel.source(), rel.target());
    let (table, foreign, holder, other) = match (rel.holder(), target) {
        (Holder::Source(foreign), _) => {
            let other = target.map(|target| to.key(target));
            (from, from.shape().foreign[foreign], source, other)
        }
        (Holder::Target(foreign), Some(target)) => {
            let foreign = to.shape().foreign[foreign];
            (to, foreign, target, Some(from.key(source)))
        }
        (Holder::Target(foreign), None) => {
            let foreign = to.shape().foreign[foreign];
            let key = from.key(source);
            let holds = |row: &Row| pick(row, foreign.columns) == key;
            world.write_where(to, holds, |row| put(row, &foreign, None));
            return settled(world, Answer::Row(None));
        }
        (Holder::Link(..), _) => unreachable!("{rel:?} is to many"),
    };
    let place = world.locked(table, holder)?;
    if let Some(other) = &other {
        release(world, table, &foreign, other, &table.key(holder));
    }
    world.write(table, place, |row| put(row, &foreign, other.as_deref()));
    settled_row(world, table, place)
}
