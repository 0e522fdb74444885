//! docs/costs.md says of each call the statements that it is.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::statements::trace;
use crate::payload::{at, list, models as lists, on_payload, song};
use crate::school::support::transaction;
use crate::school::{self, NewCourse, NewStudent, Student, StudentPatch, UnitOfWork, raw, student};
use crate::versions::{models as versions, old_document, on_versions, titled};
use crate::{book, branch, card, course, item, lib, loan, on_library, on_school, reader};

/// Calls, each with its statements: `BEGIN, INSERT × 8, COMMIT`.
type Costs = BTreeMap<String, String>;

/// The page's tables.
fn page() -> Costs {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/costs.md");
    let page = std::fs::read_to_string(path).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| "));
    rows.filter_map(|row| {
        let mut cells = row.trim_matches('|').split(" | ").map(str::trim);
        let (call, statements) = (cells.next()?, cells.next()?);
        let is_cost = statements == "none" || statements.starts_with(char::is_uppercase);
        is_cost.then(|| (call.to_owned(), statements.to_owned()))
    })
    .collect()
}

/// The statements that `call` runs, by their first words.
fn statements(conn: &Connection, call: impl FnOnce()) -> String {
    let mut run: Vec<(String, usize)> = Vec::new();
    for sql in trace(conn, call) {
        let word = sql.split_whitespace().next().unwrap_or_default();
        // What a foreign key does is a comment in the trace.
        match run.last_mut() {
            _ if word == "--" => {}
            Some((last, times)) if last == word => *times += 1,
            _ => run.push((word.to_owned(), 1)),
        }
    }
    let shown = run.iter().map(|(word, times)| match times {
        1 => word.clone(),
        _ => format!("{word} × {times}"),
    });
    let shown: Vec<_> = shown.collect();
    if shown.is_empty() {
        "none".to_owned()
    } else {
        shown.join(", ")
    }
}

fn pupil(name: usize) -> NewStudent {
    NewStudent {
        name: name.to_string(),
    }
}

fn lesson(title: usize) -> NewCourse {
    NewCourse {
        title: title.to_string(),
    }
}

fn ok<T>(result: Result<T, impl std::fmt::Debug>) {
    result.unwrap();
}

/// Notes what a call costs on a database.
macro_rules! costs {
    ($costs:ident, $conn:ident: $($call:literal => $run:expr;)+) => {$(
        $costs.insert($call.to_owned(), statements($conn, || ok($run)));
    )+};
}

#[test]
fn calls_are_the_statements_that_the_page_says() {
    let counted = std::cell::RefCell::new(Costs::new());
    on_school(|conn| {
        let mut costs = counted.borrow_mut();
        rows(conn, &mut costs);
        queries(conn, &mut costs);
        over_secondary(conn, &mut costs);
        units(conn, &mut costs);
    });
    on_library(|conn| over_keys(conn, &mut counted.borrow_mut()));
    on_payload(|conn| with_payload(conn, &mut counted.borrow_mut()));
    on_versions(|conn| with_version(conn, &mut counted.borrow_mut()));
    let (page, counted) = (page(), counted.into_inner());
    let told = |costs: &Costs| {
        let rows = costs.iter();
        let rows = rows.map(|(call, statements)| format!("| {call} | {statements} |\n"));
        rows.collect::<String>()
    };
    assert_eq!(told(&page), told(&counted));
}

