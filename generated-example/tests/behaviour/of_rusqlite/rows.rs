//! Rows of the driver.

use crate::lib::{self, Book, Item};
use crate::{book, on_library};

#[test]
fn driver_rows_are_read_by_their_columns() {
    on_library(|conn| {
        let stored = book(conn, "1");
        let sql = format!("SELECT {} FROM books WHERE isbn = '1'", Book::COLUMNS);
        let read = conn
            .query_row(&sql, [], |row| Ok(Book::from_row(row)))
            .unwrap()
            .unwrap();
        assert_eq!(read, stored);
        assert_eq!(
            Item::COLUMNS,
            r#""isbn", "number", "acquired", "damaged", "branch_code""#
        );
        assert_eq!(lib::book::TITLE.name(), "title");
    });
}
