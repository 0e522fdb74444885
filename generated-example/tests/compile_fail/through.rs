//! What goes through others is read.

#[path = "../../../tests/golden/through/mod.rs"]
#[rustfmt::skip]
mod models;

use models::{Author, Loan, Reader, UnitOfWork, author, loan, support::Connection};

fn a_row_is_added(conn: &Connection, author: &Author, reader: &Reader) {
    let _ = author.lenders().add(conn, reader);
}

fn a_row_is_taken_away(conn: &Connection, author: &Author, reader: &Reader) {
    let _ = author.lenders().remove(conn, reader);
}

fn a_row_is_linked(work: &mut UnitOfWork, author: &Author, reader: &Reader) {
    work.link(author::LENDERS, author, [reader]);
}

fn a_row_is_set(work: &mut UnitOfWork, conn: &Connection, loan: &Loan, author: &Author) {
    let _ = loan.author().set(conn, author);
    work.set(loan::AUTHOR, loan, author);
}

fn main() {}
