//! A unit of work: what it inserts, in which order, and the keys that come out.

use crate::db::{self, Connection};

use crate::{lib, number, on_both, on_library};

/// What a natural schema seldom has.
pub mod models {
    include!(concat!(env!("OUT_DIR"), "/units.rs"));
}

use models::{
    Badge, Cell, Desk, Lamp, NewBadge, NewCell, NewDesk, NewLamp, NewNode, NewPerson, NewPlayer,
    NewProfile, NewTeam, Node, Person, Player, Profile, Ref, Team, UnitOfWork, desk, lamp, team,
};

pub fn on_units(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

pub fn new_team(name: &str) -> NewTeam {
    NewTeam {
        name: name.into(),
        captain_id: None,
    }
}

pub fn new_node(name: &str) -> NewNode {
    NewNode {
        name: name.into(),
        parent_id: None,
    }
}

pub fn new_badge(profile_id: Ref<Profile>, number: i32) -> NewBadge {
    NewBadge { profile_id, number }
}

/// The number of rows in all tables.
pub fn rows(conn: &Connection) -> i64 {
    let tables = db::tables(conn).into_iter();
    tables
        .map(|table| number(conn, &format!("SELECT count(*) FROM {table}")))
        .sum()
}

#[test]
fn a_reference_is_a_key_a_row_or_a_pending_row() {
    on_units(|conn| {
        let stored = Person::insert(conn, NewPerson { name: "Ada".into() }).unwrap();
        let other = Person::insert(conn, NewPerson { name: "Bo".into() }).unwrap();
        let mut work = UnitOfWork::new();
        let new = work.insert(NewPerson { name: "Cy".into() });
        let mut profile = |person_id: Ref<Person>, text: &str| {
            let text = text.into();
            work.insert(NewProfile { person_id, text })
        };
        let by_key = profile(stored.id.into(), "by key");
        let by_row = profile((&other).into(), "by row");
        let by_pending = profile(new.into(), "by pending row");
        let done = work.commit(conn).unwrap();
        assert_eq!(
            [by_key, by_row, by_pending].map(|profile| done.key(profile)),
            [stored.id, other.id, done.key(new)],
            "the key of a profile is a reference"
        );
        assert_eq!(Person::get(conn, done.key(new)).unwrap().name, "Cy");
        let text = |key| Profile::get(conn, key).unwrap().text;
        assert_eq!(text(stored.id), "by key");
        assert_eq!(text(other.id), "by row");
        assert_eq!(text(done.key(new)), "by pending row");
    });
}

#[test]
fn what_is_referred_to_goes_first_whatever_the_order_of_the_calls() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        // Entities of the spec's order: badges, profiles, people. Rows of each, mixed.
        let mut badges = Vec::new();
        for n in 1..=20 {
            let name = n.to_string();
            let person = work.insert(NewPerson { name: name.clone() });
            let profile = work.insert(NewProfile {
                person_id: person.into(),
                text: name,
            });
            badges.push((n, work.insert(new_badge(profile.into(), n)), person));
        }
        let done = work.commit(conn).unwrap();
        for (n, badge, person) in badges {
            let badge = Badge::get(conn, done.key(badge)).unwrap();
            assert_eq!((badge.number, badge.profile_id), (n, done.key(person)));
            let profile = badge.profile().get(conn).unwrap();
            assert_eq!(profile.text, n.to_string());
        }
    });
}

