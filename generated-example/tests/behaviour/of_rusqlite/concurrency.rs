//! Two writers on one file: each call succeeds or is busy, and no link is lost or doubled.

use std::time::Duration;

use rusqlite::Connection;

use crate::school::{self, Course, Error, Student};
use crate::{course, number, student};

const CALLS: usize = 300;

/// Counts the calls that were busy; any other error fails the test.
fn done<T>(result: Result<T, Error>, busy: &mut usize) {
    match result {
        Ok(_) => {}
        Err(Error::Busy { source }) => {
            let code = source.sqlite_error().map(|error| error.extended_code);
            assert_ne!(
                code,
                Some(rusqlite::ffi::SQLITE_BUSY_SNAPSHOT),
                "a deferred transaction"
            );
            *busy += 1;
        }
        Err(other) => panic!("{other:?}"),
    }
}

/// Writes from two connections at once; `patience` is the busy timeout. Gives the number of busy calls.
fn write(patience: Duration) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("school.db");
    let open = || {
        let conn = Connection::open(&path).unwrap();
        school::configure(&conn).unwrap();
        conn.busy_timeout(patience).unwrap();
        // The disk itself is not what is tested.
        conn.pragma_update(None, "synchronous", "OFF").unwrap();
        conn
    };
    let conn = open();
    school::create_tables(&conn).unwrap();
    let (alice, bob) = (student(&conn, "Alice"), student(&conn, "Bob"));
    let courses: Vec<Course> = (0..6).map(|n| course(&conn, &n.to_string())).collect();
    let sets = [&courses[..3], &courses[2..]];
    let conns = [open(), open()];
    let start = std::sync::Barrier::new(conns.len());
    let busy: usize = std::thread::scope(|scope| {
        let threads = conns.into_iter().zip(sets).map(|(conn, set)| {
            let (start, alice, bob, courses) = (&start, &alice, &bob, &courses);
            scope.spawn(move || {
                start.wait();
                work(&conn, alice, bob, courses, set)
            })
        });
        let threads: Vec<_> = threads.collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum()
    });
    let last = alice.courses().all(&conn).unwrap();
    assert!(
        last.is_empty() || sets.contains(&&last[..]),
        "neither of the sets: {last:?}"
    );
    assert_eq!(
        number(&conn, "SELECT count(*) FROM student_course"),
        number(
            &conn,
            "SELECT count(*) FROM (SELECT DISTINCT student_id, course_id FROM student_course)"
        ),
    );
    assert_eq!(
        number(&conn, "SELECT count(*) FROM pragma_foreign_key_check"),
        0
    );
    assert_eq!(Course::query().count(&conn).unwrap(), 6);
    busy
}

fn work(
    conn: &Connection,
    alice: &Student,
    bob: &Student,
    courses: &[Course],
    set: &[Course],
) -> usize {
    let mut busy = 0;
    for call in 0..CALLS {
        done(alice.courses().set(conn, set), &mut busy);
        done(
            bob.courses().add(conn, &courses[call % courses.len()]),
            &mut busy,
        );
        done(
            courses[call % courses.len()].students().remove(conn, bob),
            &mut busy,
        );
        // A transaction that reads before it writes fails at once under other writers, unless it begins as a writer.
        let both = school::support::transaction(conn, || {
            bob.courses().count(conn)?;
            bob.courses().add(conn, &courses[call % courses.len()])
        });
        done(both, &mut busy);
        // What a reader sees is one of the sets, whole.
        let seen = alice.courses().count(conn).unwrap();
        assert!([0, 3, 4].contains(&seen), "half of a set: {seen}");
    }
    busy
}

#[test]
fn patient_writers_all_succeed() {
    assert_eq!(write(Duration::from_secs(60)), 0);
}

#[test]
fn impatient_writers_are_busy_at_worst() {
    // Without patience they meet; a machine that runs them one after the other gets more chances.
    let met = (0..20).any(|_| write(Duration::ZERO) > 0);
    assert!(met, "two writers were never in each other's way");
}
