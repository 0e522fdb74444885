//! Primary keys, unique keys, indexes and the table's checks.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::draft::{Draft, Origin, Sited, Source};
use super::{dialects, names, sql};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Check, ColumnId, Index, Key};
use crate::naming::database;
use crate::source::Path;
use crate::spec;

/// Resolves the keys, indexes and checks of `draft`, whose columns are resolved.
pub(super) fn resolve(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    primary_key(context, draft);
    uniques(context, draft);
    indexes(context, draft);
    checks(context, draft);
    repeated_keys(context, draft);
}

/// The columns that `names` at `path` are; `None` when one does not exist or stands there twice, which is reported.
pub(super) fn column_ids(
    context: &mut Context<'_>,
    source: &Source<'_>,
    names: &[String],
    path: impl Fn() -> Path,
) -> Option<Vec<ColumnId>> {
    let mut ids = Vec::with_capacity(names.len());
    let mut seen = BTreeSet::new();
    let mut fine = true;
    if names.is_empty() {
        fine = false;
        if !context.unread(&path) {
            let message = "the list of columns is empty";
            let help = "name at least one column";
            context.report(Diagnostic::new(Code::WrongForm, path().at_value(), message).help(help));
        }
    }
    for (place, name) in names.iter().enumerate() {
        match source.columns.get_index_of(name) {
            Some(id) if !seen.insert(id) => {
                fine = false;
                let message = format!("column `{name}` stands twice in one list");
                context.report(
                    Diagnostic::new(Code::Repeated, path().index(place).at_value(), message)
                        .help(format!("leave out the second `{name}`")),
                );
            }
            Some(id) => ids.push(id),
            None => {
                fine = false;
                unknown_column(context, source, name, || {
                    path().index(place).at_words(0..name.len())
                });
            }
        }
    }
    fine.then_some(ids)
}

/// Reports that `source` has no column `name`, unless it was not read.
pub(super) fn unknown_column(
    context: &mut Context<'_>,
    source: &Source<'_>,
    name: &str,
    place: impl FnOnce() -> crate::source::Place,
) {
    let whole = || source.path.key("columns");
    let mixins = || source.path.key("mixins");
    let columns_unread = source.columns.is_empty() && context.unread(whole);
    if columns_unread || context.unread(|| whole().key(name)) || context.unread(mixins) {
        return;
    }
    let message = format!("{} `{}` has no column `{name}`", source.word(), source.name);
    let help = context.suggest(name, source.columns.keys().map(String::as_str));
    context.report(Diagnostic::new(Code::UnknownColumn, place(), message).help(help));
}

fn primary_key(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let marked =
        |(id, column): (usize, &spec::Column)| (column.primary_key == Some(true)).then_some(id);
    let marked: Vec<ColumnId> = draft
        .source
        .columns
        .values()
        .enumerate()
        .filter_map(marked)
        .collect();
    let source = &draft.source;
    let (columns, origin) = match (source.primary_key, marked.first()) {
        (Some(_), Some(first)) => {
            let message = format!("the primary key of `{}` is given twice", source.name);
            context.report(
                Diagnostic::new(
                    Code::Contradiction,
                    source.place(Origin::PrimaryKey),
                    message,
                )
                .other(
                    source.place(Origin::ColumnKey(*first, "primary_key")),
                    "and here",
                )
                .help("leave out one of both"),
            );
            (None, Origin::PrimaryKey)
        }
        (Some(names), None) => (
            column_ids(context, source, names, || source.path.key("primary_key")),
            Origin::PrimaryKey,
        ),
        (None, Some(first)) => (
            Some(marked.clone()),
            Origin::ColumnKey(*first, "primary_key"),
        ),
        (None, None) => {
            if source.is_entity() {
                no_primary_key(context, source);
                draft.keys_incomplete = true;
            }
            return;
        }
    };
    let Some(columns) = columns else {
        draft.keys_incomplete = true;
        return;
    };
    for column in &columns {
        if draft.columns[*column].nullable {
            nullable_key(context, source, *column);
            draft.columns[*column].nullable = false;
        }
    }
    let name = database::fill(
        &context.patterns.primary_key,
        &draft.table,
        &draft.column_names(&columns),
    );
    draft.primary_key = Some(Sited {
        item: Key { name, columns },
        origin,
        named: false,
    });
}

