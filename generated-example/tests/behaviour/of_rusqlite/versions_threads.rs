//! Optimistic locks under two writers: no update is lost.

use std::time::Duration;

use rusqlite::Connection;

use crate::versions::models::{
    self, Document, DocumentPatch, Error, UnitOfWork, support::transaction,
};
use crate::versions::new_document;

const ROUNDS: usize = 150;

/// The ways to add a letter to what was read.
fn append(conn: &Connection, read: &Document, way: usize) -> Result<(), Error> {
    let patch = DocumentPatch {
        body: Some(format!("{}x", read.body)),
        ..DocumentPatch::default()
    };
    match way % 4 {
        0 => read.update(conn, patch).map(drop),
        1 => {
            let body = format!("{}x", read.body);
            let row = Document {
                body,
                ..read.clone()
            };
            row.save(conn).map(drop)
        }
        2 => {
            let mut work = UnitOfWork::new();
            work.update(read, patch);
            work.commit(conn).map(drop)
        }
        // What is read inside a transaction is never old.
        _ => transaction(conn, || {
            let read = Document::get(conn, read.id)?;
            let patch = DocumentPatch {
                body: Some(format!("{}x", read.body)),
                ..DocumentPatch::default()
            };
            read.update(conn, patch).map(drop)
        }),
    }
}

/// Appends until it has succeeded often enough; the number of times that the copy was old.
fn writer(conn: &Connection, key: i32) -> usize {
    let mut stale = 0;
    for way in 0..ROUNDS {
        loop {
            let read = Document::get(conn, key).unwrap();
            // The other one gets its chance to write in between.
            std::thread::yield_now();
            match append(conn, &read, way) {
                Ok(()) => break,
                Err(Error::Stale { .. }) => stale += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    stale
}

#[test]
fn no_update_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("versions.db");
    let open = || {
        let conn = Connection::open(&path).unwrap();
        models::configure(&conn).unwrap();
        conn.busy_timeout(Duration::from_secs(60)).unwrap();
        // The disk itself is not what is tested.
        conn.pragma_update(None, "synchronous", "OFF").unwrap();
        conn
    };
    let conn = open();
    models::create_tables(&conn).unwrap();
    let document = Document::insert(&conn, new_document("one")).unwrap();
    let conns = [open(), open()];
    let start = std::sync::Barrier::new(conns.len());
    let stale: usize = std::thread::scope(|scope| {
        let threads = conns.map(|conn| {
            let (start, key) = (&start, document.id);
            scope.spawn(move || {
                start.wait();
                writer(&conn, key)
            })
        });
        threads.map(|thread| thread.join().unwrap()).iter().sum()
    });
    let last = Document::get(&conn, document.id).unwrap();
    assert_eq!(last.body.len(), 2 * ROUNDS, "{stale} were refused");
    assert_eq!(last.revision, 1 + 2 * i32::try_from(ROUNDS).unwrap());
}
