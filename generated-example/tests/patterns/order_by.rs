//! The order of a relationship.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    Author, AwardPatch, Book, NewAuthor, NewAward, NewBook, NewPrize, Prize, UnitOfWork, author,
    book, prize,
};

pattern!("order_by");

fn given(year: impl Into<Option<i32>>) -> NewAward {
    NewAward { year: year.into() }
}

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [ada, bo] = ["Ada", "Bo"].map(|name| work.insert(NewAuthor { name: name.into() }));
    for (title, year, author) in [
        ("Old", 1990, ada),
        ("New", 2020, ada),
        ("Also", 2020, ada),
        ("One", 2001, bo),
    ] {
        work.insert(NewBook {
            title: title.into(),
            year,
            author_id: author.into(),
        });
    }
    let [fig, elm, oak] = [("Fig", 1900), ("Elm", 1950), ("Oak", 1800)].map(|(name, year)| {
        work.insert(NewPrize {
            name: name.into(),
            year,
        })
    });
    let awards = [(oak, given(None)), (fig, given(2010)), (elm, given(2010))];
    work.link(author::PRIZES, ada, awards);
    work.link(author::PRIZES, bo, [(fig, given(2005))]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let [mut books_of, mut prizes_of, mut winners_of] = [(); 3].map(|()| Map::new());
    let query = Author::query().with(author::BOOKS).with(author::PRIZES);
    for (author, books, prizes) in query.all(conn)? {
        let titles = books.into_iter().map(|book| book.title);
        books_of.insert(author.name.clone(), titles.collect());
        let names = prizes.into_iter().map(|prize| prize.name);
        prizes_of.insert(author.name, names.collect());
    }
    for prize in Prize::query().all(conn)? {
        let winners = prize.winners().all(conn)?.into_iter();
        winners_of.insert(prize.name, winners.map(|author| author.name).collect());
    }
    Ok(json!({ "books": books_of, "prizes": prizes_of, "winners": winners_of }))
}

fn before() -> Value {
    json!({
        "books": { "Ada": ["Also", "New", "Old"], "Bo": ["One"] },
        "prizes": { "Ada": ["Elm", "Fig", "Oak"], "Bo": ["Fig"] },
        "winners": { "Fig": ["Bo", "Ada"], "Elm": ["Ada"], "Oak": ["Ada"] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let author = |name: &str| Author::query().filter(author::NAME.eq(name)).one(conn);
    let prize = |name: &str| Prize::query().filter(prize::NAME.eq(name)).one(conn);
    let old = Book::query().filter(book::TITLE.eq("Old"));
    old.update(conn, book::YEAR.set(2021))?;
    let (ada, bo) = (author("Ada")?, author("Bo")?);
    let later = AwardPatch { year: Some(2015) };
    ada.prizes().links().update(conn, &prize("Oak")?, later)?;
    bo.prizes().add(conn, &prize("Elm")?, given(1999))?;
    Ok(())
}

fn after() -> Value {
    json!({
        "books": { "Ada": ["Old", "Also", "New"], "Bo": ["One"] },
        "prizes": { "Ada": ["Oak", "Elm", "Fig"], "Bo": ["Fig", "Elm"] },
        "winners": { "Fig": ["Bo", "Ada"], "Elm": ["Bo", "Ada"], "Oak": ["Ada"] },
    })
}
