//! What PostgreSQL lacks. Sources: its manual, chapters 5.6 (system columns), 5.4 (generated columns), 8.7 (enums), 8.14
//! (JSON), and appendix K (limits), numbered as in version 18.

use super::{Lack, labels, wide_keys, wide_tables};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Computed, Default, Dialect, Literal, Type};
use crate::resolve::draft::{Draft, Origin};
use crate::resolve::enums::Enums;

/// Columns that every table has.
const SYSTEM_COLUMNS: [&str; 6] = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

const COLUMNS: usize = 1600;
const COLUMNS_OF_KEYS: usize = 32;

/// The most bytes of what an enum stores, which is a name there.
const LABEL: usize = 63;

/// Finds what it lacks for the tables and enums of the spec.
pub(super) fn check(drafts: &[Draft<'_>], enums: &Enums<'_>, found: &mut Vec<Diagnostic>) {
    for draft in drafts {
        wide_tables(Dialect::Postgres, draft, COLUMNS, found);
        wide_keys(Dialect::Postgres, draft, COLUMNS_OF_KEYS, found);
        for id in 0..draft.columns.len() {
            found.extend(system_column(draft, id));
            found.extend(not_kept(draft, id));
            found.extend(nul_in_json(draft, id));
        }
    }
    let too_long = |stored: &str| {
        let long = stored.len() > LABEL;
        long.then(|| format!("it has {} bytes, and {LABEL} are the most", stored.len()))
    };
    labels(Dialect::Postgres, enums, too_long, found);
}

fn system_column(draft: &Draft<'_>, id: usize) -> Option<Diagnostic> {
    let (source, name) = (&draft.source, draft.columns[id].name.as_str());
    if !SYSTEM_COLUMNS.contains(&name) {
        return None;
    }
    let message = format!("every table of postgres has a column `{name}` already");
    let place = match source.columns[id].name {
        Some(_) => source.place(Origin::ColumnKey(id, "name")),
        None => source.place(Origin::Column(id)),
    };
    Some(
        Diagnostic::new(Code::InvalidDatabaseName, place, message).help(format!(
            "give it another name in the database: `name: {name}_`"
        )),
    )
}

/// Virtual columns came with PostgreSQL 18.
fn not_kept(draft: &Draft<'_>, id: usize) -> Option<Diagnostic> {
    let Computed { stored: false, .. } = draft.columns[id].computed.as_ref()? else {
        return None;
    };
    let source = &draft.source;
    let lack = Lack {
        message: format!(
            "postgres keeps what it computes, and `{}` is to be computed by every read",
            source.column_name(id)
        ),
        help: "leave out `stored: false`: the value is the same".to_owned(),
    };
    let path = source.column_path(id).key("computed").key("stored");
    Some(lack.at(path.at_value()))
}

/// The type jsonb has no text with the character NUL.
fn nul_in_json(draft: &Draft<'_>, id: usize) -> Option<Diagnostic> {
    let column = &draft.columns[id];
    let Some(Default::Literal(Literal::Text(text))) = &column.default else {
        return None;
    };
    if column.ty.as_ref().map(Type::base) != Some(&Type::Json) || !text.contains("\\u0000") {
        return None;
    }
    let source = &draft.source;
    let lack = Lack {
        message: format!(
            "the default of `{}` has the character `\\u0000`, which JSON in postgres cannot have",
            source.column_name(id)
        ),
        help: "leave it out".to_owned(),
    };
    Some(lack.at(source.place(Origin::ColumnKey(id, "default"))))
}
