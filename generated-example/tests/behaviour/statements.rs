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

fn ok<T>(result: Result<T, impl std::fmt::Debug>) {
    result.unwrap();
}

#[test]
fn calls_of_many_to_many() {
    on_school(|conn| {
        let (alice, math) = (student(conn, "Alice"), course(conn, "Math"));
        let courses = || alice.courses();
        let is = |expected: &[&str], call: &dyn Fn()| assert_eq!(run(conn, call), expected);
        is(&["INSERT"], &|| ok(courses().add(conn, &math)));
        is(&["INSERT"], &|| ok(courses().add(conn, &math)));
        is(&["INSERT"], &|| ok(courses().add_all(conn, [&math; 3])));
        is(&["SELECT"], &|| ok(courses().all(conn)));
        is(&["SELECT"], &|| ok(courses().count(conn)));
        is(&["SELECT"], &|| ok(courses().contains(conn, &math)));
        is(&["SELECT"], &|| ok(courses().query().first(conn)));
        is(&["BEGIN", "DELETE", "INSERT", "COMMIT"], &|| {
            ok(courses().set(conn, [&math]));
        });
        is(&["DELETE"], &|| ok(courses().remove(conn, &math)));
        is(&["DELETE"], &|| ok(courses().clear(conn)));
        is(&[], &|| drop(courses().query()));
        let outer = conn.unchecked_transaction().unwrap();
        is(&["SAVEPOINT", "DELETE", "INSERT", "RELEASE"], &|| {
            ok(courses().set(conn, [&math]));
        });
        outer.commit().unwrap();
        is(&["SELECT"], &|| {
            ok(crate::school::Student::get(conn, alice.id));
        });
        is(&["UPDATE"], &|| ok(alice.save(conn)));
        is(&["INSERT"], &|| drop(student(conn, "Bob")));
    });
}

#[test]
fn calls_over_foreign_keys() {
    on_library(|conn| {
        let (north, one) = (branch(conn, "N"), item(conn, &book(conn, "1"), 1));
        let (ann, card) = (reader(conn, "Ann"), card(conn, "c"));
        let is = |expected: &[&str], call: &dyn Fn()| assert_eq!(run(conn, call), expected);
        is(&["UPDATE"], &|| ok(north.items().add(conn, &one)));
        is(&["UPDATE", "SELECT"], &|| ok(north.items().add(conn, &one)));
        let all = ["BEGIN", "UPDATE", "SELECT", "COMMIT"];
        is(&all, &|| ok(north.items().add_all(conn, [&one])));
        let set = ["BEGIN", "UPDATE", "UPDATE", "SELECT", "COMMIT"];
        is(&set, &|| north.items().set(conn, [&one]).unwrap());
        is(&["UPDATE"], &|| ok(north.items().clear(conn)));
        is(&["UPDATE"], &|| ok(one.branch().set(conn, Some(&north))));
        is(&["SELECT"], &|| ok(one.book().get(conn)));
        let take = ["BEGIN", "UPDATE", "UPDATE", "COMMIT"];
        is(&take, &|| ok(ann.card().set(conn, Some(&card))));
        is(&take, &|| ok(card.reader().set(conn, Some(&ann))));
        is(&["UPDATE"], &|| ok(ann.card().set(conn, None)));
    });
}
