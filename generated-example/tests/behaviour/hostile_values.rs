//! Hostile strings as values, through every call: each comes back as it was given, and no other row is touched.

use crate::corners::{Every, EveryPatch, NewEvery, every};
use crate::db::{self, Connection};
use crate::payload::models::{
    Entry, EntryPatch, NewPlaylist, NewTag, Playlist, PlaylistPatch, Tag, Track, UnitOfWork, entry,
    playlist, raw, tag, track,
};
use crate::payload::{at, list, on_payload, song};
use crate::{number, on_corners};

/// At most 20 characters each, so that they may be keys everywhere.
const HOSTILE: &[&str] = &[
    "",
    "'",
    "''",
    "\"",
    "`",
    "\\",
    "a\\",
    "\\'",
    "\\\\",
    "*/",
    "/*",
    "-- ",
    "--",
    "#",
    "//",
    "a\nb",
    "a\rb",
    "a\r\nb",
    "a\u{85}b",
    "a\u{2028}b",
    "\u{1}",
    "\u{1b}[31m",
    "\u{7f}",
    "\t",
    "a\0b",
    "\0",
    "%",
    "_",
    "a%",
    "%a",
    "a_",
    "\\%",
    "\\_",
    "\\\\%",
    "[a-z]",
    "*",
    "?",
    "?1",
    ":a",
    "@a",
    "$1",
    "$$",
    "{0}",
    "{{ a }}",
    "%s%n",
    "'; DROP TABLE x; --",
    "') OR 1 = 1 --",
    "\"; DELETE FROM x",
    "' OR '1' = '1",
    "null",
    "NULL",
    "true",
    "0",
    "1e5",
    "[]",
    "[\"a\"]",
    "{\"a\": 1}",
    "\",\"",
    "\\u0041",
    "\\x41",
    "{a,b}",
    "{NULL}",
    "<b>",
    "&amp;",
    "../../x",
    "C:\\x",
    "\u{202e}a",
    "\u{200b}",
    "\u{feff}",
    "\u{a0}",
    "ß",
    "ẞ",
    "e\u{301}",
    "é",
    "🦀",
    "\u{10ffff}",
    "\u{fffd}",
];

/// What the database holds.
fn held() -> impl Iterator<Item = &'static str> {
    let held = |text: &&str| db::HOLDS_NUL || !text.contains('\0');
    HOSTILE.iter().copied().filter(held)
}

/// What differs in the database from all others as a key: where spaces at the end count for nothing, those have none.
fn keys() -> Vec<&'static str> {
    let apart = |text: &&str| db::ENDS_ARE_LEAST || !text.ends_with(' ');
    held().filter(apart).collect()
}

/// One row more than the strings, which nothing touches.
const OTHER: &str = "nobody's";

fn named(name: &str) -> NewPlaylist {
    NewPlaylist { name: name.into() }
}

