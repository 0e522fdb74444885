//! The database under the tests, where the target is rusqlite. The tests of other targets are made of the same texts, over
//! a harness of their own with the same names.

#![allow(
    dead_code,
    reason = "each of the programs that are tests uses a part of it"
)]
#![allow(
    clippy::unnecessary_wraps,
    reason = "what other databases lack is an Option"
)]

/// The example that is checked in.
#[allow(unused_imports, reason = "each of the programs uses a part of it")]
pub use generated_example::library;
pub use rusqlite::Connection;

/// Whether the database is SQLite, whose own SQL a test may then use.
pub const SQLITE: bool = true;

/// Whether NULL is less than every value.
pub const NULLS_FIRST: bool = true;

/// Whether `LIKE` takes letters of ASCII in either case.
pub const LIKE_IGNORES_CASE: bool = true;

/// Whether a row's number follows the largest in the table, also where that was given to it.
pub const COUNTS_ON: bool = true;

/// Whether the number of the last row is given again, when that is gone.
pub const REUSES_NUMBERS: bool = true;

/// Whether enums sort by their texts, and not in the order of the spec.
pub const ENUMS_SORT_AS_TEXTS: bool = true;

/// Whether a text may have the character NUL.
pub const HOLDS_NUL: bool = true;

/// Where a question mark is no parameter, beside literals and comments that every database has.
pub const MARKS_THAT_ARE_NONE: &[&str] = &[
    "(SELECT 1 AS \"?\"\"?\" WHERE \"?\"\"?\" = 1) AND title = ?",
    "(SELECT 1 AS `?` WHERE `?` = 1) AND title = ?",
    "(SELECT 1 AS [?'] WHERE [?'] = 1) AND title = ?",
    "details -> '$.?' IS NULL AND title = ?",
    "'?' <> \"title\" AND title = ?",
];

/// Whether NaN is stored, as a value like others.
pub const HOLDS_NAN: bool = false;

/// Whether a sum that is beyond all doubles is infinite, and no error.
pub const SUMS_ARE_INFINITE: bool = true;

/// Whether there is `ON DELETE SET DEFAULT`; where not, the specs say SET NULL.
pub const SETS_DEFAULT: bool = true;

/// Whether the greatest value of an enum is that of its texts, however they sort.
pub const GREATEST_ENUM_IS_OF_TEXTS: bool = true;

/// Whether a key that is there already is told by its columns; where not, by its name.
pub const TELLS_COLUMNS: bool = true;

/// Whether infinities are stored.
pub const HOLDS_INFINITY: bool = true;

/// Whether what creates tables is undone with the transaction that it is part of.
pub const UNDOES_TABLES: bool = true;

/// Whether a text that ends before another one is less, whatever comes there; where not, as if it had a space there.
pub const ENDS_ARE_LEAST: bool = true;

/// Whether a row that points to itself can be deleted.
pub const DELETES_WHAT_POINTS_TO_ITSELF: bool = true;

/// What stands behind a moment in SQL, as it is in UTC.
pub const ZONE: &str = "Z";

/// What owns a connection, which a test is given.
pub type Opened = Connection;

/// A database without tables, that is gone when this is dropped.
pub fn open() -> Opened {
    Connection::open_in_memory().unwrap()
}

/// Runs `test` on a database that `open` has prepared.
pub fn on_one(open: impl FnOnce(&Connection), test: impl FnOnce(&Connection)) {
    let conn = self::open();
    open(&conn);
    test(&conn);
    check(&conn);
}

/// Runs `test` on a database in memory and on one on disk.
pub fn on_both(open: impl Fn(&Connection), test: impl Fn(&Connection)) {
    on_one(&open, &test);
    let folder = tempfile::tempdir().unwrap();
    let disk = Connection::open(folder.path().join("test.db")).unwrap();
    open(&disk);
    test(&disk);
    check(&disk);
}

/// What holds behind every test.
fn check(conn: &Connection) {
    assert!(!in_transaction(conn), "a transaction was left open");
    assert_eq!(broken(conn), 0, "foreign keys are broken");
}

/// The number of rows that refer to none.
pub fn broken(conn: &Connection) -> i64 {
    number(conn, "SELECT count(*) FROM pragma_foreign_key_check")
}

/// The one number that a query gives.
pub fn number(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The texts that a query gives.
pub fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Runs statements.
pub fn execute(conn: &Connection, sql: &str) -> Result<(), rusqlite::Error> {
    conn.execute_batch(sql)
}

/// Runs statements that write what the table's checks refuse, and says whether the database has a way to do so.
pub fn past_checks(conn: &Connection, sql: &str) -> bool {
    let sql = format!(
        "PRAGMA ignore_check_constraints = on; {sql}; PRAGMA ignore_check_constraints = off"
    );
    conn.execute_batch(&sql).unwrap();
    true
}

/// Has the database count on from the largest number in a table, where it does not do so by itself.
pub fn count_on(_: &Connection, _table: &str) {}

/// The names of all tables.
pub fn tables(conn: &Connection) -> Vec<String> {
    texts(
        conn,
        r"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'",
    )
}

/// How many rows have been written so far, where the database tells.
pub fn changes(conn: &Connection) -> Option<i64> {
    Some(number(conn, "SELECT total_changes()"))
}

/// What time it is to the database.
pub fn now(conn: &Connection) -> chrono::DateTime<chrono::Utc> {
    let now = texts(conn, "SELECT datetime('now')").remove(0);
    let now = chrono::NaiveDateTime::parse_from_str(&now, "%Y-%m-%d %H:%M:%S");
    now.unwrap().and_utc()
}

/// The caller's own transaction; what it is given is a connection inside it.
pub fn begin(conn: &Connection) -> rusqlite::Transaction<'_> {
    conn.unchecked_transaction().unwrap()
}

/// Makes a call that may be refused in the caller's transaction, which has to go on behind it.
pub fn attempt<R, E>(_: &Connection, call: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
    call()
}

/// Whether a transaction is open.
pub fn in_transaction(conn: &Connection) -> bool {
    !conn.is_autocommit()
}

/// From now on, rows whose order is left open come in the opposite one, where the database can be told so.
pub fn reverse_order(conn: &Connection) {
    conn.pragma_update(None, "reverse_unordered_selects", true)
        .unwrap();
}

/// Whether a savepoint of generated code is open in the caller's transaction, where one can ask without losing it.
pub fn has_savepoint(conn: &Connection) -> bool {
    conn.execute_batch("RELEASE relata").is_ok()
}

/// The texts of the statements that `call` runs, where the driver tells them.
pub fn trace(conn: &Connection, call: impl FnOnce()) -> Option<Vec<String>> {
    use rusqlite::trace::{TraceEvent, TraceEventCodes};
    use std::cell::RefCell;

    thread_local! {
        static RUN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }
    RUN.take();
    let record = |event: TraceEvent<'_>| {
        if let TraceEvent::Stmt(_, sql) = event {
            RUN.with_borrow_mut(|run| run.push(sql.to_owned()));
        }
    };
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(record));
    call();
    conn.trace_v2(TraceEventCodes::empty(), None);
    Some(RUN.take())
}

/// Tests that the driver rusqlite alone has.
#[allow(unused_macros, reason = "each of the programs uses a part of it")]
macro_rules! only_rusqlite {
    ($($item:item)+) => { $($item)+ };
}
#[allow(unused_imports, reason = "each of the programs uses a part of it")]
pub(crate) use only_rusqlite;
