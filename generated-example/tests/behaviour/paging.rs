//! `after`: page by page, every row once, in the order of the whole list.

use crate::corners::support::{Column, ColumnType, Order, Query};
use crate::corners::{
    Bed, Every, Left, Line, NewEvery, Note, Right, Room, bed, every, left, line, note, right, room,
};
use crate::db;
use crate::lib::{
    self, Author, Book, Branch, Event, Item, Loan, Reader, author, book, branch, event, item, loan,
    reader, support::raw,
};
use crate::queries_data::{Random, fill_corners, fill_library, in_corners, in_library};
use crate::{decimal, new_book};

/// The generated code of each spec has traits of its own.
macro_rules! checker {
    ($module:ident, $db:path) => {
        mod $module {
            use $db as support;

            /// Walks through `query` in pages of every size.
            pub fn pages<T: support::Entity + Clone>(
                conn: &crate::db::Connection,
                query: impl Fn() -> support::Query<T>,
            ) {
                let keys = |rows: &[T]| -> Vec<String> {
                    rows.iter().map(|row| format!("{:?}", row.key())).collect()
                };
                let whole = query().all(conn).unwrap();
                assert!(
                    whole.len() > 4,
                    "{} rows of {} show nothing",
                    whole.len(),
                    T::NAME
                );
                for size in 1..=whole.len() + 1 {
                    let limit = size as u64;
                    let mut rows = query().limit(limit).all(conn).unwrap();
                    let mut page = rows.len();
                    while page > 0 {
                        let last = rows[rows.len() - 1].clone();
                        let next = query().after(&last).limit(limit).all(conn).unwrap();
                        page = next.len();
                        assert!(page <= size);
                        rows.extend(next);
                        assert!(rows.len() <= whole.len(), "{} comes back", T::NAME);
                    }
                    assert_eq!(keys(&rows), keys(&whole), "{} by {size}", T::NAME);
                }
                // What is behind a row, without and with an offset, and counted.
                for (place, row) in whole.iter().enumerate() {
                    let behind = || query().after(row);
                    let expected = &whole[place + 1..];
                    assert_eq!(behind().count(conn).unwrap(), expected.len() as u64);
                    assert_eq!(behind().exists(conn).unwrap(), !expected.is_empty());
                    let first = behind().first(conn).unwrap();
                    assert_eq!(
                        keys(first.as_slice()),
                        keys(&expected[..expected.len().min(1)])
                    );
                    let skipped = behind().offset(2).all(conn).unwrap();
                    assert_eq!(keys(&skipped), keys(expected.get(2..).unwrap_or_default()));
                }
            }
        }
    };
}

checker!(of_library, crate::lib::support);
checker!(of_corners, crate::corners::support);

fn by<K: ColumnType>(column: Column<Every, K>, descending: bool) -> Order<Every> {
    if descending {
        column.desc()
    } else {
        column.asc()
    }
}

#[test]
fn over_nullable_columns_ties_and_mixed_directions() {
    in_corners(|conn| {
        let mut random = Random::new(3);
        for _ in 0..20 {
            let texts = ["", "a", "B", "ä"].map(str::to_owned);
            let least = if db::HOLDS_INFINITY {
                f64::NEG_INFINITY
            } else {
                f64::MIN
            };
            let doubles = [least, -0.0, 0.0, 0.5];
            let new = NewEvery {
                integer: (!random.once_in(3)).then(|| *random.pick(&[i32::MIN, 0, 1])),
                boolean: (!random.once_in(3)).then(|| random.once_in(2)),
                text: (!random.once_in(3)).then(|| random.pick(&texts).clone()),
                double: (!random.once_in(3)).then(|| *random.pick(&doubles)),
                ..NewEvery::default()
            };
            Every::insert(conn, new).unwrap();
        }
        for directions in 0..16 {
            let down = |place: u32| directions >> place & 1 == 1;
            let one = || by(every::INTEGER, down(0));
            let two = || by(every::BOOLEAN, down(1));
            let three = || by(every::TEXT, down(2));
            let id = || by(every::ID, down(3));
            let pages = |query: &dyn Fn() -> Query<Every>| of_corners::pages(conn, query);
            pages(&|| Every::query().order_by(one()));
            pages(&|| Every::query().order_by(by(every::DOUBLE, down(0))));
            pages(&|| Every::query().order_by((one(), two())));
            pages(&|| Every::query().order_by((one(), id())));
            pages(&|| Every::query().order_by((one(), two(), three(), id())));
            pages(&|| Every::query().order_by((three(), one())).order_by(two()));
            pages(&|| Every::query().order_by((one(), id(), three())));
            pages(&|| Every::query().order_by((one(), by(every::INTEGER, down(1)), two())));
            let filter = || every::BOOLEAN.is_null().or(every::INTEGER.is_not_null());
            pages(&|| Every::query().filter(filter()).order_by((two(), one())));
        }
    });
}

