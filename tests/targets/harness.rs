//! The database under the tests of an asynchronous target: the names of generated-example/tests/db/mod.rs, over a connection
//! that calls take by `&mut`.
//!
//! The tests share their connection, as the closures do that they are made of. So what they call a connection is a
//! handle, which gives the real one to one call at a time; a call is waited for on the thread of the test, while the
//! driver's own work is done by the threads of a runtime. Whoever uses the connection of a call that is still running is
//! told so by a panic.

#![allow(dead_code, reason = "it has what rusqlite's has")]

use std::ops::{Deref, DerefMut};
use std::pin::pin;
use std::sync::{Arc, LazyLock, Mutex, TryLockError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use super::driver::{self, Conn, DriverError, Keep};

pub use super::driver::{
    COUNTS_ON, DELETES_WHAT_POINTS_TO_ITSELF, ENDS_ARE_LEAST, ENUMS_SORT_AS_TEXTS,
    GREATEST_ENUM_IS_OF_TEXTS, HOLDS_INFINITY, HOLDS_NAN, HOLDS_NUL, LIKE_IGNORES_CASE,
    MARKS_THAT_ARE_NONE, NULLS_FIRST, REUSES_NUMBERS, SETS_DEFAULT, SQLITE, SUMS_ARE_INFINITE,
    TELLS_COLUMNS, UNDOES_TABLES, ZONE, lent,
};

/// The example that is checked in for rusqlite.
pub mod library {
    include!(concat!(env!("OUT_DIR"), "/library.rs"));
}

/// What a test is given for a connection.
pub type Connection<'c> = dyn Held + 'c;

/// What has a connection, and gives it to one at a time.
pub trait Held: Sync {
    fn hold(&self) -> Guard<'_>;
}

/// The real connection, for as long as a call takes.
pub struct Guard<'h>(Box<dyn DerefMut<Target = Conn> + 'h>);

impl Deref for Guard<'_> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Guard<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

fn hold_of<C: DerefMut<Target = Conn>>(conn: &Mutex<C>) -> Guard<'_> {
    let held = match conn.try_lock() {
        Ok(held) => held,
        // A panic that a test has asked for.
        Err(TryLockError::Poisoned(held)) => held.into_inner(),
        Err(TryLockError::WouldBlock) => panic!("the connection is used by the call around this"),
    };
    Guard(Box::new(Through(held)))
}

/// What is two steps away.
struct Through<G>(G);

impl<G: Deref<Target: Deref<Target = Conn>>> Deref for Through<G> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl<G: DerefMut<Target: DerefMut<Target = Conn>>> DerefMut for Through<G> {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}

/// Holds the connection of a call: [`run`] needs it by this name.
pub fn hold<H: Held + ?Sized>(conn: &H) -> Guard<'_> {
    conn.hold()
}

/// A connection of a test's own, to a database that is gone when this is dropped.
pub struct Opened {
    conn: Mutex<Box<Conn>>,
    _keep: Keep,
}

impl Held for Opened {
    fn hold(&self) -> Guard<'_> {
        hold_of(&self.conn)
    }
}

/// The connection that a closure of generated code is given.
pub struct Lent<'c>(Mutex<Lending<'c>>);

/// What is given is used itself, or another handle of it.
pub enum Lending<'c> {
    Borrowed(&'c mut Conn),
    Own(Box<Conn>),
}

impl Deref for Lending<'_> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        match self {
            Self::Borrowed(conn) => conn,
            Self::Own(conn) => conn,
        }
    }
}

impl DerefMut for Lending<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        match self {
            Self::Borrowed(conn) => conn,
            Self::Own(conn) => conn,
        }
    }
}

impl<'c> Lent<'c> {
    pub fn new(conn: Lending<'c>) -> Self {
        Self(Mutex::new(conn))
    }
}

impl Held for Lent<'_> {
    fn hold(&self) -> Guard<'_> {
        hold_of(&self.0)
    }
}

/// What a closure of generated code gives: the work was waited for already.
pub fn done<'f, R: Send + 'f>(result: R) -> std::pin::Pin<Box<dyn Future<Output = R> + Send + 'f>> {
    Box::pin(std::future::ready(result))
}

/// Runs a call of generated code and waits for it. What it needs the connection for itself comes first.
macro_rules! run {
    ($conn:expr, $held:ident $(, $name:ident = $value:expr)* => $call:expr) => {
        match ($($value,)*) {
            ($($name,)*) => {
                let mut $held = $crate::db::hold($conn);
                $crate::db::wait($call)
            }
        }
    };
}
pub(crate) use run;

/// Tests that the driver rusqlite alone has.
macro_rules! only_rusqlite {
    ($($item:item)+) => {};
}
pub(crate) use only_rusqlite;

/// What stands for a function of generated code that the target lacks: nothing.
pub fn lacking(_: &Connection) -> Result<(), std::convert::Infallible> {
    Ok(())
}

/// Waits for a future on this thread. Each that a call of generated code gives can be sent to another one.
pub fn wait<F: Future + Send>(future: F) -> F::Output {
    wait_here(future)
}