#[test]
fn keys_in_plain_fields_are_in_order_too() {
    on_library(|conn| {
        let mut work = lib::UnitOfWork::new();
        // The loan refers to an item by two columns and to a card by one that is not its primary key.
        let loan = work.insert(lib::NewLoan {
            card_number: "c".into(),
            isbn: "1".into(),
            item_number: 7,
            due: chrono::NaiveDate::default(),
            returned: None,
            fine: None,
        });
        work.insert(lib::NewItem {
            isbn: "1".into(),
            number: 7,
            acquired: None,
            damaged: None,
            branch_code: Some("N".into()),
        });
        work.insert(lib::NewBranch {
            code: "N".into(),
            name: "North".into(),
            opens: None,
            closes: None,
        });
        work.insert(lib::NewCard {
            number: "c".into(),
            chip: vec![],
            reader_id: None,
        });
        work.insert(crate::new_book("1", "One"));
        let done = work.commit(conn).unwrap();
        let loan = lib::Loan::get(conn, done.key(loan)).unwrap();
        assert_eq!(loan.item().get(conn).unwrap().number, 7);
        assert_eq!(loan.card().get(conn).unwrap().number, "c");
    });
}

#[test]
fn rows_refer_to_rows_of_their_own_table() {
    on_units(|conn| {
        let stored = Node::insert(conn, new_node("stored")).unwrap();
        let mut work = UnitOfWork::new();
        let mut parent: Ref<Node> = (&stored).into();
        let mut pending = Vec::new();
        for n in 0..100 {
            let node = work.insert(NewNode {
                name: n.to_string(),
                parent_id: Some(parent.clone()),
            });
            parent = node.into();
            pending.push(node);
        }
        for number in 1..=40 {
            let left = (number > 1).then_some(number - 1);
            work.insert(NewCell {
                row: 1,
                number,
                left_row: left.map(|_| 1),
                left,
            });
        }
        let done = work.commit(conn).unwrap();
        let mut parent = stored.id;
        for (n, node) in pending.into_iter().enumerate() {
            let node = Node::get(conn, done.key(node)).unwrap();
            assert_eq!((node.name, node.parent_id), (n.to_string(), Some(parent)));
            parent = node.id;
        }
        assert_eq!(Cell::get(conn, (1, 40)).unwrap().left, Some(39));
    });
}

#[test]
fn a_circle_is_closed_by_set() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        let teams = ["Reds", "Blues"].map(|name| {
            let team = work.insert(new_team(name));
            let players = ["a", "b"].map(|player| {
                work.insert(NewPlayer {
                    name: format!("{name} {player}"),
                    team_id: team.into(),
                })
            });
            work.set(team::CAPTAIN, team, players[1]);
            (team, players)
        });
        // A row of the circle that refers to a pending one of the other table, with no `set`.
        let third = work.insert(NewTeam {
            name: "Thirds".into(),
            captain_id: Some(teams[0].1[0].into()),
        });
        let done = work.commit(conn).unwrap();
        for (team, players) in teams {
            let team = Team::get(conn, done.key(team)).unwrap();
            assert_eq!(team.captain_id, Some(done.key(players[1])));
            let captain = team.captain().get(conn).unwrap().unwrap();
            assert_eq!(captain.name, format!("{} b", team.name));
            assert_eq!(team.players().count(conn).unwrap(), 2);
        }
        let third = Team::get(conn, done.key(third)).unwrap();
        assert_eq!(third.captain_id, Some(done.key(teams[0].1[0])));
        assert_eq!(Player::query().count(conn).unwrap(), 4);
    });
}

#[test]
fn a_circle_of_keys_that_may_both_be_null() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        let lamp = work.insert(NewLamp::default());
        let desk = work.insert(NewDesk {
            lamp_id: Some(lamp.into()),
        });
        work.set(lamp::DESK, lamp, desk);
        let second = work.insert(NewLamp {
            id: Some(uuid::Uuid::from_u128(7)),
            desk_id: Some(desk.into()),
            spare_id: None,
        });
        let done = work.commit(conn).unwrap();
        assert_eq!(done.key(second), uuid::Uuid::from_u128(7));
        let desk = Desk::get(conn, done.key(desk)).unwrap();
        let lamp = Lamp::get(conn, done.key(lamp)).unwrap();
        assert_eq!(desk.lamp().get(conn).unwrap(), Some(lamp.clone()));
        assert_eq!(lamp.desk().get(conn).unwrap(), Some(desk.clone()));
        assert_eq!(desk.lamps().count(conn).unwrap(), 2);

        // Open it again: nothing of a circle can be deleted before.
        let mut work = UnitOfWork::new();
        work.set(desk::LAMP, &desk, None::<&Lamp>);
        work.delete(&lamp);
        work.delete(Ref::<Lamp>::from(done.key(second)));
        work.delete(&desk);
        work.commit(conn).unwrap();
        assert_eq!(rows(conn), 0);
    });
}

