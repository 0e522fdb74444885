//! The drivers that generated code talks to, as specs and the command line name them.

use super::Dialect;

/// A driver that generated Rust talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target {
    /// The crate `rusqlite`, on SQLite.
    Rusqlite,
    /// The crate `tokio-postgres`.
    TokioPostgres,
    /// The crate `sqlx`, on SQLite.
    SqlxSqlite,
    /// The crate `sqlx`, on PostgreSQL.
    SqlxPostgres,
    /// The crate `sqlx`, on MySQL and MariaDB.
    SqlxMysql,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 5] = [
        Self::Rusqlite,
        Self::TokioPostgres,
        Self::SqlxSqlite,
        Self::SqlxPostgres,
        Self::SqlxMysql,
    ];

    /// The word for it in specs and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rusqlite => "rusqlite",
            Self::TokioPostgres => "tokio-postgres",
            Self::SqlxSqlite => "sqlx-sqlite",
            Self::SqlxPostgres => "sqlx-postgres",
            Self::SqlxMysql => "sqlx-mysql",
        }
    }

    /// The target that `word` names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.as_str() == word)
    }

    /// The dialect of its database.
    #[must_use]
    pub const fn dialect(self) -> Dialect {
        match self {
            Self::Rusqlite | Self::SqlxSqlite => Dialect::Sqlite,
            Self::TokioPostgres | Self::SqlxPostgres => Dialect::Postgres,
            Self::SqlxMysql => Dialect::Mysql,
        }
    }
}
