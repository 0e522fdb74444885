//! The adjacency list over a key of two columns.

use crate::db::Connection;
use serde_json::{Map, Value, json};

use crate::harness::{Outcome, pattern};
use models::{Error, Folder, NewFolder, folder};

pattern!("composite_adjacency_list");

fn fill(conn: &Connection) -> Outcome<()> {
    let rows = [
        ("ada", 1, None, "home"),
        ("ada", 2, Some(1), "music"),
        ("ada", 3, Some(1), "notes"),
        ("bo", 1, None, "desk"),
        ("bo", 2, Some(1), "mail"),
    ];
    let rows = rows.map(|(account, number, parent, name)| NewFolder {
        account: account.into(),
        number,
        parent,
        name: name.into(),
    });
    Folder::insert_many(conn, rows)?;
    Ok(())
}

fn answers(conn: &Connection) -> Outcome<Value> {
    let [mut above_of, mut below_of, mut account_of] = [(); 3].map(|()| Map::new());
    let query = Folder::query().with(folder::ABOVE).with(folder::BELOW);
    for (folder, above, below) in query.all(conn)? {
        above_of.insert(folder.name.clone(), json!(above.map(|above| above.name)));
        let names = below.into_iter().map(|below| below.name);
        below_of.insert(folder.name.clone(), names.collect());
        account_of.insert(folder.name, json!(folder.account));
    }
    let below_home = folder::ABOVE.any(folder::NAME.eq("home"));
    let below_home = Folder::query().filter(below_home).all(conn)?;
    Ok(json!({
        "above": above_of,
        "below": below_of,
        "accounts": account_of,
        "below home": below_home.into_iter().map(|folder| folder.name).collect::<Vec<_>>(),
    }))
}

fn before() -> Value {
    json!({
        "above": { "home": null, "music": "home", "notes": "home", "desk": null, "mail": "desk" },
        "below": {
            "home": ["music", "notes"], "music": [], "notes": [], "desk": ["mail"], "mail": [],
        },
        "accounts": { "home": "ada", "music": "ada", "notes": "ada", "desk": "bo", "mail": "bo" },
        "below home": ["music", "notes"],
    })
}

fn change(conn: &Connection) -> Outcome<()> {
    let folder = |account: &str, number: i32| Folder::get(conn, (account.into(), number));
    let music = folder("ada", 2)?;
    music.below().add(conn, &folder("ada", 3)?)?;
    folder("bo", 2)?.above().set(conn, None)?;
    // No folder moves to another account by the way.
    let taken = music.below().add(conn, &folder("bo", 2)?);
    assert!(matches!(taken, Err(Error::ForeignKeyViolation { .. })));
    Ok(())
}

fn after() -> Value {
    json!({
        "above": { "home": null, "music": "home", "notes": "music", "desk": null, "mail": null },
        "below": {
            "home": ["music"], "music": ["notes"], "notes": [], "desk": [], "mail": [],
        },
        "accounts": { "home": "ada", "music": "ada", "notes": "ada", "desk": "bo", "mail": "bo" },
        "below home": ["music"],
    })
}
