//! Related rows that cannot be read beside others.

use generated_example::library::{Author, Book, author, book, branch, item, support::Connection};

fn a_relationship_of_another_entity() {
    let _ = Book::query().with(author::BOOKS);
}

fn a_nested_relationship_of_the_wrong_entity() {
    let _ = Book::query().with(book::AUTHORS.with(book::ITEMS));
}

fn a_loaded_relationship_of_the_wrong_entity() {
    let _ = Book::query().with(branch::ITEMS.limit(3));
}

fn a_column_instead_of_a_relationship() {
    let _ = Book::query().with(book::TITLE);
}

fn a_seventh_relationship() {
    let _ = Book::query()
        .with(book::AUTHORS)
        .with(book::ITEMS)
        .with(book::SUBJECT)
        .with(book::AUTHORS)
        .with(book::ITEMS)
        .with(book::SUBJECT)
        .with(book::AUTHORS);
}

fn a_limit_where_there_is_one() {
    let _ = item::BOOK.limit(3);
}

fn rows_of_the_wrong_entity(conn: &Connection, authors: &[Author]) {
    let _ = book::AUTHORS.load(conn, authors);
}

fn rows_of_the_wrong_entity_with_more(conn: &Connection, authors: &[Author]) {
    let _ = book::AUTHORS.limit(3).load(conn, authors);
}

fn main() {}
