//! `insert_many`: which key belongs to which row, whatever the keys are and whatever is in the table.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::db::{self, Connection};

use crate::corners::{
    self, Bare, BytesKey, Defaults, NewBare, NewBytesKey, NewDefaults, NewNote, NewOrder, Note,
    Order,
};
use crate::unit::models::{NewPerson, Person};
use crate::unit::on_units;
use crate::{lib, number, on_corners, on_library, school};

pub fn new_student(name: &str) -> school::NewStudent {
    school::NewStudent { name: name.into() }
}

/// Inserts as many students and reads each back by the key that it got.
pub fn insert(conn: &Connection, count: usize) -> Vec<i32> {
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
        let outer = db::begin(conn);
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
        db::count_on(conn, "students");
        assert_eq!(insert(conn, 40), (41..=80).collect::<Vec<_>>());
        // The largest ones gone, numbers are used again, or not.
        let numbers = |used: RangeInclusive<i32>, unused: RangeInclusive<i32>| {
            let numbers = if db::REUSES_NUMBERS { used } else { unused };
            numbers.collect::<Vec<_>>()
        };
        let large = school::student::ID.gt(9);
        school::Student::query().filter(large).delete(conn).unwrap();
        assert_eq!(insert(conn, 40), numbers(4..=43, 81..=120));
        let not_negative = school::student::ID.ge(0);
        let query = school::Student::query().filter(not_negative);
        query.delete(conn).unwrap();
        assert_eq!(insert(conn, 20), numbers(-4..=15, 121..=140));
    });
}

/// That there is no number left: SQLite gives larger ones than the column's type has, others refuse to count on.
macro_rules! no_number {
    ($module:ident, $refused:expr) => {
        match $refused {
            Err($module::Error::Decode { column: "id", .. }) if db::SQLITE => {}
            Err($module::Error::Database(_)) if !db::SQLITE => {}
            other => panic!("{other:?}"),
        }
    };
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
        db::count_on(conn, "students");
        let keys = school::Student::insert_many(conn, rows(20)).unwrap();
        assert_eq!(keys.last(), Some(&i32::MAX));
        for count in [1, 2, 40] {
            let refused = school::Student::insert_many(conn, rows(count));
            no_number!(school, refused);
            assert_eq!(school::Student::query().count(conn).unwrap(), 21);
        }
        let last = school::Student::get(conn, i32::MAX).unwrap();
        last.delete(conn).unwrap();
        let refused = school::Student::insert_many(conn, rows(40));
        no_number!(school, refused);
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
        db::count_on(conn, "notes");
        let refused = Note::insert_many(conn, (0..40).map(|_| NewNote { day: None }));
        no_number!(corners, refused);
        assert_eq!(Note::query().count(conn).unwrap(), 41);
    });
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
                assert_eq!(
                    (left, !db::in_transaction(conn)),
                    (0, true),
                    "{wrong} {number}"
                );
            }
        }
    });
}

fn number_of_badges(conn: &Connection) -> i64 {
    number(conn, "SELECT count(*) FROM badges")
}
