//! A unit of work that fails: what it says, and that nothing is left of it.

use crate::db::{self, Connection};

use crate::corners::{self, DayKey, NewDayKey, NewRealKey, RealKey};
use crate::unit::models::{
    self, Badge, BadgePatch, Error, NewBadge, NewPerson, NewPlayer, NewProfile, Node, NodePatch,
    Pending, Person, Profile, Ref, Team, UnitOfWork, country, person, player, profile, team,
};
use crate::unit::{new_badge, new_node, new_team, on_units, rows};

/// Everything that is stored, as text.
fn all(conn: &Connection) -> String {
    let people = Person::query().all(conn).unwrap();
    let profiles = Profile::query().all(conn).unwrap();
    let badges = Badge::query().all(conn).unwrap();
    let nodes = Node::query().all(conn).unwrap();
    format!("{people:?} {profiles:?} {badges:?} {nodes:?}")
}

/// A person with a profile and two badges.
struct Stored {
    person: Person,
    profile: Profile,
    badges: [Badge; 2],
}

fn stored(conn: &Connection) -> Stored {
    let person = Person::insert(conn, NewPerson { name: "Ada".into() }).unwrap();
    let new = NewProfile {
        person_id: (&person).into(),
        text: "text".into(),
    };
    let profile = Profile::insert(conn, new).unwrap();
    let badge = |number| Badge::insert(conn, new_badge((&profile).into(), number)).unwrap();
    Stored {
        badges: [badge(1), badge(2)],
        person,
        profile,
    }
}

fn number(number: i32) -> BadgePatch {
    BadgePatch {
        number: Some(number),
        ..BadgePatch::default()
    }
}

/// Commits a unit of 40 rows and a change of every sort, with `wrong` at three places; every time it has to fail, and
/// then nothing is left of it, neither by itself nor in a transaction of the caller, whose own changes stay.
fn fails(conn: &Connection, there: &Stored, wrong: &dyn Fn(&mut UnitOfWork), error: &str) {
    for place in 0..3 {
        let unit = || {
            let mut work = UnitOfWork::new();
            let wrong = |work: &mut UnitOfWork, here| {
                if place == here {
                    wrong(work);
                }
            };
            wrong(&mut work, 0);
            let person = work.insert(NewPerson { name: "Bo".into() });
            let profile = work.insert(NewProfile {
                person_id: person.into(),
                text: String::new(),
            });
            for n in 100..140 {
                work.insert(new_badge(profile.into(), n));
                if n == 120 {
                    wrong(&mut work, 1);
                }
            }
            work.update(&there.badges[0], number(50));
            work.link(profile::BADGES, profile, [&there.badges[0]]);
            work.set(person::PROFILE, person, profile);
            work.delete(&there.badges[0]);
            wrong(&mut work, 2);
            work
        };
        let before = all(conn);
        let failed = unit().commit(conn).unwrap_err();
        assert!(format!("{failed:?}").starts_with(error), "{failed:?}");
        assert!(!db::in_transaction(conn));
        assert_eq!(all(conn), before, "{error} at {place}");

        let outer = db::begin(conn);
        let own = Node::insert(&outer, new_node("own")).unwrap();
        unit().commit(&outer).unwrap_err();
        assert!(db::in_transaction(conn), "the caller's transaction is open");
        Node::insert(&outer, new_node("after")).unwrap();
        outer.commit().unwrap();
        assert_eq!(Node::query().count(conn).unwrap(), 2);
        Node::query().delete(conn).unwrap();
        assert_eq!(all(conn), before, "{error} at {place}, {own:?}");
    }
}