#[test]
fn over_columns_of_every_type() {
    in_corners(|conn| {
        crate::queries::three(conn);
        crate::queries::three(conn);
        macro_rules! check {
            ($($column:ident),+) => {$(
                of_corners::pages(conn, || Every::query().order_by(every::$column.asc()));
                of_corners::pages(conn, || Every::query().order_by(every::$column.desc()));
            )+};
        }
        check!(
            BOOLEAN, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE, DECIMAL, STRING, TEXT
        );
        check!(BYTES, UUID, DATE, TIME, DATETIME, TIMESTAMP, JSON);
    });
}

#[test]
fn over_keys_of_every_kind() {
    in_library(|conn| {
        fill_library(conn, 1);
        of_library::pages(conn, || Author::query().order_by(author::ID.asc()));
        of_library::pages(conn, || Author::query().order_by(author::BORN.desc()));
        of_library::pages(conn, || Book::query().order_by(book::ISBN.asc()));
        of_library::pages(conn, || Book::query().order_by(book::ISBN.desc()));
        of_library::pages(conn, || {
            Book::query().order_by((book::TITLE.asc(), book::PRICE.desc()))
        });
        of_library::pages(conn, || {
            Book::query().order_by((book::PRICE.desc(), book::RATING.asc(), book::PAGES.asc()))
        });
        of_library::pages(conn, || {
            Branch::query().order_by((branch::OPENS.desc(), branch::CODE.asc()))
        });
        of_library::pages(conn, || Reader::query().order_by(reader::ID.desc()));
        of_library::pages(conn, || Reader::query().order_by(reader::JOINED.asc()));
        of_library::pages(conn, || {
            Event::query().order_by((event::PUBLIC.desc(), event::TITLE.asc()))
        });
        of_library::pages(conn, || {
            Item::query().order_by((item::ISBN.asc(), item::NUMBER.asc()))
        });
        of_library::pages(conn, || {
            Item::query().order_by((item::ISBN.asc(), item::NUMBER.desc()))
        });
        of_library::pages(conn, || Item::query().order_by(item::NUMBER.desc()));
        of_library::pages(conn, || Item::query().order_by(item::ISBN.desc()));
        of_library::pages(conn, || {
            Item::query().order_by((item::DAMAGED.asc(), item::BRANCH_CODE.desc()))
        });
        of_library::pages(conn, || {
            Loan::query().order_by((loan::DUE.asc(), loan::FINE.desc(), loan::ITEM_NUMBER.asc()))
        });
    });
    in_corners(|conn| {
        fill_corners(conn, 1);
        of_corners::pages(conn, || Left::query().order_by(left::B.desc()));
        of_corners::pages(conn, || {
            Left::query().order_by((left::A.asc(), left::B.desc()))
        });
        of_corners::pages(conn, || Right::query().order_by(right::C.asc()));
        of_corners::pages(conn, || {
            Right::query().order_by((right::D.desc(), right::C.desc()))
        });
        of_corners::pages(conn, || {
            Line::query().order_by((line::WHAT.asc(), line::POSITION.desc()))
        });
        of_corners::pages(conn, || {
            Room::query().order_by((room::NUMBER.asc(), room::HOUSE.desc()))
        });
        of_corners::pages(conn, || {
            Bed::query().order_by((bed::HOUSE.asc(), bed::NUMBER.desc()))
        });
        of_corners::pages(conn, || Note::query().order_by(note::DAY.desc()));
    });
}

