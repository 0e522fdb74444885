//! Foreign keys: what columns and tables refer to, and what becomes of them when that goes.

use super::actions::{self, action_of, check_action};
use super::context::Context;
use super::draft::{Draft, Origin, Sited, same_columns};
use super::keys::column_ids;
use super::targets::target;
use super::{names, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Action, ColumnId, ForeignKey};

/// Resolves the foreign keys of every table; their keys are resolved.
pub(super) fn resolve(context: &mut Context<'_>, drafts: &mut [Draft<'_>]) {
    for place in 0..drafts.len() {
        let mut found = Vec::new();
        let mut lost = Vec::new();
        of_columns(context, drafts, place, &mut found, &mut lost);
        of_table(context, drafts, place, &mut found, &mut lost);
        repeated(context, &drafts[place], &found);
        let draft = &mut drafts[place];
        let mixins = || draft.source.path.key("mixins");
        draft.foreign_keys_incomplete = !lost.is_empty()
            || context.unread(mixins)
            || context.lacks_references(&draft.source.path);
        for column in lost.into_iter().flatten() {
            draft.columns[column].excused = true;
        }
        draft.foreign_keys = found;
    }
}

/// The columns of a foreign key in the order of the key that they refer to, as MySQL wants them ("FOREIGN KEY Constraints").
fn in_key_order(
    target: &Draft<'_>,
    columns: Vec<ColumnId>,
    target_columns: Vec<ColumnId>,
) -> (Vec<ColumnId>, Vec<ColumnId>) {
    let mut keys = target.primary_key.iter().chain(&target.uniques);
    let key = keys.find(|key| same_columns(&key.item.columns, &target_columns));
    let Some(key) = key else {
        return (columns, target_columns);
    };
    let mut pairs: Vec<_> = target_columns.into_iter().zip(columns).collect();
    pairs.sort_by_key(|(to, _)| key.item.columns.iter().position(|column| column == to));
    let (target_columns, columns) = pairs.into_iter().unzip();
    (columns, target_columns)
}

/// Reports referencing columns whose stated type is not that of the referenced one; all types are known or excused.
pub(super) fn check_types(context: &mut Context<'_>, drafts: &[Draft<'_>]) {
    for draft in drafts {
        for key in &draft.foreign_keys {
            let target = &drafts[key.item.target.0];
            for (column, referenced) in key.item.columns.iter().zip(&key.item.target_columns) {
                let types = (&draft.columns[*column].ty, &target.columns[*referenced].ty);
                if let (Some(ty), Some(expected)) = types
                    && ty != expected
                {
                    let of = format!(
                        "{}.{}",
                        target.source.name,
                        target.source.column_name(*referenced)
                    );
                    let name = draft.source.column_name(*column);
                    let (ty, expected) = (types::word(ty), types::word(expected));
                    let stated = draft.source.columns[*column].r#type.is_some();
                    let origin = if stated {
                        Origin::ColumnKey(*column, "type")
                    } else {
                        key.origin
                    };
                    let message = format!(
                        "column `{name}` is `{ty}`, and `{of}`, to which it refers, is `{expected}`"
                    );
                    context.report(
                        Diagnostic::new(Code::TypeMismatch, draft.source.place(origin), message)
                            .other(target.source.place(Origin::Column(*referenced)), format!("`{expected}` here"))
                            .help(if stated {
                                format!("leave out the type: it is taken from `{of}`")
                            } else {
                                format!("`{name}` takes its type from the first column to which it refers")
                            }),
                    );
                }
            }
        }
    }
}

fn of_columns(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    place: usize,
    found: &mut Vec<Sited<ForeignKey>>,
    lost: &mut Vec<Vec<ColumnId>>,
) {
    let draft = &drafts[place];
    let source = &draft.source;
    for (id, column) in source.columns.values().enumerate() {
        let Some(text) = &column.references else {
            if context.unread(|| source.column_path(id).key("references")) {
                lost.push(vec![id]);
            }
            continue;
        };
        let words = |words| source.words(id, "references", words);
        let target = target(context, drafts, text, &words, &[id], source);
        let action = |key: &'static str| source.column_path(id).key(key);
        let on_delete = action_of(context, column.on_delete.as_deref(), || action("on_delete"));
        let on_update = action_of(context, column.on_update_key.as_deref(), || {
            action("on_update_key")
        });
        let Some((target, target_columns)) = target else {
            lost.push(vec![id]);
            continue;
        };
        let key = ForeignKey {
            name: context.patterns.foreign_key(
                &draft.table,
                &draft.column_names(&[id]),
                &drafts[target.0].table,
            ),
            columns: vec![id],
            target,
            target_columns,
            on_delete: on_delete.unwrap_or(actions::DEFAULT),
            on_update_key: on_update.unwrap_or(Action::NoAction),
        };
        check_action(context, draft, &key, key.on_delete, &action("on_delete"));
        check_action(
            context,
            draft,
            &key,
            key.on_update_key,
            &action("on_update_key"),
        );
        found.push(Sited {
            item: key,
            origin: Origin::ColumnKey(id, "references"),
            named: false,
        });
    }
}

