//! What no write could make fit is read.

#[path = "../../../tests/golden/conditions/mod.rs"]
#[rustfmt::skip]
mod models;

use models::{Author, Book, NewShelfBook, Shelf, ShelfBookPatch, Tag, UnitOfWork, author, shelf};
use models::{book, support::Connection};

fn a_tag_is_added(conn: &Connection, book: &Book, tag: &Tag) {
    let _ = book.bright_tags().add(conn, tag);
    let _ = book.bright_tags().set(conn, [tag]);
}

fn a_tag_is_taken_away(conn: &Connection, book: &Book, tag: &Tag) {
    let _ = book.bright_tags().remove(conn, tag);
    let _ = book.bright_tags().clear(conn);
}

fn a_row_is_added_that_the_database_decides_on(conn: &Connection, author: &Author, book: &Book) {
    let _ = author.tomes().add_all(conn, [book]);
}

fn a_link_with_payload_is_made(conn: &Connection, shelf: &Shelf, book: &Book) {
    let _ = shelf.essays().add(conn, book, NewShelfBook { position: 1 });
}

fn a_link_with_payload_is_changed(conn: &Connection, shelf: &Shelf, book: &Book) {
    let links = shelf.essays().links();
    let _ = links.update(conn, book, ShelfBookPatch::default());
}

fn rows_are_linked(work: &mut UnitOfWork, book: &Book, shelf: &Shelf, tag: &Tag) {
    work.link(book::BRIGHT_TAGS, book, [tag]);
    work.unlink(book::BRIGHT_TAGS, book, [tag]);
    work.link(shelf::ESSAYS, shelf, [book]);
}

fn a_row_is_set(work: &mut UnitOfWork, author: &Author) {
    work.set(author::SKETCH, author, author);
}

fn main() {}
