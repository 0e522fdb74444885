//! A version is read and compared, and only the writes to its row change it.

#[path = "../../../tests/golden/versions/mod.rs"]
#[rustfmt::skip]
mod models;

use models::{Document, document, support::Connection, support::raw};

fn a_version_is_given_a_value(conn: &Connection) {
    let _ = Document::query()
        .filter(document::REVISION.lt(3))
        .update(conn, document::REVISION.set(3));
}

fn a_version_is_given_sql(conn: &Connection) {
    let change = document::REVISION.set(raw("revision - 1", ()));
    let _ = Document::query().update(conn, change);
}

fn main() {}
