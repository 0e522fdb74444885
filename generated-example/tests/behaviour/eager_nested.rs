//! Related rows of related rows, several side by side, parts of them, shared ones.

#![expect(clippy::type_complexity, reason = "the types show the shapes")]

use std::sync::Arc;

use crate::db::Connection;

use crate::lib::{
    Author, Book, Branch, Card, Item, Loan, Reader, Subject, author, book, branch, card, item,
    loan, reader,
};
use crate::queries_data::{fill_library, in_library};

fn authors(conn: &Connection) -> Vec<Author> {
    Author::query()
        .order_by(author::ID.asc())
        .all(conn)
        .unwrap()
}

fn books(conn: &Connection, author: &Author) -> Vec<Book> {
    author.books().all(conn).unwrap()
}

fn items(conn: &Connection, book: &Book) -> Vec<Item> {
    book.items().all(conn).unwrap()
}

/// Each of `rows` with what `with` gives for it.
pub fn each<T, U>(rows: Vec<T>, with: impl Fn(&T) -> U) -> Vec<(T, U)> {
    rows.into_iter()
        .map(|row| {
            let with = with(&row);
            (row, with)
        })
        .collect()
}

/// An item with all that is near.
type Six = (
    Item,
    Book,
    Option<Branch>,
    Vec<Loan>,
    Vec<Reader>,
    Arc<Book>,
    Vec<(Loan, Card)>,
);

#[test]
fn six_side_by_side() {
    in_library(|conn| {
        fill_library(conn, 10);
        let found: Vec<Six> = Item::query()
            .with(item::BOOK)
            .with(item::BRANCH)
            .with(item::LOANS)
            .with(item::RESERVED_BY)
            .with(item::BOOK.shared())
            .with(item::LOANS.limit(1).with(loan::CARD))
            .order_by((item::NUMBER.desc(), item::ISBN.asc()))
            .all(conn)
            .unwrap();
        let sorted = Item::query()
            .order_by((item::NUMBER.desc(), item::ISBN.asc()))
            .all(conn)
            .unwrap();
        assert!(sorted.len() > 9);
        assert_eq!(found.len(), sorted.len());
        for (row, item) in found.into_iter().zip(sorted) {
            let loans = item.loans().all(conn).unwrap();
            let first = each(loans.iter().take(1).cloned().collect(), |loan| {
                loan.card().get(conn).unwrap()
            });
            let book = item.book().get(conn).unwrap();
            let (branch, readers) = (
                item.branch().get(conn).unwrap(),
                item.reserved_by().all(conn).unwrap(),
            );
            assert_eq!(
                row,
                (
                    item,
                    book.clone(),
                    branch,
                    loans,
                    readers,
                    Arc::new(book),
                    first
                )
            );
        }
    });
}

#[test]
fn three_deep() {
    in_library(|conn| {
        fill_library(conn, 11);
        let found: Vec<(Author, Vec<(Book, Vec<(Item, Vec<Loan>)>)>)> = Author::query()
            .order_by(author::ID.asc())
            .with(author::BOOKS.with(book::ITEMS.with(item::LOANS)))
            .all(conn)
            .unwrap();
        let expected = each(authors(conn), |author| {
            each(books(conn, author), |book| {
                each(items(conn, book), |item| item.loans().all(conn).unwrap())
            })
        });
        assert_eq!(found, expected);
        let loans = found
            .iter()
            .flat_map(|row| &row.1)
            .flat_map(|row| &row.1)
            .flat_map(|row| &row.1)
            .count();
        assert!(loans > 20, "{loans} loans show nothing");

        let up: Vec<(
            Loan,
            (Card, Option<(Reader, Vec<Item>)>),
            (Item, (Book, Option<Subject>)),
        )> = Loan::query()
            .order_by(loan::ID.asc())
            .with(loan::CARD.with(card::READER.with(reader::RESERVATIONS)))
            .with(loan::ITEM.with(item::BOOK.with(book::SUBJECT)))
            .all(conn)
            .unwrap();
        assert_eq!(up.len(), 40);
        for (loan, (card, reader), (item, (book, subject))) in up {
            assert_eq!(loan.card().get(conn).unwrap(), card);
            assert_eq!(
                card.reader().get(conn).unwrap().map(|reader| {
                    let items = reader.reservations().all(conn).unwrap();
                    (reader, items)
                }),
                reader
            );
            assert_eq!(
                (
                    loan.item().get(conn).unwrap(),
                    item.book().get(conn).unwrap()
                ),
                (item, book.clone())
            );
            assert_eq!(book.subject().get(conn).unwrap(), subject);
        }
        // Back and forth, and several beside one another inside.
        let both: Vec<(
            Author,
            Vec<(Book, Vec<Author>, Vec<(Item, Book)>, Option<Subject>)>,
        )> = Author::query()
            .order_by(author::ID.asc())
            .with(
                author::BOOKS
                    .with(book::AUTHORS)
                    .with(book::ITEMS.with(item::BOOK))
                    .with(book::SUBJECT),
            )
            .all(conn)
            .unwrap();
        let expected = each(authors(conn), |author| {
            let with = |book: Book| {
                let items = each(items(conn, &book), |item| item.book().get(conn).unwrap());
                let (authors, subject) = (
                    book.authors().all(conn).unwrap(),
                    book.subject().get(conn).unwrap(),
                );
                (book, authors, items, subject)
            };
            books(conn, author)
                .into_iter()
                .map(with)
                .collect::<Vec<_>>()
        });
        assert_eq!(both, expected);
    });
}

