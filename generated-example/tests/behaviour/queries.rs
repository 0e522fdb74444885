//! `query()`: filters, orders, pages, on columns of every type.

use crate::corners::{Every, NewEvery, every};
use crate::db;
use crate::lib::{self, Error, Item};
use crate::{book, decimal, item, new_book, on_corners, on_library};

type Filter = crate::corners::support::Filter<Every>;

fn nothing() -> NewEvery {
    NewEvery::default()
}

/// Two rows with values, the first one less than the second one, and one of NULLs between them.
pub fn three(conn: &crate::db::Connection) {
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 11, day);
    let time = |micros| chrono::NaiveTime::from_hms_micro_opt(8, 15, 0, micros);
    let full = |n: u8| NewEvery {
        boolean: Some(n > 1),
        smallint: Some(i16::from(n) - 2),
        integer: Some(i32::from(n) - 2),
        bigint: Some(i64::from(n) - 2),
        float: Some(f32::from(n) - 1.5),
        double: Some(f64::from(n) - 1.5),
        decimal: Some(decimal("-1.25") * rust_decimal::Decimal::from(3 - n)),
        string: Some(format!("{n} it's")),
        text: Some(format!("{n} \u{1f980}")),
        bytes: Some(vec![n, 0]),
        uuid: Some(uuid::Uuid::from_u128(u128::from(n))),
        date: day(n.into()),
        time: time(n.into()),
        datetime: Some(day(5).unwrap().and_time(time(n.into()).unwrap())),
        timestamp: Some(day(5).unwrap().and_time(time(n.into()).unwrap()).and_utc()),
        json: Some(serde_json::json!({ "n": n })),
    };
    for new in [full(1), nothing(), full(2)] {
        Every::insert(conn, new).unwrap();
    }
}

#[test]
fn columns_of_every_type_are_compared_and_sorted() {
    macro_rules! check {
        ($conn:ident, $($column:ident = $field:ident),+) => {$(
            let column = every::$column;
            let value = Every::get($conn, 1).unwrap().$field.unwrap();
            let other = Every::get($conn, 3).unwrap().$field.unwrap();
            let found = |filter: Filter| {
                let rows = Every::query().filter(filter).order_by(every::ID.asc()).all($conn).unwrap();
                rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
            };
            let name = stringify!($field);
            assert_eq!(found(column.eq(&value)), [1], "{name}");
            assert_eq!(found(column.ne(&value)), [3], "{name}");
            assert_eq!(found(column.lt(&other)), [1], "{name}");
            assert_eq!(found(column.le(&other)), [1, 3], "{name}");
            assert_eq!(found(column.gt(&value)), [3], "{name}");
            assert_eq!(found(column.ge(&value)), [1, 3], "{name}");
            assert_eq!(found(column.between(&value, &other)), [1, 3], "{name}");
            assert_eq!(found(column.between(&value, &value)), [1], "{name}");
            assert_eq!(found(column.is_null()), [2], "{name}");
            assert_eq!(found(column.is_not_null()), [1, 3], "{name}");
            assert_eq!(found(column.eq(&value).not()), [3], "NULL is neither, {name}");
            assert_eq!(found(column.is_null().or(column.eq(&other))), [2, 3], "{name}");
            assert_eq!(found(column.is_null().and(column.eq(&other))), [0; 0], "{name}");
            let sorted = |order| {
                let rows = Every::query().order_by(order).all($conn).unwrap();
                rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
            };
            let (up, down) = if db::NULLS_FIRST { ([2, 1, 3], [3, 1, 2]) } else { ([1, 3, 2], [2, 3, 1]) };
            assert_eq!(sorted(column.asc()), up, "{name}");
            assert_eq!(sorted(column.desc()), down, "{name}");
            let back = Every::query().filter(column.eq(value.clone())).one($conn).unwrap();
            assert_eq!(back.$field, Some(value), "{name}");
        )+};
    }
    on_corners(|conn| {
        three(conn);
        check!(
            conn,
            BOOLEAN = boolean,
            SMALLINT = smallint,
            INTEGER = integer,
            BIGINT = bigint
        );
        check!(
            conn,
            FLOAT = float,
            DOUBLE = double,
            DECIMAL = decimal,
            STRING = string,
            TEXT = text
        );
        check!(conn, BYTES = bytes, UUID = uuid, DATE = date, TIME = time);
        check!(
            conn,
            DATETIME = datetime,
            TIMESTAMP = timestamp,
            JSON = json
        );
    });
}

