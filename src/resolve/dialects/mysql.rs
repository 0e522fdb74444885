//! What MySQL and MariaDB lack, both or one of them. Sources: the MySQL 8.4 manual, 10.4.7 (limits on columns and rows),
//! 17.21 (InnoDB's limits), 15.1.20 (CREATE TABLE); and what MariaDB 10.11 was seen to do.

mod changes;
mod checks;
mod keys;
mod names;
mod rows;

use super::sqlite::no_lists;
use super::{Lack, labels, wide_keys, wide_tables, words};
use crate::diagnostic::Diagnostic;
use crate::model::{Dialect, Type};
use crate::resolve::draft::Draft;
use crate::resolve::enums::Enums;
use crate::resolve::types;

const COLUMNS: usize = 1017;
const COLUMNS_OF_KEYS: usize = 16;

/// The longest VARCHAR in utf8mb4, in characters, and VARBINARY, in bytes: that a row of nothing else has.
const CHARACTERS: u32 = 16_383;
const BYTES: u32 = 65_533;

/// The most characters of what an enum stores.
const LABEL: usize = 255;

/// What they lack for values of type `ty`.
pub(super) fn of_type(ty: &Type, name: &str) -> Option<Lack> {
    let long = |most: u32, unbounded: &str| Lack {
        message: format!(
            "mysql has no `{}` in a row: {most} is the most there",
            types::word(ty)
        ),
        help: format!("write `{unbounded}`, which has no limit"),
    };
    match ty {
        Type::String(Some(length)) if *length > CHARACTERS => Some(long(CHARACTERS, "text")),
        Type::Bytes(Some(length)) if *length > BYTES => Some(long(BYTES, "bytes")),
        Type::List(_) => Some(no_lists("mysql", ty, name)),
        _ => None,
    }
}

/// Finds what they lack for the tables and enums of the spec.
pub(super) fn check(
    drafts: &[Draft<'_>],
    enums: &Enums<'_>,
    dialects: &[Dialect],
    found: &mut Vec<Diagnostic>,
) {
    for draft in drafts {
        wide_tables(Dialect::Mysql, draft, COLUMNS, found);
        wide_keys(Dialect::Mysql, draft, COLUMNS_OF_KEYS, found);
        words::check(Dialect::Mysql, draft, found);
        names::check(draft, found);
        keys::check(draft, found);
        changes::check(drafts, draft, found);
        checks::check(draft, dialects, found);
        rows::check(draft, found);
    }
    labels(Dialect::Mysql, enums, unfit_label, found);
}

/// Spaces at the end are cut off; MariaDB makes a question mark of what is beyond U+FFFF, without a word.
fn unfit_label(stored: &str) -> Option<String> {
    let length = stored.chars().count();
    if stored.ends_with(' ') {
        Some("a space at the end is lost there".to_owned())
    } else if let Some(c) = names::beyond(stored) {
        Some(format!("it has the character `{c}`"))
    } else {
        let long = length > LABEL;
        long.then(|| format!("it has {length} characters, and {LABEL} are the most"))
    }
}
