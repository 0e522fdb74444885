//! Whether the database has what the reference has, asked in every way there is to ask.

use std::fmt::Debug;

use crate::db::{self, Connection};

use crate::reference::models::{self, Club, club, member};
use crate::reference::on_related::{on_bare, on_laden, on_relationship};
use crate::reference::on_tables::on_entity;
use crate::reference::schema::{BARE, ENTITIES, LADEN, LINKS, Rel, Row, TO_ONE, Table};
use crate::reference::typed::Typed;
use crate::reference::world::World;

/// Both sides of something, when they are not alike.
pub type Alike = Result<(), String>;

pub fn alike<T: PartialEq + Debug>(what: &str, found: &T, expected: &T) -> Alike {
    if found == expected {
        return Ok(());
    }
    Err(format!(
        "{what}\n  the database: {found:?}\n  the reference: {expected:?}"
    ))
}

fn rows<T: Typed>(typed: &[T]) -> Vec<Row> {
    typed.iter().map(Typed::row).collect()
}

fn pairs<T: Typed, L: Typed>(pairs: &[(T, L)]) -> Vec<(Row, Row)> {
    let pairs = pairs.iter();
    pairs.map(|(row, link)| (row.row(), link.row())).collect()
}

/// Everything, or, at a turn, all rows and all links, and what some of the relationships read.
pub fn everything(conn: &Connection, world: &World, turn: Option<usize>) -> Alike {
    for table in ENTITIES {
        on_entity!(table, E => {
            let mut found = rows(&E::query().all(conn).unwrap());
            found.sort();
            let mut expected = world.rows(table).to_vec();
            expected.sort();
            alike(table.shape().name, &found, &expected)?;
        });
    }
    for table in LINKS {
        let name = table.shape().name;
        let found = db::number(conn, &format!("SELECT count(*) FROM {name}"));
        let expected = i64::try_from(world.rows(table).len()).expect("a few");
        alike(&format!("the number of {name}"), &found, &expected)?;
    }
    let all = BARE.into_iter().chain(LADEN).chain(TO_ONE);
    for (place, rel) in all.enumerate() {
        let is_asked = turn.is_none_or(|turn| place % EACH == turn % EACH);
        if is_asked {
            loads(conn, world, rel)?;
            if LADEN.contains(&rel) {
                links(conn, world, rel)?;
            }
            handles(conn, world, rel, turn)?;
        }
        if !is_asked && WHOLE.contains(&rel) {
            links(conn, world, rel)?;
        }
    }
    match turn {
        Some(turn) if !turn.is_multiple_of(EACH) => Ok(()),
        _ => queries(conn, world),
    }
}

/// At a turn, one of so many relationships is read.
const EACH: usize = 4;

/// Relationships that all links are seen by.
const WHOLE: [Rel; 5] = [
    Rel::MemberFlags,
    Rel::MemberFollowing,
    Rel::MemberOffices,
    Rel::MemberRooms,
    Rel::MemberFriends,
];

/// The handles of all sources; at a turn that of one.
fn handles(conn: &Connection, world: &World, rel: Rel, turn: Option<usize>) -> Alike {
    let sources = world.rows(rel.source());
    for (place, source) in sources.iter().enumerate() {
        let is_asked = |turn: usize| turn / EACH % sources.len() == place;
        if turn.is_none_or(is_asked) {
            let told = handle(conn, world, rel, source);
            told.map_err(|told| format!("{rel:?} of {source:?}: {told}"))?;
        }
    }
    Ok(())
}

/// Says something of any relationship.
macro_rules! on_any {
    ($rel:expr, |$Source:ident, $Target:ident, $way:ident| many: $many:expr, maybe: $maybe:expr, one: $one:expr) => {
        match $rel {
            Rel::MemberMentor
            | Rel::MemberClub
            | Rel::FlagClub
            | Rel::CardRoom
            | Rel::ClubFlag
            | Rel::MemberCard => on_relationship! {
                $rel, |$Source, $Target, at, $way, NoLink| $maybe;
                MemberMentor: Member, mentor, Member, member::MENTOR, ();
                MemberClub: Member, club, Club, member::CLUB, ();
                FlagClub: Flag, club, Club, flag::CLUB, ();
                CardRoom: Card, room, Room, card::ROOM, ();
                ClubFlag: Club, flag, Flag, club::FLAG, ();
                MemberCard: Member, card, Card, member::CARD, ();
            },
            Rel::RoomClub | Rel::CardMember => on_relationship! {
                $rel, |$Source, $Target, at, $way, NoLink| $one;
                RoomClub: Room, club, Club, room::CLUB, ();
                CardMember: Card, member, Member, card::MEMBER, ();
            },
            Rel::ClubRooms => on_relationship! {
                $rel, |$Source, $Target, at, $way, NoLink| $many;
                ClubRooms: Club, rooms, Room, club::ROOMS, ();
            },
            rel if LADEN.contains(&rel) => on_laden!(rel, |$Source, $Target, at, $way, L| $many),
            rel => on_bare!(rel, |$Source, $Target, at, $way| $many),
        }
    };
}

fn sources<S: Typed>(world: &World, rel: Rel) -> Vec<S> {
    let rows = world.rows(rel.source()).iter();
    rows.map(S::typed).collect()
}

