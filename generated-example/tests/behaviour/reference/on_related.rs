//! Calls of relationships, made of the database.

use crate::db::Connection;

use crate::reference::call::{Answer, Call, Payload};
use crate::reference::models::support::Result;
use crate::reference::models::{self, Card, Club, Flag, Member, Room};
use crate::reference::schema::{Rel, Row};
use crate::reference::typed::{Typed, TypedLink};

/// Says something of a relationship among those in the list: of its source, its target, its accessor and its constant, in
/// that order.
macro_rules! on_relationship {
    (
        $rel:expr, |$Source:ident, $Target:ident, $at:ident, $way:ident, $Link:ident| $said:expr;
        $($name:ident: $source:ident, $method:ident, $target:ident, $module:ident::$constant:ident, $link:ty;)+
    ) => {
        match $rel {
            $(Rel::$name => {
                #[allow(dead_code, reason = "not all is spoken of everywhere")]
                type $Source = models::$source;
                #[allow(dead_code, reason = "not all is spoken of everywhere")]
                type $Target = models::$target;
                #[allow(dead_code, reason = "not all is spoken of everywhere")]
                type $Link = $link;
                #[allow(unused_variables, reason = "not all is spoken of everywhere")]
                let ($at, $way) = (models::$source::$method, models::$module::$constant);
                $said
            })+
            other => unreachable!("{other:?}"),
        }
    };
}
pub(crate) use on_relationship;

/// The relationships to many whose links are bare and can go.
macro_rules! on_bare {
    ($rel:expr, |$Source:ident, $Target:ident, $at:ident, $way:ident| $said:expr) => {
        on_relationship! {
            $rel, |$Source, $Target, $at, $way, NoLink| $said;
            ClubMembers: Club, members, Member, club::MEMBERS, ();
            MemberPupils: Member, pupils, Member, member::PUPILS, ();
            MemberFlags: Member, flags, Flag, member::FLAGS, ();
            MemberFollowing: Member, following, Member, member::FOLLOWING, ();
            MemberFollowers: Member, followers, Member, member::FOLLOWERS, ();
            FlagWavers: Flag, wavers, Member, flag::WAVERS, ();
            RoomCards: Room, cards, Card, room::CARDS, ();
        }
    };
}
pub(crate) use on_bare;

/// The relationships to many whose links have payload.
macro_rules! on_laden {
    ($rel:expr, |$Source:ident, $Target:ident, $at:ident, $way:ident, $Link:ident| $said:expr) => {
        on_relationship! {
            $rel, |$Source, $Target, $at, $way, $Link| $said;
            ClubHolders: Club, holders, Member, club::HOLDERS, models::Office;
            MemberOffices: Member, offices, Club, member::OFFICES, models::Office;
            MemberRooms: Member, rooms, Room, member::ROOMS, models::Booking;
            RoomGuests: Room, guests, Member, room::GUESTS, models::Booking;
            MemberFriends: Member, friends, Member, member::FRIENDS, models::Friendship;
        }
    };
}
pub(crate) use on_laden;

fn typed<T: Typed>(rows: &[(Row, Payload)]) -> Vec<T> {
    rows.iter().map(|(row, _)| T::typed(row)).collect()
}

pub fn run(conn: &Connection, call: &Call) -> Result<Answer> {
    match call {
        Call::SetOne(rel, source, target) => set_one(conn, *rel, source, target.as_ref()),
        Call::Add(Rel::ClubRooms, source, target, _) => {
            let (club, room) = (Club::typed(source), Room::typed(target));
            club.rooms().add(conn, &room).map(Answer::Is)
        }
        Call::AddAll(Rel::ClubRooms, source, targets) => {
            let (club, rooms) = (Club::typed(source), typed::<Room>(targets));
            club.rooms().add_all(conn, &rooms).map(Answer::Count)
        }
        Call::Add(rel, ..)
        | Call::AddAll(rel, ..)
        | Call::Remove(rel, ..)
        | Call::Set(rel, ..)
        | Call::Clear(rel, _)
        | Call::UpdateLinks(rel, ..)
        | Call::DeleteLink(rel, ..) => {
            if crate::reference::schema::LADEN.contains(rel) {
                laden(conn, *rel, call)
            } else {
                bare(conn, *rel, call)
            }
        }
        _ => unreachable!("{call:?}"),
    }
}

