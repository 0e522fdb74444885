//! Changes of a unit of work that fit no relationship or no row.

use generated_example::library::{
    Author, AuthorPatch, Book, Branch, Card, Item, NewAuthor, NewBook, Reader, Subject, UnitOfWork,
    book, card, item, reader,
};

fn inserting_a_row_that_is_stored(work: &mut UnitOfWork, book: &Book) {
    let _ = work.insert(book.clone());
}

fn linking_rows_of_the_wrong_entity(work: &mut UnitOfWork, book: &Book, subject: &Subject) {
    work.link(book::AUTHORS, book, [subject]);
}

fn linking_from_the_wrong_side(work: &mut UnitOfWork, author: &Author, book: &Book) {
    work.link(book::AUTHORS, author, [book]);
}

fn linking_pending_rows_of_the_wrong_entity(work: &mut UnitOfWork, new: NewBook, other: NewBook) {
    let (book, other) = (work.insert(new), work.insert(other));
    work.link(book::AUTHORS, book, [other]);
}

fn linking_where_there_is_one(work: &mut UnitOfWork, item: &Item, book: &Book) {
    work.link(item::BOOK, item, [book]);
}

fn unlinking_where_the_key_is_not_null(work: &mut UnitOfWork, book: &Book, item: &Item) {
    work.unlink(book::ITEMS, book, [item]);
}

fn setting_where_there_are_many(work: &mut UnitOfWork, book: &Book, author: &Author) {
    work.set(book::AUTHORS, book, author);
}

fn setting_a_row_of_the_wrong_entity(work: &mut UnitOfWork, card: &Card, branch: &Branch) {
    work.set(card::READER, card, branch);
}

fn setting_an_option_where_there_is_always_one(work: &mut UnitOfWork, item: &Item, book: &Book) {
    work.set(item::BOOK, item, Some(book));
}

fn setting_none_where_there_is_always_one(work: &mut UnitOfWork, reader: &Reader) {
    work.set(reader::ADDRESS, reader, None);
}

fn updating_with_the_patch_of_another(work: &mut UnitOfWork, book: &Book, patch: AuthorPatch) {
    work.update(book, patch);
}

fn updating_what_is_no_row(work: &mut UnitOfWork, patch: AuthorPatch) {
    work.update(7, patch);
}

fn deleting_a_row_by_value(work: &mut UnitOfWork, book: Book) {
    work.delete(book);
}

fn a_key_of_another_type(mut work: UnitOfWork, new: NewAuthor, conn: &rusqlite::Connection) {
    let author = work.insert(new);
    let done = work.commit(conn).expect("committed");
    let _: String = done.key(author);
}

fn main() {}
