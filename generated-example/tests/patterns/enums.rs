//! Enums, in a key and in columns.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Book, BookPatch, Genre, NewBook, NewShelf, Shelf, Status, book, shelf};

pattern!("enums");

fn fill(conn: &Connection) -> Outcome<()> {
    for (genre, number) in Genre::ALL.iter().zip(1..) {
        let new = NewShelf {
            genre: *genre,
            room: format!("room {number}"),
        };
        Shelf::insert(conn, new)?;
    }
    for (title, genre, status, before) in [
        ("Emma", Genre::Novel, None, None),
        (
            "Kipps",
            Genre::Novel,
            Some(Status::Lent),
            Some(Status::Open),
        ),
        ("Walking", Genre::Essay, Some(Status::Lost), None),
    ] {
        let new = NewBook {
            title: title.into(),
            genre: genre.into(),
            status,
            before,
        };
        Book::insert(conn, new)?;
    }
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let titles = |books: Vec<Book>| books.into_iter().map(|book| book.title);
    let [mut books_of, mut room_of, mut status_of] = [(); 3].map(|()| Map::new());
    for (shelf, books) in Shelf::query().with(shelf::BOOKS).all(conn)? {
        books_of.insert(shelf.genre.to_string(), titles(books).collect());
    }
    for (book, shelf) in Book::query().with(book::SHELF).all(conn)? {
        room_of.insert(book.title.clone(), json!(shelf.room));
        let status = json!([book.status.as_str(), book.before.map(Status::as_str)]);
        status_of.insert(book.title, status);
    }
    let there = book::STATUS.in_([Status::Open, Status::Lost]);
    let there = Book::query().filter(there).all(conn)?;
    Ok(json!({
        "books": books_of,
        "rooms": room_of,
        "status": status_of,
        "not lent": titles(there).collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "books": { "novel": ["Emma", "Kipps"], "essay": ["Walking"], "verse": [] },
        "rooms": { "Emma": "room 1", "Kipps": "room 1", "Walking": "room 2" },
        "status": { "Emma": ["O", null], "Kipps": ["L", "O"], "Walking": ["it's gone", null] },
        "not lent": ["Emma", "Walking"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let book = |title: &str| Book::query().filter(book::TITLE.eq(title)).one(conn);
    let verse = Shelf::get(conn, Genre::Verse)?;
    verse.books().add(conn, &book("Walking")?)?;
    book("Emma")?.shelf().set(conn, &verse)?;
    let back = BookPatch {
        status: Some(Status::Open),
        before: Some(None),
        ..Default::default()
    };
    book("Kipps")?.update(conn, back)?;
    verse
        .books()
        .query()
        .filter(book::STATUS.eq(Status::Lost))
        .update(conn, book::BEFORE.set(Some(Status::Lost)))?;
    Ok(())
}

fn after() -> Value {
    json!({
        "books": { "novel": ["Kipps"], "essay": [], "verse": ["Emma", "Walking"] },
        "rooms": { "Emma": "room 3", "Kipps": "room 1", "Walking": "room 3" },
        "status": {
            "Emma": ["O", null], "Kipps": ["O", null], "Walking": ["it's gone", "it's gone"],
        },
        "not lent": ["Emma", "Kipps", "Walking"],
    })
}
