//! Foreign keys that share a column.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    Article, Error, Magazine, NewArticle, NewMagazine, NewWriter, Writer, article, magazine, writer,
};

pattern!("overlapping_keys");

fn fill(conn: &Connection) -> Outcome<()> {
    let magazine = |name: &str| Magazine::insert(conn, NewMagazine { name: name.into() });
    let (weekly, daily) = (magazine("Weekly")?, magazine("Daily")?);
    for (magazine, number, name) in [(&weekly, 1, "Ada"), (&weekly, 2, "Bo"), (&daily, 1, "Cy")] {
        let new = NewWriter {
            magazine_id: magazine.into(),
            number,
            name: name.into(),
        };
        Writer::insert(conn, new)?;
    }
    for (title, magazine, writer) in [
        ("Sun", &weekly, Some(1)),
        ("Rain", &weekly, None),
        ("Snow", &daily, Some(1)),
    ] {
        let new = NewArticle {
            title: title.into(),
            magazine_id: magazine.into(),
            writer_number: writer,
        };
        Article::insert(conn, new)?;
    }
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let titles = |articles: Vec<Article>| articles.into_iter().map(|article| article.title);
    let [mut staff_of, mut articles_of] = [(); 2].map(|()| Map::new());
    let query = Magazine::query()
        .with(magazine::WRITERS)
        .with(magazine::ARTICLES);
    for (magazine, writers, articles) in query.all(conn)? {
        let names = writers.into_iter().map(|writer| writer.name);
        staff_of.insert(magazine.name.clone(), names.collect());
        articles_of.insert(magazine.name, titles(articles).collect());
    }
    let [mut written_by, mut one_of] = [(); 2].map(|()| Map::new());
    for (writer, articles) in Writer::query().with(writer::ARTICLES).all(conn)? {
        written_by.insert(writer.name, titles(articles).collect());
    }
    for (article, writer) in Article::query().with(article::WRITER).all(conn)? {
        one_of.insert(article.title, json!(writer.map(|writer| writer.name)));
    }
    Ok(json!({
        "writers": staff_of,
        "articles": articles_of,
        "written": written_by,
        "writer": one_of,
    }))
}

fn before() -> Value {
    json!({
        "writers": { "Weekly": ["Ada", "Bo"], "Daily": ["Cy"] },
        "articles": { "Weekly": ["Sun", "Rain"], "Daily": ["Snow"] },
        "written": { "Ada": ["Sun"], "Bo": [], "Cy": ["Snow"] },
        "writer": { "Sun": "Ada", "Rain": null, "Snow": "Cy" },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let article = |title: &str| Article::query().filter(article::TITLE.eq(title)).one(conn);
    let writer = |name: &str| Writer::query().filter(writer::NAME.eq(name)).one(conn);
    let (rain, snow, bo) = (article("Rain")?, article("Snow")?, writer("Bo")?);
    rain.writer().set(conn, Some(&bo))?;
    article("Sun")?.writer().set(conn, None)?; // which leaves it in its magazine
    // No article moves to another magazine by the way, be it with its writer or to a writer.
    let moved = snow.writer().set(conn, Some(&bo));
    assert!(matches!(moved, Err(Error::ForeignKeyViolation { .. })));
    let weekly = bo.magazine().get(conn)?;
    let moved = weekly.articles().add(conn, &snow);
    assert!(matches!(moved, Err(Error::ForeignKeyViolation { .. })));
    // Without a writer it may.
    let snow = snow.writer().set(conn, None)?;
    weekly.articles().add(conn, &snow)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "writers": { "Weekly": ["Ada", "Bo"], "Daily": ["Cy"] },
        "articles": { "Weekly": ["Sun", "Rain", "Snow"], "Daily": [] },
        "written": { "Ada": [], "Bo": ["Rain"], "Cy": [] },
        "writer": { "Sun": null, "Rain": "Bo", "Snow": null },
    })
}