fn no_primary_key(context: &mut Context<'_>, source: &Source<'_>) {
    let missing = ["columns", "primary_key", "mixins"];
    if missing
        .iter()
        .any(|key| context.unread(|| source.path.key(key)))
    {
        return;
    }
    let help = match source.columns.get("id") {
        Some(spec::Column { r#type: Some(ty), .. }) => {
            format!("mark its column: `id: {{ type: {ty}, primary_key: true }}`")
        }
        Some(_) => "mark its column `id` with `primary_key: true`".to_owned(),
        None => "add a column `id: { type: integer, primary_key: true }`, or name columns with `primary_key: [..]`"
            .to_owned(),
    };
    let message = format!("entity `{}` has no primary key", source.name);
    context.report(
        Diagnostic::new(Code::NoPrimaryKey, source.place(Origin::Table), message).help(help),
    );
}

/// Reports that `column` of a primary key is nullable.
pub(super) fn nullable_key(context: &mut Context<'_>, source: &Source<'_>, column: ColumnId) {
    let key = match source.columns[column].nullable {
        Some(true) => "nullable",
        _ => "type",
    };
    let message = format!(
        "column `{}` is nullable and in the primary key",
        source.column_name(column)
    );
    let help = "columns of a primary key are never NULL: leave out `nullable: true` or the `?` of the type";
    context.report(
        Diagnostic::new(
            Code::Contradiction,
            source.place(Origin::ColumnKey(column, key)),
            message,
        )
        .help(help),
    );
}

fn uniques(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let mut found = Vec::new();
    let source = &draft.source;
    let of_columns = source
        .columns
        .values()
        .enumerate()
        .filter(|(_, column)| column.unique == Some(true));
    found.extend(of_columns.map(|(id, _)| (vec![id], Origin::ColumnKey(id, "unique"), None)));
    for (place, names) in source.unique.iter().enumerate() {
        match column_ids(context, source, names, || {
            source.path.key("unique").index(place)
        }) {
            Some(columns) => found.push((columns, Origin::Unique(place), None)),
            None => draft.keys_incomplete = true,
        }
    }
    for (place, index) in source.indexes.iter().enumerate() {
        if index.unique != Some(true) || index.r#where.is_some() {
            continue;
        }
        let path = || source.path.key("indexes").index(place);
        match column_ids(context, source, &index.columns, || path().key("columns")) {
            Some(columns) => found.push((columns, Origin::Index(place), index.name.clone())),
            None => draft.keys_incomplete = true,
        }
        if let Some(name) = &index.name {
            names::check_database(context, name, || path().key("name"));
        }
    }
    for (columns, origin, own) in found {
        let named = own.is_some();
        let name = own.unwrap_or_else(|| {
            database::fill(
                &context.patterns.unique,
                &draft.table,
                &draft.column_names(&columns),
            )
        });
        draft.uniques.push(Sited {
            item: Key { name, columns },
            origin,
            named,
        });
    }
}

