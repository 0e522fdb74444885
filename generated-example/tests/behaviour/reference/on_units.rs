//! Units of work, made of the database.

use crate::db::Connection;

use crate::reference::call::{Answer, Part, Payload, Who};
use crate::reference::models::support::Result;
use crate::reference::models::{
    self, Card, Club, Flag, Member, Ref, Room, UnitOfWork, card, club, flag, member, room,
};
use crate::reference::on_related::{on_bare, on_laden, on_relationship};
use crate::reference::on_tables::on_entity;
use crate::reference::schema::{LADEN, Rel, Table};
use crate::reference::typed::{Made, Typed, TypedEntity, TypedLink, Unit};

/// Rows of a unit that is never committed, one of each entity.
fn astray() -> Vec<Made> {
    let mut work = UnitOfWork::new();
    let club = work.insert(models::NewClub {
        name: "z".into(),
        size: None,
    });
    let member = work.insert(models::NewMember {
        name: "z".into(),
        rank: None,
        club_id: None,
        mentor_id: None,
    });
    let flag = work.insert(models::NewFlag {
        code: "z".into(),
        club_id: None,
        color: None,
    });
    let room = work.insert(models::NewRoom {
        floor: 9,
        number: 9,
        title: None,
        club_id: club.into(),
    });
    let card = work.insert(models::NewCard {
        member_id: member.into(),
        floor: None,
        number: None,
    });
    vec![
        Made::Club(club),
        Made::Member(member),
        Made::Flag(flag),
        Made::Room(room),
        Made::Card(card),
    ]
}

/// Commits a unit; besides, the keys that the database has made.
pub fn commit(conn: &Connection, parts: &[Part], made: &mut Vec<i32>) -> Result<Answer> {
    let mut work = UnitOfWork::new();
    let mut unit = Unit {
        made: Vec::new(),
        astray: astray(),
    };
    // Where a key is one that the database makes.
    let mut counted = Vec::new();
    for part in parts {
        if let Part::Insert(table, _) | Part::InsertRow(table, _) = part {
            let is_new = matches!(part, Part::Insert(..));
            counted.push(is_new && table.shape().counted);
        }
        tell(&mut work, part, &mut unit);
    }
    let done = work.commit(conn)?;
    for (inserted, counted) in unit.made.iter().zip(counted) {
        match *inserted {
            Made::Club(pending) if counted => made.push(done.key(pending)),
            Made::Member(pending) if counted => made.push(done.key(pending)),
            Made::Card(pending) if counted => made.push(done.key(pending)),
            _ => {}
        }
    }
    Ok(Answer::Nothing)
}

fn tell(work: &mut UnitOfWork, part: &Part, unit: &mut Unit) {
    match part {
        Part::Insert(table, new) => insert(work, *table, new, unit),
        Part::InsertRow(table, row) => unit.made.push(match table {
            Table::Club => Made::Club(work.insert_row(&Club::typed(row))),
            Table::Member => Made::Member(work.insert_row(&Member::typed(row))),
            Table::Flag => Made::Flag(work.insert_row(&Flag::typed(row))),
            Table::Room => Made::Room(work.insert_row(&Room::typed(row))),
            _ => Made::Card(work.insert_row(&Card::typed(row))),
        }),
        Part::Update(table, who, patch) => on_entity!(*table, E => {
            work.update(E::told(who, unit), E::changes(patch));
        }),
        Part::Delete(table, who) => on_entity!(*table, E => {
            work.delete(E::told(who, unit));
        }),
        Part::Link(rel, source, targets) => link(work, *rel, source, targets, unit),
        Part::Unlink(rel, source, targets) if LADEN.contains(rel) => {
            on_laden!(*rel, |S, T, at, way, L| {
                let targets = targets.iter().map(|who| T::told(who, unit));
                work.unlink(way, S::told(source, unit), targets);
            });
        }
        Part::Unlink(rel, source, targets) => on_bare!(*rel, |S, T, at, way| {
            let targets = targets.iter().map(|who| T::told(who, unit));
            work.unlink(way, S::told(source, unit), targets);
        }),
        Part::Set(rel, source, target) => set(work, *rel, source, target.as_ref(), unit),
    }
}

fn insert(work: &mut UnitOfWork, table: Table, new: &crate::reference::call::New, unit: &mut Unit) {
    let made = match table {
        Table::Club => Made::Club(work.insert(Club::fresh(new, unit))),
        Table::Member => Made::Member(work.insert(Member::fresh(new, unit))),
        Table::Flag => Made::Flag(work.insert(Flag::fresh(new, unit))),
        Table::Room => Made::Room(work.insert(Room::fresh(new, unit))),
        _ => Made::Card(work.insert(Card::fresh(new, unit))),
    };
    unit.made.push(made);
}

fn link(work: &mut UnitOfWork, rel: Rel, source: &Who, targets: &[(Who, Payload)], unit: &Unit) {
    if rel == Rel::ClubRooms {
        let targets = targets.iter().map(|(who, _)| Room::told(who, unit));
        work.link(club::ROOMS, Club::told(source, unit), targets);
    } else if LADEN.contains(&rel) {
        on_laden!(rel, |S, T, at, way, L| {
            let targets = targets.iter();
            let targets = targets.map(|(who, new)| (T::told(who, unit), L::payload(new)));
            work.link(way, S::told(source, unit), targets);
        });
    } else {
        on_bare!(rel, |S, T, at, way| {
            let targets = targets.iter().map(|(who, _)| T::told(who, unit));
            work.link(way, S::told(source, unit), targets);
        });
    }
}

fn set(work: &mut UnitOfWork, rel: Rel, source: &Who, target: Option<&Who>, unit: &Unit) {
    fn may<E: TypedEntity>(target: Option<&Who>, unit: &Unit) -> Option<Ref<E>> {
        target.map(|who| E::told(who, unit))
    }
    fn need<E: TypedEntity>(target: Option<&Who>, unit: &Unit) -> Ref<E> {
        may(target, unit).expect("a target")
    }
    match rel {
        Rel::MemberClub => {
            work.set(member::CLUB, Member::told(source, unit), may(target, unit));
        }
        Rel::MemberMentor => {
            work.set(
                member::MENTOR,
                Member::told(source, unit),
                may(target, unit),
            );
        }
        Rel::FlagClub => work.set(flag::CLUB, Flag::told(source, unit), may(target, unit)),
        Rel::CardRoom => work.set(card::ROOM, Card::told(source, unit), may(target, unit)),
        Rel::ClubFlag => work.set(club::FLAG, Club::told(source, unit), may(target, unit)),
        Rel::RoomClub => work.set(room::CLUB, Room::told(source, unit), need(target, unit)),
        Rel::CardMember => work.set(card::MEMBER, Card::told(source, unit), need(target, unit)),
        Rel::MemberCard => work.set(member::CARD, Member::told(source, unit), need(target, unit)),
        other => unreachable!("{other:?} is to many"),
    }
}
