//! Parameters as only SQLite has them.

use crate::lib::{Book, Error, book, raw};
use crate::new_book;
use crate::queries_data::in_library;

#[test]
fn a_parameter_may_be_left_out_and_has_no_name() {
    in_library(|conn| {
        Book::insert(conn, new_book("a", "a")).unwrap();
        let found = |filter| Book::query().filter(filter).count(conn);
        let before = || book::TITLE.ne("x").and(book::PAGES.lt(1_000));
        assert_eq!(
            found(before().and(raw("title = ?2", ("x", "a")))).unwrap(),
            1
        );
        let named = found(before().and(raw("title <> @name OR true", ())));
        assert!(matches!(named, Err(Error::Database(_))), "{named:?}");
    });
}