fn rows(conn: &Connection, costs: &mut Costs) {
    let ada = crate::student(conn, "Ada");
    let patch = || StudentPatch {
        name: Some("A".into()),
    };
    costs! { costs, conn:
        "`insert`" => Student::insert(conn, pupil(1001));
        "`insert_row`" => Student::insert_row(conn, &Student { id: 99, name: "Cleo".into() });
        "`insert_many` of 100 rows" => Student::insert_many(conn, (0..100).map(pupil));
        "`insert_many` of 1,000 rows" => Student::insert_many(conn, (0..1000).map(pupil));
        "`find`, `get`" => Student::get(conn, ada.id);
        "`update` of a row" => ada.update(conn, patch());
        "`save`" => ada.save(conn);
        "`transaction` of two inserts" => transaction(conn, || {
            Student::insert(conn, pupil(1002))?;
            Student::insert(conn, pupil(1003))
        });
        "BEGIN of yours, `transaction` of an insert in it, COMMIT of yours" => {
            let outer = conn.unchecked_transaction().unwrap();
            ok(transaction(conn, || Student::insert(conn, pupil(1004))));
            outer.commit()
        };
    }
}

fn queries(conn: &Connection, costs: &mut Costs) {
    let named = || Student::query().filter(student::NAME.eq("A"));
    costs! { costs, conn:
        "`all`, `first`, `one` of a query" => named().first(conn);
        "a query with conditions on what is related" => {
            let condition = student::COURSES.any(school::course::TITLE.eq("Math"));
            named().filter(condition).all(conn)
        };
        "a query with `raw`" => named().filter(raw("length(name) > ?", [0])).all(conn);
        "`count`, `exists`, `sum`, `min`, `max`" => named().count(conn);
        "`for_each`" => Student::query().for_each(conn, |_| Ok(()));
        "`update` of a query" => named().update(conn, student::NAME.set("B"));
        "`delete` of a query" => named().delete(conn);
        "`all` with one relationship" => Student::query().with(student::COURSES).all(conn);
        "`all` with one relationship, `.shared()`" => {
            Student::query().with(student::COURSES.shared()).all(conn)
        };
        "`all` with two levels of relationships" => {
            let courses = student::COURSES.with(school::course::STUDENTS);
            Student::query().with(courses).all(conn)
        };
        "`all` with three levels of relationships" => {
            let students = school::course::STUDENTS.with(student::COURSES);
            Student::query().with(student::COURSES.with(students)).all(conn)
        };
        "`load` of a relationship for rows that are there" => {
            let bob = Student { id: 1, name: "Bob".into() };
            student::COURSES.load(conn, &[bob])
        };
    }
}

fn over_secondary(conn: &Connection, costs: &mut Costs) {
    let (ada, math, art) = (
        crate::student(conn, "Ada"),
        course(conn, "Math"),
        course(conn, "Art"),
    );
    let courses = || ada.courses();
    costs! { costs, conn:
        "`add` over a secondary" => courses().add(conn, &math);
        "`add_all` over a secondary" => courses().add_all(conn, [&math, &art]);
        "`all` of a handle" => courses().all(conn);
        "`count`, `contains` of a handle" => courses().contains(conn, &art);
        "`query()` of a handle, and `all`" => courses().query().all(conn);
        "`set` over a secondary" => courses().set(conn, [&math]);
        "`remove` over a secondary" => courses().remove(conn, &math);
        "`clear` over a secondary" => courses().clear(conn);
        "a handle that is not asked" => {
            drop(courses().query());
            Ok::<_, ()>(())
        };
    }
}

fn units(conn: &Connection, costs: &mut Costs) {
    let (ada, math, art) = (
        crate::student(conn, "Ada"),
        course(conn, "Math"),
        course(conn, "Art"),
    );
    costs! { costs, conn:
        "a `UnitOfWork` with nothing in it" => UnitOfWork::new().commit(conn);
        "a `UnitOfWork` of 18 students, 18 courses and 36 links" => {
            let mut work = UnitOfWork::new();
            let courses: Vec<_> = (0..18).map(|n| work.insert(lesson(n))).collect();
            for n in 0..18 {
                let student = work.insert(pupil(n));
                let taken = [courses[n], courses[(n + 1) % 18]];
                work.link(student::COURSES, student, taken);
            }
            work.commit(conn)
        };
        "a `UnitOfWork` of an update and two unlinks" => {
            let mut work = UnitOfWork::new();
            let name = Some("Al".into());
            work.update(&ada, StudentPatch { name });
            work.unlink(student::COURSES, &ada, [&math, &art]);
            work.commit(conn)
        };
    }
}

