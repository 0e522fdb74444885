//! Values that a column cannot have, and calls that its type does not have.

use generated_example::library::{Book, book, loan, support::Connection};

fn text_compared_with_a_number() {
    let _ = book::TITLE.eq(1984);
}

fn a_number_compared_with_text() {
    let _ = book::PAGES.lt("200");
}

fn a_number_compared_with_a_fraction() {
    let _ = book::PAGES.lt(200.5);
}

fn a_date_compared_with_text() {
    let _ = loan::DUE.lt("2026-01-31");
}

fn a_decimal_compared_with_a_number() {
    let _ = book::PRICE.ge(10);
}

fn a_nullable_column_compared_with_none() {
    let _ = book::SUMMARY.eq(None);
}

fn text_in_a_list_of_numbers() {
    let _ = book::TITLE.in_([1984, 2001]);
}

fn like_on_a_number() {
    let _ = book::PAGES.like("2%");
}

fn starts_with_on_a_date() {
    let _ = book::PUBLISHED.starts_with("1984");
}

fn a_sum_of_text(conn: &Connection) {
    let _ = Book::query().sum(conn, book::TITLE);
}

fn a_sum_of_dates(conn: &Connection) {
    let _ = Book::query().sum(conn, book::PUBLISHED);
}

fn raw_arguments_that_are_none() {
    let _ = generated_example::library::raw("title = ?", "Emma");
}

fn a_raw_argument_that_cannot_be_stored() {
    let _ = generated_example::library::raw("title = ?", ['E']);
}

fn main() {}
