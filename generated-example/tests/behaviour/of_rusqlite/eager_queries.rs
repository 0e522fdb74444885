//! Eager loads while others write.

use std::cell::RefCell;

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

use crate::lib::{Loan, loan};
use crate::queries_data::fill_library;

thread_local! {
    static OTHER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// Every statement is one, but that inside a transaction they all see the same state.
#[test]
fn others_write_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let conn = Connection::open(folder.path().join("test.db")).unwrap();
        crate::lib::configure(&conn).unwrap();
        conn
    };
    let conn = open();
    crate::lib::create_tables(&conn).unwrap();
    let written = conn.unchecked_transaction().unwrap();
    fill_library(&written, 16);
    written.commit().unwrap();
    OTHER.set(Some(open()));
    let load = |conn: &Connection| {
        conn.trace_v2(
            TraceEventCodes::SQLITE_TRACE_STMT,
            Some(|event: TraceEvent<'_>| match event {
                // Between the loans and their cards, all of both go.
                TraceEvent::Stmt(_, sql) if sql.contains("json_each") => {
                    OTHER.with_borrow(|other| {
                        let sql = "DELETE FROM loans; DELETE FROM cards;";
                        other.as_ref().unwrap().execute_batch(sql).unwrap();
                    });
                }
                _ => {}
            }),
        );
        let found = Loan::query().with(loan::CARD).with(loan::ITEM).all(conn);
        conn.trace_v2(TraceEventCodes::empty(), None);
        found
    };
    let transaction = conn.unchecked_transaction().unwrap();
    assert_eq!(load(&transaction).unwrap().len(), 40);
    assert_eq!(Loan::query().count(&transaction).unwrap(), 40);
    transaction.commit().unwrap();
    assert_eq!(Loan::query().count(&conn).unwrap(), 0);
    OTHER.set(None);
}