fn over_keys(conn: &Connection, costs: &mut Costs) {
    let (north, one) = (branch(conn, "N"), item(conn, &book(conn, "1"), 1));
    let (ann, card) = (reader(conn, "Ann"), card(conn, "c"));
    let loans = [(); 2].map(|()| loan(conn, &card, &one));
    let [kept, lent] = loans;
    costs! { costs, conn:
        "`add` over a foreign key" => north.items().add(conn, &one);
        "`add` over a foreign key that changes nothing" => north.items().add(conn, &one);
        "`add_all` over a foreign key" => north.items().add_all(conn, [&one]);
        "`set` over a foreign key" => north.items().set(conn, [&one]);
        "`remove`, `clear` over a foreign key" => north.items().clear(conn);
        // Of rows that no others hang on: the trace has what SQLite deletes with a row too.
        "`delete` of a row" => lent.delete(conn);
        "a `UnitOfWork` of a delete" => {
            let mut work = lib::UnitOfWork::new();
            work.delete(&kept);
            work.commit(conn)
        };
        "`get` of a relationship to one" => one.book().get(conn);
        "`set` of a many-to-one" => one.branch().set(conn, Some(&north));
        "`set` of a one-to-one" => ann.card().set(conn, Some(&card));
        "`set` of a one-to-one to none" => ann.card().set(conn, None);
        "`insert_many` of 3 rows with keys of their own" => {
            lib::Branch::insert_many(conn, ["A", "B", "C"].map(|code| lib::NewBranch {
                code: code.into(),
                name: code.into(),
                opens: None,
                closes: None,
            }))
        };
    }
}

fn with_payload(conn: &Connection, costs: &mut Costs) {
    use lists::playlist::TRACKS;
    let (list, ash, bell) = (list(conn, "a"), song(conn, "Ash"), song(conn, "Bell"));
    costs! { costs, conn:
        "`add` with payload" => list.tracks().add(conn, &ash, at(1));
        "`add_all` of two links with payload" => {
            list.tracks().add_all(conn, [(&ash, at(1)), (&bell, at(2))])
        };
        "`set` of two links with payload" => {
            list.tracks().set(conn, [(&ash, at(1)), (&bell, at(2))])
        };
        "`with_links`" => list.tracks().with_links(conn);
        "`links().all`" => list.tracks().links().all(conn);
        "`all` with one relationship and its links" => {
            lists::Playlist::query().with(TRACKS.links()).all(conn)
        };
    }
}

fn with_version(conn: &Connection, costs: &mut Costs) {
    let document = old_document(conn, "a");
    let folder = || versions::NewFolder { name: "f".into() };
    costs! { costs, conn:
        "`upsert_by_…`" => versions::Folder::upsert_by_name(conn, folder());
        "`update` of a row with a version" => document.update(conn, titled("b"));
        "`update` of a row with a version that somebody has raised" => {
            drop(document.update(conn, titled("c")).unwrap_err());
            Ok::<_, ()>(())
        };
    }
    let document = versions::Document::get(conn, document.id).unwrap();
    costs! { costs, conn:
        "a `UnitOfWork` of one update of a row with a version" => {
            let mut work = versions::UnitOfWork::new();
            work.update(&document, titled("d"));
            work.commit(conn)
        };
    }
    let document = versions::Document::get(conn, document.id).unwrap();
    let other = old_document(conn, "z");
    costs! { costs, conn:
        "a `UnitOfWork` of two updates of rows with versions" => {
            let mut work = versions::UnitOfWork::new();
            work.update(&document, titled("e"));
            work.update(&other, titled("y"));
            work.commit(conn)
        };
    }
}