/// Waits for a future that holds something of this thread.
pub fn wait_here<F: Future>(future: F) -> F::Output {
    static RUNTIME: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(2).enable_all().build().unwrap()
    });
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let _inside = RUNTIME.enter();
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(done) => return done,
            Poll::Pending => std::thread::park(),
        }
    }
}

/// A database without tables.
pub fn open() -> Opened {
    let (keep, conn) = wait_here(driver::open());
    Opened {
        conn: Mutex::new(Box::new(conn)),
        _keep: keep,
    }
}

/// Runs `test` on a database that `open` has prepared.
pub fn on_one(open: impl FnOnce(&Connection), test: impl FnOnce(&Connection)) {
    let conn = self::open();
    open(&conn);
    test(&conn);
    assert!(!in_transaction(&conn), "a transaction was left open");
    assert_eq!(broken(&conn), 0, "foreign keys are broken");
}

/// Runs `test` once: there is one kind of database.
pub fn on_both(open: impl Fn(&Connection), test: impl Fn(&Connection)) {
    on_one(open, test);
}

/// The number of rows that refer to none.
pub fn broken(conn: &Connection) -> i64 {
    driver::BROKEN.map_or(0, |sql| number(conn, sql))
}

/// The one number that a query gives.
pub fn number(conn: &Connection, sql: &str) -> i64 {
    wait(driver::number(&mut conn.hold(), sql)).unwrap()
}

/// The texts that a query gives.
pub fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    wait(driver::texts(&mut conn.hold(), sql)).unwrap()
}

/// Runs statements.
pub fn execute(conn: &Connection, sql: &str) -> Result<(), DriverError> {
    wait(driver::execute(&mut conn.hold(), sql))
}

/// Runs statements that write what the table's checks refuse, and says whether the database has a way to do so.
pub fn past_checks(conn: &Connection, sql: &str) -> bool {
    driver::PAST_CHECKS.is_some_and(|[on, off]| {
        execute(conn, &format!("{on}; {sql}; {off}")).unwrap();
        true
    })
}

/// Has the database count on from the largest number in a table, where it does not do so by itself.
pub fn count_on(conn: &Connection, table: &str) {
    if let Some(sql) = driver::COUNT_ON {
        number(conn, &sql.replace("{table}", table));
    }
}

/// The names of all tables.
pub fn tables(conn: &Connection) -> Vec<String> {
    texts(conn, driver::TABLES)
}

/// How many rows have been written so far, where the database tells.
pub fn changes(conn: &Connection) -> Option<i64> {
    driver::CHANGES.map(|sql| number(conn, sql))
}

/// What time it is to the database.
pub fn now(conn: &Connection) -> chrono::DateTime<chrono::Utc> {
    let now = texts(conn, driver::NOW).remove(0);
    let now = chrono::NaiveDateTime::parse_from_str(&now, "%Y-%m-%d %H:%M:%S");
    now.unwrap().and_utc()
}

/// The caller's own transaction.
pub struct Transaction<'c> {
    conn: &'c Connection<'c>,
    open: bool,
}

pub fn begin<'c>(conn: &'c Connection<'c>) -> Transaction<'c> {
    wait(driver::begin(&mut conn.hold())).unwrap();
    Transaction { conn, open: true }
}

impl Transaction<'_> {
    pub fn commit(mut self) -> Result<(), DriverError> {
        self.open = false;
        wait(driver::commit(&mut self.conn.hold()))
    }

    pub fn rollback(mut self) -> Result<(), DriverError> {
        self.open = false;
        wait(driver::rollback(&mut self.conn.hold()))
    }
}

impl Held for Transaction<'_> {
    fn hold(&self) -> Guard<'_> {
        self.conn.hold()
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.open {
            drop(wait(driver::rollback(&mut self.conn.hold())));
        }
    }
}

/// Makes a call that may be refused in the caller's transaction, which has to go on behind it: by a savepoint, where an error
/// would end it.
pub fn attempt<R, E>(conn: &Connection, call: impl FnOnce() -> Result<R, E>) -> Result<R, E> {
    if !driver::ERRORS_END_TRANSACTIONS {
        return call();
    }
    execute(conn, "SAVEPOINT attempt").unwrap();
    let result = call();
    if result.is_err() {
        execute(conn, "ROLLBACK TO SAVEPOINT attempt").unwrap();
    }
    execute(conn, "RELEASE SAVEPOINT attempt").unwrap();
    result
}

/// Whether a transaction is open.
pub fn in_transaction(conn: &Connection) -> bool {
    wait(driver::in_transaction(&mut conn.hold())).unwrap()
}

/// The database cannot be told to give rows in another order than it likes.
pub fn reverse_order(_: &Connection) {}

/// One cannot ask on every database without losing the transaction.
pub fn has_savepoint(_: &Connection) -> bool {
    false
}

/// The driver does not tell its statements.
pub fn trace(_: &Connection, call: impl FnOnce()) -> Option<Vec<String>> {
    call();
    None
}
