//! A database that may not grow: a call that needs more room gives the driver's error and has changed nothing, and goes through
//! when there is room.

use crate::db::{self, Connection};

use crate::school::{self, Course, Student};
use crate::unit::models::{self, NewPerson, NewProfile, Node, Person, Profile, UnitOfWork};
use crate::unit::{new_node, rows};
use crate::{course, student};

/// Lets the database have so many more pages than it has; `None` for as many as it likes.
fn room(conn: &Connection, more: Option<i64>) {
    let pages = match more {
        Some(more) => db::number(conn, "PRAGMA page_count") + more,
        None => 1_000_000,
    };
    // It tells what it is now.
    db::number(conn, &format!("PRAGMA max_page_count = {pages}"));
}

/// Runs `call` with more and more room until it goes through; before that it fails and changes nothing. `state` tells what
/// there is.
fn sweep<S: PartialEq + std::fmt::Debug>(
    conn: &Connection,
    state: impl Fn() -> S,
    call: impl Fn() -> Result<(), String>,
) {
    let before = state();
    let mut failed = 0;
    for more in 0.. {
        room(conn, Some(more));
        let result = call();
        room(conn, None);
        assert!(!db::in_transaction(conn), "{more} pages");
        let intact = db::texts(conn, "PRAGMA integrity_check");
        assert_eq!(intact, ["ok"], "{more} pages");
        match result {
            Ok(()) => break,
            Err(error) => {
                assert!(error.starts_with("Database("), "{more} pages: {error}");
                assert_eq!(state(), before, "{more} pages");
                failed += 1;
            }
        }
    }
    assert!(failed > 2, "only {failed} calls failed");
    assert_ne!(state(), before);
}

/// The error in words that begin with its variant.
fn told<T, E: std::fmt::Debug>(result: Result<T, E>) -> Result<(), String> {
    result.map(drop).map_err(|error| format!("{error:?}"))
}

fn on_units(test: impl FnOnce(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    db::on_one(open, test);
}

fn long(number: usize) -> String {
    format!("{number} {}", "x".repeat(500))
}

#[test]
fn many_rows_are_all_there_or_none() {
    on_units(|conn| {
        Person::insert(conn, NewPerson { name: "Ada".into() }).unwrap();
        sweep(
            conn,
            || rows(conn),
            || {
                told(Person::insert_many(
                    conn,
                    (0..100).map(|n| NewPerson { name: long(n) }),
                ))
            },
        );
        assert_eq!(rows(conn), 101);
    });
}

#[test]
fn a_unit_of_work_is_there_as_a_whole_or_not_at_all() {
    on_units(|conn| {
        let ada = Person::insert(conn, NewPerson { name: "Ada".into() }).unwrap();
        let node = Node::insert(conn, new_node("old")).unwrap();
        let unit = || {
            let mut work = UnitOfWork::new();
            work.delete(&node);
            for number in 0..60 {
                let person = work.insert(NewPerson { name: long(number) });
                work.insert(NewProfile {
                    person_id: person.into(),
                    text: long(number),
                });
            }
            work.update(
                &ada,
                models::PersonPatch {
                    name: Some("Eve".into()),
                },
            );
            work
        };
        let state = || {
            let names = Node::query().all(conn).unwrap();
            (
                rows(conn),
                names.len(),
                Person::get(conn, ada.id).unwrap().name,
            )
        };
        sweep(conn, state, || told(unit().commit(conn)));
        assert_eq!(Profile::query().count(conn).unwrap(), 60);
    });
}

#[test]
fn links_that_are_set_are_the_old_ones_or_the_new_ones() {
    let open = |conn: &Connection| {
        school::configure(conn).unwrap();
        school::create_tables(conn).unwrap();
    };
    db::on_one(open, |conn| {
        let alice = student(conn, "Alice");
        let courses: Vec<Course> = (0..1_500).map(|n| course(conn, &n.to_string())).collect();
        alice.courses().set(conn, &courses[..3]).unwrap();
        let state = || {
            Student::get(conn, alice.id)
                .unwrap()
                .courses()
                .count(conn)
                .unwrap()
        };
        sweep(conn, state, || {
            told(alice.courses().set(conn, &courses[2..]))
        });
        assert_eq!(alice.courses().count(conn).unwrap(), 1_498);
    });
}

/// Where there is no room SQLite undoes a statement or, if it must, the transaction. A closure that goes on as if nothing had been
/// is told whether what it did before is stored.
#[test]
fn a_closure_that_swallows_the_error_is_told_the_truth() {
    on_units(|conn| {
        for more in 0..12 {
            room(conn, Some(more));
            let result = models::support::transaction(conn, || {
                Node::insert(conn, new_node(&format!("before {more}")))?;
                let many = (0..100).map(|n| NewPerson { name: long(n) });
                let full = Person::insert_many(conn, many);
                assert!(matches!(full, Err(models::Error::Database(_))), "{full:?}");
                Ok(())
            });
            room(conn, None);
            assert!(!db::in_transaction(conn));
            assert_eq!(rows(conn), i64::from(result.is_ok()), "{result:?}");
            Node::query().delete(conn).unwrap();
        }
        let many = (0..100).map(|n| NewPerson { name: long(n) });
        Person::insert_many(conn, many).unwrap();
        assert_eq!(rows(conn), 100);
    });
}
