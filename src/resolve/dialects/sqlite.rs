//! What SQLite lacks. Sources: its manual's `limits.html` and `stricttables.html`.

use super::{Lack, wide_tables};
use crate::diagnostic::Diagnostic;
use crate::model::{Dialect, Type};
use crate::resolve::draft::Draft;
use crate::resolve::types;

const COLUMNS: usize = 2000;

/// The most digits of a decimal that an integer of 64 bits stores exactly.
const DIGITS: u8 = 18;

/// What it lacks for values of type `ty`.
pub(super) fn of_type(ty: &Type, name: &str) -> Option<Lack> {
    match ty {
        Type::Decimal { precision, scale } if *precision > DIGITS => Some(Lack {
            message: format!(
                "sqlite stores decimals of at most {DIGITS} digits, and `{}` has {precision}",
                types::word(ty)
            ),
            help: format!("write `decimal({DIGITS},{})`", scale.min(&DIGITS)),
        }),
        Type::List(_) => {
            let lack = no_lists("sqlite", ty, name);
            // It is asked for by the target too, where the spec says nothing of it.
            let help = format!(
                "{}; `relata ddl --dialect postgres` asks for no other dialect",
                lack.help
            );
            Some(Lack { help, ..lack })
        }
        _ => None,
    }
}

/// Finds what it lacks for the tables of the spec.
pub(super) fn check(drafts: &[Draft<'_>], found: &mut Vec<Diagnostic>) {
    for draft in drafts {
        wide_tables(Dialect::Sqlite, draft, COLUMNS, found);
    }
}

/// That a dialect has no lists.
pub(super) fn no_lists(dialect: &str, ty: &Type, name: &str) -> Lack {
    Lack {
        message: format!(
            "{dialect} has no list types, so `{name}` cannot be `{}`",
            types::word(ty)
        ),
        help: format!("write `json`, or an entity of its own with a row for each item of `{name}`"),
    }
}
