//! Optimistic locks: handles write to the row that has the foreign key.

use crate::db::Connection;

use crate::versions::models::{
    Document, Error, Folder, NewDocument, NewFolder, NewSummary, Summary, document,
};
use crate::versions::writes::{self, Box, NewBox, NewSeal, NewShelf, Seal, Shelf};
use crate::versions::{
    new_document, not_found, old_document, on_versions, on_writes, stale, titled, written,
};

fn folder(conn: &Connection, name: &str) -> Folder {
    Folder::insert(conn, NewFolder { name: name.into() }).unwrap()
}

fn summary(conn: &Connection, of: Option<&Document>) -> Summary {
    let new = NewSummary {
        id: None,
        text: String::new(),
        document_id: of.map(Into::into),
    };
    Summary::insert(conn, new).unwrap()
}

/// The summary as it is stored, written as many times since `read`.
#[track_caller]
fn summarized(conn: &Connection, read: &Summary, times: i64) -> Summary {
    let stored = Summary::get(conn, read.id).unwrap();
    assert_eq!(stored.version, read.version + times);
    stored
}

#[test]
fn add_and_remove() {
    on_versions(|conn| {
        let (a, b) = (folder(conn, "a"), folder(conn, "b"));
        let first = old_document(conn, "one");
        assert!(a.documents().add(conn, &first).unwrap());
        let second = written(conn, &first, 1);
        assert_eq!(second.folder_id, Some(a.id));
        // With the old copy: what is so already is no write, all else would be.
        assert!(!a.documents().add(conn, &first).unwrap());
        stale(b.documents().add(conn, &first));
        stale(a.documents().remove(conn, &first));
        assert!(!b.documents().remove(conn, &first).unwrap());
        assert_eq!(written(conn, &first, 1), second);
        assert!(a.documents().remove(conn, &second).unwrap());
        let third = written(conn, &second, 1);
        assert_eq!(third.folder_id, None);
        assert!(b.documents().add(conn, &third).unwrap());
        let fourth = written(conn, &third, 1);
        fourth.delete(conn).unwrap();
        not_found(a.documents().add(conn, &first), "Document");
        not_found(a.documents().add(conn, &third), "Document");
        assert!(!b.documents().remove(conn, &third).unwrap());
    });
}

#[test]
fn add_all_set_and_clear_raise_what_they_write_to() {
    on_versions(|conn| {
        let (a, b) = (folder(conn, "a"), folder(conn, "b"));
        let old = ["one", "two", "three", "four"].map(|title| old_document(conn, title));
        let all = |times: [i32; 4]| {
            for (document, times) in old.iter().zip(times) {
                written(conn, document, times);
            }
        };
        assert_eq!(a.documents().add_all(conn, &old[..2]).unwrap(), 2);
        all([1, 1, 0, 0]);
        // Old copies will do: versions are raised and not checked.
        assert_eq!(a.documents().add_all(conn, &old[1..3]).unwrap(), 1);
        all([1, 1, 1, 0]);
        a.documents().set(conn, &old[1..]).unwrap();
        all([2, 1, 1, 1]);
        b.documents().set(conn, [&old[0], &old[3]]).unwrap();
        all([3, 1, 1, 2]);
        assert_eq!(a.documents().clear(conn).unwrap(), 2);
        all([3, 2, 2, 2]);
        assert_eq!(a.documents().clear(conn).unwrap(), 0);
        // A set that fails raises nothing.
        let gone = Document {
            id: 404,
            ..old[1].clone()
        };
        not_found(b.documents().set(conn, [&old[1], &gone]), "Document");
        not_found(b.documents().add_all(conn, [&old[1], &gone]), "Document");
        all([3, 2, 2, 2]);
        b.delete(conn).unwrap();
        let freed = Document::get(conn, old[0].id).unwrap();
        assert_eq!(
            (freed.revision, freed.folder_id),
            (4, None),
            "by the database"
        );
    });
}

#[test]
fn set_of_many_to_one() {
    on_versions(|conn| {
        let a = folder(conn, "a");
        let first = old_document(conn, "one");
        let second = first.folder().set(conn, Some(&a)).unwrap();
        assert_eq!(written(conn, &first, 1), second);
        stale(first.folder().set(conn, None));
        stale(first.folder().set(conn, Some(&a)));
        assert_eq!(written(conn, &first, 1), second);
        let third = second.folder().set(conn, None).unwrap();
        assert_eq!(
            (written(conn, &first, 2), third.folder_id),
            (third.clone(), None)
        );
        third.clone().delete(conn).unwrap();
        not_found(second.folder().set(conn, Some(&a)), "Document");
        not_found(third.folder().set(conn, None), "Document");
    });
}