#[test]
fn among_the_rows_of_a_handle() {
    in_library(|conn| {
        fill_library(conn, 2);
        let most = |counts: Vec<u64>| (0..).zip(counts).max_by_key(|(_, count)| *count).unwrap().0;
        let readers = Reader::query().all(conn).unwrap();
        let counts = readers
            .iter()
            .map(|row| row.reservations().count(conn).unwrap());
        let reader: &Reader = &readers[most(counts.collect())];
        let waiting = || reader.reservations().query();
        of_library::pages(conn, waiting);
        of_library::pages(conn, || {
            waiting().order_by((item::BRANCH_CODE.desc(), item::NUMBER.asc()))
        });
        of_library::pages(conn, || {
            waiting()
                .filter(raw("number > ?", [-9]))
                .order_by(item::NUMBER.desc())
        });
        let branches = Branch::query().all(conn).unwrap();
        let counts = branches.iter().map(|row| row.items().count(conn).unwrap());
        let branch: &Branch = &branches[most(counts.collect())];
        of_library::pages(conn, || branch.items().query());
        of_library::pages(conn, || {
            branch.items().query().order_by(item::DAMAGED.desc())
        });
        let item = branch
            .items()
            .query()
            .order_by(item::NUMBER.asc())
            .first(conn)
            .unwrap()
            .unwrap();
        let of_other = branches
            .iter()
            .find(|other| *other != branch)
            .unwrap()
            .items()
            .query()
            .after(&item);
        assert!(
            of_other
                .all(conn)
                .unwrap()
                .iter()
                .all(|other| other.branch_code != item.branch_code)
        );
    });
}

#[test]
fn behind_a_row_that_has_changed_or_gone() {
    in_library(|conn| {
        for (isbn, title) in [("3", "a"), ("1", "b"), ("2", "b"), ("4", "c")] {
            Book::insert(conn, new_book(isbn, title)).unwrap();
        }
        let isbns = |query: lib::support::Query<Book>| -> String {
            query
                .all(conn)
                .unwrap()
                .into_iter()
                .map(|book| book.isbn)
                .collect()
        };
        let down = Book::query().order_by(book::TITLE.desc());
        assert_eq!(
            isbns(down),
            "4213",
            "the key goes the way of the column before it"
        );
        let one = Book::get(conn, "1".into()).unwrap();
        let sorted = || Book::query().order_by(book::TITLE.asc());
        assert_eq!(isbns(sorted().after(&one)), "24");
        assert_eq!(
            isbns(Book::query().after(&one)),
            "234",
            "by the primary key, when nothing else is said"
        );
        assert_eq!(
            isbns(sorted().after(&one).order_by(book::ISBN.desc())),
            "4",
            "the order counts that there is in the end"
        );
        assert_eq!(isbns(sorted().after(&one).filter(book::ISBN.lt("3"))), "2");
        one.clone().delete(conn).unwrap();
        assert_eq!(isbns(sorted().after(&one)), "24");
        let elsewhere = Book {
            title: "bb".into(),
            ..one
        };
        assert_eq!(isbns(sorted().after(&elsewhere)), "4");
        let unreadable = Book {
            rating: Some(f32::NAN),
            ..elsewhere
        };
        let refused = sorted().after(&unreadable).all(conn);
        if db::HOLDS_NAN {
            assert_eq!(refused.unwrap().len(), 1);
        } else {
            assert!(matches!(
                refused,
                Err(lib::Error::Encode {
                    column: "rating",
                    ..
                })
            ));
        }
        assert_eq!(
            Book::query().sum(conn, book::PRICE).unwrap(),
            Some(decimal("29.97"))
        );
    });
}
