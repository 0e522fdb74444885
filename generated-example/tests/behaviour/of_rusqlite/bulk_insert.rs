//! Inserting many rows: the statements, and iterators that use the connection too.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::bulk_insert::new_student;
use crate::school;
use crate::unit::models::{Badge, NewPerson, NewProfile, Person, Profile};
use crate::unit::{new_badge, on_units};

thread_local! {
    static TEXTS: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

#[test]
fn there_are_two_texts_however_many_rows_there_are() {
    crate::on_school(|conn| {
        TEXTS.take();
        let record = |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(_, sql) = event {
                TEXTS.with_borrow_mut(|texts| texts.insert(sql.to_owned()));
            }
        };
        conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(record));
        for count in [0, 1, 15, 16, 17, 50, 1000] {
            let rows = (0..count).map(|n: i32| new_student(&n.to_string()));
            school::Student::insert_many(conn, rows).unwrap();
        }
        conn.trace_v2(TraceEventCodes::empty(), None);
        let texts = TEXTS.take();
        let inserts = texts.iter().filter(|text| text.starts_with("INSERT"));
        assert_eq!(inserts.count(), 2, "{texts:?}");
        assert_eq!(texts.len(), 4, "{texts:?}");
    });
}

#[test]
fn an_iterator_that_writes_rows_of_its_own() {
    on_units(|conn| {
        let person = |name: String| Person::insert(conn, NewPerson { name }).unwrap();
        // Into another table, now and then and for each row; and into the same one.
        for step in [1, 7, 40] {
            let first = Badge::query().count(conn).unwrap();
            let badges = (0..60).map(|n| {
                let number = i32::try_from(first).unwrap() + n + 1;
                let profile_id = if n % step == 0 {
                    let person = person(number.to_string());
                    let text = String::new();
                    let new = NewProfile {
                        person_id: (&person).into(),
                        text,
                    };
                    Profile::insert(conn, new).unwrap().person_id
                } else {
                    1
                };
                new_badge(profile_id.into(), number)
            });
            for (key, number) in Badge::insert_many(conn, badges).unwrap().iter().zip(1..) {
                let badge = Badge::get(conn, *key).unwrap();
                assert_eq!(badge.number, i32::try_from(first).unwrap() + number);
            }
            let people = (0..60).map(|n: i32| {
                if n % step == 0 {
                    person("between".into());
                }
                let name = n.to_string();
                NewPerson { name }
            });
            let keys = Person::insert_many(conn, people).unwrap();
            for (key, n) in keys.iter().zip(0..) {
                assert_eq!(Person::get(conn, *key).unwrap().name, n.to_string());
            }
        }
    });
}
