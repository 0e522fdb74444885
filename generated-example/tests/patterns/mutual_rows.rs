//! Rows that depend on each other, in one unit of work.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Entry, NewEntry, NewWidget, UnitOfWork, Widget, entry, widget};

pattern!("mutual_rows");

/// A widget with its entries, the last of them its favorite.
fn add(work: &mut UnitOfWork, name: &str, entries: &[&str]) {
    let widget = work.insert(NewWidget {
        name: name.into(),
        favorite_entry_id: None,
    });
    for name in entries {
        let entry = work.insert(NewEntry {
            name: (*name).into(),
            widget_id: widget.into(),
        });
        work.set(widget::FAVORITE_ENTRY, widget, entry);
    }
}

fn fill(conn: &Connection) -> Outcome<()> {
    let mut work = UnitOfWork::new();
    add(&mut work, "W1", &["one", "two"]);
    add(&mut work, "W2", &["three"]);
    work.commit(conn)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let (mut entries_of, mut favorite_of) = (Map::new(), Map::new());
    let query = Widget::query()
        .with(widget::ENTRIES)
        .with(widget::FAVORITE_ENTRY);
    for (widget, entries, favorite) in query.all(conn)? {
        let names = entries.into_iter().map(|entry| entry.name);
        entries_of.insert(widget.name.clone(), names.collect());
        favorite_of.insert(widget.name, json!(favorite.map(|entry| entry.name)));
    }
    let mut widget_of = Map::new();
    for (entry, widget) in Entry::query().with(entry::WIDGET).all(conn)? {
        widget_of.insert(entry.name, json!(widget.name));
    }
    Ok(json!({ "entries": entries_of, "favorites": favorite_of, "widgets": widget_of }))
}

fn before() -> Value {
    json!({
        "entries": { "W1": ["one", "two"], "W2": ["three"] },
        "favorites": { "W1": "two", "W2": "three" },
        "widgets": { "one": "W1", "two": "W1", "three": "W2" },
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let entry = |name: &str| Entry::query().filter(entry::NAME.eq(name)).one(conn);
    let widget = |name: &str| Widget::query().filter(widget::NAME.eq(name)).one(conn);
    entry("two")?.delete(conn)?; // W1 has no favorite then
    let first = widget("W1")?;
    first.favorite_entry().set(conn, Some(&entry("three")?))?;
    widget("W2")?.delete(conn)?; // with its entry, which was a favorite
    let mut work = UnitOfWork::new();
    add(&mut work, "W3", &["four"]);
    work.set(widget::FAVORITE_ENTRY, &first, &entry("one")?);
    work.commit(conn)?;
    Ok(())
}

fn after() -> Value {
    json!({
        "entries": { "W1": ["one"], "W3": ["four"] },
        "favorites": { "W1": "one", "W3": "four" },
        "widgets": { "one": "W1", "four": "W3" },
    })
}
