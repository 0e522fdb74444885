//! What the harness needs of a driver, for the three databases of sqlx. `Driver` is which of them.

use sqlx::{AssertSqlSafe, Connection as _, Database};
use sqlx_core::transaction::TransactionManager;

use super::super::db::{Lending, Lent};
use super::Driver;

pub type DriverError = sqlx::Error;

/// The connection that calls of generated code take.
pub type Conn = <Driver as Database>::Connection;

type Manager = <Driver as Database>::TransactionManager;

pub async fn number(conn: &mut Conn, sql: &str) -> Result<i64, DriverError> {
    let sql = AssertSqlSafe(super::as_number(sql));
    sqlx::query_scalar(sql).fetch_one(conn).await
}

pub async fn texts(conn: &mut Conn, sql: &str) -> Result<Vec<String>, DriverError> {
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(conn).await
}

pub async fn execute(conn: &mut Conn, sql: &str) -> Result<(), DriverError> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await?;
    Ok(())
}

pub async fn begin(conn: &mut Conn) -> Result<(), DriverError> {
    Manager::begin(conn, None).await
}

pub async fn commit(conn: &mut Conn) -> Result<(), DriverError> {
    Manager::commit(conn).await
}

pub async fn rollback(conn: &mut Conn) -> Result<(), DriverError> {
    Manager::rollback(conn).await
}

/// A transaction that was dropped is rolled back before the next statement.
pub async fn in_transaction(conn: &mut Conn) -> Result<bool, DriverError> {
    conn.ping().await?;
    Ok(conn.is_in_transaction())
}

/// Whether the driver says that there is no session any more.
#[allow(dead_code, reason = "SQLite has no sessions to end")]
pub async fn is_closed(conn: &mut Conn) -> bool {
    conn.ping().await.is_err()
}

/// What a closure of generated code is given, for the test.
pub fn lent(conn: &mut Conn) -> Lent<'_> {
    Lent::new(Lending::Borrowed(conn))
}
