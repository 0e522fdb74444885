//! SQL: what each dialect writes, and the views of the statements made of it.
//!
//! In: the model. Out: texts and plain views for templates. A dialect is one file with a [`Grammar`] and one row in
//! [`grammar`]. Nothing here knows YAML, Rust text, templates or a database connection.

pub(crate) mod ddl;
pub(crate) mod dialect;
pub(crate) mod fixture;
pub(crate) mod order;
pub(crate) mod quote;
mod sqlite;
pub mod statement;

pub(crate) use dialect::Grammar;

use crate::model::Dialect;

/// The grammar of `dialect`; `None` for one that this release does not write yet.
#[must_use]
pub(crate) fn grammar(dialect: Dialect) -> Option<&'static dyn Grammar> {
    match dialect {
        Dialect::Sqlite => Some(&sqlite::Sqlite),
        Dialect::Postgres | Dialect::Mysql => None,
    }
}

#[cfg(test)]
mod tests {
    use super::grammar;
    use crate::model::Dialect;

    #[test]
    fn what_is_said_to_be_written_has_a_grammar() {
        let has_grammar = |dialect: &Dialect| grammar(*dialect).is_some();
        let written = Dialect::ALL.into_iter().filter(has_grammar);
        assert!(written.eq(Dialect::WRITTEN));
    }
}
