//! A disk without room under the database, in both ways to keep a journal: a call that needs room gives the driver's error and
//! has changed nothing, the database is intact, and the call goes through when there is room.

use rusqlite::Connection;

#[path = "../../../../tests/faults/mount.rs"]
#[allow(dead_code, reason = "what is asked of a disk elsewhere")]
mod mount;

use crate::unit::models::{self, Error, NewPerson, NewProfile, Person, UnitOfWork};
use crate::unit::rows;
use crate::{number, student};
use mount::Disk;

fn long(number: usize) -> String {
    format!("{number} {}", "x".repeat(500))
}

/// Calls `call` on a disk with more and more room.
fn sweep(journal: &str, call: impl Fn(&Connection) -> Result<(), Error>) {
    let mut failed = 0;
    for pages in (0..).step_by(2) {
        let disk = Disk::new(600);
        let conn = Connection::open(disk.path().join("test.db")).unwrap();
        models::configure(&conn).unwrap();
        conn.pragma_update(None, "journal_mode", journal).unwrap();
        models::create_tables(&conn).unwrap();
        Person::insert(&conn, NewPerson { name: "Ada".into() }).unwrap();
        let filler = disk.fill_but(pages);
        let result = call(&conn);
        assert!(conn.is_autocommit(), "{pages} pages");
        // Another connection, which reads what is on the disk, agrees.
        drop(filler);
        let other = Connection::open(disk.path().join("test.db")).unwrap();
        for (which, conn) in [&conn, &other].into_iter().enumerate() {
            let intact = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0));
            let intact: Result<String, _> = intact;
            assert_eq!(
                intact.as_deref(),
                Ok("ok"),
                "{journal}, {pages} pages, {which}: {result:?}"
            );
        }
        drop(other);
        match result {
            Ok(()) => break,
            Err(Error::Database(source)) => {
                let code = source.sqlite_error_code();
                let full = [
                    rusqlite::ErrorCode::DiskFull,
                    rusqlite::ErrorCode::SystemIoFailure,
                    rusqlite::ErrorCode::CannotOpen,
                ];
                assert!(code.is_some_and(|code| full.contains(&code)), "{source:?}");
                assert_eq!(rows(&conn), 1, "{pages} pages");
                failed += 1;
            }
            Err(other) => panic!("{pages} pages: {other:?}"),
        }
        call(&conn).unwrap();
        assert!(rows(&conn) > 1);
    }
    assert!(failed > 5, "only {failed} calls failed");
}

const JOURNALS: [&str; 2] = ["wal", "delete"];

#[test]
#[ignore = "needs to mount a disk"]
fn many_rows_are_all_there_or_none_on_a_full_disk() {
    for journal in JOURNALS {
        sweep(journal, |conn| {
            let many = (0..100).map(|n| NewPerson { name: long(n) });
            Person::insert_many(conn, many).map(drop)
        });
    }
}

#[test]
#[ignore = "needs to mount a disk"]
fn a_unit_of_work_is_there_as_a_whole_or_not_at_all_on_a_full_disk() {
    for journal in JOURNALS {
        sweep(journal, |conn| {
            let mut work = UnitOfWork::new();
            for n in 0..60 {
                let person = work.insert(NewPerson { name: long(n) });
                work.insert(NewProfile {
                    person_id: person.into(),
                    text: long(n),
                });
            }
            work.commit(conn).map(drop)
        });
    }
}

#[test]
#[ignore = "needs to mount a disk"]
fn links_that_are_set_are_the_old_ones_or_the_new_ones_on_a_full_disk() {
    use crate::school;
    for journal in JOURNALS {
        let mut failed = 0;
        for pages in 0.. {
            let disk = Disk::new(600);
            let conn = Connection::open(disk.path().join("test.db")).unwrap();
            school::configure(&conn).unwrap();
            conn.pragma_update(None, "journal_mode", journal).unwrap();
            school::create_tables(&conn).unwrap();
            let alice = student(&conn, "Alice");
            let courses = (0..1_500).map(|n| school::NewCourse {
                title: n.to_string(),
            });
            school::Course::insert_many(&conn, courses).unwrap();
            let courses = school::Course::query().all(&conn).unwrap();
            alice.courses().set(&conn, &courses[..3]).unwrap();
            let filler = disk.fill_but(pages);
            let result = alice.courses().set(&conn, &courses[2..]);
            drop(filler);
            assert!(conn.is_autocommit());
            let links = number(&conn, "SELECT count(*) FROM student_course");
            match result {
                Ok(()) => {
                    assert_eq!(links, 1_498);
                    break;
                }
                Err(error) => {
                    assert!(matches!(error, school::Error::Database(_)), "{error:?}");
                    assert_eq!(links, 3, "{pages} pages");
                    failed += 1;
                }
            }
            alice.courses().set(&conn, &courses[2..]).unwrap();
        }
        assert!(failed > 2, "{journal}: only {failed} calls failed");
    }
}
