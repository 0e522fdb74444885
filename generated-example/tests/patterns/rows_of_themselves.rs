//! Rows that point to themselves.

use crate::db::{self, Connection};
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{NewPage, Page, UnitOfWork, page};

pattern!("rows_of_themselves");

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    let [first, copy, _draft] = ["first", "copy", "draft"].map(|title| {
        work.insert(NewPage {
            title: title.into(),
            original_id: None,
        })
    });
    work.set(page::ORIGINAL, first, first);
    work.link(page::COPIES, first, [copy]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut original_of, mut copies_of) = (Map::new(), Map::new());
    let query = Page::query().with(page::ORIGINAL).with(page::COPIES);
    for (page, original, copies) in query.all(conn)? {
        let original = original.map(|original| original.title);
        original_of.insert(page.title.clone(), json!(original));
        let titles = copies.into_iter().map(|copy| copy.title);
        copies_of.insert(page.title, titles.collect());
    }
    Ok(json!({ "originals": original_of, "copies": copies_of }))
}

fn before() -> Value {
    json!({
        "originals": { "first": "first", "copy": "first", "draft": null },
        "copies": { "first": ["first", "copy"], "copy": [], "draft": [] },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let page = |title: &str| Page::query().filter(page::TITLE.eq(title)).one(conn);
    let (first, copy, draft) = (page("first")?, page("copy")?, page("draft")?);
    draft.original().set(conn, Some(&draft))?;
    copy.copies().add(conn, &copy)?;
    first.original().set(conn, None)?;
    // A row goes though it points to itself.
    let gone = NewPage {
        title: "gone".into(),
        original_id: None,
    };
    let gone = Page::insert(conn, gone)?;
    let gone = gone.original().set(conn, Some(&gone))?;
    if !db::DELETES_WHAT_POINTS_TO_ITSELF {
        gone.original().set(conn, None)?;
    }
    gone.delete(conn)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "originals": { "first": null, "copy": "copy", "draft": "draft" },
        "copies": { "first": [], "copy": ["copy"], "draft": ["draft"] },
    })
}
