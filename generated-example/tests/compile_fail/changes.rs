//! Changes that do not fit their column or their rows.

use generated_example::library::{
    Author, AuthorPatch, Book, BookPatch, NewAuthor, author, book, support::Connection,
};

fn null_where_a_value_must_be(conn: &Connection) {
    let _ = Book::query().update(conn, book::TITLE.set(None));
}

fn an_option_where_a_value_must_be(conn: &Connection, title: Option<String>) {
    let _ = Book::query().update(conn, book::TITLE.set(title));
}

fn a_value_of_the_wrong_type(conn: &Connection) {
    let _ = Book::query().update(conn, book::PAGES.set("many"));
}

fn an_option_of_the_wrong_type(conn: &Connection) {
    let _ = Book::query().update(conn, book::SUMMARY.set(Some(7)));
}

fn an_option_of_borrowed_text(conn: &Connection) {
    let _ = Book::query().update(conn, book::SUMMARY.set(Some("A comedy of manners.")));
}

fn a_column_of_another_entity(conn: &Connection) {
    let _ = Book::query().update(conn, author::NAME.set("Anonymous"));
}

fn columns_of_two_entities(conn: &Connection) {
    let changes = (book::TITLE.set("Emma"), author::NAME.set("Austen"));
    let _ = Book::query().update(conn, changes);
}

fn a_filter_instead_of_a_change(conn: &Connection) {
    let _ = Book::query().update(conn, book::TITLE.eq("Emma"));
}

fn the_patch_of_another_entity(conn: &Connection, book: &Book, patch: AuthorPatch) {
    let _ = book.update(conn, patch);
}

fn a_change_of_the_primary_key(conn: &Connection, book: &Book) {
    let patch = BookPatch {
        isbn: Some("9780141439587".into()),
        ..BookPatch::default()
    };
    let _ = book.update(conn, patch);
}

fn a_new_row_of_another_entity(conn: &Connection, new: NewAuthor) {
    let _ = Book::insert(conn, new);
}

fn a_write_to_a_query_with_related_rows(conn: &Connection) {
    let _ = Author::query().with(author::BOOKS).delete(conn);
}

fn main() {}
