//! Changes to many rows by one statement: those of a relationship, those that are related to others.

use crate::corners::{Left, Line, Right, left, line, right};
use crate::decimal;
use crate::lib::{
    self, Author, Book, Branch, Item, Loan, author, book, card, event, item, loan, raw, reader,
};
use crate::queries_data::{fill_corners, fill_library, in_corners, in_library};

#[test]
fn among_the_rows_of_a_handle() {
    for seed in 1..4 {
        in_library(|conn| {
            fill_library(conn, seed);
            let authors = Author::query().all(conn).unwrap();
            let author = authors
                .iter()
                .max_by_key(|row| row.books().count(conn).unwrap())
                .unwrap();
            let books = author.books().all(conn).unwrap();
            assert!(books.len() > 2);
            let many = author.books().query();
            assert_eq!(
                many.update(conn, book::TITLE.set("mine")).unwrap(),
                books.len() as u64
            );
            assert_eq!(
                Book::query()
                    .filter(book::TITLE.eq("mine"))
                    .count(conn)
                    .unwrap(),
                books.len() as u64
            );
            let part = author
                .books()
                .query()
                .filter(book::ISBN.ne(&books[0].isbn))
                .limit(1);
            assert_eq!(part.update(conn, book::TITLE.set("second")).unwrap(), 1);
            assert_eq!(
                author.books().all(conn).unwrap()[1].title,
                "second",
                "by the order of the relationship"
            );
            let last = author.books().query().order_by(book::ISBN.desc()).limit(1);
            assert_eq!(last.update(conn, book::TITLE.set("last")).unwrap(), 1);
            assert_eq!(
                author.books().all(conn).unwrap().pop().unwrap().title,
                "last"
            );

            let total = Item::query().count(conn).unwrap();
            let branches = Branch::query().all(conn).unwrap();
            let branch = branches
                .iter()
                .max_by_key(|row| row.items().count(conn).unwrap())
                .unwrap();
            let standing = branch.items().count(conn).unwrap();
            assert!(standing > 3);
            let moved = branch
                .items()
                .query()
                .order_by(item::NUMBER.desc())
                .limit(2)
                .update(conn, item::BRANCH_CODE.set(None));
            assert_eq!(moved.unwrap(), 2);
            assert_eq!(branch.items().count(conn).unwrap(), standing - 2);
            let unlent = branch.items().query().filter(item::LOANS.exists().not());
            let expected = branch
                .items()
                .all(conn)
                .unwrap()
                .iter()
                .filter(|row| row.loans().count(conn).unwrap() == 0)
                .count() as u64;
            assert_eq!(unlent.delete(conn).unwrap(), expected);
            assert_eq!(branch.items().count(conn).unwrap(), standing - 2 - expected);
            assert_eq!(Item::query().count(conn).unwrap(), total - expected);
            let cards = branch.cards().query();
            let count = branch.cards().count(conn).unwrap();
            let without = cards
                .filter(card::LOANS.exists().not())
                .limit(1)
                .delete(conn)
                .unwrap();
            assert_eq!(branch.cards().count(conn).unwrap(), count - without);
        });
    }
}