fn bare(conn: &Connection, rel: Rel, call: &Call) -> Result<Answer> {
    on_bare!(rel, |S, T, at, way| match call {
        Call::Add(_, source, target, _) => {
            let (source, target) = (S::typed(source), T::typed(target));
            let handle = at(&source);
            handle.add(conn, &target).map(Answer::Is)
        }
        Call::AddAll(_, source, targets) => {
            let (source, targets) = (S::typed(source), typed::<T>(targets));
            let handle = at(&source);
            handle.add_all(conn, &targets).map(Answer::Count)
        }
        Call::Remove(_, source, target) => {
            let (source, target) = (S::typed(source), T::typed(target));
            let handle = at(&source);
            handle.remove(conn, &target).map(Answer::Is)
        }
        Call::Set(_, source, targets) => {
            let (source, targets) = (S::typed(source), typed::<T>(targets));
            let handle = at(&source);
            handle.set(conn, &targets).map(|()| Answer::Nothing)
        }
        Call::Clear(_, source) => {
            let source = S::typed(source);
            let handle = at(&source);
            handle.clear(conn).map(Answer::Count)
        }
        _ => unreachable!("{call:?}"),
    })
}

fn laden(conn: &Connection, rel: Rel, call: &Call) -> Result<Answer> {
    on_laden!(rel, |S, T, at, way, L| match call {
        Call::Add(_, source, target, new) => {
            let (source, target) = (S::typed(source), T::typed(target));
            let handle = at(&source);
            handle.add(conn, &target, L::payload(new)).map(Answer::Is)
        }
        Call::AddAll(_, source, targets) => {
            let (source, rows) = (S::typed(source), typed::<T>(targets));
            let pairs = rows.iter().zip(targets);
            let pairs: Vec<_> = pairs
                .map(|(row, (_, new))| (row, L::payload(new)))
                .collect();
            let handle = at(&source);
            handle.add_all(conn, pairs).map(Answer::Count)
        }
        Call::Remove(_, source, target) => {
            let (source, target) = (S::typed(source), T::typed(target));
            let handle = at(&source);
            handle.remove(conn, &target).map(Answer::Is)
        }
        Call::Set(_, source, targets) => {
            let (source, rows) = (S::typed(source), typed::<T>(targets));
            let pairs = rows.iter().zip(targets);
            let pairs: Vec<_> = pairs
                .map(|(row, (_, new))| (row, L::payload(new)))
                .collect();
            let handle = at(&source);
            handle.set(conn, pairs).map(|()| Answer::Nothing)
        }
        Call::Clear(_, source) => {
            let source = S::typed(source);
            let handle = at(&source);
            handle.clear(conn).map(Answer::Count)
        }
        Call::UpdateLinks(_, source, target, patch) => {
            let (source, target) = (S::typed(source), T::typed(target));
            let links = at(&source).links();
            links
                .update(conn, &target, L::changes(patch))
                .map(Answer::Count)
        }
        Call::DeleteLink(_, source, key) => {
            let source = S::typed(source);
            let links = at(&source).links();
            links.delete(conn, L::link_key(key)).map(Answer::Is)
        }
        _ => unreachable!("{call:?}"),
    })
}

/// The target that a relationship which is never empty is given.
fn there<T: Typed>(target: Option<&Row>) -> T {
    T::typed(target.expect("a target"))
}

fn set_one(conn: &Connection, rel: Rel, source: &Row, target: Option<&Row>) -> Result<Answer> {
    let stored = match rel {
        Rel::MemberClub => {
            let (member, club) = (Member::typed(source), target.map(Club::typed));
            member.club().set(conn, club.as_ref())?.row()
        }
        Rel::MemberMentor => {
            let (member, mentor) = (Member::typed(source), target.map(Member::typed));
            member.mentor().set(conn, mentor.as_ref())?.row()
        }
        Rel::FlagClub => {
            let (flag, club) = (Flag::typed(source), target.map(Club::typed));
            flag.club().set(conn, club.as_ref())?.row()
        }
        Rel::CardRoom => {
            let (card, room) = (Card::typed(source), target.map(Room::typed));
            card.room().set(conn, room.as_ref())?.row()
        }
        Rel::RoomClub => {
            let (room, club) = (Room::typed(source), there::<Club>(target));
            room.club().set(conn, &club)?.row()
        }
        Rel::CardMember => {
            let (card, member) = (Card::typed(source), there::<Member>(target));
            card.member().set(conn, &member)?.row()
        }
        Rel::MemberCard => {
            let (member, card) = (Member::typed(source), there::<Card>(target));
            member.card().set(conn, &card)?.row()
        }
        Rel::ClubFlag => {
            let (club, flag) = (Club::typed(source), target.map(Flag::typed));
            let flag = club.flag().set(conn, flag.as_ref())?;
            return Ok(Answer::Row(flag.map(|flag| flag.row())));
        }
        other => unreachable!("{other:?} is to many"),
    };
    Ok(Answer::Row(Some(stored)))
}
