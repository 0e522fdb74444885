//! Related rows beside one row, beside a page of rows, and beside none; what happens meanwhile.

use crate::eager_nested::each;
use crate::lib::{Author, Book, Branch, Error, Subject, author, book, card, item, loan, subject};
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
