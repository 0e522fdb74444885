//! How many statements a call is.

use std::cell::RefCell;

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::{book, branch, card, course, item, on_library, on_school, reader, student};

thread_local! {
    static RUN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The first words of the statements that `call` runs.
fn run(conn: &Connection, call: impl FnOnce()) -> Vec<String> {
    RUN.take();
    let record = |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(_, sql) = event {
            let word = sql.split_whitespace().next().unwrap_or_default().to_owned();
            RUN.with_borrow_mut(|run| run.push(word));
        }
    };
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(record));
    call();
    conn.trace_v2(TraceEventCodes::empty(), None);
    RUN.take()
}

#[test]
fn calls_of_many_to_many() {
    on_school(|conn| {
        let (alice, math) = (student(conn, "Alice"), course(conn, "Math"));
        let courses = || alice.courses();
        let is = |expected: &[&str], call: &dyn Fn()| assert_eq!(run(conn, call), expected);
        is(&["INSERT"], &|| drop(courses().add(conn, &math).unwrap()));
        is(&["INSERT"], &|| drop(courses().add(conn, &math).unwrap()));
        is(&["INSERT"], &|| {
            drop(courses().add_all(conn, [&math; 3]).unwrap())
        });
        is(&["SELECT"], &|| drop(courses().all(conn).unwrap()));
        is(&["SELECT"], &|| drop(courses().count(conn).unwrap()));
        is(&["SELECT"], &|| {
            drop(courses().contains(conn, &math).unwrap())
        });
        is(&["SELECT"], &|| {
            drop(courses().query().first(conn).unwrap())
        });
        is(&["BEGIN", "DELETE", "INSERT", "COMMIT"], &|| {
            courses().set(conn, [&math]).unwrap()
        });
        is(&["DELETE"], &|| {
            drop(courses().remove(conn, &math).unwrap())
        });
        is(&["DELETE"], &|| drop(courses().clear(conn).unwrap()));
        is(&[], &|| drop(courses().query()));
        let outer = conn.unchecked_transaction().unwrap();
        is(&["SAVEPOINT", "DELETE", "INSERT", "RELEASE"], &|| {
            courses().set(conn, [&math]).unwrap()
        });
        outer.commit().unwrap();
        is(&["SELECT"], &|| {
            drop(crate::school::Student::get(conn, alice.id).unwrap())
        });
        is(&["UPDATE"], &|| drop(alice.save(conn).unwrap()));
        is(&["INSERT"], &|| drop(student(conn, "Bob")));
    });
}

#[test]
fn calls_over_foreign_keys() {
    on_library(|conn| {
        let (north, one) = (branch(conn, "N"), item(conn, &book(conn, "1"), 1));
        let (ann, card) = (reader(conn, "Ann"), card(conn, "c"));
        let is = |expected: &[&str], call: &dyn Fn()| assert_eq!(run(conn, call), expected);
        is(&["UPDATE"], &|| {
            drop(north.items().add(conn, &one).unwrap())
        });
        is(&["UPDATE", "SELECT"], &|| {
            drop(north.items().add(conn, &one).unwrap())
        });
        let all = ["BEGIN", "UPDATE", "SELECT", "COMMIT"];
        is(&all, &|| drop(north.items().add_all(conn, [&one]).unwrap()));
        let set = ["BEGIN", "UPDATE", "UPDATE", "SELECT", "COMMIT"];
        is(&set, &|| north.items().set(conn, [&one]).unwrap());
        is(&["UPDATE"], &|| drop(north.items().clear(conn).unwrap()));
        is(&["UPDATE"], &|| {
            drop(one.branch().set(conn, Some(&north)).unwrap())
        });
        is(&["SELECT"], &|| drop(one.book().get(conn).unwrap()));
        let take = ["BEGIN", "UPDATE", "UPDATE", "COMMIT"];
        is(&take, &|| drop(ann.card().set(conn, Some(&card)).unwrap()));
        is(&take, &|| {
            drop(card.reader().set(conn, Some(&ann)).unwrap())
        });
        is(&["UPDATE"], &|| drop(ann.card().set(conn, None).unwrap()));
    });
}