/// Eager loads, whole and limited.
fn loads(conn: &Connection, world: &World, rel: Rel) -> Alike {
    let expected: Vec<Vec<Row>> = (world.rows(rel.source()).iter())
        .map(|source| world.targets(rel, source))
        .collect();
    let of = |what: &str| format!("{what} of {rel:?}");
    on_any!(rel, |S, T, way|
        many: {
            let sources = sources::<S>(world, rel);
            let loaded = way.load(conn, &sources).unwrap();
            let loaded: Vec<_> = loaded.iter().map(|loaded| rows(loaded)).collect();
            alike(&of("the eager load"), &loaded, &expected)?;
            let first = way.limit(1).load(conn, &sources).unwrap();
            let first: Vec<_> = first.iter().map(|loaded| rows(loaded)).collect();
            let short = expected.iter().map(|all| all[..all.len().min(1)].to_vec());
            alike(&of("the limited load"), &first, &short.collect())?;
        },
        maybe: {
            let loaded = way.load(conn, &sources::<S>(world, rel)).unwrap();
            let loaded: Vec<_> = loaded.iter().map(|row| rows(row.as_slice())).collect();
            alike(&of("the eager load"), &loaded, &expected)?;
        },
        one: {
            let loaded = way.load(conn, &sources::<S>(world, rel)).unwrap();
            let loaded: Vec<_> = loaded.iter().map(|row| vec![row.row()]).collect();
            alike(&of("the eager load"), &loaded, &expected)?;
        }
    );
    Ok(())
}

/// Eager loads of links.
fn links(conn: &Connection, world: &World, rel: Rel) -> Alike {
    let what = format!("the links of {rel:?}");
    if LADEN.contains(&rel) {
        let expected: Vec<Vec<(Row, Row)>> = (world.rows(rel.source()).iter())
            .map(|source| world.related(rel, source))
            .collect();
        on_laden!(rel, |S, T, at, way, L| {
            let sources = sources::<S>(world, rel);
            let loaded = way.links().load(conn, &sources).unwrap();
            let loaded: Vec<_> = loaded.iter().map(|loaded| pairs(loaded)).collect();
            alike(&what, &loaded, &expected)
        })
    } else {
        let expected: Vec<Vec<Row>> = (world.rows(rel.source()).iter())
            .map(|source| world.targets(rel, source))
            .collect();
        on_bare!(rel, |S, T, at, way| {
            let loaded = way.load(conn, &sources::<S>(world, rel)).unwrap();
            let loaded: Vec<_> = loaded.iter().map(|loaded| rows(loaded)).collect();
            alike(&what, &loaded, &expected)
        })
    }
}

/// Everything that a handle reads.
fn handle(conn: &Connection, world: &World, rel: Rel, source: &Row) -> Alike {
    let expected = world.targets(rel, source);
    let number = expected.len() as u64;
    let candidates = world.rows(rel.target()).iter();
    let contains: Vec<bool> = candidates
        .clone()
        .map(|row| expected.contains(row))
        .collect();
    let first = || expected.first().cloned();
    on_any!(rel, |S, T, way|
        many: {
            let source = S::typed(source);
            let handle = way.of(&source);
            alike("all", &rows(&handle.all(conn).unwrap()), &expected)?;
            alike("count", &handle.count(conn).unwrap(), &number)?;
            let mut found = Vec::new();
            for row in candidates {
                let row = T::typed(row);
                found.push(handle.contains(conn, &row).unwrap());
            }
            alike("contains", &found, &contains)?;
            let query = handle.query();
            alike("the query's count", &query.count(conn).unwrap(), &number)?;
            let found = rows(&handle.query().all(conn).unwrap());
            alike("the query", &found, &expected)?;
        },
        maybe: {
            let source = S::typed(source);
            let found = way.of(&source).get(conn).unwrap();
            alike("get", &found.map(|row| row.row()), &first())?;
        },
        one: {
            let source = S::typed(source);
            let found = way.of(&source).get(conn).unwrap();
            alike("get", &Some(found.row()), &first())?;
        }
    );
    if LADEN.contains(&rel) {
        let expected = world.related(rel, source);
        on_laden!(rel, |S, T, at, way, L| {
            let source = S::typed(source);
            let found = pairs(&at(&source).with_links(conn).unwrap());
            alike("with_links", &found, &expected)?;
            let links: Vec<Row> = expected.into_iter().map(|(_, link)| link).collect();
            let found = rows(&at(&source).links().all(conn).unwrap());
            alike("links", &found, &links)?;
            let found = rows(&at(&source).links().query().all(conn).unwrap());
            // Its own key comes first in a link.
            let mut links = links;
            links.sort();
            alike("the query of links", &found, &links)?;
        });
    }
    Ok(())
}

/// Loads that are nested and side by side.
fn queries(conn: &Connection, world: &World) -> Alike {
    let nested = Club::query()
        .with(club::MEMBERS.with(member::FRIENDS))
        .with(club::FLAG)
        .all(conn)
        .unwrap();
    let mut found = Vec::new();
    for (club, members, flag) in &nested {
        let members = members.iter();
        let members: Vec<_> = members
            .map(|(row, friends)| (row.row(), rows(friends)))
            .collect();
        found.push((club.row(), members, rows(flag.as_slice())));
    }
    found.sort();
    let mut clubs = world.rows(Table::Club).to_vec();
    clubs.sort();
    let mut expected = Vec::new();
    for club in clubs {
        let members = world.targets(Rel::ClubMembers, &club).into_iter();
        let members = members.map(|row| {
            let friends = world.targets(Rel::MemberFriends, &row);
            (row, friends)
        });
        let members: Vec<_> = members.collect();
        let flag = world.targets(Rel::ClubFlag, &club);
        expected.push((club, members, flag));
    }
    alike(
        "clubs, with members and their friends, and a flag",
        &found,
        &expected,
    )
}
