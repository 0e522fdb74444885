//! What was not loaded does not exist in the type.

use generated_example::library::{
    Author, Book, author, book, support::Connection, support::Result,
};

fn related_rows_that_were_not_loaded(conn: &Connection) -> Result<()> {
    let books: Vec<(Book, Vec<Author>)> = Book::query().all(conn)?;
    Ok(())
}

fn a_third_when_two_were_loaded(conn: &Connection) -> Result<()> {
    for book in Book::query().with(book::AUTHORS).all(conn)? {
        println!("{} items", book.2.len());
    }
    Ok(())
}

fn a_field_instead_of_a_handle(book: &Book) -> usize {
    book.authors.len()
}

fn a_level_that_was_not_loaded(conn: &Connection) -> Result<()> {
    for (author, books) in Author::query().with(author::BOOKS).all(conn)? {
        for (book, items) in books {}
    }
    Ok(())
}

fn another_shape_than_the_relationship_has(conn: &Connection) -> Result<()> {
    let _: Vec<(Book, Option<Author>)> = Book::query().with(book::AUTHORS).all(conn)?;
    Ok(())
}

fn main() {}