#[test]
fn a_part_of_them_at_every_level() {
    in_library(|conn| {
        fill_library(conn, 12);
        for limit in 0..5 {
            let most = usize::try_from(limit).unwrap();
            let found: Vec<(Author, Vec<(Book, Vec<(Item, Vec<Loan>)>)>)> = Author::query()
                .order_by(author::ID.asc())
                .with(
                    author::BOOKS
                        .limit(limit)
                        .with(book::ITEMS.with(item::LOANS.limit(1)).limit(limit)),
                )
                .all(conn)
                .unwrap();
            let expected = each(authors(conn), |author| {
                let books = books(conn, author).into_iter().take(most).collect();
                each(books, |book| {
                    let items = items(conn, book).into_iter().take(most).collect();
                    each(items, |item| {
                        item.loans().query().limit(1).all(conn).unwrap()
                    })
                })
            });
            assert_eq!(found, expected, "{limit}");
            let listed = author::BOOKS
                .limit(limit)
                .with(book::ITEMS)
                .load(conn, &authors(conn))
                .unwrap();
            let expected: Vec<_> = authors(conn)
                .iter()
                .map(|author| {
                    each(
                        books(conn, author).into_iter().take(most).collect(),
                        |book| items(conn, book),
                    )
                })
                .collect();
            assert_eq!(listed, expected);
        }
    });
}

/// A book that several authors have, its items at branches that they have in common.
type Shared = Arc<(Book, Vec<(Item, Option<Arc<Branch>>)>)>;

#[test]
fn shared_rows_are_one_for_all() {
    in_library(|conn| {
        fill_library(conn, 13);
        for limit in [2, 99] {
            let load = author::BOOKS
                .shared()
                .limit(limit)
                .with(book::ITEMS.limit(3).with(item::BRANCH.shared()));
            let found: Vec<(Author, Vec<Shared>)> = Author::query()
                .order_by(author::ID.asc())
                .with(load)
                .all(conn)
                .unwrap();
            for ((author, books_found), expected) in found.iter().zip(authors(conn)) {
                assert_eq!(*author, expected);
                let expected: Vec<Book> = books(conn, author)
                    .into_iter()
                    .take(usize::try_from(limit).unwrap())
                    .collect();
                assert!(books_found.iter().map(|shared| &shared.0).eq(&expected));
            }
            let shared: Vec<&Shared> = found.iter().flat_map(|(_, books)| books).collect();
            let mut pointers: Vec<*const _> = shared.iter().map(|book| Arc::as_ptr(book)).collect();
            let mut isbns: Vec<&str> = shared.iter().map(|book| book.0.isbn.as_str()).collect();
            pointers.sort_unstable();
            pointers.dedup();
            isbns.sort_unstable();
            isbns.dedup();
            assert_eq!(pointers.len(), isbns.len(), "one for each book");
            assert!(shared.len() > isbns.len(), "no book is shared");
            let mut branches: Vec<&Arc<Branch>> = Vec::new();
            for book in &shared {
                assert_eq!(
                    Arc::strong_count(book),
                    shared.iter().filter(|other| other.0 == book.0).count()
                );
                let items = items(conn, &book.0);
                assert!(book.1.iter().map(|(item, _)| item).eq(items.iter().take(3)));
                for (item, branch) in &book.1 {
                    assert_eq!(item.branch().get(conn).unwrap().as_ref(), branch.as_deref());
                    branches.extend(branch);
                }
            }
            for branch in &branches {
                let first = branches
                    .iter()
                    .find(|other| other.code == branch.code)
                    .unwrap();
                assert!(Arc::ptr_eq(branch, first));
            }
        }
        let cards: Vec<(Branch, Vec<Arc<(Card, Option<Arc<Reader>>)>>)> = Branch::query()
            .with(branch::CARDS.with(card::READER.shared()).shared())
            .all(conn)
            .unwrap();
        let flat: Vec<_> = cards.iter().flat_map(|(_, cards)| cards).collect();
        for card in &flat {
            let same = flat.iter().filter(|other| Arc::ptr_eq(card, other)).count();
            assert_eq!(same as u64, card.0.branches().count(conn).unwrap());
            assert_eq!(
                card.0.reader().get(conn).unwrap().as_ref(),
                card.1.as_deref()
            );
        }
    });
}
