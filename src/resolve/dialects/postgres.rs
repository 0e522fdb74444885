//! What PostgreSQL lacks. Sources: its manual, chapters 5.6 (system columns), 5.4 (generated columns), 8.7 (enums), 8.14
//! (JSON), and appendix K (limits), numbered as in version 18.

use super::{Lack, labels, wide_keys, wide_tables, words};
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
        words::check(Dialect::Postgres, draft, found);
        for id in 0..draft.columns.len() {
            found.extend(system_column(draft, id));
            found.extend(not_kept(draft, id));
            found.extend(unfit_json(draft, id));
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
            "`{}` says `stored: false`, and postgres has only stored computed columns before version 18",
            source.column_name(id)
        ),
        help: "remove `stored: false`, which leaves `computed: { sql: … }`: every write computes the value then, and reads give the same"
            .to_owned(),
    };
    let path = source.column_path(id).key("computed").key("stored");
    Some(lack.at(path.at_value()))
}

/// The type jsonb has no text with the character NUL, nor halves of characters.
fn unfit_json(draft: &Draft<'_>, id: usize) -> Option<Diagnostic> {
    let column = &draft.columns[id];
    let Some(Default::Literal(Literal::Text(text))) = &column.default else {
        return None;
    };
    if column.ty.as_ref().map(Type::base) != Some(&Type::Json) {
        return None;
    }
    let escape = unfit_escape(text)?;
    let source = &draft.source;
    let lack = Lack {
        message: format!(
            "the default of `{}` has `\\u{escape:04x}`, which JSON in postgres cannot have",
            source.column_name(id)
        ),
        help: "leave it out".to_owned(),
    };
    Some(lack.at(source.place(Origin::ColumnKey(id, "default"))))
}

/// The first escape of JSON that stands for NUL, or for one half of a character without the other.
fn unfit_escape(json: &str) -> Option<u16> {
    let mut rest = json;
    // The first half, when that stands right before.
    let mut half = None;
    while let Some(at) = rest.find('\\') {
        let escape = &rest[at + 1..];
        let hex = escape.strip_prefix('u').and_then(|hex| hex.get(..4));
        let unit = hex.and_then(|hex| u16::from_str_radix(hex, 16).ok());
        let pending = half.take();
        match unit {
            Some(0xdc00..=0xdfff) if pending.is_some() && at == 0 => {}
            _ if pending.is_some() => return pending,
            Some(unit @ 0xd800..=0xdbff) => half = Some(unit),
            Some(unit @ (0 | 0xdc00..=0xdfff)) => return Some(unit),
            _ => {}
        }
        let behind = if unit.is_some() { 5 } else { 1 };
        rest = escape.get(behind..).unwrap_or_default();
    }
    half
}

#[cfg(test)]
mod tests {
    use super::unfit_escape;

    #[test]
    fn whole_characters_fit() {
        for fine in [r#""\ud83d\ude00""#, r#""\\u0000""#, r#""\u00e9\n\"""#, "{}"] {
            assert_eq!(unfit_escape(fine), None, "{fine}");
        }
        for (json, escape) in [
            (r#""a\u0000""#, 0),
            (r#""\ud83d""#, 0xd83d),
            (r#""\ud83d \ude00""#, 0xd83d),
            (r#""\ud83d\ud83d\ude00""#, 0xd83d),
            (r#""\ude00\ud83d""#, 0xde00),
        ] {
            assert_eq!(unfit_escape(json), Some(escape), "{json}");
        }
    }
}
