//! Related rows beside rows, over relationships of every kind, compared with what the handles of single rows give.

use crate::db::{self, Connection};

use crate::corners::{bed, day_key, lamp, left, line, note, order, right, room};
use crate::lib::{address, author, book, branch, card, event, item, loan, reader, subject};
use crate::queries_data::{fill_corners, fill_library, in_corners, in_library};

/// The generated code of each spec has traits of its own.
macro_rules! checker {
    ($module:ident, $db:path) => {
        mod $module {
            use std::fmt::Debug;
            use std::sync::Arc;

            use $db as support;

            /// What the tests need of a row.
            pub trait Row: support::Entity + Clone + PartialEq + Debug {}

            impl<E: support::Entity + Clone + PartialEq + Debug> Row for E {}

            /// The rows, some twice, in no order.
            fn mixed<S: Row>(conn: &crate::db::Connection) -> Vec<S> {
                let rows = support::Query::<S>::default().all(conn).unwrap();
                let again = rows.iter().rev().step_by(2).cloned();
                rows.iter().rev().cloned().chain(again).collect()
            }

            /// `all` has for each source what `expected` has; equal targets are one and the same.
            fn are_shared<T: Row>(all: &[Vec<Arc<T>>], expected: &[Vec<T>], name: &str) {
                let plain: Vec<Vec<T>> = all
                    .iter()
                    .map(|list| list.iter().map(|row| T::clone(row)).collect())
                    .collect();
                assert_eq!(plain, expected, "{name}");
                let flat: Vec<&Arc<T>> = all.iter().flatten().collect();
                for (place, row) in flat.iter().enumerate() {
                    for other in &flat[..place] {
                        assert_eq!(Arc::ptr_eq(row, other), row == other, "{name}");
                    }
                }
            }

            pub fn many<S: Row, T: Row, K>(
                conn: &crate::db::Connection,
                rel: support::Rel<S, T, K>,
                of: impl Fn(&S) -> Vec<T>,
            ) where
                K: support::ToMany + support::Kind<Shape = support::Many>,
            {
                let name = &format!("{} to {}", S::NAME, T::NAME);
                let rows = mixed::<S>(conn);
                let expected: Vec<Vec<T>> = rows.iter().map(of).collect();
                let most = expected.iter().map(Vec::len).max().unwrap();
                assert!(most > 1, "the data of {name} shows nothing");
                assert!(
                    expected.iter().any(Vec::is_empty),
                    "every row of {name} has some"
                );
                assert_eq!(rel.load(conn, &rows).unwrap(), expected, "{name}");
                assert_eq!(rel.load(conn, &[]).unwrap(), Vec::<Vec<T>>::new());
                let single = rel.load(conn, &rows[..1]).unwrap();
                assert_eq!(single, expected[..1], "{name}");
                are_shared(&rel.shared().load(conn, &rows).unwrap(), &expected, name);
                for limit in 0..=most + 1 {
                    let first: Vec<Vec<T>> = (expected.iter())
                        .map(|list| list.iter().take(limit).cloned().collect())
                        .collect();
                    let limit = limit as u64;
                    assert_eq!(
                        rel.limit(limit).load(conn, &rows).unwrap(),
                        first,
                        "{name}, {limit}"
                    );
                    are_shared(
                        &rel.limit(limit).shared().load(conn, &rows).unwrap(),
                        &first,
                        name,
                    );
                    are_shared(
                        &rel.shared().limit(limit).load(conn, &rows).unwrap(),
                        &first,
                        name,
                    );
                }
                assert_eq!(rel.limit(u64::MAX).load(conn, &rows).unwrap(), expected);
                let beside = support::Query::<S>::default().with(rel).all(conn).unwrap();
                assert_eq!(
                    beside.len() as u64,
                    support::Query::<S>::default().count(conn).unwrap()
                );
                for (row, targets) in beside {
                    let place = rows.iter().position(|other| *other == row).unwrap();
                    assert_eq!(targets, expected[place], "{name}");
                }
            }

            pub fn maybe<S: Row, T: Row, K>(
                conn: &crate::db::Connection,
                rel: support::Rel<S, T, K>,
                of: impl Fn(&S) -> Option<T>,
            ) where
                K: support::Kind<Shape = support::Maybe>,
            {
                let name = &format!("{} to {}", S::NAME, T::NAME);
                let rows = mixed::<S>(conn);
                let expected: Vec<Option<T>> = rows.iter().map(of).collect();
                assert!(
                    expected.iter().any(Option::is_some) && expected.iter().any(Option::is_none)
                );
                assert_eq!(rel.load(conn, &rows).unwrap(), expected, "{name}");
                assert_eq!(rel.load(conn, &[]).unwrap(), Vec::<Option<T>>::new());
                let lists = |all: Vec<Option<Arc<T>>>| {
                    all.into_iter().map(Vec::from_iter).collect::<Vec<_>>()
                };
                let expected_lists: Vec<Vec<T>> =
                    expected.iter().cloned().map(Vec::from_iter).collect();
                are_shared(
                    &lists(rel.shared().load(conn, &rows).unwrap()),
                    &expected_lists,
                    name,
                );
                for (row, target) in support::Query::<S>::default().with(rel).all(conn).unwrap() {
                    let place = rows.iter().position(|other| *other == row).unwrap();
                    assert_eq!(target, expected[place], "{name}");
                }
            }

            pub fn one<S: Row, T: Row, K>(
                conn: &crate::db::Connection,
                rel: support::Rel<S, T, K>,
                of: impl Fn(&S) -> T,
            ) where
                K: support::Kind<Shape = support::One>,
            {
                let name = &format!("{} to {}", S::NAME, T::NAME);
                let rows = mixed::<S>(conn);
                let expected: Vec<T> = rows.iter().map(of).collect();
                assert!(expected.len() > 4, "the data of {name} shows nothing");
                assert_eq!(rel.load(conn, &rows).unwrap(), expected, "{name}");
                assert_eq!(rel.load(conn, &[]).unwrap(), Vec::<T>::new());
                let shared = rel
                    .shared()
                    .load(conn, &rows)
                    .unwrap()
                    .into_iter()
                    .map(|row| vec![row]);
                let expected_lists: Vec<Vec<T>> =
                    expected.iter().cloned().map(|row| vec![row]).collect();
                are_shared(&shared.collect::<Vec<_>>(), &expected_lists, name);
                for (row, target) in support::Query::<S>::default().with(rel).all(conn).unwrap() {
                    let place = rows.iter().position(|other| *other == row).unwrap();
                    assert_eq!(target, expected[place], "{name}");
                }
            }
        }
    };
}

