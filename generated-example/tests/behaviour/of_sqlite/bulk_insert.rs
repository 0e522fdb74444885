//! Inserting many rows: the end of the numbers, and triggers.

use crate::db::{self, Connection};

use crate::bulk_insert::{insert, new_student};
use crate::{book, card, item, lib, on_library, school};

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
            db::execute(conn, &format!("UPDATE loans SET id = {last}")).unwrap();
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
fn triggers_of_the_user() {
    let trigger = |conn: &Connection, when: &str, names: &str, action: &str| {
        db::execute(
            conn,
            &format!(
                "DROP TRIGGER IF EXISTS users;
             CREATE TRIGGER users {when} INSERT ON students WHEN new.name IN ({names})
             BEGIN {action}; END"
            ),
        )
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