#[test]
fn pages_ones_and_numbers() {
    on_library(|conn| {
        for (isbn, title) in [("1", "b"), ("2", "a"), ("3", "c"), ("4", "a")] {
            lib::Book::insert(conn, new_book(isbn, title)).unwrap();
        }
        let isbns = |query: lib::support::Query<lib::Book>| -> Vec<String> {
            query
                .all(conn)
                .unwrap()
                .into_iter()
                .map(|book| book.isbn)
                .collect()
        };
        let (title, isbn) = (lib::book::TITLE, lib::book::ISBN);
        let sorted = || lib::Book::query().order_by((title.asc(), isbn.desc()));
        assert_eq!(isbns(sorted()), ["4", "2", "1", "3"]);
        assert_eq!(isbns(sorted().limit(2)), ["4", "2"]);
        assert_eq!(isbns(sorted().offset(3)), ["3"]);
        assert_eq!(isbns(sorted().limit(2).offset(1)), ["2", "1"]);
        assert_eq!(isbns(sorted().limit(u64::MAX).offset(u64::MAX)), [""; 0]);
        assert_eq!(
            isbns(
                lib::Book::query()
                    .order_by(title.desc())
                    .order_by(isbn.asc())
            ),
            ["3", "1", "2", "4"]
        );
        assert_eq!(
            isbns(sorted().filter(title.gt("a")).filter(isbn.lt("3"))),
            ["1"]
        );
        assert_eq!(sorted().first(conn).unwrap().unwrap().isbn, "4");
        assert_eq!(sorted().offset(9).first(conn).unwrap(), None);
        assert_eq!(
            lib::Book::query()
                .filter(isbn.eq("3"))
                .one(conn)
                .unwrap()
                .title,
            "c"
        );
        let many = lib::Book::query().filter(title.eq("a")).one(conn);
        assert!(matches!(many, Err(Error::TooManyFound { entity: "Book" })));
        let none = lib::Book::query().filter(title.eq("x")).one(conn);
        assert!(matches!(
            none,
            Err(Error::NotFound {
                entity: "Book",
                key: None
            })
        ));
        assert_eq!(
            lib::Book::query()
                .filter(title.eq("a"))
                .count(conn)
                .unwrap(),
            2
        );
        assert_eq!(lib::Book::query().limit(3).count(conn).unwrap(), 3);
        assert_eq!(sorted().limit(3).offset(3).count(conn).unwrap(), 1);
    });
}

#[test]
fn a_handle_is_a_query_too() {
    on_library(|conn| {
        let (one, two) = (book(conn, "1"), book(conn, "2"));
        for number in 1..=4 {
            item(conn, &one, number);
            item(conn, &two, number);
        }
        let query = || one.items().query();
        assert_eq!(query().count(conn).unwrap(), 4);
        let number = lib::item::NUMBER;
        let late = query()
            .filter(number.gt(2))
            .order_by(number.desc())
            .all(conn)
            .unwrap();
        assert_eq!(
            late.iter().map(|item| item.number).collect::<Vec<_>>(),
            [4, 3]
        );
        assert!(late.iter().all(|item| item.isbn == "1"));
        let either = query()
            .filter(number.eq(1).or(number.eq(2)))
            .limit(1)
            .offset(1)
            .all(conn)
            .unwrap();
        assert_eq!(
            either.iter().map(|item| item.number).collect::<Vec<_>>(),
            [2],
            "by key"
        );
        assert_eq!(
            Item::query()
                .filter(lib::item::DAMAGED.eq(false))
                .count(conn)
                .unwrap(),
            8
        );

        let card = crate::card(conn, "c");
        let branches = ["N", "S", "W"].map(|code| crate::branch(conn, code));
        card.branches().add_all(conn, &branches[..2]).unwrap();
        let found = card
            .branches()
            .query()
            .filter(lib::branch::CODE.ne("N"))
            .one(conn)
            .unwrap();
        assert_eq!(found.code, "S");
        assert_eq!(card.branches().query().limit(1).count(conn).unwrap(), 1);
    });
}
