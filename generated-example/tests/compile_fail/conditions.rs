//! Conditions and orders of another entity's rows.

use generated_example::library::{Author, Book, author, book, item, support::Connection};

fn a_filter_of_another_entity() {
    let _ = Book::query().filter(author::NAME.eq("Le Guin"));
}

fn both_filters_of_two_entities() {
    let _ = book::TITLE.eq("Emma").and(author::NAME.eq("Austen"));
}

fn one_of_filters_of_two_entities() {
    let _ = book::TITLE.eq("Emma").or(author::NAME.eq("Austen"));
}

fn a_column_instead_of_a_filter() {
    let _ = Book::query().filter(book::TITLE);
}

fn a_related_row_by_a_filter_of_the_wrong_entity() {
    let _ = Book::query().filter(book::AUTHORS.any(book::TITLE.eq("Emma")));
}

fn a_relationship_of_another_entity() {
    let _ = Author::query().filter(book::ITEMS.exists());
}

fn an_order_of_another_entity() {
    let _ = Book::query().order_by(author::NAME.asc());
}

fn an_order_of_two_entities() {
    let _ = Book::query().order_by((book::TITLE.asc(), author::NAME.desc()));
}

fn a_column_without_a_direction() {
    let _ = Book::query().order_by(book::TITLE);
}

fn rows_behind_one_of_another_entity(author: &Author) {
    let _ = Book::query().after(author);
}

fn a_sum_of_another_entity(conn: &Connection) {
    let _ = Book::query().sum(conn, item::NUMBER);
}

fn main() {}
