//! What specs of `specs/` are refused or warned about in a dialect, because the contract has no way to say it there.

use crate::model::Dialect;

/// A spec by the stem of its file, a dialect, and the codes of what is reported there, sorted, each once. With an error
/// among them the spec has no DDL in that dialect. All others are accepted without a word.
const REPORTED: &[(&str, Dialect, &[&str])] = &[
    // SET DEFAULT.
    ("actions", Dialect::Mysql, &["E0215"]),
    // Columns that are computed when they are read; a unique key over text without a limit.
    ("computed", Dialect::Postgres, &["E0215"]),
    ("computed", Dialect::Mysql, &["E0215"]),
    // Indexes of some rows.
    ("keys_and_indexes", Dialect::Mysql, &["E0215"]),
    // A column computed of one that a foreign key changes.
    ("only_counted", Dialect::Mysql, &["E0215"]),
];

/// The codes of what is reported of a spec in a dialect.
pub(super) fn reported(spec: &str, dialect: Dialect) -> &'static [&'static str] {
    let mut rows = REPORTED.iter();
    let row = rows.find(|(stem, of, _)| *stem == spec && *of == dialect);
    row.map_or(&[], |(.., codes)| codes)
}
