//! Numbers made of many rows.

use crate::db::{self, Connection};

use crate::corners::{Error, Every, NewEvery, every};
use crate::decimal;
use crate::lib::{self, Book, Item, author, book, item};
use crate::queries_data::{fill_library, in_corners, in_library};

fn insert(conn: &Connection, new: NewEvery) {
    Every::insert(conn, new).unwrap();
}

#[test]
fn nothing_adds_up_to_none() {
    in_corners(|conn| {
        macro_rules! check {
            ($($call:ident: $($column:ident),+;)+) => {$($(
                assert_eq!(Every::query().$call(conn, every::$column).unwrap(), None, stringify!($column));
            )+)+};
        }
        let check = || {
            check! {
                sum: SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL;
                min: BOOLEAN, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL, STRING, TEXT;
                min: BYTES, UUID, DATE, TIME, DATETIME, TIMESTAMP, JSON;
                max: BOOLEAN, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL, STRING, TEXT;
                max: BYTES, UUID, DATE, TIME, DATETIME, TIMESTAMP, JSON;
            }
        };
        check();
        assert_eq!(Every::query().count(conn).unwrap(), 0);
        assert!(!Every::query().exists(conn).unwrap());
        assert_eq!(Every::query().max(conn, every::ID).unwrap(), None);
        insert(conn, NewEvery::default());
        insert(conn, NewEvery::default());
        check();
        assert_eq!(Every::query().count(conn).unwrap(), 2);
        assert!(Every::query().exists(conn).unwrap());
        assert_eq!(Every::query().sum(conn, every::ID).unwrap(), Some(3));
        assert_eq!(Every::query().limit(0).sum(conn, every::ID).unwrap(), None);
    });
}

#[test]
fn least_and_greatest_of_every_type() {
    in_corners(|conn| {
        crate::queries::three(conn);
        let (low, high) = [1, 3].map(|id| Every::get(conn, id).unwrap()).into();
        macro_rules! check {
            ($($column:ident = $field:ident),+) => {$(
                assert_eq!(Every::query().min(conn, every::$column).unwrap(), low.$field, stringify!($field));
                assert_eq!(Every::query().max(conn, every::$column).unwrap(), high.$field, stringify!($field));
            )+};
        }
        check!(
            BOOLEAN = boolean,
            SMALLINT = smallint,
            INTEGER = integer,
            BIGINT = bigint
        );
        check!(
            FLOAT = float,
            DOUBLE = double,
            DECIMAL = decimal,
            STRING = string,
            TEXT = text
        );
        check!(
            BYTES = bytes,
            UUID = uuid,
            DATE = date,
            TIME = time,
            DATETIME = datetime
        );
        check!(TIMESTAMP = timestamp, JSON = json);
    });
}

#[test]
fn sums_keep_what_their_columns_keep() {
    in_corners(|conn| {
        let most = decimal("99999999999999.9999");
        for n in [1_i16, 2, 3] {
            let new = NewEvery {
                smallint: Some(i16::MAX),
                integer: Some(i32::MIN),
                bigint: Some(i64::MAX / 2),
                float: Some(0.1),
                double: Some(f64::from(n) / 4.0),
                decimal: Some(if n == 1 { decimal("0.0001") } else { most }),
                ..NewEvery::default()
            };
            insert(conn, new);
        }
        insert(conn, NewEvery::default());
        let all = Every::query;
        assert_eq!(all().sum(conn, every::SMALLINT).unwrap(), Some(3 * 32_767));
        assert_eq!(
            all().sum(conn, every::INTEGER).unwrap(),
            Some(-3 * 2_147_483_648)
        );
        assert_eq!(all().sum(conn, every::DOUBLE).unwrap(), Some(1.5));
        let floats = all().sum(conn, every::FLOAT).unwrap().unwrap();
        assert!(
            (floats - 3.0 * f64::from(0.1_f32)).abs() < 1e-12,
            "{floats}"
        );
        assert_eq!(
            all().sum(conn, every::DECIMAL).unwrap(),
            Some(decimal("199999999999999.9999"))
        );
        let two = all()
            .order_by(every::ID.asc())
            .limit(2)
            .sum(conn, every::BIGINT);
        assert_eq!(two.unwrap(), Some(i64::MAX - 1));
        let three = all().sum(conn, every::BIGINT);
        assert!(matches!(three, Err(Error::Database(_))), "{three:?}");
        assert_eq!(
            all().max(conn, every::BIGINT).unwrap(),
            Some(i64::MAX / 2),
            "the connection goes on"
        );

        if !db::HOLDS_INFINITY {
            return;
        }
        for double in [f64::INFINITY, 1.0, f64::MAX, f64::MAX] {
            let new = NewEvery {
                double: Some(double),
                ..NewEvery::default()
            };
            insert(conn, new);
        }
        assert_eq!(all().sum(conn, every::DOUBLE).unwrap(), Some(f64::INFINITY));
        assert_eq!(all().max(conn, every::DOUBLE).unwrap(), Some(f64::INFINITY));
        let finite = all().filter(every::DOUBLE.lt(f64::INFINITY));
        let beyond = finite.sum(conn, every::DOUBLE);
        if db::SUMS_ARE_INFINITE {
            assert_eq!(beyond.unwrap(), Some(f64::INFINITY));
        } else {
            assert!(matches!(beyond, Err(Error::Database(_))), "{beyond:?}");
        }
    });
}

