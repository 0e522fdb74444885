//! SQL: what each dialect writes, and the views of the statements made of it.
//!
//! In: the model. Out: texts and plain views for templates. A dialect is a file with a [`Grammar`] and one with a
//! [`QueryGrammar`], and rows below; what it lacks is told by `resolve`, so nothing here meets a model that it cannot write.
//! Nothing here knows YAML, Rust text, templates or a database connection.

pub(crate) mod ddl;
pub(crate) mod dialect;
pub(crate) mod fixture;
mod mysql;
pub(crate) mod order;
mod postgres;
pub(crate) mod quote;
mod sqlite;
pub mod statement;

pub(crate) use dialect::{Grammar, QueryGrammar, Stands};

use crate::model::Dialect;

/// The grammar of `dialect`.
#[must_use]
pub(crate) fn grammar(dialect: Dialect) -> &'static dyn Grammar {
    match dialect {
        Dialect::Sqlite => &sqlite::Sqlite,
        Dialect::Postgres => &postgres::Postgres,
        Dialect::Mysql => &mysql::Mysql,
    }
}

/// The grammar of the targets on SQLite.
#[must_use]
pub(crate) fn sqlite() -> &'static dyn QueryGrammar {
    &sqlite::Sqlite
}

/// The grammar of the targets on PostgreSQL.
#[must_use]
pub(crate) fn postgres() -> &'static dyn QueryGrammar {
    &postgres::Postgres
}

/// The grammar of the targets on MySQL and MariaDB.
#[must_use]
pub(crate) fn mysql() -> &'static dyn QueryGrammar {
    &mysql::Mysql
}
