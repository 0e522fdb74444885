//! What calls do to rows, by the contract.

use crate::db;

use crate::reference::call::{Answer, Call, Change, Filter, Given, New, Patch, Payload};
use crate::reference::schema::{Holder, Key, Rel, Row, Table, Value, pick};
use crate::reference::world::{Done, Fault, Faults, World, checked, refuse};
use crate::reference::{rules_related, rules_unit};

/// The keys that the database has made, in order. Which numbers they are is its own; that they are new is checked.
#[derive(Default)]
pub struct Made {
    pub keys: std::collections::VecDeque<i32>,
    failed: i32,
}

impl Made {
    /// The key of the next row. A call that is refused has told none, and what it would have inserted still breaks what it
    /// breaks; a number that is given again may then be one that a row refers to which is gone.
    fn next(&mut self, rows: &[Row]) -> Value {
        self.failed += 1;
        let again = || {
            let last = rows.iter().map(|row| &row[0]).max();
            match last {
                Some(Value::Int(last)) => last + 1,
                _ => 1,
            }
        };
        let told = self.keys.pop_front();
        Value::Int(told.unwrap_or_else(|| {
            if db::REUSES_NUMBERS {
                again()
            } else {
                1_000_000 + self.failed
            }
        }))
    }
}

/// Does to the world what the call does, or says why it is refused; then the world is not to be used any more.
pub fn run(world: &mut World, call: &Call, made: &mut Made) -> Done<Answer> {
    match call {
        Call::Insert(table, new) => {
            let row = insert(world, *table, new, made);
            settled(world, Answer::Row(Some(row)))
        }
        Call::InsertMany(table, all) => {
            let rows = all.iter().map(|new| insert(world, *table, new, made));
            let keys = rows.map(|row| table.key(&row)).collect();
            settled(world, Answer::Keys(keys))
        }
        Call::InsertRow(table, row) => {
            world.rows_mut(*table).push(row.clone());
            settled(world, Answer::Nothing)
        }
        Call::Upsert(table, by, new) => upsert(world, *table, table.upserts()[*by], new, made),
        Call::Find(table, key) => Ok(Answer::Row(world.row(*table, key).cloned())),
        Call::Get(table, key) => match world.row(*table, key) {
            Some(row) => Ok(Answer::Row(Some(row.clone()))),
            None => refuse(Fault::NotFound),
        },
        Call::One(table, filter) => {
            let rows = world.rows(*table).iter();
            let found: Vec<&Row> = rows
                .filter(|row| fits(world, *table, filter, row))
                .collect();
            match found[..] {
                [] => refuse(Fault::NotFound),
                [row] => Ok(Answer::Row(Some(row.clone()))),
                _ => refuse(Fault::TooMany),
            }
        }
        Call::Update(table, copy, changes) => {
            let place = world.locked(*table, copy)?;
            world.write(*table, place, |row| patch(row, changes));
            settled_row(world, *table, place)
        }
        Call::Save(table, copy) => {
            let place = world.locked(*table, copy)?;
            world.write(*table, place, |row| row.clone_from(copy));
            settled_row(world, *table, place)
        }
        Call::Delete(table, copy) => {
            world.locked(*table, copy)?;
            let key = table.key(copy);
            world.delete_where(*table, |row| table.key(row) == key);
            settled(world, Answer::Nothing)
        }
        Call::UpdateAll(table, filter, change) => {
            let before = world.clone();
            let column = word(*table);
            let changed = world.write_where(
                *table,
                |row| fits(&before, *table, filter, row),
                |row| match change {
                    Change::To(value) => row[column].clone_from(value),
                    Change::NullOf(text) if row[column] == Value::Text(text.clone()) => {
                        row[column] = Value::Null;
                    }
                    Change::NullOf(_) => {}
                },
            );
            settled(world, Answer::Count(changed))
        }
        Call::DeleteAll(table, filter) => {
            let before = world.clone();
            let deleted = world.delete_where(*table, |row| fits(&before, *table, filter, row));
            settled(world, Answer::Count(deleted))
        }
        Call::Commit(parts) => rules_unit::commit(world, parts, made),
        _ => rules_related::run(world, call),
    }
}

/// The answer, when the database takes what is stored now.
pub fn settled(world: &World, answer: Answer) -> Done<Answer> {
    world.settle().map(|()| answer)
}

