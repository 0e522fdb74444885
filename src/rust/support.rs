//! The support code of each target: the sources under `templates/support` that it is made of, in order.
//!
//! What does not talk to a database is in `common`, what does in `calls`; how values are stored is in a folder for each
//! dialect, and how a driver is talked to in one for each driver.

use std::borrow::Cow;

use crate::model::{Dialect, Target, Time};

use super::target::manner;
use super::types::Part;
use super::worded::worded;

macro_rules! sources {
    ($($name:literal),+ $(,)?) => {
        &[$(Source {
            #[cfg(test)]
            name: $name,
            text: include_str!(concat!("../../templates/support/", $name, ".rs")),
        }),+]
    };
}

/// A file under `templates/support`.
struct Source {
    /// Its folder and its name, without the ending.
    #[cfg(test)]
    name: &'static str,
    text: &'static str,
}

type Sources = &'static [Source];

/// What every target has: what is read of the driver is known by then.
const COMMON: Sources = sources![
    "common/error",
    "common/table",
    "common/reference",
    "calls/row",
    "common/column",
    "common/column_type",
    "common/filter",
    "common/raw",
    "common/order",
    "common/query",
    "calls/query",
    "common/selection",
    "common/text",
    "common/change",
    "calls/change",
    "common/relation",
    "common/shape",
    "calls/eager",
    "calls/found",
    "common/seen",
    "calls/to_many_sql",
    "calls/to_many",
    "calls/to_one",
    "calls/unit",
    "calls/unit_rows",
    "calls/unit_steps",
    "calls/unit_links",
    "common/params",
    "common/pause",
];

const SQLITE: Sources = sources![
    "common/starts_in_bytes",
    "common/extremes",
    "sqlite/value",
    "classes/value",
    "classes/params",
    "classes/links_at_once",
    "classes/held",
    "classes/key_list",
    "calls/found_in_one",
    "sqlite/sorted",
    "sqlite/text",
    "sqlite/token",
];

const RUSQLITE: Sources = sources![
    "rusqlite/connection",
    "rusqlite/sorted_error",
    "rusqlite/bulk",
    "rusqlite/known",
    "rusqlite/binder",
    "rusqlite/statement",
    "rusqlite/transaction",
    "rusqlite/retry",
];

const POSTGRES: Sources = sources![
    "postgres/types",
    "postgres/stored",
    "postgres/numeric",
    "postgres/calendar",
    "postgres/words",
    "postgres/array",
    "postgres/value",
    "postgres/params",
    "postgres/key_list",
    "postgres/sorted",
    "postgres/text",
    "postgres/extremes",
    "postgres/token",
    "postgres/sqlstate",
    "postgres/bulk",
    "postgres/links_at_once",
];

const TOKIO_POSTGRES: Sources = sources![
    "tokio_postgres/session",
    "tokio_postgres/error",
    "tokio_postgres/values",
    "tokio_postgres/statement",
    "tokio_postgres/pipeline",
    "tokio_postgres/transaction",
    "asynchronous/selected",
    "tokio_postgres/each",
    "asynchronous/one_statement",
    "asynchronous/insert_many",
    "asynchronous/pair_statement",
    "asynchronous/retry",
];

const SQLX_POSTGRES: Sources = sources![
    "sqlx/error",
    "sqlx_postgres/sorted_error",
    "sqlx_postgres/stored",
    "sqlx/statement",
    "sqlx/returning",
    "asynchronous/one_statement",
    "asynchronous/insert_many",
    "asynchronous/pair_statement",
    "sqlx/begin",
    "sqlx/transaction",
    "asynchronous/selected",
    "sqlx/each",
    "asynchronous/retry",
];

const SQLX_SQLITE: Sources = sources![
    "sqlx_sqlite/connection",
    "sqlx/error",
    "sqlx_sqlite/sorted_error",
    "classes/stored",
    "sqlx_sqlite/stored",
    "sqlx/arguments",
    "sqlx_sqlite/bulk",
    "sqlx/statement",
    "sqlx/returning",
    "asynchronous/one_statement",
    "asynchronous/insert_many",
    "asynchronous/pair_statement",
    "sqlx/transaction",
    "asynchronous/selected",
    "sqlx/each",
    "asynchronous/retry",
];

const MYSQL: Sources = sources![
    "common/extremes",
    "calls/found_in_one",
    "common/in_order",
    "mysql/value",
    "classes/value",
    "classes/params",
    "classes/links_at_once",
    "classes/held",
    "classes/key_list",
    "mysql/text",
    "mysql/token",
];

const SQLX_MYSQL: Sources = sources![
    "sqlx/error",
    "sqlx_mysql/sorted_error",
    "classes/stored",
    "sqlx_mysql/stored",
    "sqlx/arguments",
    "sqlx_mysql/bulk",
    "sqlx/statement",
    "sqlx_mysql/returning",
    "asynchronous/insert_many",
    "asynchronous/pair_statement",
    "sqlx/begin",
    "sqlx/transaction",
    "asynchronous/selected",
    "sqlx/each",
    "asynchronous/retry",
];

