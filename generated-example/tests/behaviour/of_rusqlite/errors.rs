//! Errors of other writers, which are in the way or were faster.

use crate::school;

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
