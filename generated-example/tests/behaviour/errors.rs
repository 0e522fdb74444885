//! Every error, told from the others, with what the database says of it.

use crate::lib::{BookPatch, Error, NewEvent};
use crate::{book, branch, on_library, on_school, reader, school};

#[test]
fn violations_name_what_is_violated() {
    on_library(|conn| {
        let one = book(conn, "1");
        match one.update(
            conn,
            BookPatch {
                pages: Some(0),
                ..BookPatch::default()
            },
        ) {
            Err(Error::CheckViolation {
                constraint: Some(name),
                ..
            }) => assert!(name.contains("pages"), "{name}"),
            other => panic!("{other:?}"),
        }
        let long = crate::new_book("12345678901234", "too long");
        assert!(matches!(
            crate::lib::Book::insert(conn, long),
            Err(Error::CheckViolation { .. })
        ));
        let north = branch(conn, "N");
        let event = || NewEvent {
            title: "Concert".into(),
            starts: chrono::NaiveDateTime::default(),
            branch_code: (&north).into(),
            public: None,
        };
        crate::lib::Event::insert(conn, event()).unwrap();
        match crate::lib::Event::insert(conn, event()) {
            Err(Error::UniqueViolation { columns, .. }) => {
                assert_eq!(columns, ["events.branch_code", "events.starts"]);
            }
            other => panic!("{other:?}"),
        }
        let refused = north.delete(conn);
        assert!(
            matches!(refused, Err(Error::ForeignKeyViolation { .. })),
            "{refused:?}"
        );
        let null = conn
            .execute("INSERT INTO authors (name) VALUES (NULL)", [])
            .map_err(Error::from);
        match null {
            Err(Error::NotNullViolation { column, .. }) => {
                assert_eq!(column.as_deref(), Some("authors.name"));
            }
            other => panic!("{other:?}"),
        }
        let other = conn.execute("SELECT nonsense", []).map_err(Error::from);
        assert!(matches!(other, Err(Error::Database(_))));
    });
}

#[test]
fn a_stored_value_that_does_not_fit_is_a_decode_error() {
    on_library(|conn| {
        let ann = reader(conn, "Ann");
        conn.execute_batch(
            "PRAGMA ignore_check_constraints = on; UPDATE readers SET joined = 'yesterday'",
        )
        .unwrap();
        match crate::lib::Reader::get(conn, ann.id) {
            Err(
                error @ Error::Decode {
                    entity: "Reader",
                    column: "joined",
                    ..
                },
            ) => {
                assert!(std::error::Error::source(&error).is_some());
            }
            other => panic!("{other:?}"),
        }
        match crate::lib::Reader::query().all(conn) {
            Err(Error::Decode { .. }) => {}
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn another_writer_is_busy_in_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("busy.db");
    let conn = rusqlite::Connection::open(&path).unwrap();
    school::configure(&conn).unwrap();
    school::create_tables(&conn).unwrap();
    let (alice, math) = (crate::student(&conn, "Alice"), crate::course(&conn, "Math"));
    let other = rusqlite::Connection::open(&path).unwrap();
    school::configure(&other).unwrap();
    other
        .busy_timeout(std::time::Duration::from_millis(10))
        .unwrap();
    conn.execute_batch("BEGIN IMMEDIATE").unwrap();
    let results = [
        alice.courses().add(&other, &math).map(|_| ()),
        alice.courses().set(&other, [&math]),
        alice.clone().delete(&other),
    ];
    for result in results {
        assert!(
            matches!(result, Err(school::Error::Busy { .. })),
            "{result:?}"
        );
    }
    assert_eq!(
        alice.courses().all(&other).unwrap(),
        [],
        "readers are not in the way"
    );
    conn.execute_batch("COMMIT").unwrap();
    alice.courses().set(&other, [&math]).unwrap();
}

fn is_sendable<T: Send + Sync + 'static>(_: &T) {}

#[test]
fn errors_read_well() {
    on_school(|conn| {
        let gone = school::Student::get(conn, 7).unwrap_err();
        assert_eq!(gone.to_string(), "no Student with key 7");
        let student = crate::student(conn, "Ann");
        let twice = school::Student::insert_row(conn, &student).unwrap_err();
        assert_eq!(twice.to_string(), "a row with the same students.id exists");
        assert!(std::error::Error::source(&twice).is_some());
        is_sendable(&twice);
    });
}

/// A call that writes.
type Call<'c> = dyn Fn(&rusqlite::Connection) -> Result<(), school::Error> + 'c;

/// A deferred transaction has read, and another connection has written since: it cannot be made a writer any more.
#[test]
fn a_transaction_that_another_one_has_overtaken_is_a_conflict() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("conflict.db");
    let open = || {
        let conn = rusqlite::Connection::open(&path).unwrap();
        school::configure(&conn).unwrap();
        conn
    };
    let (conn, other) = (open(), open());
    school::create_tables(&conn).unwrap();
    let (alice, math) = (crate::student(&conn, "Alice"), crate::course(&conn, "Math"));
    let calls: [&Call; 6] = [
        &|conn| alice.courses().add(conn, &math).map(drop),
        &|conn| alice.courses().set(conn, [&math]),
        &|conn| alice.save(conn).map(drop),
        &|conn| {
            let new = ["a", "b"].map(|name| school::NewStudent { name: name.into() });
            school::Student::insert_many(conn, new).map(drop)
        },
        &|conn| {
            let mut work = school::UnitOfWork::new();
            work.link(school::student::COURSES, &alice, [&math]);
            work.commit(conn).map(drop)
        },
        &|conn| {
            let deleted = school::Student::query().delete(conn);
            deleted.map(drop)
        },
    ];
    for call in calls {
        let outer = conn.unchecked_transaction().unwrap();
        let seen = school::Course::query().count(&outer).unwrap();
        crate::course(&other, "Art");
        let error = call(&outer).unwrap_err();
        assert!(matches!(error, school::Error::Conflict { .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            "another transaction has written since this one began"
        );
        assert!(std::error::Error::source(&error).is_some());
        // The transaction is still the caller's, and still sees what it saw.
        assert_eq!(school::Course::query().count(&outer).unwrap(), seen);
        outer.rollback().unwrap();
        assert_eq!(school::Course::query().count(&conn).unwrap(), seen + 1);
    }
    // Try again as a whole, as a writer from the start.
    let tried = school::support::transaction(&conn, || {
        school::Course::query().count(&conn)?;
        alice.courses().add(&conn, &math)
    });
    assert!(tried.unwrap());
}
