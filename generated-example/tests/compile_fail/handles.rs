//! Calls that a relationship does not have, and rows that it does not lead to.

use generated_example::library::{
    Address, Author, Book, Card, Item, Reader, Subject, support::Connection,
};

fn adding_a_row_of_the_wrong_entity(conn: &Connection, book: &Book, subject: &Subject) {
    let _ = book.authors().add(conn, subject);
}

fn adding_rows_of_the_wrong_entity(conn: &Connection, book: &Book, subjects: &[Subject]) {
    let _ = book.authors().add_all(conn, subjects);
}

fn adding_a_key(conn: &Connection, book: &Book) {
    let _ = book.authors().add(conn, 7);
}

fn taking_away_where_the_key_is_not_null(conn: &Connection, book: &Book, item: &Item) {
    let _ = book.items().remove(conn, item);
    let _ = book.items().set(conn, [item]);
    let _ = book.items().clear(conn);
}

fn adding_where_there_is_one(conn: &Connection, item: &Item, book: &Book) {
    let _ = item.book().add(conn, book);
}

fn reading_all_where_there_is_one(conn: &Connection, item: &Item) {
    let _ = item.book().all(conn);
    let _ = item.branch().query();
}

fn getting_where_there_are_many(conn: &Connection, book: &Book) {
    let _ = book.authors().get(conn);
}

fn none_where_there_is_always_one(conn: &Connection, item: &Item) {
    let _ = item.book().set(conn, None);
}

fn a_row_without_some(conn: &Connection, card: &Card, reader: &Reader) {
    let _ = card.reader().set(conn, reader);
}

fn setting_a_row_of_the_wrong_entity(conn: &Connection, item: &Item, author: &Author) {
    let _ = item.book().set(conn, author);
}

fn clearing_where_there_is_one(conn: &Connection, reader: &Reader, address: &Address) {
    let _ = reader.address().set(conn, address);
    let _ = reader.address().clear(conn);
}

fn main() {}