fn indexes(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let mut found = Vec::new();
    let source = &draft.source;
    for (id, column) in source.columns.values().enumerate() {
        if column.index == Some(true) {
            let index = Index {
                name: String::new(),
                columns: vec![id],
                unique: false,
                condition: None,
            };
            found.push(Sited {
                item: index,
                origin: Origin::ColumnKey(id, "index"),
                named: false,
            });
        }
    }
    for (place, index) in source.indexes.iter().enumerate() {
        let unique = index.unique == Some(true);
        if unique && index.r#where.is_none() {
            continue; // It is a key, and stands among those.
        }
        let path = || source.path.key("indexes").index(place);
        let columns = column_ids(context, source, &index.columns, || path().key("columns"));
        let condition = index.r#where.as_ref().map(|condition| {
            // Of what has none at all, another part tells.
            let mut dialects = context.dialects.to_vec();
            dialects.retain(|dialect| dialects::have_partial_indexes(*dialect));
            let path = || path().key("where").key("sql");
            sql::resolve_for(context, &dialects, &condition.sql, path)
        });
        if let Some(name) = &index.name {
            names::check_database(context, name, || path().key("name"));
        }
        if let (Some(columns), Some(condition)) =
            (columns, condition.map_or(Some(None), |sql| sql.map(Some)))
        {
            let name = index.name.clone().unwrap_or_default();
            let named = index.name.is_some();
            let item = Index {
                name,
                columns,
                unique,
                condition,
            };
            found.push(Sited {
                item,
                origin: Origin::Index(place),
                named,
            });
        }
    }
    for mut index in found {
        if !index.named {
            let columns = draft.column_names(&index.item.columns);
            index.item.name = database::fill(&context.patterns.index, &draft.table, &columns);
        }
        draft.indexes.push(index);
    }
}

/// Resolves the checks of the table itself.
pub(super) fn checks(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let source = &draft.source;
    for (place, check) in source.checks.iter().enumerate() {
        let path = || source.path.key("checks").index(place);
        if let Some(name) = &check.name {
            names::check_database(context, name, || path().key("name"));
        }
        let Some(text) = &check.sql else {
            if !context.unread(path) {
                let message = format!("a check of `{}` has no `sql`", source.name);
                let help = "write its condition: `- { name: positive, sql: \"amount > 0\" }`";
                context.report(
                    Diagnostic::new(Code::MissingKey, path().at_value(), message).help(help),
                );
            }
            continue;
        };
        if let Some(sql) = sql::resolve(context, text, || path().key("sql")) {
            // Unnamed checks of a table have no column to be called after; they are counted.
            let number = (place + 1).to_string();
            let named = check.name.is_some();
            let fill = || database::fill(&context.patterns.check, &draft.table, &[&number]);
            let name = check.name.clone().unwrap_or_else(fill);
            draft.checks.push(Sited {
                item: Check { name, sql },
                origin: Origin::Check(place),
                named,
            });
        }
    }
}

/// Reports keys over the same columns, and indexes over the same columns in the same order; the first ones stay.
fn repeated_keys(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let mut keys: BTreeMap<Vec<ColumnId>, Origin> = BTreeMap::new();
    let mut again = Vec::new();
    let primary = draft.primary_key.iter();
    for key in primary.chain(&draft.uniques) {
        let mut columns = key.item.columns.clone();
        columns.sort_unstable();
        match keys.get(&columns) {
            Some(first) => again.push(("key", key.item.columns.clone(), key.origin, *first)),
            None => drop(keys.insert(columns, key.origin)),
        }
    }
    let mut indexes: BTreeMap<&[ColumnId], Origin> = BTreeMap::new();
    for index in &draft.indexes {
        let columns = index.item.columns.as_slice();
        match indexes.get(columns) {
            _ if index.item.condition.is_some() => {}
            Some(first) => again.push(("index", columns.to_vec(), index.origin, *first)),
            None => drop(indexes.insert(columns, index.origin)),
        }
    }
    for (what, columns, origin, first) in &again {
        repeated(context, draft, what, columns, *origin, *first);
    }
    // They would only clash with the first ones by name as well.
    let stays = |origin: Origin| again.iter().all(|(_, _, other, _)| *other != origin);
    draft.uniques.retain(|key| stays(key.origin));
    draft.indexes.retain(|index| stays(index.origin));
}

fn repeated(
    context: &mut Context<'_>,
    draft: &Draft<'_>,
    what: &str,
    columns: &[ColumnId],
    origin: Origin,
    first: Origin,
) {
    let article = if what == "index" { "an" } else { "a" };
    let message = format!(
        "`{}` has {article} {what} over {} twice",
        draft.source.name,
        draft.quoted(columns)
    );
    context.report(
        Diagnostic::new(Code::Repeated, draft.source.place(origin), message)
            .other(draft.source.place(first), "the first one")
            .help("leave out one of both"),
    );
}