pub fn settled_row(world: &World, table: Table, place: usize) -> Done<Answer> {
    settled(world, Answer::Row(Some(world.rows(table)[place].clone())))
}

/// The column of a table that filters and bulk changes are about.
pub const fn word(table: Table) -> usize {
    match table {
        Table::Club | Table::Member => 1,
        _ => 2,
    }
}

/// The relationship that filters are about.
pub const fn asked(table: Table) -> Rel {
    match table {
        Table::Club => Rel::ClubHolders,
        Table::Member => Rel::MemberFriends,
        Table::Flag => Rel::FlagWavers,
        Table::Room => Rel::RoomCards,
        _ => Rel::CardRoom,
    }
}

fn fits(world: &World, table: Table, filter: &Filter, row: &Row) -> bool {
    match filter {
        Filter::All => true,
        Filter::Word(value) => row[word(table)] == *value,
        Filter::Related => !world.related(asked(table), row).is_empty(),
        Filter::Alone => world.related(asked(table), row).is_empty(),
    }
}

/// Inserts a row, whatever it breaks.
pub fn insert(world: &mut World, table: Table, new: &New, made: &mut Made) -> Row {
    let row = stored(world, table, new, made);
    world.rows_mut(table).push(row.clone());
    row
}

fn stored(world: &World, table: Table, new: &New, made: &mut Made) -> Row {
    let shape = table.shape();
    let of = |(column, given): (usize, &Given)| match given {
        Given::Value(value) => value.clone(),
        _ if shape.counted && column == 0 => made.next(world.rows(table)),
        _ if shape.version == Some(column) => Value::Int(1),
        _ => table.default(column).unwrap_or(Value::Null),
    };
    new.iter().enumerate().map(of).collect()
}

/// Of a row that is there, what is not given stays where it has a default, and is NULL where it has none.
fn upsert(
    world: &mut World,
    table: Table,
    by: &[usize],
    new: &New,
    made: &mut Made,
) -> Done<Answer> {
    let row = stored(world, table, new, made);
    let key = pick(&row, by);
    let mut rows = world.rows(table).iter();
    let same = |row: &Row| !key.contains(&Value::Null) && pick(row, by) == key;
    let Some(place) = rows.position(same) else {
        world.rows_mut(table).push(row.clone());
        return settled(world, Answer::Row(Some(row)));
    };
    let shape = table.shape();
    world.write(table, place, |stored| {
        for column in 0..shape.width {
            let fixed = by.contains(&column)
                || shape.key.contains(&column)
                || shape.version == Some(column);
            let kept = new[column] == Given::Not && table.default(column).is_some();
            if !fixed && !kept {
                stored[column] = row[column].clone();
            }
        }
    });
    settled_row(world, table, place)
}

pub fn patch(row: &mut Row, changes: &Patch) {
    for (value, change) in row.iter_mut().zip(changes) {
        if let Some(change) = change {
            value.clone_from(change);
        }
    }
}

/// The link that a pair becomes.
pub fn link(rel: Rel, source: &Key, target: &Key, payload: &Payload) -> Row {
    let Holder::Link(table, from, to) = rel.holder() else {
        unreachable!("{rel:?} has no links");
    };
    let shape = table.shape();
    let mut row = vec![Value::Null; shape.width];
    let mut ends = Vec::new();
    for (foreign, key) in [(from, source), (to, target)] {
        for (column, value) in shape.foreign[foreign].columns.iter().zip(key) {
            row[*column] = value.clone();
            ends.push(*column);
        }
    }
    // Friends are stored in one direction, whichever side makes them so.
    if table == Table::Friendship && row[0] > row[1] {
        row.swap(0, 1);
    }
    let rest = (0..shape.width).filter(|column| !ends.contains(column));
    for (column, value) in rest.zip(payload) {
        let value = value.clone().or_else(|| table.default(column));
        row[column] = value.unwrap_or(Value::Null);
    }
    row
}

/// Links a pair; `false` when there is such a link. What the row itself breaks is told before that.
pub fn add_link(world: &mut World, table: Table, link: Row) -> Done<bool> {
    let faults: Faults = checked(table, &link);
    if world.place(table, &table.key(&link)).is_some() {
        return if faults.is_empty() {
            Ok(false)
        } else {
            Err(faults)
        };
    }
    world.rows_mut(table).push(link);
    world.settle().map(|()| true)
}
