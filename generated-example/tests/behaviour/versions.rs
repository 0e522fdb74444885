//! Optimistic locks and moments of the last write: what every way of writing to a row does to them.

use std::fmt::Debug;

use crate::db::Connection;

use crate::on_both;

/// What a spec with versions becomes.
pub mod models {
    include!(concat!(env!("OUT_DIR"), "/versions.rs"));
}

/// What writes meet beyond that.
pub mod writes {
    include!(concat!(env!("OUT_DIR"), "/writes.rs"));
}

use models::{
    Document, DocumentPatch, Error, NewDocument, NewSetting, Setting, SettingPatch, document,
    setting,
};
use writes::{Count, NewCount};

pub fn on_versions(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        models::configure(conn).unwrap();
        models::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

pub fn on_writes(test: impl Fn(&Connection)) {
    let open = |conn: &Connection| {
        writes::configure(conn).unwrap();
        writes::create_tables(conn).unwrap();
    };
    on_both(open, test);
}

pub fn new_document(title: &str) -> NewDocument {
    NewDocument {
        title: title.into(),
        body: None,
        updated_at: Some(chrono::DateTime::UNIX_EPOCH),
        changed_on: None,
        folder_id: None,
    }
}

/// A document that was written long ago.
pub fn old_document(conn: &Connection, title: &str) -> Document {
    Document::insert(conn, new_document(title)).unwrap()
}

pub fn titled(title: &str) -> DocumentPatch {
    DocumentPatch {
        title: Some(title.into()),
        ..DocumentPatch::default()
    }
}

/// The document as it is stored. It has been written as many times since `read`, and its moments are those of that.
#[track_caller]
pub fn written(conn: &Connection, read: &Document, times: i32) -> Document {
    let stored = Document::get(conn, read.id).unwrap();
    assert_eq!(stored.revision, read.revision + times, "revision");
    if times == 0 {
        assert_eq!(&stored, read);
    } else {
        let minute = chrono::TimeDelta::minutes(1);
        let ago = chrono::DateTime::from(std::time::SystemTime::now()) - stored.updated_at;
        assert!(ago.abs() < minute, "{} is not now", stored.updated_at);
        assert_eq!(stored.changed_on, Some(stored.updated_at.date_naive()));
    }
    stored
}

/// The call was refused because of its old copy.
#[track_caller]
pub fn stale<T: Debug>(result: Result<T, Error>) {
    match result {
        Err(Error::Stale { .. }) => {}
        other => panic!("{other:?}"),
    }
}

#[track_caller]
pub fn not_found<T: Debug>(result: Result<T, Error>, of: &str) {
    match result {
        Err(Error::NotFound { entity, .. }) => assert_eq!(entity, of),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_row_begins_with_version_one_or_its_default() {
    on_versions(|conn| {
        let new = NewDocument {
            updated_at: None,
            ..new_document("a")
        };
        let first = Document::insert(conn, new).unwrap();
        assert_eq!((first.revision, first.changed_on), (1, None));
        let keys = Document::insert_many(conn, (0..40).map(|n| new_document(&n.to_string())));
        for key in keys.unwrap() {
            let document = Document::get(conn, key).unwrap();
            assert_eq!(document.revision, 1);
            assert_eq!(document.updated_at, chrono::DateTime::UNIX_EPOCH);
        }
        let told = Document {
            id: 900,
            revision: 77,
            ..first
        };
        Document::insert_row(conn, &told).unwrap();
        assert_eq!(Document::get(conn, 900).unwrap(), told, "as it is given");
    });
    on_writes(|conn| {
        let shelf = writes::Shelf::insert(conn, writes::NewShelf { label: "a".into() }).unwrap();
        let new = writes::NewSeal {
            shelf_id: (&shelf).into(),
        };
        assert_eq!(writes::Seal::insert(conn, new).unwrap().revision, 10);
        let count = Count::insert(conn, NewCount::default()).unwrap();
        assert_eq!(count.version, 1);
    });
}

#[test]
fn update_save_and_delete_check_the_version_and_raise_it() {
    on_versions(|conn| {
        let first = old_document(conn, "a");
        let second = first.update(conn, titled("b")).unwrap();
        assert_eq!(written(conn, &first, 1), second);
        assert_eq!(second.title, "b");
        stale(first.update(conn, titled("c")));
        stale(first.save(conn));
        stale(first.clone().delete(conn));
        assert_eq!(written(conn, &first, 1), second);

        let third = Document {
            title: "c".into(),
            updated_at: chrono::DateTime::UNIX_EPOCH,
            changed_on: None,
            ..second.clone()
        };
        let third = third.save(conn).unwrap();
        assert_eq!(written(conn, &first, 2), third);
        assert_eq!(third.title, "c");
        stale(second.save(conn));
        // A patch without changes is a write.
        let fourth = third.update(conn, DocumentPatch::default()).unwrap();
        assert_eq!(written(conn, &first, 3), fourth);
        stale(third.clone().delete(conn));
        assert_eq!(written(conn, &fourth, 0), fourth);
        fourth.clone().delete(conn).unwrap();

        // Gone is not stale, whatever version the copy has.
        for copy in [first, fourth] {
            not_found(copy.update(conn, titled("x")), "Document");
            not_found(copy.save(conn), "Document");
            not_found(copy.delete(conn), "Document");
        }
    });
}

#[test]
fn a_stale_error_tells_the_row() {
    on_versions(|conn| {
        let new = NewSetting {
            key: "it's".into(),
            section: "s".into(),
            position: 1,
            value: None,
            set_at: chrono::NaiveDateTime::default(),
        };
        let first = Setting::insert(conn, new).unwrap();
        first.save(conn).unwrap();
        let error = first.save(conn).unwrap_err();
        assert_eq!(
            error.to_string(),
            "Setting \"it's\" has been written since it was read"
        );
        assert!(std::error::Error::source(&error).is_none());
        assert!(matches!(
            error,
            Error::Stale {
                entity: "Setting",
                ..
            }
        ));
    });
}

#[test]
fn explicit_moments_win_in_a_patch() {
    on_versions(|conn| {
        let first = old_document(conn, "a");
        let day = chrono::NaiveDate::from_ymd_opt(1999, 12, 31);
        let patch = DocumentPatch {
            updated_at: Some(chrono::DateTime::UNIX_EPOCH),
            changed_on: Some(day),
            ..DocumentPatch::default()
        };
        let second = first.update(conn, patch).unwrap();
        assert_eq!(second.updated_at, chrono::DateTime::UNIX_EPOCH);
        assert_eq!((second.changed_on, second.revision), (day, 2));
        let patch = DocumentPatch {
            changed_on: Some(None),
            ..DocumentPatch::default()
        };
        let third = second.update(conn, patch).unwrap();
        assert_eq!(third.changed_on, None, "NULL is a value");
        assert_ne!(third.updated_at, second.updated_at, "now");
    });
}

#[test]
fn a_bulk_update_raises_every_version_once() {
    on_versions(|conn| {
        let documents = ["a", "b", "c"].map(|title| old_document(conn, title));
        let few = || Document::query().filter(document::TITLE.le("b"));
        let rows = few().update(conn, document::BODY.set("text")).unwrap();
        assert_eq!(rows, 2);
        assert_eq!(written(conn, &documents[0], 1).body, "text");
        written(conn, &documents[1], 1);
        written(conn, &documents[2], 0);
        stale(documents[0].save(conn));
        let changes = (
            document::UPDATED_AT.set(chrono::DateTime::UNIX_EPOCH),
            document::CHANGED_ON.set(None::<chrono::NaiveDate>),
        );
        few().update(conn, changes).unwrap();
        let stored = Document::get(conn, documents[0].id).unwrap();
        assert_eq!((stored.revision, stored.changed_on), (3, None));
        assert_eq!(stored.updated_at, chrono::DateTime::UNIX_EPOCH);
        // Of a page, too.
        let page = Document::query().order_by(document::ID.desc()).limit(1);
        page.update(conn, document::TITLE.set("last")).unwrap();
        assert_eq!(written(conn, &documents[2], 1).title, "last");
        few().delete(conn).unwrap();
        assert_eq!(Document::query().count(conn).unwrap(), 1);
    });
}

#[test]
fn a_key_that_is_a_text_and_a_version_that_is_small() {
    on_versions(|conn| {
        let new = NewSetting {
            key: "k".into(),
            section: "s".into(),
            position: 1,
            value: None,
            set_at: chrono::NaiveDateTime::default(),
        };
        let first = Setting::insert(conn, new).unwrap();
        assert_eq!((first.version, first.value.as_deref()), (1, Some("")));
        let patch = SettingPatch {
            value: Some(None),
            ..SettingPatch::default()
        };
        let second = first.update(conn, patch).unwrap();
        assert_eq!((second.version, &second.value), (2, &None));
        assert_ne!(second.set_at, first.set_at);
        stale(first.update(conn, SettingPatch::default()));
        Setting::query()
            .update(conn, setting::POSITION.set(2))
            .unwrap();
        stale(second.clone().delete(conn));
        let third = Setting::get(conn, "k".into()).unwrap();
        assert_eq!((third.version, third.position), (3, 2));
        third.delete(conn).unwrap();
        not_found(second.save(conn), "Setting");
    });
}

#[test]
fn a_row_of_a_key_and_a_version() {
    on_writes(|conn| {
        let first = Count::insert(conn, NewCount::default()).unwrap();
        let second = first.save(conn).unwrap();
        assert_eq!((second.id, second.version), (first.id, 2));
        assert!(matches!(first.save(conn), Err(writes::Error::Stale { .. })));
        let same = second.update(conn, writes::CountPatch::default()).unwrap();
        assert_eq!(same, second, "there is nothing that a patch could write");
        let old = first.update(conn, writes::CountPatch::default());
        assert!(matches!(old, Err(writes::Error::Stale { .. })));
        let keys = Count::insert_many(conn, (0..40).map(|_| NewCount::default())).unwrap();
        assert_eq!(keys, (2..=41).collect::<Vec<_>>());
        assert!(matches!(
            first.delete(conn),
            Err(writes::Error::Stale { .. })
        ));
        second.delete(conn).unwrap();
        assert_eq!(Count::query().count(conn).unwrap(), 40);
    });
}
