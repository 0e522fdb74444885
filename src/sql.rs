//! SQL: what each dialect writes, and the views of the statements made of it.
//!
//! In: the model. Out: texts and plain views for templates. A dialect is one file with a [`Grammar`] and one row in
//! [`grammar`]. Nothing here knows YAML, Rust text, templates or a database connection.

pub mod dialect;
pub mod quote;
mod sqlite;
pub mod statement;

pub use dialect::{Comments, DefaultText, Grammar, ImpliedCheck, TableKind};

use crate::model::Dialect;

/// The grammar of `dialect`; `None` for one that this release does not write yet.
#[must_use]
pub fn grammar(dialect: Dialect) -> Option<&'static dyn Grammar> {
    match dialect {
        Dialect::Sqlite => Some(&sqlite::Sqlite),
        Dialect::Postgres | Dialect::Mysql => None,
    }
}