#[test]
fn nothing_is_left_of_a_unit_that_violates_something() {
    on_units(|conn| {
        let there = stored(conn);
        let profile = there.profile.person_id;
        let insert = |work: &mut UnitOfWork, badge| {
            work.insert(badge);
        };
        let unique = |work: &mut UnitOfWork| insert(work, new_badge(profile.into(), 2));
        fails(conn, &there, &unique, "UniqueViolation");
        let check = |work: &mut UnitOfWork| insert(work, new_badge(profile.into(), 0));
        fails(conn, &there, &check, "CheckViolation");
        let key = |work: &mut UnitOfWork| insert(work, new_badge(404.into(), 7));
        fails(conn, &there, &key, "ForeignKeyViolation");
        let row = |work: &mut UnitOfWork| {
            work.insert_row(&there.badges[1]);
        };
        fails(conn, &there, &row, "UniqueViolation");
        let update = |work: &mut UnitOfWork| work.update(&there.badges[1], number(-1));
        fails(conn, &there, &update, "CheckViolation");
        let update = |work: &mut UnitOfWork| work.update(&there.badges[1], number(139));
        fails(conn, &there, &update, "UniqueViolation");
        let set = |work: &mut UnitOfWork| work.set(models::badge::PROFILE, &there.badges[1], 404);
        fails(conn, &there, &set, "ForeignKeyViolation");
        let link = |work: &mut UnitOfWork| work.link(profile::BADGES, &there.profile, [404]);
        fails(conn, &there, &link, "NotFound");
        let delete = |work: &mut UnitOfWork| work.delete(&there.person);
        fails(conn, &there, &delete, "ForeignKeyViolation");
    });
}

#[test]
fn nothing_is_left_of_a_unit_that_meets_a_row_that_is_gone() {
    on_units(|conn| {
        let there = stored(conn);
        let gone = Node {
            id: 404,
            name: "gone".into(),
            parent_id: None,
        };
        let patch = || NodePatch {
            name: Some("back".into()),
            ..NodePatch::default()
        };
        let missing = r#"NotFound { entity: "Node", key: Some("404") }"#;
        fails(conn, &there, &|work| work.update(&gone, patch()), missing);
        let by_key = |work: &mut UnitOfWork| work.update(Ref::<Node>::from(404), patch());
        fails(conn, &there, &by_key, missing);
        fails(conn, &there, &|work| work.delete(&gone), missing);
        let twice = |work: &mut UnitOfWork| {
            let node = work.insert(new_node("twice"));
            work.delete(node);
            work.delete(node);
        };
        fails(conn, &there, &twice, "NotFound");
    });
}

#[test]
fn a_pending_row_of_another_unit_is_an_error() {
    on_units(|conn| {
        let there = stored(conn);
        let mut other = UnitOfWork::new();
        let person = other.insert(NewPerson { name: "Bo".into() });
        let node = other.insert(new_node("other"));
        let badge = other.insert(new_badge((&there.profile).into(), 9));
        let profile: Pending<Profile> = other.insert(NewProfile {
            person_id: person.into(),
            text: String::new(),
        });
        // Another entity's pending row of the same place is one of another unit, too.
        let text = String::new;
        let error = |entity: &str| format!("Pending {{ entity: {entity:?} }}");
        let insert = |work: &mut UnitOfWork| {
            work.insert(NewProfile {
                person_id: person.into(),
                text: text(),
            });
        };
        fails(conn, &there, &insert, &error("Person"));
        let insert = |work: &mut UnitOfWork| {
            work.insert(models::NewNode {
                parent_id: Some(node.into()),
                ..new_node("child")
            });
        };
        fails(conn, &there, &insert, &error("Node"));
        let update = |work: &mut UnitOfWork| work.update(badge, number(1));
        fails(conn, &there, &update, &error("Badge"));
        fails(conn, &there, &|work| work.delete(node), &error("Node"));
        let link = |work: &mut UnitOfWork| work.link(profile::BADGES, profile, [&there.badges[1]]);
        fails(conn, &there, &link, &error("Profile"));
        let link = |work: &mut UnitOfWork| work.link(profile::BADGES, &there.profile, [badge]);
        fails(conn, &there, &link, &error("Badge"));
        let set = |work: &mut UnitOfWork| work.set(person::PROFILE, &there.person, profile);
        fails(conn, &there, &set, &error("Profile"));
        let set = |work: &mut UnitOfWork| work.set(profile::PERSON, profile, &there.person);
        fails(conn, &there, &set, &error("Profile"));

        // Nor has it a key once its own unit has been committed: that is in `Committed`.
        other.commit(conn).unwrap();
        let mut work = UnitOfWork::new();
        work.update(badge, number(1));
        let refused = work.commit(conn);
        assert!(
            matches!(refused, Err(Error::Pending { entity: "Badge" })),
            "{refused:?}"
        );
    });
}