#[test]
fn of_a_page_of_the_rows() {
    in_library(|conn| {
        fill_library(conn, 4);
        let rows = Item::query()
            .order_by((item::NUMBER.desc(), item::ISBN.asc()))
            .all(conn)
            .unwrap();
        let numbers: Vec<i64> = rows.iter().map(|row| row.number.into()).collect();
        let sorted = || Item::query().order_by((item::NUMBER.desc(), item::ISBN.asc()));
        for limit in [0, 1, 2, 7, 100] {
            for offset in [0, 1, 5, 99] {
                let page: Vec<i64> = numbers.iter().copied().skip(offset).take(limit).collect();
                let query = || sorted().limit(limit as u64).offset(offset as u64);
                assert_eq!(query().count(conn).unwrap(), page.len() as u64);
                assert_eq!(query().exists(conn).unwrap(), !page.is_empty());
                let sum = (!page.is_empty()).then(|| page.iter().sum());
                assert_eq!(query().sum(conn, item::NUMBER).unwrap(), sum);
                let least = query().min(conn, item::NUMBER).unwrap();
                assert_eq!(least.map(i64::from), page.iter().min().copied());
                let greatest = query().max(conn, item::NUMBER).unwrap();
                assert_eq!(greatest.map(i64::from), page.iter().max().copied());
                let branches = rows
                    .iter()
                    .skip(offset)
                    .take(limit)
                    .filter_map(|row| row.branch_code.clone());
                assert_eq!(
                    query().max(conn, item::BRANCH_CODE).unwrap(),
                    branches.max()
                );
            }
        }
        assert_eq!(
            Item::query().offset(3).count(conn).unwrap(),
            rows.len() as u64 - 3
        );
        assert_eq!(
            Item::query().limit(u64::MAX).count(conn).unwrap(),
            rows.len() as u64
        );
    });
}

#[test]
fn of_related_rows_and_those_that_fit() {
    in_library(|conn| {
        fill_library(conn, 6);
        for author in lib::Author::query().all(conn).unwrap() {
            let books = author.books().all(conn).unwrap();
            let query = || author.books().query();
            assert_eq!(query().count(conn).unwrap(), books.len() as u64);
            assert_eq!(query().exists(conn).unwrap(), !books.is_empty());
            let prices = (!books.is_empty()).then(|| books.iter().map(|book| book.price).sum());
            assert_eq!(query().sum(conn, book::PRICE).unwrap(), prices);
            let rated = query().filter(book::RATING.is_not_null()).limit(2);
            assert_eq!(
                rated.max(conn, book::ISBN).unwrap(),
                books
                    .iter()
                    .filter(|book| book.rating.is_some())
                    .take(2)
                    .map(|book| book.isbn.clone())
                    .max()
            );
            let shared = query().filter(book::AUTHORS.any(author::ID.ne(author.id)));
            let expected = books
                .iter()
                .filter(|book| book.authors().count(conn).unwrap() > 1)
                .count();
            assert_eq!(shared.count(conn).unwrap(), expected as u64);
        }
        // Related rows beside each row make no difference to numbers.
        let beside = || {
            Book::query()
                .with(book::ITEMS)
                .with(book::AUTHORS)
                .filter(book::PAGES.gt(1))
        };
        assert_eq!(
            beside().count(conn).unwrap(),
            Book::query().filter(book::PAGES.gt(1)).count(conn).unwrap()
        );
        assert_eq!(beside().max(conn, book::PAGES).unwrap(), Some(4));
    });
}
