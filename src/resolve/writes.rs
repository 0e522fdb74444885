//! What every write to a row changes besides: versions (`version: true`) and moments (`on_update: now`).

use super::context::Context;
use super::draft::{Draft, Origin, Source};
use super::{moments, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ColumnId, Default, Literal, Type};
use crate::source::Place;

/// Checks the versions and moments of `draft`, whose types, keys and defaults are resolved; a version without a default
/// begins with 1.
pub(super) fn resolve(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let mut first = None;
    for id in 0..draft.columns.len() {
        let column = &draft.source.columns[id];
        let version = column.version == Some(true);
        if let Some(word) = &column.on_update
            && is_now(context, &draft.source, id, word)
            && !version
        {
            of_moment(context, draft, id);
        }
        if version && in_entity(context, draft, id) {
            match first {
                None => first = Some(id),
                Some(first) => second_version(context, &draft.source, first, id),
            }
            of_version(context, draft, id);
        }
    }
}

/// A key of a column.
pub(super) fn key(source: &Source<'_>, column: ColumnId, key: &str) -> Place {
    source.column_path(column).key(key).at_key()
}

/// A problem of keys that contradict each other.
pub(super) fn contradiction(place: Place, message: String) -> Diagnostic {
    Diagnostic::new(Code::Contradiction, place, message)
}

/// The links of a secondary are there or not; nothing writes to one twice.
fn in_entity(context: &mut Context<'_>, draft: &mut Draft<'_>, id: ColumnId) -> bool {
    let source = &draft.source;
    if source.is_entity() {
        return true;
    }
    let (column, name) = (source.column_name(id), source.name);
    let message = format!("column `{column}` is a version in the secondary `{name}`");
    let out = match draft.reference(id) {
        Some(_) => "version: true",
        None => column,
    };
    let help = format!(
        "versions are for entities: leave out `{out}`, or declare an entity in place of `{name}`"
    );
    context.report(contradiction(key(source, id, "version"), message).help(help));
    // That it is payload is no news then.
    draft.columns[id].excused = true;
    false
}

fn second_version(
    context: &mut Context<'_>,
    source: &Source<'_>,
    first: ColumnId,
    second: ColumnId,
) {
    let message = format!("entity `{}` has two versions", source.name);
    context.report(
        contradiction(key(source, second, "version"), message)
            .other(key(source, first, "version"), "the first one")
            .help("one column counts all writes to a row: leave out one `version: true`"),
    );
}

fn of_version(context: &mut Context<'_>, draft: &mut Draft<'_>, id: ColumnId) {
    let source = &draft.source;
    let name = source.column_name(id);
    let place = || key(source, id, "version");
    if source.columns[id].on_update.is_some() {
        let message = format!("column `{name}` is a version and has `on_update`");
        context.report(
            contradiction(place(), message)
                .other(key(source, id, "on_update"), "and here")
                .help(
                    "a version counts, and `on_update: now` keeps moments: use a column for each",
                ),
        );
        return;
    }
    if let Some(reference) = draft.reference(id) {
        let message = format!("column `{name}` is a version and refers to another row");
        context.report(
            contradiction(place(), message)
                .other(source.place(reference.origin), "refers here")
                .help("a version changes with every write: use a column for each"),
        );
        return;
    }
    if let Some(ty) = &draft.columns[id].ty
        && !matches!(ty.base(), Type::SmallInt | Type::Integer | Type::BigInt)
    {
        let message = format!(
            "column `{name}` is `{}`, and a version is a whole number",
            types::word(ty)
        );
        context.report(
            contradiction(source.place(Origin::ColumnKey(id, "type")), message)
                .other(place(), "a version here")
                .help("write `type: integer`, or `smallint` or `bigint`"),
        );
    }
    if let Some(primary) = in_primary_key(draft, id) {
        let message = format!("column `{name}` is a version and in the primary key");
        context.report(
            contradiction(place(), message)
                .other(primary, "the primary key")
                .help(
                    "a version changes with every write, which a key must not: use another column",
                ),
        );
    } else if draft.columns[id].nullable {
        let origin = match source.columns[id].nullable {
            Some(true) => Origin::ColumnKey(id, "nullable"),
            _ => Origin::ColumnKey(id, "type"),
        };
        let message = format!("column `{name}` is nullable and a version");
        let help = "a version is never NULL: leave out `nullable: true` or the `?` of the type";
        context.report(contradiction(source.place(origin), message).help(help));
    }
    let indexes = draft.indexes.iter().filter(|index| index.item.unique);
    let uniques = draft.uniques.iter();
    let mut keys = uniques
        .map(|key| (&key.item.columns, key.origin))
        .chain(indexes.map(|index| (&index.item.columns, index.origin)));
    if let Some((_, origin)) = keys.find(|(columns, _)| columns.contains(&id)) {
        let message = format!("column `{name}` is a version and in a unique key");
        let out = match origin {
            Origin::ColumnKey(..) => "leave out `unique: true`".to_owned(),
            _ => format!("leave `{name}` out of the key"),
        };
        context.report(
            contradiction(place(), message)
                .other(source.place(origin), "the key")
                .help(format!("every write raises a version: {out}")),
        );
    }
    match &draft.columns[id].default {
        None if source.columns[id].default.is_none() => {
            draft.columns[id].default = Some(Default::Literal(Literal::Integer(1)));
        }
        Some(Default::Sql(_)) => {
            let message =
                format!("the default of `{name}` is SQL, and a version begins with a number");
            let place = source.place(Origin::ColumnKey(id, "default"));
            context.report(
                Diagnostic::new(Code::InvalidDefault, place, message)
                    .help("leave out `default` for 1, or write a whole number"),
            );
        }
        _ => {}
    }
}