#[test]
fn set_of_one_to_one_raises_the_one_that_loses_it_too() {
    on_versions(|conn| {
        let [one, two] = ["one", "two"].map(|title| old_document(conn, title));
        let (held, free) = (summary(conn, Some(&one)), summary(conn, None));
        let taken = one.summary().set(conn, Some(&free)).unwrap().unwrap();
        assert_eq!(summarized(conn, &free, 1), taken);
        let released = summarized(conn, &held, 1);
        assert_eq!(released.document_id, None);
        // From the other side.
        let back = released.document().set(conn, Some(&one)).unwrap();
        assert_eq!(summarized(conn, &held, 2), back);
        assert_eq!(summarized(conn, &free, 2).document_id, None);

        // It is there already: a write to it, and to nothing else.
        let back = one.summary().set(conn, Some(&back)).unwrap().unwrap();
        assert_eq!(summarized(conn, &held, 3), back);
        let back = back.document().set(conn, Some(&one)).unwrap();
        assert_eq!(summarized(conn, &held, 4), back);

        // Old copies change nothing: neither takes anything away.
        stale(one.summary().set(conn, Some(&free)));
        stale(two.summary().set(conn, Some(&held)));
        stale(free.document().set(conn, Some(&one)));
        stale(held.document().set(conn, None));
        assert_eq!(summarized(conn, &held, 4), back);
        summarized(conn, &free, 2);

        assert_eq!(one.summary().set(conn, None).unwrap(), None);
        assert_eq!(summarized(conn, &held, 5).document_id, None);
        one.summary().set(conn, None).unwrap();
        let last = summarized(conn, &held, 5);
        last.clone().delete(conn).unwrap();
        not_found(one.summary().set(conn, Some(&last)), "Summary");
        not_found(last.document().set(conn, Some(&one)), "Summary");
        not_found(held.document().set(conn, None), "Summary");
        // The documents themselves were never written to.
        written(conn, &one, 0);
        written(conn, &two, 0);
    });
}

/// The box as it is stored, written as many times since `read`.
#[track_caller]
fn moved(conn: &Connection, read: &Box, times: i64) -> Box {
    let stored = Box::get(conn, read.id).unwrap();
    assert_eq!(stored.revision, read.revision + times);
    stored
}

#[test]
fn where_the_foreign_key_is_never_null() {
    on_writes(|conn| {
        let [a, b] = ["a", "b"].map(|label| {
            let label = label.into();
            Shelf::insert(conn, NewShelf { label }).unwrap()
        });
        let new = |label: &str| NewBox {
            shelf_id: (&a).into(),
            label: label.into(),
        };
        let [one, two] = ["1", "2"].map(|label| Box::insert(conn, new(label)).unwrap());
        assert!(!a.crates().add(conn, &one).unwrap());
        moved(conn, &one, 0);
        assert!(b.crates().add(conn, &one).unwrap());
        let second = moved(conn, &one, 1);
        let refused = a.crates().add(conn, &one);
        assert!(
            matches!(refused, Err(writes::Error::Stale { .. })),
            "{refused:?}"
        );
        let refused = one.shelf().set(conn, &a);
        assert!(
            matches!(refused, Err(writes::Error::Stale { .. })),
            "{refused:?}"
        );
        assert_eq!(moved(conn, &one, 1), second);
        assert_eq!(second.shelf().set(conn, &a).unwrap(), moved(conn, &one, 2));
        assert_eq!(b.crates().add_all(conn, [&one, &two]).unwrap(), 2);
        moved(conn, &one, 3);
        moved(conn, &two, 1);

        let seal = Seal::insert(
            conn,
            NewSeal {
                shelf_id: (&a).into(),
            },
        )
        .unwrap();
        let next = b.seal().set(conn, &seal).unwrap();
        assert_eq!((next.revision, next.shelf_id), (11, b.id));
        for refused in [
            a.seal().set(conn, &seal).map(drop),
            seal.shelf().set(conn, &a).map(drop),
        ] {
            assert!(
                matches!(refused, Err(writes::Error::Stale { .. })),
                "{refused:?}"
            );
        }
        assert_eq!(next.shelf().set(conn, &a).unwrap().revision, 12);
        assert_eq!(b.seal().get(conn).unwrap(), None);
    });
}

#[test]
fn a_query_through_a_handle_raises_too() {
    on_versions(|conn| {
        let a = folder(conn, "a");
        let new = |title: &str| NewDocument {
            folder_id: Some((&a).into()),
            ..new_document(title)
        };
        let inside = Document::insert(conn, new("inside")).unwrap();
        let outside = old_document(conn, "outside");
        let changed = a
            .documents()
            .query()
            .update(conn, document::BODY.set("b"))
            .unwrap();
        assert_eq!(changed, 1);
        written(conn, &inside, 1);
        written(conn, &outside, 0);
        let refused: Result<_, Error> = inside.update(conn, titled("x"));
        stale(refused);
    });
}
