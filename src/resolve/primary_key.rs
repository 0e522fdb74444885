//! What a primary key cannot be.

use super::context::Context;
use super::draft::{Draft, Origin};
use super::writes::{contradiction, in_primary_key, key};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Type;

/// The most columns that a primary key has: a key is a tuple, and std compares and shows no longer ones.
const WIDEST: usize = 12;

/// Refuses primary keys that are too wide for a tuple.
pub(super) fn refuse_wide(context: &mut Context<'_>, draft: &Draft<'_>) {
    let Some(key) = &draft.primary_key else {
        return;
    };
    let (source, count) = (&draft.source, key.item.columns.len());
    if count > WIDEST {
        let message = format!(
            "the primary key of `{}` has {count} columns, and {WIDEST} are the most",
            source.name
        );
        context.report(
            Diagnostic::new(Code::ColumnCount, source.place(key.origin), message).help(
                "add a key of its own, `id: { type: integer, primary_key: true }`, and `unique: [[…]]` over these",
            ),
        );
    }
}

/// Refuses primary keys over JSON, of which equal values have many texts, and over lists, by which nobody finds a row.
pub(super) fn refuse_loose(context: &mut Context<'_>, draft: &Draft<'_>) {
    let Some(key) = &draft.primary_key else {
        return;
    };
    for column in &key.item.columns {
        let holds = match draft.columns[*column].ty.as_ref().map(Type::base) {
            Some(Type::Json) => "JSON",
            Some(Type::List(_)) => "a list",
            _ => continue,
        };
        let (source, name) = (&draft.source, draft.source.column_name(*column));
        let message = format!("column `{name}` holds {holds} and cannot be in the primary key");
        let place = source.place(Origin::Column(*column));
        context.report(
            Diagnostic::new(Code::Contradiction, place, message)
                .other(source.place(key.origin), "the primary key")
                .help(
                    "add a key of another type, such as `id: { type: integer, primary_key: true }`",
                ),
        );
    }
}

/// Refuses private columns in the primary key: errors tell of which row they are.
pub(super) fn refuse_private(context: &mut Context<'_>, draft: &Draft<'_>) {
    let source = &draft.source;
    for (id, column) in source.columns.values().enumerate() {
        let primary = in_primary_key(draft, id).filter(|_| column.private == Some(true));
        if let Some(primary) = primary {
            let name = source.column_name(id);
            let message = format!("column `{name}` is private and in the primary key");
            let help = "errors and logs tell rows by their keys: use a key of its own, and `unique: true` here";
            context.report(
                contradiction(key(source, id, "private"), message)
                    .other(primary, "the primary key")
                    .help(help),
            );
        }
    }
}
