//! How many statements a call is.

use std::cell::RefCell;

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::{book, branch, card, course, item, lib, on_library, on_school, reader, student};

thread_local! {
    static RUN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// The texts of the statements that `call` runs.
pub fn trace(conn: &Connection, call: impl FnOnce()) -> Vec<String> {
    RUN.take();
    let record = |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(_, sql) = event {
            RUN.with_borrow_mut(|run| run.push(sql.to_owned()));
        }
    };
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(record));
    call();
    conn.trace_v2(TraceEventCodes::empty(), None);
    RUN.take()
}

/// The first words of the statements that `call` runs.
fn run(conn: &Connection, call: impl FnOnce()) -> Vec<String> {
    let first = |sql: String| sql.split_whitespace().next().unwrap_or_default().to_owned();
    trace(conn, call).into_iter().map(first).collect()
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

#[test]
fn calls_of_queries() {
    on_library(|conn| {
        let (north, one) = (branch(conn, "N"), book(conn, "1"));
        north.items().add(conn, &item(conn, &one, 1)).unwrap();
        let is = |expected: &str, call: &dyn Fn()| assert_eq!(run(conn, call), [expected]);
        let query = || {
            let lent = lib::item::LOANS
                .exists()
                .not()
                .and(lib::item::BOOK.any(lib::book::PAGES.in_([1, 100])));
            north
                .items()
                .query()
                .filter(lent)
                .order_by(lib::item::NUMBER.desc())
                .limit(9)
        };
        is("SELECT", &|| {
            assert_eq!(query().all(conn).unwrap().len(), 1);
        });
        is("SELECT", &|| ok(query().first(conn)));
        is("SELECT", &|| ok(query().one(conn)));
        is("SELECT", &|| assert_eq!(query().count(conn).unwrap(), 1));
        is("SELECT", &|| assert!(query().exists(conn).unwrap()));
        is("SELECT", &|| ok(query().sum(conn, lib::item::NUMBER)));
        is("SELECT", &|| ok(query().min(conn, lib::item::ISBN)));
        is("SELECT", &|| ok(query().max(conn, lib::item::ISBN)));
        is("SELECT", &|| ok(query().for_each(conn, |_| Ok(()))));
        is("UPDATE", &|| {
            ok(query().update(conn, lib::item::DAMAGED.set(true)));
        });
        // Of rows that no others hang on: the trace has what SQLite deletes with a row too.
        is("DELETE", &|| ok(lib::Loan::query().limit(1).delete(conn)));
        assert!(run(conn, || drop(query().with(lib::item::BOOK))).is_empty());
    });
}

#[test]
fn texts_do_not_depend_on_values() {
    on_library(|conn| {
        book(conn, "1");
        let texts = |pages: &[i16], text: &str| {
            let query = || {
                let filter = lib::book::PAGES
                    .in_(pages)
                    .or(lib::book::TITLE.starts_with(text));
                lib::Book::query().filter(filter.and(lib::raw("isbn <> ?", [text])))
            };
            let query = || query().order_by(lib::book::TITLE.asc()).limit(5);
            let after = lib::Book {
                title: text.into(),
                ..lib::Book::get(conn, "1".into()).unwrap()
            };
            trace(conn, || {
                ok(query().with(lib::book::ITEMS).all(conn));
                ok(query().after(&after).count(conn));
                ok(query().update(conn, lib::book::SUMMARY.set(text)));
            })
        };
        let many: Vec<i16> = (0..10_000).collect();
        let few = texts(&[], "a");
        assert_eq!(few, texts(&many, "b'\"?"));
        assert_eq!(few.len(), 4);
    });
}

/// How SQLite says that it runs the first statement of `call`.
pub fn plan(conn: &Connection, call: impl FnOnce()) -> String {
    let text = trace(conn, call).swap_remove(0);
    let mut explain = conn.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
    let mut rows = explain.raw_query();
    let mut plan = String::new();
    while let Some(row) = rows.next().unwrap() {
        plan += &row.get::<_, String>(3).unwrap();
        plan += "; ";
    }
    plan
}

#[test]
fn what_an_index_can_answer_it_does() {
    on_library(|conn| {
        let one = book(conn, "1");
        let all = |query: lib::support::Query<lib::Book>| plan(conn, || ok(query.all(conn)));
        let uses = |plan: String, part: &str| {
            assert!(
                plan.contains(part) && !plan.contains("SCAN books"),
                "{plan}"
            );
        };
        let query = lib::Book::query;
        uses(
            all(query().filter(lib::book::TITLE.starts_with("a"))),
            "(title>? AND title<?)",
        );
        uses(
            all(query().filter(lib::book::ISBN.in_(["a", "b"]))),
            "(isbn=?)",
        );
        uses(
            all(query().order_by(lib::book::ISBN.asc()).after(&one)),
            "(isbn>?)",
        );
        let sorted = all(query()
            .order_by(lib::book::TITLE.desc())
            .after(&one)
            .limit(9));
        uses(sorted.clone(), "(title<?)");
        let by_author = lib::book::AUTHORS.any(lib::author::ID.eq(7));
        uses(all(query().filter(by_author)), "(isbn=?)");
        let author = lib::Author {
            id: 7,
            name: String::new(),
            born: None,
        };
        let of_author = plan(conn, || {
            ok(author
                .books()
                .query()
                .filter(lib::book::PAGES.gt(1))
                .all(conn));
        });
        uses(of_author, "(author_id=?)");
    });
}

/// SQLite takes a name in double quotes for a text where no column has it; every row would fit this filter.
#[test]
fn a_column_that_the_table_lacks_is_an_error() {
    on_library(|conn| {
        book(conn, "1");
        conn.execute_batch("ALTER TABLE books DROP COLUMN summary")
            .unwrap();
        let query = || lib::Book::query().filter(lib::book::SUMMARY.starts_with("s"));
        assert!(matches!(query().delete(conn), Err(lib::Error::Database(_))));
        assert!(matches!(
            lib::Book::query().all(conn),
            Err(lib::Error::Database(_))
        ));
        let least = lib::Book::query().min(conn, lib::book::SUMMARY);
        assert!(matches!(least, Err(lib::Error::Database(_))));
        let update =
            lib::Book::query().update(conn, lib::book::TITLE.set(lib::raw("\"summary\"", ())));
        assert!(matches!(update, Err(lib::Error::Database(_))));
        assert_eq!(lib::Book::query().count(conn).unwrap(), 1);
    });
}
