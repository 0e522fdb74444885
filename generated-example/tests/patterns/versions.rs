//! Versions, which both count alike.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{
    Error, NewPage, NewParagraph, Page, PagePatch, Paragraph, UnitOfWork, page, paragraph,
};

pattern!("versions");

fn titled(title: &str) -> PagePatch {
    PagePatch {
        title: Some(title.into()),
    }
}

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [one, _two] = ["one", "two"].map(|title| {
        work.insert(NewPage {
            title: title.into(),
        })
    });
    for text in ["a", "b"] {
        work.insert(NewParagraph {
            text: text.into(),
            page_id: Some(one.into()),
        });
    }
    let done = work.commit(conn)?;
    Page::get(conn, done.key(one))?.update(conn, titled("first"))?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut revision_of, mut paragraphs_of) = (Map::new(), Map::new());
    for (page, paragraphs) in Page::query().with(page::PARAGRAPHS).all(conn)? {
        let rows = paragraphs
            .into_iter()
            .map(|paragraph| json!([paragraph.text, paragraph.revision]));
        paragraphs_of.insert(page.title.clone(), rows.collect());
        revision_of.insert(page.title, json!(page.revision));
    }
    Ok(json!({ "revisions": revision_of, "paragraphs": paragraphs_of }))
}

fn before() -> Value {
    json!({
        "revisions": { "first": 2, "two": 1 },
        "paragraphs": { "first": [["a", 1], ["b", 1]], "two": [] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let stale = Page::query().filter(page::TITLE.eq("first")).one(conn)?;
    let page = stale.clone().update(conn, titled("1"))?;
    let late = stale.update(conn, titled("late"));
    assert!(matches!(late, Err(Error::Stale { .. })), "{late:?}");
    let b = Paragraph::query()
        .filter(paragraph::TEXT.eq("b"))
        .one(conn)?;
    page.paragraphs().remove(conn, &b)?;
    let b = Paragraph::get(conn, b.id)?;
    let two = Page::query().filter(page::TITLE.eq("two")).one(conn)?;
    b.page().set(conn, Some(&two))?;
    Ok(())
}

fn after() -> Value {
    json!({
        "revisions": { "1": 3, "two": 1 },
        "paragraphs": { "1": [["a", 1]], "two": [["b", 3]] },
    })
}
