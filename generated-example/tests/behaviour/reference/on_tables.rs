//! Calls of rows, made of the database.

use crate::db::Connection;

use crate::reference::call::{Answer, Call, Change, Filter};
use crate::reference::models::support::{Query, Result};
use crate::reference::models::{
    self, Card, Club, Flag, Member, Room, card, club, flag, member, raw, room,
};
use crate::reference::schema::Table;
use crate::reference::typed::{Held, Typed, TypedEntity, Unit};

/// Says something of the entity that a table is, whose type is called as it is told.
macro_rules! on_entity {
    ($table:expr, $Entity:ident => $said:expr) => {
        match $table {
            Table::Club => {
                type $Entity = models::Club;
                $said
            }
            Table::Member => {
                type $Entity = models::Member;
                $said
            }
            Table::Flag => {
                type $Entity = models::Flag;
                $said
            }
            Table::Room => {
                type $Entity = models::Room;
                $said
            }
            Table::Card => {
                type $Entity = models::Card;
                $said
            }
            other => unreachable!("{other:?} has no entity"),
        }
    };
}
pub(crate) use on_entity;

fn row<E: Typed>(row: &E) -> Answer {
    Answer::Row(Some(row.row()))
}

/// Makes the call; besides, the keys that the database has made.
pub fn run(conn: &Connection, call: &Call, made: &mut Vec<i32>) -> Result<Answer> {
    let none = Unit::default();
    match call {
        Call::Insert(table, new) => on_entity!(*table, E => {
            let inserted = E::insert(conn, E::fresh(new, &none))?;
            if table.shape().counted {
                made.push(i32::held(&inserted.row()[0]));
            }
            Ok(row(&inserted))
        }),
        Call::InsertMany(table, all) => insert_many(conn, *table, all, made),
        Call::InsertRow(table, row) => on_entity!(*table, E => {
            E::insert_row(conn, &E::typed(row))?;
            Ok(Answer::Nothing)
        }),
        Call::Upsert(table, by, new) => {
            let stored = upsert(conn, (*table, *by), new)?;
            if let (true, Answer::Row(Some(row))) = (table.shape().counted, &stored) {
                made.push(i32::held(&row[0]));
            }
            Ok(stored)
        }
        Call::Find(table, key) => on_entity!(*table, E => {
            let found = E::find(conn, E::typed_key(key))?;
            Ok(Answer::Row(found.map(|found| found.row())))
        }),
        Call::Get(table, key) => on_entity!(*table, E => {
            Ok(row(&E::get(conn, E::typed_key(key))?))
        }),
        Call::Update(table, copy, patch) => on_entity!(*table, E => {
            let copy = E::typed(copy);
            Ok(row(&copy.update(conn, E::changes(patch))?))
        }),
        Call::Save(table, copy) => on_entity!(*table, E => {
            let copy = E::typed(copy);
            Ok(row(&copy.save(conn)?))
        }),
        Call::Delete(table, copy) => on_entity!(*table, E => {
            let copy = E::typed(copy);
            copy.delete(conn)?;
            Ok(Answer::Nothing)
        }),
        Call::One(table, filter) => match table {
            Table::Club => Ok(row(&clubs(filter).one(conn)?)),
            Table::Member => Ok(row(&members(filter).one(conn)?)),
            Table::Flag => Ok(row(&flags(filter).one(conn)?)),
            Table::Room => Ok(row(&rooms(filter).one(conn)?)),
            _ => Ok(row(&cards(filter).one(conn)?)),
        },
        Call::DeleteAll(table, filter) => match table {
            Table::Club => clubs(filter).delete(conn),
            Table::Member => members(filter).delete(conn),
            Table::Flag => flags(filter).delete(conn),
            Table::Room => rooms(filter).delete(conn),
            _ => cards(filter).delete(conn),
        }
        .map(Answer::Count),
        Call::UpdateAll(table, filter, change) => {
            update_all(conn, *table, filter, change).map(Answer::Count)
        }
        _ => unreachable!("{call:?}"),
    }
}

fn insert_many(
    conn: &Connection,
    table: Table,
    all: &[crate::reference::call::New],
    made: &mut Vec<i32>,
) -> Result<Answer> {
    let none = Unit::default();
    on_entity!(table, E => {
        let all: Vec<_> = all.iter().map(|new| E::fresh(new, &none)).collect();
        let keys = E::insert_many(conn, all)?;
        let mut found = Vec::new();
        for key in keys {
            let stored = E::get(conn, key)?.row();
            if table.shape().counted {
                made.push(i32::held(&stored[0]));
            }
            found.push(table.key(&stored));
        }
        Ok(Answer::Keys(found))
    })
}

fn upsert(
    conn: &Connection,
    by: (Table, usize),
    new: &crate::reference::call::New,
) -> Result<Answer> {
    let none = Unit::default();
    Ok(match by {
        (Table::Club, _) => row(&Club::upsert_by_name(conn, Club::fresh(new, &none))?),
        (Table::Member, _) => row(&Member::upsert_by_name(conn, Member::fresh(new, &none))?),
        (Table::Flag, 0) => row(&Flag::upsert_by_code(conn, Flag::fresh(new, &none))?),
        (Table::Flag, _) => row(&Flag::upsert_by_club_id(conn, Flag::fresh(new, &none))?),
        (Table::Room, 0) => {
            let new = Room::fresh(new, &none);
            row(&Room::upsert_by_floor_and_number(conn, new)?)
        }
        (Table::Room, _) => {
            let new = Room::fresh(new, &none);
            row(&Room::upsert_by_floor_and_title(conn, new)?)
        }
        _ => row(&Card::upsert_by_member_id(conn, Card::fresh(new, &none))?),
    })
}

/// Queries of an entity by a column and by a relationship.
macro_rules! queries {
    ($($name:ident: $Entity:ident, $column:expr, $type:ty, $rel:expr;)+) => {$(
        fn $name(filter: &Filter) -> Query<$Entity> {
            match filter {
                Filter::All => $Entity::query(),
                Filter::Word(value) => $Entity::query().filter($column.eq(<$type>::held(value))),
                Filter::Related => $Entity::query().filter($rel.exists()),
                Filter::Alone => $Entity::query().filter($rel.exists().not()),
            }
        }
    )+};
}

queries! {
    clubs: Club, club::NAME, String, club::HOLDERS;
    members: Member, member::NAME, String, member::FRIENDS;
    flags: Flag, flag::COLOR, String, flag::WAVERS;
    rooms: Room, room::TITLE, String, room::CARDS;
    cards: Card, card::FLOOR, i32, card::ROOM;
}

fn update_all(conn: &Connection, table: Table, filter: &Filter, change: &Change) -> Result<u64> {
    /// What the column takes: `$type` is what values of it are.
    macro_rules! update {
        ($query:ident, $column:expr, $name:literal, $type:ty) => {
            match change {
                Change::To(value) => $query(filter).update(conn, $column.set(<$type>::held(value))),
                Change::NullOf(text) => {
                    let null = raw(concat!("nullif(", $name, ", ?)"), [text.as_str()]);
                    $query(filter).update(conn, $column.set(null))
                }
            }
        };
    }
    match table {
        Table::Club => update!(clubs, club::NAME, "name", String),
        Table::Member => update!(members, member::NAME, "name", String),
        Table::Flag => update!(flags, flag::COLOR, "color", Option<String>),
        Table::Room => update!(rooms, room::TITLE, "title", Option<String>),
        _ => update!(cards, card::FLOOR, "floor", Option<i32>),
    }
}
