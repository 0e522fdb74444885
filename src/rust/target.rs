//! Targets: the drivers that generated Rust talks to. A new one is a row in [`bindings`] and a folder of support code
//! under `templates/support`.

use crate::model::{Dialect, Time};
use crate::sql::{self, QueryGrammar};

use super::types::Part;

/// A driver that generated Rust talks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target {
    /// The crate `rusqlite`, on SQLite.
    Rusqlite,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 1] = [Self::Rusqlite];

    /// The word for it in specs and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rusqlite => "rusqlite",
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
            Self::Rusqlite => Dialect::Sqlite,
        }
    }

    /// How its statements are written.
    pub(crate) fn grammar(self) -> &'static dyn QueryGrammar {
        match self {
            Self::Rusqlite => sql::sqlite(),
        }
    }
}

macro_rules! support {
    ($file:literal) => {
        include_str!(concat!("../../templates/support/", $file))
    };
}

/// What every crate of dates and times needs, and what the one of `$file` does.
macro_rules! moments {
    ($file:literal) => {
        concat!(support!("rusqlite/moments.rs"), "\n", support!($file))
    };
}

const RUSQLITE: &[&str] = &[
    support!("rusqlite/head.rs"),
    support!("rusqlite/error.rs"),
    support!("rusqlite/connection.rs"),
    support!("rusqlite/table.rs"),
    support!("rusqlite/reference.rs"),
    support!("rusqlite/row.rs"),
    support!("rusqlite/bulk.rs"),
    support!("rusqlite/column.rs"),
    support!("rusqlite/filter.rs"),
    support!("rusqlite/raw.rs"),
    support!("rusqlite/order.rs"),
    support!("rusqlite/query.rs"),
    support!("rusqlite/selection.rs"),
    support!("rusqlite/text.rs"),
    support!("rusqlite/known.rs"),
    support!("rusqlite/change.rs"),
    support!("rusqlite/relation.rs"),
    support!("rusqlite/eager.rs"),
    support!("rusqlite/found.rs"),
    support!("rusqlite/to_many.rs"),
    support!("rusqlite/to_one.rs"),
    support!("rusqlite/unit.rs"),
    support!("rusqlite/unit_rows.rs"),
    support!("rusqlite/unit_steps.rs"),
    support!("rusqlite/value.rs"),
    support!("rusqlite/params.rs"),
    support!("rusqlite/key_list.rs"),
    support!("rusqlite/statement.rs"),
    support!("rusqlite/transaction.rs"),
];

/// What the templates write differently for each target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bindings {
    /// The first argument of every call, without the path of the support module.
    pub connection: &'static str,
    /// A row of the driver, without the path of the support module.
    pub row: &'static str,
    /// The sources of the support code that are always there, in order.
    pub support: &'static [&'static str],
    /// The crate of dates and times.
    pub time: Time,
}

/// The row of `target` in the table of targets, with the crate of dates and times.
#[must_use]
pub const fn bindings(target: Target, time: Time) -> Bindings {
    match target {
        Target::Rusqlite => Bindings {
            connection: "Connection",
            row: "Row<'_>",
            support: RUSQLITE,
            time,
        },
    }
}

/// The source of a part for `target`.
#[must_use]
pub const fn part_source(target: Target, part: Part) -> &'static str {
    match (target, part) {
        (Target::Rusqlite, Part::Computed) => support!("rusqlite/computed.rs"),
        (Target::Rusqlite, Part::Decimal) => support!("rusqlite/decimal.rs"),
        (Target::Rusqlite, Part::Enum) => support!("rusqlite/enum.rs"),
        (Target::Rusqlite, Part::Json) => support!("rusqlite/json.rs"),
        (Target::Rusqlite, Part::Links) => concat!(
            support!("rusqlite/links.rs"),
            "\n",
            support!("rusqlite/link_loads.rs"),
            "\n",
            support!("rusqlite/link_queries.rs"),
        ),
        (Target::Rusqlite, Part::Prepared) => support!("rusqlite/prepared.rs"),
        (Target::Rusqlite, Part::ReadOnly) => support!("rusqlite/read_only.rs"),
        (Target::Rusqlite, Part::ReadOnlyLinks) => support!("rusqlite/read_only_links.rs"),
        (Target::Rusqlite, Part::Testing) => concat!(
            support!("rusqlite/prepared_and_counted.rs"),
            "\n",
            support!("rusqlite/testing.rs"),
            "\n",
            support!("rusqlite/testing_to_many.rs"),
            "\n",
            support!("rusqlite/testing_to_one.rs"),
        ),
        (Target::Rusqlite, Part::TestingLinks) => support!("rusqlite/testing_links.rs"),
        (Target::Rusqlite, Part::Time(Time::Chrono)) => moments!("rusqlite/chrono.rs"),
        (Target::Rusqlite, Part::Time(Time::Jiff)) => moments!("rusqlite/jiff.rs"),
        (Target::Rusqlite, Part::Time(Time::Time)) => moments!("rusqlite/time.rs"),
        (Target::Rusqlite, Part::UserType) => support!("rusqlite/user_type.rs"),
        (Target::Rusqlite, Part::Uuid) => support!("rusqlite/uuid.rs"),
        (Target::Rusqlite, Part::Version) => support!("rusqlite/version.rs"),
    }
}
