//! One to many and many to one.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Author, Book, NewAuthor, NewBook, UnitOfWork, author, book};

pattern!("one_to_many");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [austen, wells, shelley] =
        ["Austen", "Wells", "Shelley"].map(|name| work.insert(NewAuthor { name: name.into() }));
    let mut book = |title: &str| {
        work.insert(NewBook {
            title: title.into(),
            author_id: None,
        })
    };
    let [emma, persuasion, kipps, mathilda] =
        ["Emma", "Persuasion", "Kipps", "Mathilda"].map(&mut book);
    book("Beowulf");
    work.link(author::BOOKS, austen, [emma, persuasion]);
    work.set(book::AUTHOR, kipps, wells);
    work.link(author::BOOKS, shelley, [mathilda]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let mut books_of = Map::new();
    for (author, books) in Author::query().with(author::BOOKS).all(conn)? {
        let titles = books.into_iter().map(|book| book.title);
        books_of.insert(author.name, titles.collect());
    }
    let mut author_of = Map::new();
    for (book, author) in Book::query().with(book::AUTHOR).all(conn)? {
        author_of.insert(book.title, json!(author.map(|author| author.name)));
    }
    let has_emma = Author::query().filter(author::BOOKS.any(book::TITLE.eq("Emma")));
    let has_emma = has_emma.all(conn)?.into_iter().map(|author| author.name);
    Ok(json!({
        "books of authors": books_of,
        "authors of books": author_of,
        "who has Emma": has_emma.collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "books of authors": {
            "Austen": ["Emma", "Persuasion"],
            "Wells": ["Kipps"],
            "Shelley": ["Mathilda"],
        },
        "authors of books": {
            "Emma": "Austen",
            "Persuasion": "Austen",
            "Kipps": "Wells",
            "Mathilda": "Shelley",
            "Beowulf": null,
        },
        "who has Emma": ["Austen"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let author = |name: &str| Author::query().filter(author::NAME.eq(name)).one(conn);
    let book = |title: &str| Book::query().filter(book::TITLE.eq(title)).one(conn);
    author("Wells")?.books().add(conn, &book("Emma")?)?; // from the one to the other
    author("Austen")?
        .books()
        .remove(conn, &book("Persuasion")?)?;
    book("Beowulf")?
        .author()
        .set(conn, Some(&author("Austen")?))?;
    author("Shelley")?.delete(conn)?; // her book stays
    Ok(())
}

fn after() -> Value {
    json!({
        "books of authors": { "Austen": ["Beowulf"], "Wells": ["Emma", "Kipps"] },
        "authors of books": {
            "Emma": "Wells",
            "Persuasion": null,
            "Kipps": "Wells",
            "Mathilda": null,
            "Beowulf": "Austen",
        },
        "who has Emma": ["Wells"],
    })
}
