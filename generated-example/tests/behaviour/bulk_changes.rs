//! Changes to many rows by one statement.

use crate::db::{self, Connection};

use crate::corners::{Every, every};
use crate::lib::support::Query;
use crate::lib::{self, Book, Error, Item, Loan, book, raw};
use crate::queries_data::{in_corners, in_library};
use crate::{decimal, new_book};

/// Books `1` to `6` of two titles in turns.
fn six(conn: &Connection) {
    for (isbn, title) in (1..=6).zip(["odd", "even"].into_iter().cycle()) {
        let new = lib::NewBook {
            pages: isbn,
            summary: Some("s".into()),
            ..new_book(&isbn.to_string(), title)
        };
        Book::insert(conn, new).unwrap();
    }
}

/// The keys of the rows of a query, in one word.
fn isbns(conn: &Connection, query: Query<Book>) -> String {
    query
        .order_by(book::ISBN.asc())
        .all(conn)
        .unwrap()
        .into_iter()
        .map(|book| book.isbn)
        .collect()
}

#[test]
fn an_update_reaches_the_rows_that_fit() {
    in_library(|conn| {
        six(conn);
        let of = |title: &str| isbns(conn, Book::query().filter(book::TITLE.eq(title)));
        let odd = || Book::query().filter(book::TITLE.eq("odd"));
        assert_eq!(
            odd()
                .filter(book::PAGES.gt(1))
                .update(conn, book::TITLE.set("late"))
                .unwrap(),
            2
        );
        assert_eq!(
            (of("odd"), of("late"), of("even")),
            ("1".into(), "35".into(), "246".into())
        );
        assert_eq!(
            odd()
                .filter(book::PAGES.gt(1))
                .update(conn, book::TITLE.set("x"))
                .unwrap(),
            0
        );
        let sorted = || Book::query().order_by(book::PAGES.desc());
        assert_eq!(
            sorted()
                .limit(2)
                .update(conn, book::TITLE.set("last"))
                .unwrap(),
            2
        );
        assert_eq!(of("last"), "56");
        assert_eq!(
            sorted()
                .limit(2)
                .offset(1)
                .update(conn, book::TITLE.set("mid"))
                .unwrap(),
            2
        );
        assert_eq!(of("mid"), "45");
        assert_eq!(
            sorted()
                .offset(4)
                .update(conn, book::TITLE.set("first"))
                .unwrap(),
            2
        );
        assert_eq!(of("first"), "12");
        let three = Book::get(conn, "3".into()).unwrap();
        assert_eq!(
            sorted()
                .after(&three)
                .update(conn, book::TITLE.set("behind"))
                .unwrap(),
            2
        );
        assert_eq!(of("behind"), "12");
        assert_eq!(
            sorted()
                .after(&three)
                .limit(1)
                .update(conn, book::TITLE.set("next"))
                .unwrap(),
            1
        );
        assert_eq!(of("next"), "2");
        assert_eq!(
            Book::query()
                .limit(0)
                .update(conn, book::TITLE.set("none"))
                .unwrap(),
            0
        );
        assert_eq!(
            Book::query().update(conn, book::TITLE.set("all")).unwrap(),
            6
        );
        assert_eq!(of("all"), "123456");
    });
}

#[test]
fn a_column_is_given_a_value_null_or_sql() {
    in_library(|conn| {
        six(conn);
        let one = || Book::query().filter(book::ISBN.eq("1"));
        let get = || Book::get(conn, "1".into()).unwrap();
        let text = String::from("text");
        let set = |changes| one().update(conn, changes).unwrap();
        assert_eq!(set(book::SUMMARY.set(None)), 1);
        assert_eq!(get().summary, None);
        set(book::SUMMARY.set("literal"));
        assert_eq!(get().summary.as_deref(), Some("literal"));
        set(book::SUMMARY.set(Some(text.clone())));
        assert_eq!(get().summary.as_deref(), Some("text"));
        set(book::SUMMARY.set(&text));
        set(book::SUMMARY.set(raw("concat(summary, ?, title)", ["+"])));
        assert_eq!(get().summary.as_deref(), Some("text+odd"));
        set(book::COVER.set(vec![0_u8, 255]));
        assert_eq!(get().cover, Some(vec![0, 255]));
        set(book::COVER.set(Some(vec![7])));
        assert_eq!(get().cover, Some(vec![7]));
        set(book::RATING.set(Some(0.5)));
        let large = if db::HOLDS_INFINITY {
            f64::INFINITY
        } else {
            f64::MAX
        };
        set(book::WEIGHT.set(large));
        set(book::DETAILS.set(serde_json::json!([1])));
        set(book::PUBLISHED.set(chrono::NaiveDate::from_ymd_opt(2026, 1, 2)));
        set(book::PRICE.set(decimal("1.005")));
        let stored = get();
        assert_eq!((stored.rating, stored.weight), (Some(0.5), Some(large)));
        assert_eq!(
            (stored.details, stored.published),
            (
                serde_json::json!([1]),
                chrono::NaiveDate::from_ymd_opt(2026, 1, 2)
            )
        );
        assert_eq!(stored.price, decimal("1.01"), "rounded, as by every write");
        let several = (
            book::PAGES.set(raw("pages + 1 -- one more", ())),
            book::TITLE.set("t"),
            book::RATING.set(None),
            book::SUMMARY.set(raw("?", [1.5])),
        );
        one()
            .filter(raw("pages = ?", [1]))
            .update(conn, several)
            .unwrap();
        let stored = get();
        assert_eq!(
            (stored.pages, stored.title.as_str(), stored.rating),
            (2, "t", None)
        );
        let twice = (book::PAGES.set(5), book::PAGES.set(6));
        one()
            .update(conn, (twice, (book::TITLE.set("u"),)))
            .unwrap();
        assert_eq!(
            (get().pages, get().title.as_str()),
            (6, "u"),
            "the last one counts"
        );
        assert_eq!(
            isbns(conn, Book::query().filter(book::SUMMARY.eq("s"))),
            "23456"
        );
    });
}