checker!(of_library, crate::lib::support);
checker!(of_corners, crate::corners::support);

/// Runs `test` twice, the second time with the rows of unordered statements in the opposite order.
fn in_both_orders(conn: &Connection, test: impl Fn()) {
    test();
    db::reverse_order(conn);
    test();
}

#[test]
fn over_secondaries() {
    in_library(|conn| {
        fill_library(conn, 8);
        in_both_orders(conn, || {
            of_library::many(conn, author::BOOKS, |row| row.books().all(conn).unwrap());
            of_library::many(conn, book::AUTHORS, |row| row.authors().all(conn).unwrap());
            of_library::many(conn, reader::EVENTS, |row| row.events().all(conn).unwrap());
            of_library::many(conn, event::GUESTS, |row| row.guests().all(conn).unwrap());
            of_library::many(conn, card::BRANCHES, |row| {
                row.branches().all(conn).unwrap()
            });
            of_library::many(conn, branch::CARDS, |row| row.cards().all(conn).unwrap());
            of_library::many(conn, item::RESERVED_BY, |row| {
                row.reserved_by().all(conn).unwrap()
            });
            of_library::many(conn, reader::RESERVATIONS, |row| {
                row.reservations().all(conn).unwrap()
            });
        });
    });
}

#[test]
fn over_foreign_keys() {
    in_library(|conn| {
        fill_library(conn, 9);
        in_both_orders(conn, || {
            of_library::many(conn, book::ITEMS, |row| row.items().all(conn).unwrap());
            of_library::many(conn, branch::ITEMS, |row| row.items().all(conn).unwrap());
            of_library::many(conn, branch::EVENTS, |row| row.events().all(conn).unwrap());
            of_library::many(conn, subject::BOOKS, |row| row.books().all(conn).unwrap());
            of_library::many(conn, card::LOANS, |row| row.loans().all(conn).unwrap());
            of_library::many(conn, item::LOANS, |row| row.loans().all(conn).unwrap());
            of_library::one(conn, item::BOOK, |row| row.book().get(conn).unwrap());
            of_library::one(conn, loan::CARD, |row| row.card().get(conn).unwrap());
            of_library::one(conn, loan::ITEM, |row| row.item().get(conn).unwrap());
            of_library::one(conn, event::BRANCH, |row| row.branch().get(conn).unwrap());
            of_library::one(conn, address::READER, |row| row.reader().get(conn).unwrap());
            of_library::maybe(conn, item::BRANCH, |row| row.branch().get(conn).unwrap());
            of_library::maybe(conn, book::SUBJECT, |row| row.subject().get(conn).unwrap());
            of_library::maybe(conn, card::READER, |row| row.reader().get(conn).unwrap());
            of_library::maybe(conn, reader::CARD, |row| row.card().get(conn).unwrap());
            of_library::maybe(conn, reader::ADDRESS, |row| {
                row.address().get(conn).unwrap()
            });
        });
    });
}

#[test]
fn over_keys_of_several_columns_and_nullable_ones() {
    in_corners(|conn| {
        fill_corners(conn, 3);
        in_both_orders(conn, || {
            of_corners::many(conn, left::RIGHTS, |row| row.rights().all(conn).unwrap());
            of_corners::many(conn, right::LEFTS, |row| row.lefts().all(conn).unwrap());
            of_corners::many(conn, order::LINES, |row| row.lines().all(conn).unwrap());
            of_corners::many(conn, room::BEDS, |row| row.beds().all(conn).unwrap());
            of_corners::many(conn, day_key::NOTES, |row| row.notes().all(conn).unwrap());
            of_corners::one(conn, line::ORDER, |row| row.order().get(conn).unwrap());
            of_corners::maybe(conn, bed::ROOM, |row| row.room().get(conn).unwrap());
            of_corners::maybe(conn, room::LAMP, |row| row.lamp().get(conn).unwrap());
            of_corners::maybe(conn, lamp::ROOM, |row| row.room().get(conn).unwrap());
            of_corners::maybe(conn, note::DAY_KEY, |row| row.day_key().get(conn).unwrap());
        });
    });
}
