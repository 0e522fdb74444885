//! `insert_many`: which key belongs to which row, whatever the keys are and whatever is in the table.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::corners::{
    self, Bare, BytesKey, Defaults, NewBare, NewBytesKey, NewDefaults, NewNote, NewOrder, Note,
    Order,
};
use crate::unit::models::{Badge, NewPerson, NewProfile, Person, Profile};
use crate::unit::{new_badge, on_units};
use crate::{book, card, item, lib, number, on_corners, on_library, school};

fn new_student(name: &str) -> school::NewStudent {
    school::NewStudent { name: name.into() }
}

/// Inserts as many students and reads each back by the key that it got.
fn insert(conn: &Connection, count: usize) -> Vec<i32> {
    let before = school::Student::query().count(conn).unwrap();
    let rows = (0..count).map(|n| new_student(&format!("s{n}")));
    let keys = school::Student::insert_many(conn, rows).unwrap();
    assert_eq!(keys.len(), count);
    for (n, key) in keys.iter().enumerate() {
        let student = school::Student::get(conn, *key).unwrap();
        assert_eq!(student.name, format!("s{n}"), "of {count}");
    }
    let after = school::Student::query().count(conn).unwrap();
    assert_eq!(after, before + count as u64);
    keys
}

#[test]
fn keys_match_rows_for_any_number_of_them() {
    crate::on_school(|conn| {
        for count in [0, 1, 2, 3, 15, 16, 17, 18, 19, 32, 33, 34, 1000] {
            insert(conn, count);
        }
        // In a transaction of the caller, too.
        let outer = conn.unchecked_transaction().unwrap();
        insert(&outer, 50);
        outer.rollback().unwrap();
        assert_eq!(school::Student::query().count(conn).unwrap(), 1190);
    });
}

#[test]
fn keys_match_rows_in_a_table_with_gaps() {
    crate::on_school(|conn| {
        let row = |id| school::Student {
            id,
            name: "there".into(),
        };
        for id in [i32::MIN, -5, 3, 10, 40] {
            school::Student::insert_row(conn, &row(id)).unwrap();
        }
        assert_eq!(insert(conn, 40), (41..=80).collect::<Vec<_>>());
        // The largest ones gone, numbers are used again.
        let large = school::student::ID.gt(9);
        school::Student::query().filter(large).delete(conn).unwrap();
        assert_eq!(insert(conn, 40), (4..=43).collect::<Vec<_>>());
        let not_negative = school::student::ID.ge(0);
        let query = school::Student::query().filter(not_negative);
        query.delete(conn).unwrap();
        assert_eq!(insert(conn, 20), (-4..=15).collect::<Vec<_>>());
    });
}

#[test]
fn the_end_of_the_range_of_a_key() {
    crate::on_school(|conn| {
        let row = |id| school::Student {
            id,
            name: "there".into(),
        };
        let rows = |count| (0..count).map(|n: i32| new_student(&n.to_string()));
        school::Student::insert_row(conn, &row(i32::MAX - 20)).unwrap();
        let keys = school::Student::insert_many(conn, rows(20)).unwrap();
        assert_eq!(keys.last(), Some(&i32::MAX));
        for count in [1, 2, 40] {
            let refused = school::Student::insert_many(conn, rows(count));
            assert!(
                matches!(refused, Err(school::Error::Decode { column: "id", .. })),
                "{refused:?}"
            );
            assert_eq!(school::Student::query().count(conn).unwrap(), 21);
        }
        let last = school::Student::get(conn, i32::MAX).unwrap();
        last.delete(conn).unwrap();
        let refused = school::Student::insert_many(conn, rows(40));
        assert!(
            matches!(refused, Err(school::Error::Decode { .. })),
            "{refused:?}"
        );
        assert_eq!(school::Student::query().count(conn).unwrap(), 20);
    });
    on_corners(|conn| {
        let notes = Note::insert_many(conn, (0..40).map(|_| NewNote { day: None })).unwrap();
        assert_eq!(notes, (1..=40).collect::<Vec<i16>>());
        Note::insert_row(
            conn,
            &Note {
                id: 32_750,
                day: None,
            },
        )
        .unwrap();
        let refused = Note::insert_many(conn, (0..40).map(|_| NewNote { day: None }));
        assert!(
            matches!(refused, Err(corners::Error::Decode { .. })),
            "{refused:?}"
        );
        assert_eq!(Note::query().count(conn).unwrap(), 41);
    });
}