#[test]
fn what_is_refused_changes_nothing() {
    in_library(|conn| {
        six(conn);
        let before = Book::query().order_by(book::ISBN.asc()).all(conn).unwrap();
        let all = || Book::query().order_by(book::ISBN.asc());
        let check = all().update(conn, book::PAGES.set(raw("3 - pages", ())));
        assert!(
            matches!(check, Err(Error::CheckViolation { .. })),
            "{check:?}"
        );
        let unique = all().update(conn, book::ISBN.set("7"));
        assert!(
            matches!(unique, Err(Error::UniqueViolation { .. })),
            "{unique:?}"
        );
        let null = all().update(conn, book::TITLE.set(raw("nullif(title, ?)", ["even"])));
        assert!(
            matches!(null, Err(Error::NotNullViolation { .. })),
            "{null:?}"
        );
        let missing = all().update(conn, (book::TITLE.set("x"), book::SUBJECT_ID.set(99)));
        assert!(
            matches!(missing, Err(Error::ForeignKeyViolation { .. })),
            "{missing:?}"
        );
        if !db::HOLDS_NAN {
            let encode = all().update(conn, (book::TITLE.set("x"), book::RATING.set(f32::NAN)));
            assert!(
                matches!(
                    encode,
                    Err(Error::Encode {
                        column: "rating",
                        ..
                    })
                ),
                "{encode:?}"
            );
        }
        let large = (
            book::TITLE.set("x"),
            book::PRICE.set(decimal("100000000000000000000")),
        );
        let large = all().update(conn, large);
        assert!(
            matches!(
                large,
                Err(Error::Encode {
                    column: "price",
                    ..
                })
            ),
            "{large:?}"
        );
        let digits = all().filter(book::PRICE.eq(decimal("0.001"))).delete(conn);
        assert!(
            matches!(
                digits,
                Err(Error::Encode {
                    column: "price",
                    ..
                })
            ),
            "{digits:?}"
        );
        let args = all().update(conn, book::TITLE.set(raw("? || ?", ["x"])));
        assert!(matches!(args, Err(Error::Database(_))), "{args:?}");
        let card = crate::card(conn, "c");
        crate::loan(conn, &card, &crate::item(conn, &before[0], 1));
        let referred = Item::query().delete(conn);
        assert!(
            matches!(referred, Err(Error::ForeignKeyViolation { .. })),
            "{referred:?}"
        );
        assert_eq!(all().all(conn).unwrap(), before);
        assert_eq!(
            (
                Item::query().count(conn).unwrap(),
                Loan::query().count(conn).unwrap()
            ),
            (1, 1)
        );
        assert!(!db::in_transaction(conn));
    });
}

#[test]
fn every_type_is_set_and_set_to_null() {
    in_corners(|conn| {
        crate::queries::three(conn);
        let whole = Every::get(conn, 1).unwrap();
        let two = || Every::query().filter(every::ID.eq(2));
        macro_rules! check {
            ($($column:ident = $field:ident),+) => {$(
                let value = whole.$field.clone().unwrap();
                two().update(conn, every::$column.set(&value)).unwrap();
                assert_eq!(Every::get(conn, 2).unwrap().$field, whole.$field, stringify!($field));
                two().update(conn, every::$column.set(None)).unwrap();
                assert_eq!(Every::get(conn, 2).unwrap().$field, None, stringify!($field));
                two().update(conn, every::$column.set(whole.$field.clone())).unwrap();
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
        assert_eq!(Every::get(conn, 2).unwrap(), Every { id: 2, ..whole });
    });
}
