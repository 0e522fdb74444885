//! Related rows beside one row, beside a page of rows, and beside none; what happens meanwhile.

use std::cell::RefCell;

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::eager_nested::each;
use crate::lib::{
    Author, Book, Branch, Error, Loan, Subject, author, book, card, item, loan, subject,
};
use crate::queries_data::{fill_library, in_library};

#[test]
fn beside_one_row_and_a_page_of_them() {
    in_library(|conn| {
        fill_library(conn, 14);
        let sorted = || {
            Book::query()
                .order_by(book::TITLE.desc())
                .with(book::ITEMS)
                .with(book::AUTHORS)
        };
        let whole = sorted().all(conn).unwrap();
        assert_eq!(sorted().first(conn).unwrap().as_ref(), whole.first());
        assert_eq!(sorted().limit(3).offset(2).all(conn).unwrap(), whole[2..5]);
        assert_eq!(
            sorted().offset(9).first(conn).unwrap().as_ref(),
            whole.last()
        );
        assert_eq!(sorted().offset(99).first(conn).unwrap(), None);
        assert_eq!(sorted().after(&whole[6].0).all(conn).unwrap(), whole[7..]);
        assert!(matches!(
            sorted().one(conn),
            Err(Error::TooManyFound { entity: "Book" })
        ));
        let (book, items, authors) = sorted().filter(book::ISBN.eq("")).one(conn).unwrap();
        assert_eq!(
            (items, authors),
            (
                book.items().all(conn).unwrap(),
                book.authors().all(conn).unwrap()
            )
        );
        let none = sorted().filter(book::ISBN.eq("none")).one(conn);
        assert!(matches!(none, Err(Error::NotFound { entity: "Book", .. })));
        assert_eq!(sorted().limit(0).all(conn).unwrap(), []);

        let branch = Branch::get(conn, "S".into()).unwrap();
        let standing = branch
            .items()
            .query()
            .with(item::BOOK.with(book::AUTHORS))
            .filter(item::NUMBER.gt(0));
        let found = standing.all(conn).unwrap();
        assert!(found.len() > 1);
        let expected = branch
            .items()
            .query()
            .filter(item::NUMBER.gt(0))
            .all(conn)
            .unwrap();
        assert_eq!(
            found,
            each(expected, |item| {
                let book = item.book().get(conn).unwrap();
                let authors = book.authors().all(conn).unwrap();
                (book, authors)
            })
        );
        let subjects = Subject::query()
            .filter(subject::NAME.eq("Art"))
            .with(subject::BOOKS)
            .one(conn)
            .unwrap();
        assert_eq!(subjects.1, []);
    });
}

#[test]
fn nothing_beside_nothing() {
    in_library(|conn| {
        assert_eq!(
            Author::query()
                .with(author::BOOKS.with(book::ITEMS))
                .all(conn)
                .unwrap(),
            []
        );
        assert_eq!(
            Author::query()
                .with(author::BOOKS.shared())
                .first(conn)
                .unwrap(),
            None
        );
        assert_eq!(loan::CARD.with(card::READER).load(conn, &[]).unwrap(), []);
    });
}

#[test]
fn a_row_that_must_be_there_and_is_not() {
    in_library(|conn| {
        fill_library(conn, 15);
        conn.pragma_update(None, "foreign_keys", false).unwrap();
        let lost = Loan::query()
            .order_by(loan::ID.asc())
            .first(conn)
            .unwrap()
            .unwrap();
        lost.card().get(conn).unwrap().delete(conn).unwrap();
        let loans = Loan::query().with(loan::CARD).all(conn);
        assert!(matches!(
            loans,
            Err(Error::NotFound {
                entity: "Card",
                key: None
            })
        ));
        let shared = loan::CARD.shared().load(conn, &[lost.clone()]);
        assert!(matches!(
            shared,
            Err(Error::NotFound { entity: "Card", .. })
        ));
        assert_eq!(
            loan::ITEM.load(conn, &[lost.clone()]).unwrap(),
            [lost.item().get(conn).unwrap()]
        );
    });
}

thread_local! {
    static OTHER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// Every statement is one, but that inside a transaction they all see the same state.
#[test]
fn others_write_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let conn = Connection::open(folder.path().join("test.db")).unwrap();
        crate::lib::configure(&conn).unwrap();
        conn
    };
    let conn = open();
    crate::lib::create_tables(&conn).unwrap();
    let written = conn.unchecked_transaction().unwrap();
    fill_library(&written, 16);
    written.commit().unwrap();
    OTHER.set(Some(open()));
    let load = |conn: &Connection| {
        conn.trace_v2(
            TraceEventCodes::SQLITE_TRACE_STMT,
            Some(|event: TraceEvent<'_>| match event {
                // Between the loans and their cards, all of both go.
                TraceEvent::Stmt(_, sql) if sql.contains("json_each") => {
                    OTHER.with_borrow(|other| {
                        let sql = "DELETE FROM loans; DELETE FROM cards;";
                        other.as_ref().unwrap().execute_batch(sql).unwrap();
                    });
                }
                _ => {}
            }),
        );
        let found = Loan::query().with(loan::CARD).with(loan::ITEM).all(conn);
        conn.trace_v2(TraceEventCodes::empty(), None);
        found
    };
    let transaction = conn.unchecked_transaction().unwrap();
    assert_eq!(load(&transaction).unwrap().len(), 40);
    assert_eq!(Loan::query().count(&transaction).unwrap(), 40);
    transaction.commit().unwrap();
    assert_eq!(Loan::query().count(&conn).unwrap(), 0);
    OTHER.set(None);
}