/// Where a table has the largest number there is, the database takes free ones at random.
#[test]
fn the_end_of_the_range_of_the_databases_numbers() {
    for last in [
        i64::MAX,
        i64::MAX - 1,
        i64::MAX - 3,
        i64::MAX - 10,
        i64::MAX - 17,
    ] {
        on_library(|conn| {
            let item = item(conn, &book(conn, "1"), 1);
            let card = card(conn, "c");
            let first = crate::loan(conn, &card, &item);
            conn.execute("UPDATE loans SET id = ?1", [last]).unwrap();
            assert_eq!(first.id, 1);
            let loans = (0..60).map(|n| lib::NewLoan {
                card_number: "c".into(),
                isbn: "1".into(),
                item_number: 1,
                due: chrono::NaiveDate::default(),
                returned: None,
                fine: Some(rust_decimal::Decimal::from(n)),
            });
            let keys = lib::Loan::insert_many(conn, loans).unwrap();
            assert_eq!(keys.len(), 60);
            for (n, key) in keys.into_iter().enumerate() {
                let loan = lib::Loan::get(conn, key).unwrap();
                assert_eq!(loan.fine, rust_decimal::Decimal::from(n));
            }
            assert_eq!(lib::Loan::query().count(conn).unwrap(), 61);
        });
    }
}

#[test]
fn keys_that_the_database_does_not_count() {
    on_library(|conn| {
        let books = (0..40).map(|n| crate::new_book(&(99 - n).to_string(), "t"));
        let keys = lib::Book::insert_many(conn, books).unwrap();
        let expected: Vec<String> = (0..40).map(|n| (99 - n).to_string()).collect();
        assert_eq!(keys, expected);
        let items = (0..40).map(|number| lib::NewItem {
            isbn: "99".into(),
            number: -number,
            acquired: None,
            damaged: Some(number == 7),
            branch_code: None,
        });
        let keys = lib::Item::insert_many(conn, items).unwrap();
        assert_eq!(keys[7], ("99".into(), -7));
        assert!(lib::Item::get(conn, keys[7].clone()).unwrap().damaged);
        let given = uuid::Uuid::from_u128(7);
        let readers = (0..40).map(|n| lib::NewReader {
            id: (n == 9).then_some(given),
            name: n.to_string(),
            email: None,
            joined: None,
            points: Some(n),
            note: (n == 3).then_some(None),
        });
        let keys = lib::Reader::insert_many(conn, readers).unwrap();
        assert_eq!(keys[9], given);
        for (n, key) in keys.into_iter().enumerate() {
            let reader = lib::Reader::get(conn, key).unwrap();
            let note = (n != 3).then_some("new");
            assert_eq!((reader.name, reader.note.as_deref()), (n.to_string(), note));
        }
    });
    on_corners(|conn| {
        let raws = [vec![0], vec![], vec![255, 0, 34]];
        let new = raws.clone().map(|raw| NewBytesKey { raw });
        assert_eq!(BytesKey::insert_many(conn, new).unwrap(), raws);
    });
}

#[test]
fn rows_without_columns_of_their_own_and_rows_of_defaults() {
    on_corners(|conn| {
        let keys = Bare::insert_many(conn, (0..40).map(|_| NewBare::default())).unwrap();
        assert_eq!(keys, (1..=40).collect::<Vec<_>>());
        assert_eq!(Bare::query().count(conn).unwrap(), 40);
        let keys = Order::insert_many(conn, [NewOrder::default(), NewOrder::default()]).unwrap();
        assert_eq!(keys, [1, 2]);

        // The first row is its own parent, which is the default.
        let rows = (0..40).map(|n| NewDefaults {
            boolean: (n % 2 == 0).then_some(None),
            smallint: (n % 3 == 0).then_some(Some(1)),
            string: (n == 20).then(|| "given".into()),
            sum: (n == 30).then_some(None),
            parent: (n == 31).then_some(None),
            ..NewDefaults::default()
        });
        let keys = Defaults::insert_many(conn, rows).unwrap();
        let rows = Defaults::query().all(conn).unwrap();
        for (n, (row, key)) in rows.iter().zip(keys).enumerate() {
            assert_eq!(row.id, key);
            assert_eq!(row.boolean, (n % 2 != 0).then_some(true), "{n}");
            assert_eq!(row.smallint, Some(if n % 3 == 0 { 1 } else { -7 }));
            assert_eq!(row.string == "given", n == 20);
            assert_eq!(row.sum, (n != 30).then_some(42));
            assert_eq!(row.parent, (n != 31).then_some(1));
            assert_eq!(row.bigint, i64::MAX);
        }
        let made: BTreeSet<_> = rows.iter().map(|row| row.uuid.unwrap()).collect();
        assert_eq!(made.len(), 40, "each row has its own");
    });
}