/// What comes first: what the target imports.
const fn head(target: Target) -> Sources {
    match target {
        Target::Rusqlite => sources!["rusqlite/head"],
        Target::TokioPostgres => sources!["tokio_postgres/head"],
        Target::SqlxSqlite => sources!["sqlx_sqlite/head"],
        Target::SqlxPostgres => sources!["sqlx_postgres/head"],
        Target::SqlxMysql => sources!["sqlx_mysql/head"],
    }
}

/// The sources of a driver.
const fn driver(target: Target) -> Sources {
    match target {
        Target::Rusqlite => RUSQLITE,
        Target::TokioPostgres => TOKIO_POSTGRES,
        Target::SqlxSqlite => SQLX_SQLITE,
        Target::SqlxPostgres => SQLX_POSTGRES,
        Target::SqlxMysql => SQLX_MYSQL,
    }
}

/// The sources of a dialect.
const fn dialect(dialect: Dialect) -> Sources {
    match dialect {
        Dialect::Sqlite => SQLITE,
        Dialect::Postgres => POSTGRES,
        Dialect::Mysql => MYSQL,
    }
}

/// The sources of a part that only some schemas need, for `target`: what comes last is the same for all.
const fn part(target: Target, part: Part) -> [Sources; 2] {
    [begin(target, part), end(part)]
}

const fn begin(target: Target, part: Part) -> Sources {
    match part {
        Part::Computed => sources!["common/computed"],
        Part::Enum => sources!["common/enum"],
        Part::Links => sources!["calls/links", "calls/link_loads", "common/link_queries"],
        Part::ReadOnly => sources!["calls/read_only"],
        Part::ReadOnlyLinks => sources!["common/read_only_links"],
        Part::UserType => sources!["common/user_type"],
        Part::Version => sources!["common/version"],
        Part::Prepared => match target {
            Target::Rusqlite => sources!["rusqlite/prepared"],
            Target::TokioPostgres => sources!["tokio_postgres/prepared"],
            Target::SqlxSqlite | Target::SqlxPostgres | Target::SqlxMysql => &[],
        },
        Part::Testing => match target {
            Target::Rusqlite => sources![
                "rusqlite/prepared_and_counted",
                "rusqlite/testing",
                "rusqlite/testing_to_many",
                "rusqlite/testing_to_one",
            ],
            Target::TokioPostgres
            | Target::SqlxSqlite
            | Target::SqlxPostgres
            | Target::SqlxMysql => &[],
        },
        Part::TestingLinks => match target {
            Target::Rusqlite => sources!["rusqlite/testing_links"],
            Target::TokioPostgres
            | Target::SqlxSqlite
            | Target::SqlxPostgres
            | Target::SqlxMysql => &[],
        },
        Part::Decimal => match target.dialect() {
            Dialect::Sqlite => sources!["sqlite/decimal"],
            Dialect::Postgres => sources!["postgres/decimal"],
            Dialect::Mysql => sources!["mysql/decimal"],
        },
        Part::Json => match target.dialect() {
            Dialect::Sqlite => sources!["sqlite/json"],
            Dialect::Postgres => sources!["postgres/json"],
            Dialect::Mysql => sources!["mysql/json"],
        },
        Part::Uuid => match target.dialect() {
            Dialect::Sqlite | Dialect::Mysql => sources!["classes/uuid"],
            Dialect::Postgres => sources!["postgres/uuid"],
        },
        Part::Time(_) => match target.dialect() {
            Dialect::Sqlite => sources!["common/moment", "sqlite/moments"],
            Dialect::Postgres => sources!["common/moment", "postgres/moments"],
            Dialect::Mysql => sources!["common/moment", "mysql/moments"],
        },
    }
}

const fn end(part: Part) -> Sources {
    match part {
        Part::Time(Time::Chrono) => sources!["common/chrono"],
        Part::Time(Time::Time) => sources!["common/time"],
        Part::Time(Time::Jiff) => sources!["common/jiff"],
        _ => &[],
    }
}

/// The support code of `target` with these parts, each source in the target's words.
pub fn support(
    target: Target,
    parts: impl IntoIterator<Item = Part>,
) -> impl Iterator<Item = Cow<'static, str>> {
    let parts = parts.into_iter();
    let parts: Vec<Sources> = parts.flat_map(|each| part(target, each)).collect();
    let all = always(target).into_iter().chain(parts).flatten();
    all.map(move |source| worded(source.text, manner(target)))
}

/// What every schema needs.
fn always(target: Target) -> [Sources; 4] {
    [
        head(target),
        COMMON,
        dialect(target.dialect()),
        driver(target),
    ]
}

#[cfg(test)]
mod tests;