fn names(rows: Vec<Playlist>) -> Vec<String> {
    rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn rows_hold_hostile_strings() {
    on_payload(|conn| {
        let other = list(conn, OTHER);
        let mut rows = Vec::new();
        for text in keys() {
            let row = Playlist::insert(conn, named(text)).unwrap();
            assert_eq!(row.name, text);
            assert_eq!(Playlist::get(conn, row.id).unwrap().name, text);
            // It is there: the row is the same one.
            let again = Playlist::upsert_by_name(conn, named(text)).unwrap();
            assert_eq!(again, row, "{text:?}");
            let refused = Playlist::insert(conn, named(text));
            assert!(refused.is_err(), "{text:?} is a key");
            rows.push(row);
        }
        assert_eq!(
            Playlist::query().count(conn).unwrap(),
            rows.len() as u64 + 1
        );
        for row in rows.clone() {
            let patch = PlaylistPatch {
                name: Some(format!("{}!", row.name)),
            };
            let changed = row.clone().update(conn, patch).unwrap();
            assert_eq!(changed.name, format!("{}!", row.name));
            assert_eq!(row.clone().save(conn).unwrap(), row);
            row.delete(conn).unwrap();
        }
        assert_eq!(Playlist::query().all(conn).unwrap(), [other]);
        let inserted = Playlist::insert_many(conn, keys().into_iter().map(named)).unwrap();
        let found = Playlist::query().filter(playlist::ID.in_(inserted.clone()));
        let mut found = found.all(conn).unwrap();
        found.sort_by_key(|row| inserted.iter().position(|id| *id == row.id));
        assert_eq!(names(found), keys());
        Playlist::query()
            .filter(playlist::NAME.ne(OTHER))
            .delete(conn)
            .unwrap();
        for row in &rows {
            Playlist::insert_row(conn, row).unwrap();
            assert_eq!(Playlist::get(conn, row.id).unwrap(), *row);
        }
    });
}

/// That `filter` finds the rows whose names fit, and counts, changes and deletes no other.
fn finds(conn: &Connection, filter: db_filter::Of, fits: impl Fn(&str) -> bool, what: &str) {
    let query = || {
        Playlist::query()
            .filter(filter())
            .order_by(playlist::ID.asc())
    };
    let wanted: Vec<&str> = keys().into_iter().filter(|name| fits(name)).collect();
    assert_eq!(names(query().all(conn).unwrap()), wanted, "{what}");
    assert_eq!(query().count(conn).unwrap(), wanted.len() as u64, "{what}");
}

/// A filter is made anew for each query.
mod db_filter {
    use crate::payload::models::Playlist;
    use crate::payload::models::support::Filter;

    pub type Of<'a> = &'a dyn Fn() -> Filter<Playlist>;
}

#[test]
fn filters_take_hostile_strings_as_they_are() {
    on_payload(|conn| {
        Playlist::insert_many(conn, keys().into_iter().map(named)).unwrap();
        for text in keys() {
            use playlist::NAME;
            let what = format!("{text:?}");
            let list = [text, OTHER];
            finds(conn, &|| NAME.eq(text), |name| name == text, &what);
            finds(conn, &|| NAME.ne(text), |name| name != text, &what);
            finds(conn, &|| NAME.in_(list), |name| name == text, &what);
            finds(conn, &|| NAME.not_in(list), |name| name != text, &what);
            finds(
                conn,
                &|| NAME.between(text, text),
                |name| name == text,
                &what,
            );
            finds(
                conn,
                &|| NAME.le(text).and(NAME.ge(text)),
                |name| name == text,
                &what,
            );
            finds(
                conn,
                &|| NAME.lt(text).or(NAME.gt(text)).not(),
                |name| name == text,
                &what,
            );
            finds(
                conn,
                &|| NAME.starts_with(text),
                |name| name.starts_with(text),
                &what,
            );
            finds(
                conn,
                &|| NAME.contains(text),
                |name| name.contains(text),
                &what,
            );
            let by_text = Playlist::query().filter(raw("name = ?", [text]));
            assert_eq!(names(by_text.all(conn).unwrap()), [text]);
            // A text ends before NUL to LIKE of SQLite, and letters have no case to it.
            let differs = |c: char| "%_\\\0".contains(c) || c.is_alphabetic();
            if !text.is_empty() && !text.contains(differs) {
                finds(conn, &|| NAME.like(text), |name| name == text, &what);
            }
            let only = || Playlist::query().filter(NAME.eq(text));
            let of = Some(text.to_owned());
            assert_eq!(only().min(conn, NAME).unwrap(), of);
            assert_eq!(only().max(conn, NAME).unwrap(), of);
            assert!(only().exists(conn).unwrap());
            let mut seen = Vec::new();
            only()
                .for_each(conn, |row| {
                    seen.push(row.name);
                    Ok(())
                })
                .unwrap();
            assert_eq!(seen, [text]);
        }
    });
}

#[test]
fn pages_go_over_hostile_strings_once() {
    on_payload(|conn| {
        Playlist::insert_many(conn, keys().into_iter().map(named)).unwrap();
        let query = || Playlist::query().order_by(playlist::NAME.desc());
        let all = query().all(conn).unwrap();
        let mut paged = vec![query().first(conn).unwrap().unwrap()];
        while let Some(next) = query().after(&paged[paged.len() - 1]).first(conn).unwrap() {
            paged.push(next);
        }
        assert_eq!(paged, all);
        assert_eq!(all.len(), keys().len());
    });
}

#[test]
fn bulk_changes_write_hostile_strings() {
    on_corners(|conn| {
        let filled = |text: &str| NewEvery {
            text: Some(text.into()),
            string: Some(text.into()),
            bytes: Some(text.as_bytes().to_vec()),
            json: Some(serde_json::json!({ text: [text] })),
            ..NewEvery::default()
        };
        let other = Every::insert(conn, filled(OTHER)).unwrap();
        let row = Every::insert(conn, NewEvery::default()).unwrap();
        for text in held() {
            let stored = Every::insert(conn, filled(text)).unwrap();
            let found = Every::get(conn, stored.id).unwrap();
            assert_eq!(found, stored);
            assert_eq!(found.text.as_deref(), Some(text));
            assert_eq!(found.string.as_deref(), Some(text));
            assert_eq!(found.bytes.as_deref(), Some(text.as_bytes()));
            assert_eq!(found.json, Some(serde_json::json!({ text: [text] })));
            found.delete(conn).unwrap();

            let of_row = Every::query().filter(every::ID.eq(row.id));
            let changed = of_row
                .update(conn, (every::TEXT.set(text), every::STRING.set(text)))
                .unwrap();
            assert_eq!(changed, 1);
            let patch = EveryPatch {
                json: Some(Some(serde_json::Value::from(text))),
                ..EveryPatch::default()
            };
            let changed = row.clone().update(conn, patch).unwrap();
            assert_eq!(changed.text.as_deref(), Some(text));
            assert_eq!(changed.string.as_deref(), Some(text));
            assert_eq!(changed.json, Some(serde_json::Value::from(text)));
        }
        assert_eq!(Every::get(conn, other.id).unwrap(), other);
        assert_eq!(Every::query().count(conn).unwrap(), 2);
    });
}

#[test]
fn links_go_over_hostile_keys() {
    on_payload(|conn| {
        let (mine, other) = (list(conn, "mine"), list(conn, OTHER));
        let tags: Vec<Tag> = keys()
            .into_iter()
            .map(|word| Tag::insert(conn, NewTag { word: word.into() }).unwrap())
            .collect();
        other.tags().add(conn, &tags[0]).unwrap();
        for tag in &tags {
            assert_eq!(
                Tag::find(conn, tag.word.clone()).unwrap().as_ref(),
                Some(tag)
            );
            assert!(mine.tags().add(conn, tag).unwrap());
            assert!(!mine.tags().add(conn, tag).unwrap(), "{tag:?} is there");
            assert!(mine.tags().contains(conn, tag).unwrap());
            let lists = tag.playlists().all(conn).unwrap();
            assert!(lists.contains(&mine), "{tag:?}");
            let with = Playlist::query().filter(playlist::TAGS.any(tag::WORD.eq(&tag.word)));
            assert!(with.all(conn).unwrap().contains(&mine), "{tag:?}");
        }
        let sorted = |mut tags: Vec<Tag>| {
            tags.sort_by(|a, b| a.word.cmp(&b.word));
            tags
        };
        assert_eq!(sorted(mine.tags().all(conn).unwrap()), sorted(tags.clone()));
        for (tag, lists) in Tag::query().with(tag::PLAYLISTS).all(conn).unwrap() {
            assert!(lists.contains(&mine), "{tag:?}");
        }
        let loaded = tag::PLAYLISTS.load(conn, &tags).unwrap();
        assert!(loaded.iter().all(|lists| lists.contains(&mine)));
        let half = &tags[..tags.len() / 2];
        mine.tags().set(conn, half).unwrap();
        assert_eq!(
            sorted(mine.tags().all(conn).unwrap()),
            sorted(half.to_vec())
        );
        mine.tags().set(conn, &tags).unwrap();
        for tag in &tags {
            assert!(mine.tags().remove(conn, tag).unwrap(), "{tag:?}");
            assert!(!mine.tags().contains(conn, tag).unwrap(), "{tag:?}");
        }
        assert_eq!(mine.tags().add_all(conn, &tags).unwrap(), tags.len() as u64);
        assert_eq!(other.tags().all(conn).unwrap(), [tags[0].clone()]);
    });
}

#[test]
fn payload_holds_hostile_strings() {
    on_payload(|conn| {
        let (mine, track) = (list(conn, "mine"), song(conn, "a"));
        for text in held() {
            let mut new = at(1);
            new.remark = Some(Some(text.into()));
            assert!(mine.tracks().add(conn, &track, new).unwrap());
            let link: Entry = mine.tracks().links().all(conn).unwrap().remove(0);
            assert_eq!(link.remark.as_deref(), Some(text));
            let by_payload = mine.tracks().query().filter(entry::REMARK.eq(text));
            assert_eq!(by_payload.all(conn).unwrap(), [track.clone()], "{text:?}");
            let patch = EntryPatch {
                remark: Some(Some(format!("{text}!"))),
                ..EntryPatch::default()
            };
            assert_eq!(
                mine.tracks().links().update(conn, &track, patch).unwrap(),
                1
            );
            let (_, link) = mine.tracks().with_links(conn).unwrap().remove(0);
            assert_eq!(link.remark, Some(format!("{text}!")));
            assert!(mine.tracks().remove(conn, &track).unwrap());
        }
    });
}

#[test]
fn a_unit_of_work_carries_hostile_strings() {
    on_payload(|conn| {
        let other = list(conn, OTHER);
        let mut work = UnitOfWork::new();
        let pending: Vec<_> = keys()
            .into_iter()
            .map(|text| {
                let row = work.insert(named(text));
                let tag = work.insert(NewTag { word: text.into() });
                work.link(playlist::TAGS, row, [tag]);
                row
            })
            .collect();
        let done = work.commit(conn).unwrap();
        for (text, pending) in keys().into_iter().zip(pending) {
            let row = Playlist::get(conn, done.key(pending)).unwrap();
            assert_eq!(row.name, text);
            let tags = row.tags().all(conn).unwrap();
            assert_eq!(tags, [Tag { word: text.into() }]);
        }
        assert_eq!(Playlist::get(conn, other.id).unwrap(), other);
    });
}

#[test]
fn what_is_not_held_is_an_error_and_nothing_else() {
    on_payload(|conn| {
        let other = list(conn, OTHER);
        let stored = Playlist::insert(conn, named("a\0b"));
        assert_eq!(stored.is_ok(), db::HOLDS_NUL);
        let changed = Playlist::query()
            .filter(playlist::ID.eq(other.id))
            .update(conn, playlist::NAME.set("a\0c"));
        assert_eq!(changed.is_ok(), db::HOLDS_NUL);
        let many = Playlist::insert_many(conn, ["x", "b\0c"].map(named));
        assert_eq!(many.is_ok(), db::HOLDS_NUL);
        let rows = if db::HOLDS_NUL { 4 } else { 1 };
        assert_eq!(number(conn, "SELECT count(*) FROM playlists"), rows);
        let found = Playlist::query().filter(playlist::NAME.contains("\0"));
        if let Ok(found) = found.count(conn) {
            assert_eq!(found, if db::HOLDS_NUL { 3 } else { 0 });
        }
        assert_eq!(
            Track::query()
                .filter(track::TITLE.eq("a"))
                .count(conn)
                .unwrap(),
            0
        );
    });
}
