//! Conditions across relationships of every kind, compared with what the handles of single rows tell.

use crate::corners::{bed, day_key, lamp, left, line, note, order, right, room};
use crate::decimal;
use crate::lib::{address, author, book, branch, card, event, item, loan, reader, subject};
use crate::queries_data::{fill_corners, fill_library, in_corners, in_library};

/// The generated code of each spec has traits of its own.
macro_rules! checker {
    ($module:ident, $db:path) => {
        mod $module {
            use $db as support;

            /// The rows that fit, by their keys.
            fn keys<S: support::Entity>(
                conn: &crate::db::Connection,
                filter: support::Filter<S>,
            ) -> Vec<String> {
                let rows = support::Query::<S>::default()
                    .filter(filter)
                    .all(conn)
                    .unwrap();
                let mut keys: Vec<String> =
                    rows.iter().map(|row| format!("{:?}", row.key())).collect();
                keys.sort_unstable();
                keys
            }

            /// `targets` are the rows at the other side of one; `fits` says of which of them `condition` is true.
            pub fn check<S: support::Entity, T: support::Entity, K: support::Kind>(
                conn: &crate::db::Connection,
                rel: support::Rel<S, T, K>,
                targets: impl Fn(&S) -> Vec<T>,
                condition: impl Fn() -> support::Filter<T>,
                fits: impl Fn(&T) -> bool,
            ) {
                let rows = support::Query::<S>::default().all(conn).unwrap();
                let having = |has: &dyn Fn(&S) -> bool| {
                    let mut keys: Vec<String> = (rows.iter().filter(|row| has(row)))
                        .map(|row| format!("{:?}", row.key()))
                        .collect();
                    keys.sort_unstable();
                    keys
                };
                let name = format!("{} to {}", S::NAME, T::NAME);
                let related = having(&|row| !targets(row).is_empty());
                let fit = having(&|row| targets(row).iter().any(&fits));
                let not_fit = having(&|row| !targets(row).iter().any(&fits));
                assert!(
                    !fit.is_empty() && !not_fit.is_empty(),
                    "the data of {name} shows nothing"
                );
                assert_eq!(keys(conn, rel.any(condition())), fit, "{name}");
                assert_eq!(keys(conn, rel.any(condition()).not()), not_fit, "{name}");
                assert_eq!(keys(conn, rel.any(condition()).not().not()), fit, "{name}");
                assert_eq!(keys(conn, rel.exists()), related, "{name}");
                let not_related = having(&|row| targets(row).is_empty());
                assert_eq!(keys(conn, rel.exists().not()), not_related, "{name}");
                assert_eq!(
                    keys(conn, rel.exists().and(rel.any(condition()).not())),
                    having(&|row| !targets(row).is_empty() && !targets(row).iter().any(&fits)),
                    "{name}"
                );
                assert_eq!(
                    keys(conn, rel.any(condition()).or(rel.exists().not())),
                    having(&|row| targets(row).is_empty() || targets(row).iter().any(&fits)),
                    "{name}"
                );
                let count = |filter| {
                    support::Query::<S>::default()
                        .filter(filter)
                        .count(conn)
                        .unwrap()
                };
                let (some, none) = (
                    count(rel.any(condition())),
                    count(rel.any(condition()).not()),
                );
                assert_eq!(some + none, rows.len() as u64, "{name}");
            }
        }
    };
}

checker!(of_library, crate::lib::support);
checker!(of_corners, crate::corners::support);

#[test]
fn over_secondaries() {
    for seed in 4..=6 {
        in_library(|conn| {
            fill_library(conn, seed);
            let born = chrono::NaiveDate::from_ymd_opt(1901, 1, 1).unwrap();
            of_library::check(
                conn,
                book::AUTHORS,
                |row| row.authors().all(conn).unwrap(),
                || author::BORN.ne(born),
                |row| row.born.is_some_and(|day| day != born),
            );
            of_library::check(
                conn,
                author::BOOKS,
                |row| row.books().all(conn).unwrap(),
                || book::PAGES.gt(3),
                |row| row.pages > 3,
            );
            of_library::check(
                conn,
                event::GUESTS,
                |row| row.guests().all(conn).unwrap(),
                || reader::NAME.lt("J"),
                |row| row.name.as_str() < "J",
            );
            of_library::check(
                conn,
                reader::EVENTS,
                |row| row.events().all(conn).unwrap(),
                || event::PUBLIC.eq(true),
                |row| row.public,
            );
            of_library::check(
                conn,
                card::BRANCHES,
                |row| row.branches().all(conn).unwrap(),
                || branch::CODE.in_(["S", "ä"]),
                |row| row.code == "S" || row.code == "ä",
            );
            of_library::check(
                conn,
                branch::CARDS,
                |row| row.cards().all(conn).unwrap(),
                || card::READER_ID.is_null(),
                |row| row.reader_id.is_none(),
            );
            of_library::check(
                conn,
                item::RESERVED_BY,
                |row| row.reserved_by().all(conn).unwrap(),
                || reader::NAME.contains("e"),
                |row| row.name.contains('e'),
            );
            of_library::check(
                conn,
                reader::RESERVATIONS,
                |row| row.reservations().all(conn).unwrap(),
                || item::NUMBER.eq(300).and(item::DAMAGED.eq(true)),
                |row| row.number == 300 && row.damaged,
            );
        });
    }
}

