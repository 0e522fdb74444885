//! Relationships over others.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    Author, Book, Loan, NewAuthor, NewBook, NewLoan, NewReader, Reader, UnitOfWork, author, book,
    loan, reader,
};

pattern!("through");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [austen, wells] =
        ["Austen", "Wells"].map(|name| work.insert(NewAuthor { name: name.into() }));
    let [persuasion, emma, kipps] = [("Persuasion", austen), ("Emma", austen), ("Kipps", wells)]
        .map(|(title, author)| {
            work.insert(NewBook {
                title: title.into(),
                author_id: author.into(),
            })
        });
    let [ada, bo, _cy] =
        ["Ada", "Bo", "Cy"].map(|name| work.insert(NewReader { name: name.into() }));
    for (book, reader) in [
        (emma, bo),
        (emma, bo),
        (persuasion, bo),
        (emma, ada),
        (kipps, bo),
    ] {
        work.insert(NewLoan {
            book_id: book.into(),
            reader_id: reader.into(),
        });
    }
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let names = |readers: Vec<Reader>| readers.into_iter().map(|reader| reader.name);
    let (mut readers_of, mut books_of) = (Map::new(), Map::new());
    for (author, readers) in Author::query().with(author::READERS).all(conn)? {
        readers_of.insert(author.name, names(readers).collect());
    }
    for reader in Reader::query().all(conn)? {
        let books = reader.books().all(conn)?.into_iter();
        books_of.insert(reader.name, books.map(|book| book.title).collect());
    }
    let loans = Loan::query().with(loan::AUTHOR).all(conn)?;
    let of_ada = Author::query().filter(author::READERS.any(reader::NAME.eq("Ada")));
    let of_ada = of_ada.all(conn)?.into_iter().map(|author| author.name);
    let of_wells = reader::LOANS.any(loan::AUTHOR.any(author::ID.eq(2)));
    Ok(json!({
        "readers": readers_of,
        "books": books_of,
        "authors": loans.into_iter().map(|(_, author)| author.name).collect::<Vec<_>>(),
        "whom Ada reads": of_ada.collect::<Vec<_>>(),
        "who reads Wells": names(Reader::query().filter(of_wells).all(conn)?).collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "readers": { "Austen": ["Ada", "Bo"], "Wells": ["Bo"] },
        "books": { "Ada": ["Emma"], "Bo": ["Emma", "Kipps", "Persuasion"], "Cy": [] },
        "authors": ["Austen", "Austen", "Austen", "Austen", "Wells"],
        "whom Ada reads": ["Austen"],
        "who reads Wells": ["Bo"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let book = |title: &str| Book::query().filter(book::TITLE.eq(title)).one(conn);
    let reader = |name: &str| Reader::query().filter(reader::NAME.eq(name)).one(conn);
    let wells = Author::query().filter(author::NAME.eq("Wells")).one(conn)?;
    book("Persuasion")?.author().set(conn, &wells)?;
    let loan = NewLoan {
        book_id: (&book("Kipps")?).into(),
        reader_id: (&reader("Cy")?).into(),
    };
    Loan::insert(conn, loan)?;
    let bo = reader("Bo")?;
    let emma = loan::BOOK.any(book::TITLE.eq("Emma"));
    bo.loans().query().filter(emma).delete(conn)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "readers": { "Austen": ["Ada"], "Wells": ["Bo", "Cy"] },
        "books": { "Ada": ["Emma"], "Bo": ["Kipps", "Persuasion"], "Cy": ["Kipps"] },
        "authors": ["Wells", "Austen", "Wells", "Wells"],
        "whom Ada reads": ["Austen"],
        "who reads Wells": ["Bo", "Cy"],
    })
}
