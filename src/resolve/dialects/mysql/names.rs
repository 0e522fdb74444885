//! Names: no space at the end, no characters beyond U+FFFF (manual, "Schema Object Names"), and those that InnoDB has.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::dialects::listed;
use crate::resolve::draft::{Draft, Origin};
use crate::source::Place;

/// Columns that every table of InnoDB has, and that of a full text index.
const COLUMNS: [&str; 4] = ["db_row_id", "db_trx_id", "db_roll_ptr", "fts_doc_id"];

/// The key that every table has, by its two names.
const KEYS: [&str; 2] = ["primary", "gen_clust_index"];

/// What the names of old files begin with.
const OLD_FILES: &str = "#mysql50#";

/// The first character that names cannot have.
pub(super) fn beyond(name: &str) -> Option<char> {
    name.chars().find(|c| u32::from(*c) > 0xffff)
}

pub(super) fn check(draft: &Draft<'_>, found: &mut Vec<Diagnostic>) {
    let source = &draft.source;
    let table = match source.table {
        Some(_) => source.path.key("table").at_value(),
        None => source.place(Origin::Table),
    };
    found.extend(unfit(&draft.table, table));
    for (id, column) in draft.columns.iter().enumerate() {
        let place = match source.columns[id].name {
            Some(_) => source.place(Origin::ColumnKey(id, "name")),
            None => source.place(Origin::Column(id)),
        };
        if COLUMNS.contains(&column.name.to_lowercase().as_str()) {
            let message = format!("mysql keeps the column `{}` for itself", column.name);
            let diagnostic = Diagnostic::new(Code::InvalidDatabaseName, place, message);
            let help = format!(
                "give it another name in the database: `name: {}_`",
                column.name
            );
            found.push(diagnostic.help(help));
        } else {
            found.extend(unfit(&column.name, place));
        }
    }
    // A name that a pattern makes has its parts from tables and columns, and what is wrong with those is told.
    let made = |name: &str| {
        let mut columns = draft.columns.iter().map(|column| &column.name);
        let part = |part: &str| !fault_of(part).is_some_and(|_| name.contains(part));
        !(part(&draft.table) && columns.all(|column| part(column)))
    };
    // Those of checks may end with a space.
    let checks = draft.checks.iter();
    let checks = checks.filter(|check| beyond(&check.item.name).is_some());
    let others = (draft.foreign_keys.iter())
        .map(|key| (key.item.name.as_str(), key.origin))
        .chain(checks.map(|check| (check.item.name.as_str(), check.origin)));
    let primary = draft.primary_key.as_ref().map(|key| key.origin);
    let keys = listed(draft).filter(|key| Some(key.origin) != primary);
    let keys: Vec<_> = keys.map(|key| (key.name, key.origin)).collect();
    let named = draft.checks.iter();
    let named = named.map(|check| (check.item.name.as_str(), check.origin));
    let foreign_keys = draft.foreign_keys.iter();
    let named = named.chain(foreign_keys.map(|key| (key.item.name.as_str(), key.origin)));
    for (name, origin) in keys.iter().copied().chain(named) {
        if KEYS.contains(&name.to_lowercase().as_str()) {
            let message = format!("mysql keeps the name `{name}` of a key for itself");
            let diagnostic =
                Diagnostic::new(Code::InvalidDatabaseName, source.place(origin), message);
            found.push(diagnostic.help("give it another name with `name`"));
        }
    }
    let told = |(name, origin)| unfit(name, source.place(origin)).filter(|_| !made(name));
    found.extend(keys.into_iter().chain(others).filter_map(told));
}

fn unfit(name: &str, place: Place) -> Option<Diagnostic> {
    let fault = fault_of(name)?;
    let message = format!("`{}` is no name for mysql: {fault}", name.escape_debug());
    let diagnostic = Diagnostic::new(Code::InvalidDatabaseName, place, message);
    Some(diagnostic.help("write another one"))
}

fn fault_of(name: &str) -> Option<String> {
    if name.ends_with(' ') {
        Some("it ends with a space".to_owned())
    } else if name.starts_with(OLD_FILES) {
        Some(format!("it begins with `{OLD_FILES}`"))
    } else {
        beyond(name).map(|c| format!("it has the character `{c}`"))
    }
}