fn is_now(context: &mut Context<'_>, source: &Source<'_>, id: ColumnId, word: &str) -> bool {
    if word == moments::NOW {
        return true;
    }
    let message = format!(
        "`{}` is nothing that `on_update` can write",
        word.escape_debug()
    );
    let help = match word.to_ascii_lowercase().replace([' ', '-'], "_").as_str() {
        action @ ("cascade" | "restrict" | "no_action" | "set_null" | "set_default") => {
            format!("what changing a referenced key does is `on_update_key: {action}`")
        }
        _ => "write `on_update: now`, the moment of the write".to_owned(),
    };
    let place = source.place(Origin::ColumnKey(id, "on_update"));
    context.report(Diagnostic::new(Code::WrongForm, place, message).help(help));
    false
}

fn of_moment(context: &mut Context<'_>, draft: &Draft<'_>, id: ColumnId) {
    let source = &draft.source;
    let name = source.column_name(id);
    let place = || key(source, id, "on_update");
    if let Some(primary) = in_primary_key(draft, id) {
        let message = format!("column `{name}` has `on_update` and is in the primary key");
        context.report(
            contradiction(place(), message)
                .other(primary, "the primary key")
                .help("a write must not change the key of its row: use another column, or `default: now`"),
        );
    } else if let Some(reference) = draft.reference(id) {
        let message = format!("column `{name}` has `on_update` and refers to another row");
        context.report(
            contradiction(place(), message)
                .other(source.place(reference.origin), "refers here")
                .help("a write would make it refer to no row: use a column for each"),
        );
    } else if let Some(ty) = &draft.columns[id].ty
        && !matches!(
            ty.base(),
            Type::Date | Type::Time | Type::DateTime | Type::Timestamp
        )
    {
        let message = format!(
            "`on_update: now` only fits date and time types, and column `{name}` is `{}`",
            types::word(ty)
        );
        context.report(
            contradiction(place(), message)
                .other(source.place(Origin::ColumnKey(id, "type")), "its type")
                .help("write `type: timestamp`, or set the column in each patch"),
        );
    }
}

/// Where the primary key is given, when the column is part of it.
pub(super) fn in_primary_key(draft: &Draft<'_>, id: ColumnId) -> Option<Place> {
    let key = draft.primary_key.as_ref()?;
    let within = key.item.columns.contains(&id);
    within.then(|| match key.origin {
        Origin::ColumnKey(..) => draft.source.place(Origin::ColumnKey(id, "primary_key")),
        origin => draft.source.place(origin),
    })
}