fn of_table(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    place: usize,
    found: &mut Vec<Sited<ForeignKey>>,
    lost: &mut Vec<Vec<ColumnId>>,
) {
    let draft = &drafts[place];
    let source = &draft.source;
    if source.foreign_keys.is_empty() && context.unread(|| source.path.key("foreign_keys")) {
        lost.push((0..draft.columns.len()).collect());
    }
    for (place, key) in source.foreign_keys.iter().enumerate() {
        let path = || match source.kind {
            super::draft::Kind::Short(_) => source.path.clone(),
            _ => source.path.key("foreign_keys").index(place),
        };
        if let Some(name) = &key.name {
            names::check_database(context, name, || path().key("name"));
        }
        let columns = column_ids(context, source, &key.columns, || path().key("columns"));
        // Known columns of a key that is lost all the same: nothing is said of their missing types.
        let some = || {
            key.columns
                .iter()
                .filter_map(|name| source.columns.get_index_of(name))
                .collect()
        };
        let Some(text) = &key.references else {
            if !context.unread(path) {
                let message = format!(
                    "a foreign key of `{}` does not say to what it refers",
                    source.name
                );
                let help = "add `references: Entity` or `references: \"Entity(column, column)\"`";
                context.report(
                    Diagnostic::new(Code::MissingKey, path().at_value(), message).help(help),
                );
            }
            lost.push(some());
            continue;
        };
        let words = |words| path().key("references").at_words(words);
        let target = columns
            .as_ref()
            .and_then(|columns| target(context, drafts, text, &words, columns, source));
        let on_delete = action_of(context, key.on_delete.as_deref(), || {
            path().key("on_delete")
        });
        let on_update = action_of(context, key.on_update_key.as_deref(), || {
            path().key("on_update_key")
        });
        let (Some(columns), Some((target, target_columns))) = (columns, target) else {
            lost.push(some());
            continue;
        };
        let own = key.name.clone();
        let named = own.is_some();
        let fill = || {
            context.patterns.foreign_key(
                &draft.table,
                &draft.column_names(&columns),
                &drafts[target.0].table,
            )
        };
        let name = own.unwrap_or_else(fill);
        let (columns, target_columns) = in_key_order(&drafts[target.0], columns, target_columns);
        let key = ForeignKey {
            name,
            columns,
            target,
            target_columns,
            on_delete: on_delete.unwrap_or(actions::DEFAULT),
            on_update_key: on_update.unwrap_or(Action::NoAction),
        };
        check_action(
            context,
            draft,
            &key,
            key.on_delete,
            &path().key("on_delete"),
        );
        check_action(
            context,
            draft,
            &key,
            key.on_update_key,
            &path().key("on_update_key"),
        );
        found.push(Sited {
            item: key,
            origin: Origin::ForeignKey(place),
            named,
        });
    }
}

/// Reports foreign keys from the same columns to the same ones.
fn repeated(context: &mut Context<'_>, draft: &Draft<'_>, keys: &[Sited<ForeignKey>]) {
    for (place, key) in keys
        .iter()
        .enumerate()
        .filter(|(_, key)| matches!(key.origin, Origin::ForeignKey(_)))
    {
        let same = |first: &&Sited<ForeignKey>| {
            first.item.target == key.item.target
                && same_columns(&first.item.columns, &key.item.columns)
        };
        if let Some(first) = keys[..place].iter().find(same) {
            let columns = draft.quoted(&key.item.columns);
            let message = format!(
                "`{}` has a foreign key over {columns} to one entity twice",
                draft.source.name
            );
            context.report(
                Diagnostic::new(Code::Repeated, draft.source.place(key.origin), message)
                    .other(draft.source.place(first.origin), "the first one")
                    .help("leave out one of both"),
            );
        }
    }
}