#[test]
fn by_conditions_on_related_rows() {
    in_library(|conn| {
        fill_library(conn, 7);
        let fits = || {
            book::AUTHORS
                .any(author::NAME.in_(["Ben", "Eve"]))
                .and(book::ITEMS.any(item::LOANS.exists()))
        };
        let books: Vec<Book> = Book::query()
            .filter(fits())
            .order_by(book::ISBN.asc())
            .all(conn)
            .unwrap();
        assert!(books.len() > 1 && books.len() < 9, "{}", books.len());
        // The same table on both ways: in the condition, and changed.
        let changed = Book::query()
            .filter(fits())
            .filter(book::ITEMS.any(item::BOOK.any(book::PAGES.gt(0))));
        assert_eq!(
            changed.update(conn, book::TITLE.set("found")).unwrap(),
            books.len() as u64
        );
        let found = Book::query()
            .filter(book::TITLE.eq("found"))
            .order_by(book::ISBN.asc());
        let found = found.all(conn).unwrap();
        assert!(
            found
                .iter()
                .map(|book| &book.isbn)
                .eq(books.iter().map(|book| &book.isbn))
        );
        let idle = lib::Reader::query().filter(
            reader::CARD
                .exists()
                .or(reader::EVENTS.exists())
                .or(reader::RESERVATIONS.exists())
                .not(),
        );
        let expected = idle.count(conn).unwrap();
        let idle = lib::Reader::query().filter(
            reader::CARD
                .exists()
                .or(reader::EVENTS.exists())
                .or(reader::RESERVATIONS.exists())
                .not(),
        );
        assert!(expected > 0);
        assert_eq!(idle.delete(conn).unwrap(), expected);
        let small = lib::Event::query()
            .filter(event::GUESTS.any(reader::NAME.eq("Hal")).not())
            .order_by(event::STARTS.desc())
            .limit(2);
        let count = lib::Event::query().count(conn).unwrap();
        assert_eq!(small.delete(conn).unwrap(), 2);
        assert_eq!(lib::Event::query().count(conn).unwrap(), count - 2);
        let fine = Loan::query().filter(loan::CARD.any(card::READER.exists()));
        let expected = fine.count(conn).unwrap();
        let fine = Loan::query().filter(loan::CARD.any(card::READER.exists()));
        assert_eq!(
            fine.update(conn, loan::FINE.set(raw("fine + ?", [100])))
                .unwrap(),
            expected
        );
        assert_eq!(
            Loan::query()
                .filter(loan::FINE.ge(decimal("1")))
                .filter(loan::CARD.any(card::READER.exists()))
                .count(conn)
                .unwrap(),
            expected
        );
    });
}

#[test]
fn over_keys_of_several_columns() {
    in_corners(|conn| {
        fill_corners(conn, 2);
        let lines = Line::query()
            .order_by((
                line::WHAT.asc(),
                line::ORDER_ID.asc(),
                line::POSITION.desc(),
            ))
            .all(conn)
            .unwrap();
        assert!(lines.len() > 4);
        let part = || {
            Line::query()
                .order_by((
                    line::WHAT.asc(),
                    line::ORDER_ID.asc(),
                    line::POSITION.desc(),
                ))
                .limit(2)
                .offset(1)
        };
        assert_eq!(part().update(conn, line::WHAT.set("paper")).unwrap(), 2);
        for (place, line) in lines.iter().enumerate() {
            let what = Line::get(conn, (line.order_id, line.position))
                .unwrap()
                .what;
            assert_eq!(what == "paper", place == 1 || place == 2, "{place}");
        }
        assert_eq!(part().delete(conn).unwrap(), 2);
        assert_eq!(Line::query().count(conn).unwrap(), lines.len() as u64 - 2);
        let lefts = Left::query().filter(left::RIGHTS.any(right::C.gt(0)));
        let expected = lefts.count(conn).unwrap();
        let total = Left::query().count(conn).unwrap();
        assert!(expected > 0);
        let lefts = Left::query()
            .filter(left::RIGHTS.any(right::C.gt(0)))
            .limit(99);
        assert_eq!(lefts.delete(conn).unwrap(), expected);
        assert_eq!(Left::query().count(conn).unwrap(), total - expected);
        let rights = Right::query()
            .filter(right::LEFTS.exists())
            .order_by(right::C.asc())
            .first(conn)
            .unwrap()
            .unwrap();
        let count = rights.lefts().count(conn).unwrap();
        assert_eq!(rights.lefts().query().limit(1).delete(conn).unwrap(), 1);
        assert_eq!(rights.lefts().count(conn).unwrap(), count - 1);
    });
}
