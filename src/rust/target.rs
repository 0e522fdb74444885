//! What each target wants of generated Rust. A new one is a variant of [`Target`], a row in [`bindings`], a folder of support
//! code under `templates/support`, and a row in `super::support` that says of which folders it is made.

use serde::Serialize;

use crate::model::{Dialect, Target, Time};
use crate::sql::{self, QueryGrammar};

use super::worded::Manner;

impl Target {
    /// Whether tests of a schema's own relationships can be generated for it.
    pub(crate) const fn is_testable(self) -> bool {
        matches!(self, Self::Rusqlite)
    }

    /// How its statements are written.
    fn grammar(self) -> &'static dyn QueryGrammar {
        match self.dialect() {
            Dialect::Sqlite => sql::sqlite(),
            Dialect::Postgres => sql::postgres(),
            Dialect::Mysql => sql::mysql(),
        }
    }
}

/// What the templates write differently for each target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Bindings {
    /// What stands before the name of a function that talks to the database.
    function: &'static str,
    /// What stands behind a call of one.
    wait: &'static str,
    /// How the first argument of every call is borrowed.
    borrow: &'static str,
    /// The type of the first argument of every call, without the path of the support module.
    connection: &'static str,
    /// A row of the driver, without the path of the support module.
    row: &'static str,
    /// How many statements a call takes that writes to a row and gives it back.
    giving_back: &'static str,
    /// The same of one that inserts a row or writes to it.
    upserting: &'static str,
    /// What the top of the generated module brings out of the support code, beside what every target has: where nothing of
    /// the spec has the name.
    #[serde(skip)]
    pub(super) brought: &'static [&'static str],
}

impl Bindings {
    /// Whether calls are futures, which may be sent to other threads.
    pub(super) fn is_asynchronous(self) -> bool {
        !self.wait.is_empty()
    }
}

const BLOCKING: Bindings = Bindings {
    function: "fn",
    wait: "",
    borrow: "&",
    connection: "Connection",
    row: "Row<'_>",
    giving_back: "One statement.",
    upserting: "One statement.",
    brought: &["configure"],
};

const ASYNCHRONOUS: Bindings = Bindings {
    function: "async fn",
    wait: ".await",
    borrow: "&mut ",
    connection: "Connection",
    row: "Row",
    giving_back: "One statement.",
    upserting: "One statement.",
    brought: &[],
};

/// The row of `target` in the table of targets.
#[must_use]
const fn bindings(target: Target) -> Bindings {
    match target {
        Target::Rusqlite => BLOCKING,
        Target::SqlxSqlite => Bindings {
            brought: &["configure", "connect_options"],
            ..ASYNCHRONOUS
        },
        Target::SqlxPostgres => ASYNCHRONOUS,
        Target::SqlxMysql => Bindings {
            giving_back: "Two statements, in one transaction.",
            upserting: "Two statements or four, in one transaction.",
            ..ASYNCHRONOUS
        },
        Target::TokioPostgres => Bindings {
            connection: "Connection<'_>",
            brought: &["Session"],
            ..ASYNCHRONOUS
        },
    }
}

/// In which words `target` wants the support code.
#[must_use]
pub(super) const fn manner(target: Target) -> Manner {
    match target {
        Target::Rusqlite => Manner::Blocking,
        Target::TokioPostgres => Manner::AsynchronousOverSession,
        Target::SqlxSqlite | Target::SqlxPostgres | Target::SqlxMysql => Manner::Asynchronous,
    }
}

/// A target as views are made for it.
#[derive(Clone, Copy)]
pub struct Driver {
    /// What the templates write differently.
    pub(super) bindings: Bindings,
    /// How statements are written.
    pub(super) grammar: &'static dyn QueryGrammar,
    /// The crate of dates and times.
    pub(super) time: Time,
}

impl Driver {
    /// That of `target`, with a crate of dates and times.
    #[must_use]
    pub fn of(target: Target, time: Time) -> Self {
        Self {
            bindings: bindings(target),
            grammar: target.grammar(),
            time,
        }
    }
}
