//! A database that may not grow: a call that needs more room gives the driver's error and has changed nothing.

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

/// Whether a transaction is open. SQLite may end one behind the back of the driver, so that it is the one to ask.
fn is_open(conn: &Connection) -> bool {
    let began = db::execute(conn, "BEGIN").is_ok();
    if began {
        db::execute(conn, "ROLLBACK").unwrap();
    }
    !began
}

/// Runs `call` with more and more room, each time on a connection of its own that `open` prepares, until it goes through; before
/// that it fails and changes nothing of the `state`.
fn sweep<S: PartialEq + std::fmt::Debug>(
    open: impl Fn(&Connection),
    state: impl Fn(&Connection) -> S,
    call: impl Fn(&Connection) -> Result<(), String>,
) {
    let mut failed = 0;
    for more in 0.. {
        let conn = &db::open();
        open(conn);
        let before = state(conn);
        room(conn, Some(more));
        let result = call(conn);
        assert!(!is_open(conn), "{more} pages: {result:?}");
        room(conn, None);
        let intact = db::texts(conn, "PRAGMA integrity_check");
        assert_eq!(intact, ["ok"], "{more} pages");
        assert_eq!(db::broken(conn), 0, "{more} pages");
        let Err(error) = result else {
            assert_ne!(state(conn), before);
            break;
        };
        assert!(error.starts_with("Database("), "{more} pages: {error}");
        assert_eq!(state(conn), before, "{more} pages");
        failed += 1;
    }
    assert!(failed > 2, "only {failed} calls failed");
}

/// The error in words that begin with its variant.
fn told<T, E: std::fmt::Debug>(result: Result<T, E>) -> Result<(), String> {
    result.map(drop).map_err(|error| format!("{error:?}"))
}

fn long(number: usize) -> String {
    format!("{number} {}", "x".repeat(500))
}

fn open_units(conn: &Connection) {
    models::configure(conn).unwrap();
    models::create_tables(conn).unwrap();
    Person::insert(conn, NewPerson { name: "Ada".into() }).unwrap();
    Node::insert(conn, new_node("old")).unwrap();
}

#[test]
fn many_rows_are_all_there_or_none() {
    sweep(open_units, rows, |conn| {
        let many = (0..100).map(|n| NewPerson { name: long(n) });
        told(Person::insert_many(conn, many))
    });
}

#[test]
fn a_unit_of_work_is_there_as_a_whole_or_not_at_all() {
    let state = |conn: &Connection| {
        let people = Person::query().first(conn).unwrap().unwrap();
        let nodes = Node::query().count(conn).unwrap();
        (people.name, nodes, Profile::query().count(conn).unwrap())
    };
    sweep(open_units, state, |conn| {
        let ada = Person::query().first(conn).unwrap().unwrap();
        let node = Node::query().first(conn).unwrap().unwrap();
        let mut work = UnitOfWork::new();
        work.delete(&node);
        for number in 0..60 {
            let person = work.insert(NewPerson { name: long(number) });
            work.insert(NewProfile {
                person_id: person.into(),
                text: long(number),
            });
        }
        let name = Some("Eve".into());
        work.update(&ada, models::PersonPatch { name });
        told(work.commit(conn))
    });
}

#[test]
fn links_that_are_set_are_the_old_ones_or_the_new_ones() {
    let open = |conn: &Connection| {
        school::configure(conn).unwrap();
        school::create_tables(conn).unwrap();
        let alice = student(conn, "Alice");
        let courses: Vec<Course> = (0..600).map(|n| course(conn, &n.to_string())).collect();
        alice.courses().set(conn, &courses[..3]).unwrap();
    };
    let alice = |conn: &Connection| Student::query().one(conn).unwrap();
    sweep(
        open,
        |conn| alice(conn).courses().count(conn).unwrap(),
        |conn| {
            let courses = Course::query().all(conn).unwrap();
            told(alice(conn).courses().set(conn, &courses[2..]))
        },
    );
}

/// SQLite undoes a statement for which there is no room or, if it must, the transaction. A closure that goes on as if nothing had
/// been is told whether what it did before is stored.
#[test]
fn a_closure_that_swallows_the_error_is_told_the_truth() {
    for more in 0..12 {
        let conn = &db::open();
        open_units(conn);
        room(conn, Some(more));
        let result = models::support::transaction(conn, || {
            Node::insert(conn, new_node(&format!("before {more}")))?;
            let many = (0..100).map(|n| NewPerson { name: long(n) });
            let full = Person::insert_many(conn, many);
            assert!(matches!(full, Err(models::Error::Database(_))), "{full:?}");
            Ok(())
        });
        room(conn, None);
        assert!(!is_open(conn));
        assert_eq!(rows(conn), 2 + i64::from(result.is_ok()), "{result:?}");
    }
}
