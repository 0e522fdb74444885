//! How many statements an eager load is, and that their texts do not depend on the number of rows.

#![expect(clippy::type_complexity, reason = "the types show the shapes")]

use rusqlite::Connection;

use super::statements::trace;
use crate::lib::{Book, Card, Item, Loan, Reader, book, card, item, loan, reader};
use crate::queries_data::in_library;

/// 100 books, each with 1,000 items, each of them lent once and reserved by one of ten readers.
fn fill(conn: &Connection) {
    let numbers = |end: u32| {
        format!(
            "WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < {end} - 1) "
        )
    };
    let (few, many) = (numbers(100), numbers(100_000));
    let sql = format!(
        "BEGIN;
        {few} INSERT INTO books (isbn, title, pages, price) SELECT n, 't', 1, 0 FROM n;
        {few} INSERT INTO branches (code, name) SELECT n, 'n' FROM n;
        {few} INSERT INTO readers (id, name) SELECT unhex(format('%032x', n)), 'n' FROM n;
        {few} INSERT INTO cards (number, chip, reader_id) SELECT n, zeroblob(4), unhex(format('%032x', n)) FROM n;
        {many} INSERT INTO items (isbn, number, branch_code) SELECT n % 100, n / 100, iif(n % 3, n % 100, NULL) FROM n;
        {many} INSERT INTO loans (card_number, isbn, item_number, due) SELECT n % 97, n % 100, n / 100, '2026-12-24' FROM n;
        {many} INSERT INTO reservation (isbn, number, reader_id) SELECT n % 100, n / 100, unhex(format('%032x', n % 10)) FROM n;
        COMMIT;"
    );
    conn.execute_batch(&sql).unwrap();
}

#[test]
fn one_for_each_relationship_whatever_the_number_of_rows() {
    in_library(|conn| {
        fill(conn);
        let mut texts = Vec::new();
        for rows in [1, 1_000, 100_000] {
            let mut found = Vec::new();
            let run = trace(conn, || {
                let query = Item::query()
                    .with(item::BOOK)
                    .with(item::BRANCH)
                    .with(item::LOANS)
                    .with(item::RESERVED_BY);
                found = query.limit(rows).all(conn).unwrap();
            });
            assert_eq!(found.len() as u64, rows);
            assert!(found.iter().all(|(item, book, branch, loans, readers)| {
                (&item.isbn, &item.branch_code)
                    == (
                        &book.isbn,
                        &branch.as_ref().map(|branch| branch.code.clone()),
                    )
                    && (loans.len(), readers.len()) == (1, 1)
                    && (&loans[0].isbn, loans[0].item_number) == (&item.isbn, item.number)
            }));
            let [_, loads @ ..] = run.as_slice() else {
                panic!("{run:?}")
            };
            assert_eq!(loads.len(), 4);
            texts.push(loads.to_vec());
        }
        assert!(texts.iter().all(|loads| *loads == texts[0]));
    });
}

#[test]
fn three_levels_over_a_hundred_thousand_rows() {
    in_library(|conn| {
        fill(conn);
        let mut texts = Vec::new();
        for books in [1, 100] {
            let mut found: Vec<(Book, Vec<(Item, Vec<(Loan, Card)>)>)> = Vec::new();
            let run = trace(conn, || {
                let load = book::ITEMS.with(item::LOANS.with(loan::CARD));
                found = Book::query().limit(books).with(load).all(conn).unwrap();
            });
            let loans = found
                .iter()
                .flat_map(|(_, items)| items)
                .flat_map(|(_, loans)| loans);
            assert_eq!(loans.count() as u64, books * 1_000);
            assert_eq!(run.len(), 4, "{run:?}");
            texts.push(run[1..].to_vec());
        }
        assert_eq!(texts[0], texts[1]);
        let up = trace(conn, || {
            let load = loan::ITEM.with(item::BOOK.with(book::SUBJECT));
            let all = Loan::query()
                .with(load.shared())
                .with(loan::CARD.shared().with(card::READER.shared()))
                .all(conn);
            assert_eq!(all.unwrap().len(), 100_000);
        });
        assert_eq!(up.len(), 6);
    });
}

#[test]
fn parts_and_shared_rows_are_one_statement_too() {
    in_library(|conn| {
        fill(conn);
        let mut texts = Vec::new();
        for rows in [1, 100] {
            let run = trace(conn, || {
                let query = Book::query()
                    .with(book::ITEMS.limit(2))
                    .with(book::ITEMS.shared())
                    .limit(rows);
                let found = query.all(conn).unwrap();
                assert_eq!(found.len() as u64, rows);
                assert!(
                    found
                        .iter()
                        .all(|(_, two, all)| (two.len(), all.len()) == (2, 1_000))
                );
            });
            assert_eq!(run.len(), 3, "{run:?}");
            texts.push(run[1..].to_vec());
        }
        assert_eq!(texts[0], texts[1]);
        let limits = [0, 1, 1_000, u64::MAX].map(|limit| {
            trace(conn, || {
                drop(book::ITEMS.limit(limit).shared().load(conn, &[]).unwrap());
            })
        });
        assert!(
            limits.iter().all(|run| run.len() == 1 && *run == limits[0]),
            "{limits:?}"
        );
        let readers = Reader::query().all(conn).unwrap();
        let run = trace(conn, || {
            let load = reader::RESERVATIONS
                .limit(3)
                .with(item::BOOK.shared())
                .with(item::LOANS.limit(1).with(loan::CARD));
            assert_eq!(
                load.load(conn, &readers).unwrap().iter().flatten().count(),
                30
            );
        });
        assert_eq!(run.len(), 4, "{run:?}");
    });
}

#[test]
fn two_hundred_thousand_keys_in_one_load() {
    in_library(|conn| {
        fill(conn);
        let mut items = Item::query().all(conn).unwrap();
        items.extend_from_within(..);
        let run = trace(conn, || {
            let loans = item::LOANS.load(conn, &items).unwrap();
            assert_eq!(loans.len(), 200_000);
            let fits = |(item, loans): (&Item, &Vec<Loan>)| {
                loans.len() == 1
                    && (&loans[0].isbn, loans[0].item_number) == (&item.isbn, item.number)
            };
            assert!(items.iter().zip(&loans).all(fits));
        });
        assert_eq!(run.len(), 1);
    });
}