#[test]
fn a_pending_row_outside_units_is_an_error() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        let person = work.insert(NewPerson { name: "Ada".into() });
        let profile: Pending<Profile> = work.insert(NewProfile {
            person_id: person.into(),
            text: String::new(),
        });
        let new = || new_badge(profile.into(), 1);
        let refused = Badge::insert(conn, new());
        assert!(
            matches!(refused, Err(Error::Pending { entity: "Profile" })),
            "{refused:?}"
        );
        let refused = Badge::upsert_by_number(conn, new());
        assert!(
            matches!(refused, Err(Error::Pending { entity: "Profile" })),
            "{refused:?}"
        );
        let there = stored(conn);
        let known = |number| new_badge((&there.profile).into(), number);
        for place in [100, 101, 120] {
            let many = (100..140).map(|n| if n == place { new() } else { known(n) });
            let refused = Badge::insert_many(conn, many);
            assert!(
                matches!(refused, Err(Error::Pending { entity: "Profile" })),
                "{refused:?}"
            );
        }
        let error = refused.unwrap_err();
        assert_eq!(
            error.to_string(),
            "a pending Profile has no key outside its unit of work"
        );
        assert!(std::error::Error::source(&error).is_none());
        assert_eq!(Badge::query().count(conn).unwrap(), 2);
    });
}

#[test]
fn circles_fail_as_a_whole() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        let reds = work.insert(new_team("Reds"));
        let players = ["a", "b", "a"].map(|name| {
            work.insert(NewPlayer {
                name: name.into(),
                team_id: reds.into(),
            })
        });
        work.set(team::CAPTAIN, reds, players[0]);
        let refused = work.commit(conn);
        assert!(
            matches!(refused, Err(Error::UniqueViolation { .. })),
            "{refused:?}"
        );
        assert_eq!(rows(conn), 0);
        // A place that is taken by two in one unit: the last one has it.
        let mut work = UnitOfWork::new();
        let teams = ["Reds", "Blues"].map(|name| work.insert(new_team(name)));
        let captain = work.insert(NewPlayer {
            name: "a".into(),
            team_id: teams[0].into(),
        });
        work.set(player::LEADS, captain, teams[0]);
        work.set(player::LEADS, captain, teams[1]);
        let done = work.commit(conn).unwrap();
        let leads = teams.map(|team| Team::get(conn, done.key(team)).unwrap().captain_id);
        assert_eq!(leads, [None, Some(done.key(captain))]);
    });
}

#[test]
fn a_failed_unit_leaves_no_trace_in_the_next() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        work.link(country::CITIES, 404, [1]);
        work.commit(conn).unwrap_err();
        let there = stored(conn);
        let mut work = UnitOfWork::new();
        let new: Pending<Badge> = work.insert(NewBadge {
            profile_id: (&there.profile).into(),
            number: 3,
        });
        let done = work.commit(conn).unwrap();
        assert_eq!(Badge::get(conn, done.key(new)).unwrap().number, 3);
    });
}

#[test]
fn a_value_that_no_column_holds_is_told_by_the_commit() {
    crate::on_corners(|conn| {
        let fits = RealKey { x: 1.5 };
        let told = |wrong: &str, calls: [&dyn Fn(&mut corners::UnitOfWork); 4]| {
            for call in calls {
                let mut work = corners::UnitOfWork::new();
                work.insert_row(&fits);
                call(&mut work);
                match work.commit(conn) {
                    Err(corners::Error::Encode { column, .. }) => assert_eq!(column, wrong),
                    other => panic!("{other:?}"),
                }
                assert_eq!(RealKey::query().count(conn).unwrap(), 0);
            }
        };
        let day = chrono::NaiveDate::MAX;
        let wrong = DayKey { day };
        told(
            "day",
            [
                &|work| {
                    work.insert(NewDayKey { day });
                },
                &|work| {
                    work.insert_row(&wrong);
                },
                &|work| work.update(&wrong, corners::DayKeyPatch::default()),
                &|work| work.delete(&wrong),
            ],
        );
        if db::HOLDS_NAN {
            return;
        }
        let wrong = RealKey { x: f64::NAN };
        told(
            "x",
            [
                &|work| {
                    work.insert(NewRealKey { x: f64::NAN });
                },
                &|work| {
                    work.insert_row(&wrong);
                },
                &|work| work.update(&wrong, corners::RealKeyPatch::default()),
                &|work| work.delete(&wrong),
            ],
        );
    });
}