#[test]
fn a_refused_row_leaves_none() {
    on_units(|conn| {
        let ada = Person::insert(conn, NewPerson { name: "Ada".into() }).unwrap();
        let profile = crate::unit::models::NewProfile {
            person_id: (&ada).into(),
            text: String::new(),
        };
        let profile = crate::unit::models::Profile::insert(conn, profile).unwrap();
        let badges = |wrong: i32, number: i32| {
            (1..=60).map(move |n| (if n == wrong { number } else { n }, wrong))
        };
        for wrong in [1, 2, 3, 18, 30, 60] {
            for number in [0, 61 - wrong] {
                let rows = badges(wrong, number)
                    .map(|(number, _)| crate::unit::new_badge((&profile).into(), number));
                let refused = crate::unit::models::Badge::insert_many(conn, rows);
                refused.unwrap_err();
                let left = number_of_badges(conn);
                assert_eq!((left, conn.is_autocommit()), (0, true), "{wrong} {number}");
            }
        }
    });
}

fn number_of_badges(conn: &Connection) -> i64 {
    number(conn, "SELECT count(*) FROM badges")
}

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

#[test]
fn triggers_of_the_user() {
    let trigger = |conn: &Connection, when: &str, names: &str, action: &str| {
        conn.execute_batch(&format!(
            "DROP TRIGGER IF EXISTS users;
             CREATE TRIGGER users {when} INSERT ON students WHEN new.name IN ({names})
             BEGIN {action}; END"
        ))
        .unwrap();
    };
    let more = "INSERT INTO students (name) VALUES ('more')";
    let ignore = "SELECT RAISE(IGNORE)";
    crate::on_school(|conn| {
        let rows = |count: i32| (0..count).map(|n| new_student(&format!("s{n}")));
        let elsewhere = "INSERT INTO courses (title) VALUES (new.name)";
        trigger(conn, "AFTER", "'s0', 's1', 's20', 's39'", elsewhere);
        insert(conn, 40);
        // One that takes the next number in the same table, before the database counts by itself.
        trigger(conn, "AFTER", "'s0', 's1'", more);
        let keys = school::Student::insert_many(conn, rows(40)).unwrap();
        assert_eq!(keys[..5], [41, 43, 45, 46, 47]);
        for (key, n) in keys.iter().zip(0..) {
            let student = school::Student::get(conn, *key).unwrap();
            assert_eq!(student.name, format!("s{n}"));
        }
        // No key is better than a wrong one: of rows in the middle, and of rows that are not there.
        let before = school::Student::query().count(conn).unwrap();
        trigger(conn, "AFTER", "'s10'", more);
        let refused = school::Student::insert_many(conn, rows(40));
        assert!(
            matches!(refused, Err(school::Error::Decode { column: "id", .. })),
            "{refused:?}"
        );
        let both = format!("SELECT CASE new.name WHEN 's9' THEN RAISE(IGNORE) END; {more}");
        trigger(conn, "BEFORE", "'s9', 's10'", &both);
        let refused = school::Student::insert_many(conn, rows(40));
        assert!(
            matches!(refused, Err(school::Error::Decode { column: "id", .. })),
            "{refused:?}"
        );
        trigger(conn, "BEFORE", "'s0'", ignore);
        let refused = [
            school::Student::insert_many(conn, rows(40)).map(drop),
            school::Student::insert(conn, new_student("s0")).map(drop),
        ];
        for refused in refused {
            assert!(
                matches!(refused, Err(school::Error::NotFound { .. })),
                "{refused:?}"
            );
        }
        assert_eq!(school::Student::query().count(conn).unwrap(), before);
    });
}