#[test]
fn ten_thousand_rows_and_their_keys() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        let people: Vec<_> = (0..10_000)
            .map(|n| {
                let name = n.to_string();
                let person = work.insert(NewPerson { name: name.clone() });
                if n % 2 == 0 {
                    work.insert(NewProfile {
                        person_id: person.into(),
                        text: name,
                    });
                }
                person
            })
            .collect();
        let done = work.commit(conn).unwrap();
        let names = Person::query().all(conn).unwrap();
        assert_eq!(names.len(), 10_000);
        let name = |key| {
            let place = names.binary_search_by_key(&key, |person| person.id);
            &names[place.unwrap()].name
        };
        for (n, person) in people.into_iter().enumerate() {
            assert_eq!(name(done.key(person)), &n.to_string());
        }
        let profiles = Profile::query().all(conn).unwrap();
        assert_eq!(profiles.len(), 5_000);
        assert!(profiles.iter().all(|row| name(row.person_id) == &row.text));
    });
}

#[test]
fn rows_with_keys_of_their_own_among_new_ones() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        let mut people = Vec::new();
        for n in 0..60 {
            let name = n.to_string();
            // Keys that the database counts on from, and ones behind it.
            let key = if n % 2 == 0 { 100 + 3 * n } else { -n };
            let person = match n % 20 {
                17.. => work.insert_row(&Person { id: key, name }),
                _ => work.insert(NewPerson { name }),
            };
            people.push((n, person));
        }
        let (_, one) = people[17];
        work.insert(NewProfile {
            person_id: one.into(),
            text: "one".into(),
        });
        let done = work.commit(conn).unwrap();
        for (n, person) in people {
            let key = done.key(person);
            assert_eq!(Person::get(conn, key).unwrap().name, n.to_string());
        }
        assert_eq!((done.key(one), rows(conn)), (-17, 61));
    });
}

#[test]
fn a_unit_without_changes_changes_nothing_and_a_dropped_one_neither() {
    on_units(|conn| {
        UnitOfWork::new().commit(conn).unwrap();
        UnitOfWork::default().commit(conn).unwrap();
        let stored = Node::insert(conn, new_node("a")).unwrap();
        let changes = crate::db::changes(conn);
        let mut work = UnitOfWork::new();
        work.insert(new_node("b"));
        work.delete(&stored);
        drop(work);
        assert_eq!((rows(conn), crate::db::changes(conn)), (1, changes));
    });
}

#[test]
fn keys_are_those_of_the_units_own_rows() {
    on_units(|conn| {
        let (mut first, mut second) = (UnitOfWork::new(), UnitOfWork::new());
        let a = first.insert(new_node("a"));
        let b = second.insert(new_node("b"));
        assert_ne!(a, b);
        let (first, second) = (first.commit(conn).unwrap(), second.commit(conn).unwrap());
        assert_eq!((first.key(a), second.key(b)), (1, 2));
        assert_eq!(first.try_key(a).unwrap(), 1);
        match first.try_key(b) {
            Err(models::Error::Pending { entity }) => assert_eq!(entity, "Node"),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
#[should_panic(expected = "a pending Node of another unit of work")]
fn the_key_of_another_units_row_is_the_documented_panic() {
    let conn = db::open();
    models::create_tables(&conn).unwrap();
    let (mut first, mut second) = (UnitOfWork::new(), UnitOfWork::new());
    first.insert(new_node("a"));
    let b = second.insert(new_node("b"));
    let _ = first.commit(&conn).unwrap().key(b);
}