#[test]
fn to_many_over_foreign_keys() {
    for seed in 4..=6 {
        in_library(|conn| {
            fill_library(conn, seed);
            of_library::check(
                conn,
                book::ITEMS,
                |row| row.items().all(conn).unwrap(),
                || item::DAMAGED.eq(true),
                |row| row.damaged,
            );
            of_library::check(
                conn,
                branch::ITEMS,
                |row| row.items().all(conn).unwrap(),
                || item::NUMBER.lt(0),
                |row| row.number < 0,
            );
            of_library::check(
                conn,
                subject::BOOKS,
                |row| row.books().all(conn).unwrap(),
                || book::TITLE.lt("t2"),
                |row| row.title.as_str() < "t2",
            );
            of_library::check(
                conn,
                card::LOANS,
                |row| row.loans().all(conn).unwrap(),
                || loan::FINE.gt(decimal("1")),
                |row| row.fine > decimal("1"),
            );
            of_library::check(
                conn,
                item::LOANS,
                |row| row.loans().all(conn).unwrap(),
                || loan::FINE.eq(decimal("0")),
                |row| row.fine.is_zero(),
            );
            of_library::check(
                conn,
                branch::EVENTS,
                |row| row.events().all(conn).unwrap(),
                || event::PUBLIC.eq(false),
                |row| !row.public,
            );
        });
    }
}

#[test]
fn to_one_over_foreign_keys() {
    for seed in 4..=6 {
        in_library(|conn| {
            fill_library(conn, seed);
            of_library::check(
                conn,
                item::BOOK,
                |row| vec![row.book().get(conn).unwrap()],
                || book::RATING.gt(1.0),
                |row| row.rating.is_some(),
            );
            of_library::check(
                conn,
                item::BRANCH,
                |row| Vec::from_iter(row.branch().get(conn).unwrap()),
                || branch::CODE.ne("S"),
                |row| row.code != "S",
            );
            of_library::check(
                conn,
                book::SUBJECT,
                |row| Vec::from_iter(row.subject().get(conn).unwrap()),
                || subject::NAME.like("S%"),
                |row| row.name == "Sea",
            );
            of_library::check(
                conn,
                loan::ITEM,
                |row| vec![row.item().get(conn).unwrap()],
                || item::BRANCH_CODE.is_null(),
                |row| row.branch_code.is_none(),
            );
            of_library::check(
                conn,
                loan::CARD,
                |row| vec![row.card().get(conn).unwrap()],
                || card::READER_ID.is_not_null(),
                |row| row.reader_id.is_some(),
            );
            of_library::check(
                conn,
                reader::CARD,
                |row| Vec::from_iter(row.card().get(conn).unwrap()),
                || card::CHIP.eq([0, 1, 254, 1]),
                |row| row.chip[3] == 1,
            );
            of_library::check(
                conn,
                card::READER,
                |row| Vec::from_iter(row.reader().get(conn).unwrap()),
                || reader::NAME.ne("Hal"),
                |row| row.name != "Hal",
            );
            of_library::check(
                conn,
                reader::ADDRESS,
                |row| Vec::from_iter(row.address().get(conn).unwrap()),
                || address::STREET.eq("Elm"),
                |row| row.street == "Elm",
            );
            of_library::check(
                conn,
                address::READER,
                |row| vec![row.reader().get(conn).unwrap()],
                || reader::NAME.le("Jo"),
                |row| row.name.as_str() <= "Jo",
            );
        });
    }
}

#[test]
fn over_keys_of_several_columns_and_nullable_ones() {
    for seed in 4..=6 {
        in_corners(|conn| {
            fill_corners(conn, seed);
            of_corners::check(
                conn,
                left::RIGHTS,
                |row| row.rights().all(conn).unwrap(),
                || right::C.lt(0),
                |row| row.c < 0,
            );
            of_corners::check(
                conn,
                right::LEFTS,
                |row| row.lefts().all(conn).unwrap(),
                || left::A.gt(b"\0"),
                |row| row.a.as_slice() > [0].as_slice(),
            );
            of_corners::check(
                conn,
                order::LINES,
                |row| row.lines().all(conn).unwrap(),
                || line::WHAT.eq("ink"),
                |row| row.what == "ink",
            );
            of_corners::check(
                conn,
                line::ORDER,
                |row| vec![row.order().get(conn).unwrap()],
                || order::ID.le(3),
                |row| row.id <= 3,
            );
            of_corners::check(
                conn,
                room::BEDS,
                |row| row.beds().all(conn).unwrap(),
                || bed::ID.le(6),
                |row| row.id <= 6,
            );
            of_corners::check(
                conn,
                bed::ROOM,
                |row| Vec::from_iter(row.room().get(conn).unwrap()),
                || room::NUMBER.gt(0),
                |row| row.number > 0,
            );
            of_corners::check(
                conn,
                room::LAMP,
                |row| Vec::from_iter(row.lamp().get(conn).unwrap()),
                || lamp::ID.gt(0),
                |_| true,
            );
            of_corners::check(
                conn,
                lamp::ROOM,
                |row| Vec::from_iter(row.room().get(conn).unwrap()),
                || room::HOUSE.ge(""),
                |_| true,
            );
            of_corners::check(
                conn,
                day_key::NOTES,
                |row| row.notes().all(conn).unwrap(),
                || note::ID.gt(3),
                |row| row.id > 3,
            );
            of_corners::check(
                conn,
                note::DAY_KEY,
                |row| Vec::from_iter(row.day_key().get(conn).unwrap()),
                || day_key::DAY.is_not_null(),
                |_| true,
            );
        });
    }
}
