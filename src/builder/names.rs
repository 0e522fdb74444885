//! What the files are called.
//!
//! In: the layout, and the spec's name. Out: names of files, and which of those that are there are relata's own.

use crate::model::Dialect;
use crate::output::Claim;
use crate::render::Layout;

/// The file of a dialect's SQL; `None` is the dialect that the target's database speaks.
pub(super) fn sql_name(layout: Layout, stem: &str, other: Option<Dialect>) -> String {
    let stem = match layout {
        Layout::Modules => "schema",
        Layout::Single => stem,
    };
    match other {
        Some(dialect) => format!("{stem}.{}.sql", dialect.as_str()),
        None => format!("{stem}.sql"),
    }
}

/// The files that a run with the layout may have made.
pub(super) fn claim(layout: Layout, stem: &str) -> Claim {
    match layout {
        Layout::Modules => Claim::Folder,
        Layout::Single => {
            let dialects = Dialect::ALL.into_iter().map(Some).chain([None]);
            let sql = dialects.map(|dialect| sql_name(layout, stem, dialect));
            Claim::Names(sql.chain([format!("{stem}.rs")]).collect())
        }
    }
}
