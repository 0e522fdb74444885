//! How many statements the commit of a unit of work is.

use std::cell::RefCell;

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::unit::models::{NewNode, NewPerson, NewProfile, UnitOfWork};
use crate::unit::on_units;
use crate::versions::{models as versions, old_document, on_versions, titled};
use crate::{course, on_school, school, student};

thread_local! {
    static RUN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The statements that `call` runs, each by its first words: `INSERT INTO "people"`.
fn run(conn: &Connection, call: impl FnOnce()) -> Vec<String> {
    RUN.take();
    let record = |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(_, sql) = event {
            let words: Vec<&str> = sql.split_whitespace().take(3).collect();
            RUN.with_borrow_mut(|run| run.push(words.join(" ")));
        }
    };
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(record));
    call();
    conn.trace_v2(TraceEventCodes::empty(), None);
    RUN.take()
}

fn count(run: &[String], statement: &str) -> usize {
    run.iter().filter(|text| *text == statement).count()
}

#[test]
fn rows_of_one_entity_share_statements_however_the_calls_are_mixed() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        for n in 0..66 {
            let person = work.insert(NewPerson {
                name: n.to_string(),
            });
            work.insert(NewProfile {
                person_id: person.into(),
                text: String::new(),
            });
        }
        let run = run(conn, || drop(work.commit(conn).unwrap()));
        // The first two tell whether the database counts, and the others come by sixteen.
        assert_eq!(count(&run, r#"INSERT INTO "people""#), 2 + 4);
        assert_eq!(count(&run, r#"INSERT INTO "profiles""#), 66);
        assert_eq!(run.len(), 2 + 6 + 66);
    });
}

#[test]
fn rows_that_may_refer_to_each_other_go_one_by_one() {
    on_units(|conn| {
        let mut work = UnitOfWork::new();
        let mut parent_id = None;
        for n in 0..40 {
            let name = n.to_string();
            parent_id = Some(work.insert(NewNode { name, parent_id }).into());
        }
        let run = run(conn, || drop(work.commit(conn).unwrap()));
        assert_eq!(count(&run, r#"INSERT INTO "nodes""#), 40);
        assert_eq!(run.len(), 42);
    });
}

#[test]
fn changes_are_a_statement_each() {
    on_school(|conn| {
        let (alice, math) = (student(conn, "Alice"), course(conn, "Math"));
        let mut work = school::UnitOfWork::new();
        work.link(school::student::COURSES, &alice, [&math, &math]);
        let name = Some("Al".into());
        work.update(&alice, school::StudentPatch { name });
        let run = run(conn, || drop(work.commit(conn).unwrap()));
        let expected = [
            "BEGIN IMMEDIATE",
            r#"INSERT INTO "student_course""#,
            r#"INSERT INTO "student_course""#,
            r#"UPDATE "students" SET"#,
            "COMMIT",
        ];
        assert_eq!(run, expected);
    });
}

#[test]
fn a_version_is_checked_by_its_change_or_before_the_first_of_several() {
    on_versions(|conn| {
        let document = old_document(conn, "one");
        let mut work = versions::UnitOfWork::new();
        work.update(&document, titled("two"));
        let one = run(conn, || drop(work.commit(conn).unwrap()));
        let update = r#"UPDATE "documents" SET"#;
        assert_eq!(one, ["BEGIN IMMEDIATE", update, "COMMIT"]);
        let document = versions::Document::get(conn, document.id).unwrap();
        let mut work = versions::UnitOfWork::new();
        work.update(&document, titled("three"));
        work.update(
            versions::Ref::<versions::Document>::from(document.id),
            titled("four"),
        );
        let two = run(conn, || drop(work.commit(conn).unwrap()));
        let select = r#"SELECT "id", "title","#;
        assert_eq!(two, ["BEGIN IMMEDIATE", select, update, update, "COMMIT"]);
    });
}
