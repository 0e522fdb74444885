//! Foreign keys: what columns and tables refer to, and what becomes of them when that goes.

use std::ops::Range;

use super::context::Context;
use super::draft::{Draft, Origin, Sited, Source, same_columns};
use super::keys::{column_ids, unknown_column};
use super::{names, sources, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Action, ColumnId, EntityId, ForeignKey};
use crate::naming::database;
use crate::source::{Path, Place};

/// Resolves the foreign keys of every table; their keys are resolved.
pub(super) fn resolve(context: &mut Context<'_>, drafts: &mut [Draft<'_>]) {
    for place in 0..drafts.len() {
        let mut found = Vec::new();
        let mut lost = Vec::new();
        of_columns(context, drafts, place, &mut found, &mut lost);
        of_table(context, drafts, place, &mut found, &mut lost);
        repeated(context, &drafts[place], &found);
        let draft = &mut drafts[place];
        draft.foreign_keys_incomplete = !lost.is_empty();
        for column in lost.into_iter().flatten() {
            draft.columns[column].excused = true;
        }
        draft.foreign_keys = found;
    }
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
            name: database::fill(
                &context.patterns.foreign_key,
                &draft.table,
                &draft.column_names(&[id]),
            ),
            columns: vec![id],
            target,
            target_columns,
            on_delete: on_delete.unwrap_or(default_action(source)),
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
            database::fill(
                &context.patterns.foreign_key,
                &draft.table,
                &draft.column_names(&columns),
            )
        };
        let key = ForeignKey {
            name: own.unwrap_or_else(fill),
            columns,
            target,
            target_columns,
            on_delete: on_delete.unwrap_or(default_action(source)),
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

/// What a row does when the referenced one goes and the spec does not say.
fn default_action(source: &Source<'_>) -> Action {
    if source.is_entity() {
        Action::NoAction
    } else {
        Action::Cascade
    }
}

/// The entity and columns that `text` refers to for the referencing `columns`; `None` after a report.
fn target(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    text: &str,
    place: &impl Fn(Range<usize>) -> Place,
    columns: &[ColumnId],
    source: &Source<'_>,
) -> Option<(EntityId, Vec<ColumnId>)> {
    let Some(written) = split(text) else {
        let message = format!("`{text}` is no reference");
        let help = "write `Entity`, `Entity.column` or `Entity(column, column)`";
        context.report(Diagnostic::new(Code::WrongForm, place(0..text.len()), message).help(help));
        return None;
    };
    let name = &text[written.entity.clone()];
    let Some(id) = context.spec.entities.get_index_of(name) else {
        sources::unknown_entity_at(context, place(written.entity), name);
        return None;
    };
    let target = &drafts[id];
    let referenced = match &written.columns {
        None => target.primary_key.as_ref()?.item.columns.clone(),
        Some(ranges) => {
            let mut ids = Vec::with_capacity(ranges.len());
            for range in ranges {
                let name = &text[range.clone()];
                match target.source.columns.get_index_of(name) {
                    Some(id) => ids.push(id),
                    None => unknown_column(context, &target.source, name, || place(range.clone())),
                }
            }
            if ids.len() < ranges.len() {
                return None;
            }
            ids
        }
    };
    if referenced.len() != columns.len() {
        let diagnostic = column_count(target, columns, &referenced, source, place(0..text.len()));
        context.report(diagnostic);
        return None;
    }
    if !target.is_key(&referenced) {
        not_a_key(context, target, &referenced, place(0..text.len()));
        return None;
    }
    Some((EntityId(id), referenced))
}

fn column_count(
    target: &Draft<'_>,
    columns: &[ColumnId],
    referenced: &[ColumnId],
    source: &Source<'_>,
    place: Place,
) -> Diagnostic {
    let (has, needs) = (columns.len(), referenced.len());
    let entity = target.source.name;
    let plural = |count| if count == 1 { "column" } else { "columns" };
    let message = format!(
        "a foreign key of {has} {} refers to {needs} {} of `{entity}`: {}",
        plural(has),
        plural(needs),
        target.quoted(referenced)
    );
    let names = |columns: &[ColumnId], source: &Source<'_>| {
        let names: Vec<&str> = columns
            .iter()
            .map(|column| source.column_name(*column))
            .collect();
        names.join(", ")
    };
    let key = names(referenced, &target.source);
    let own = names(columns, source);
    Diagnostic::new(Code::ColumnCount, place, message).help(if has < needs {
        format!("write a key of as many columns: `foreign_keys: [{{ columns: [{own}, …], references: \"{entity}({key})\" }}]`")
    } else {
        format!("name as many columns of `{entity}` as the {has} of `columns`")
    })
}

fn not_a_key(context: &mut Context<'_>, target: &Draft<'_>, referenced: &[ColumnId], place: Place) {
    let keys = ["columns", "primary_key", "unique", "indexes"];
    if target.keys_incomplete
        || keys
            .iter()
            .any(|key| context.unread(|| target.source.path.key(key)))
    {
        return;
    }
    let columns = target.quoted(referenced);
    let entity = target.source.name;
    let (is, key, help) = if let [only] = referenced {
        let name = target.source.column_name(*only);
        (
            "is",
            "key",
            format!(
                "mark `{entity}.{name}` with `unique: true`, or refer to `{entity}` for its primary key"
            ),
        )
    } else {
        let plain = columns.replace('`', "");
        (
            "are",
            "key together",
            format!("add `unique: [[{plain}]]` to `{entity}`"),
        )
    };
    context.report(
        Diagnostic::new(
            Code::NotAKey,
            place,
            format!("{columns} of `{entity}` {is} no {key}"),
        )
        .other(
            target.source.place(Origin::Column(referenced[0])),
            "neither primary key nor unique",
        )
        .help(help),
    );
}

/// The parts of a reference, in bytes of its text.
struct Written {
    entity: Range<usize>,
    columns: Option<Vec<Range<usize>>>,
}

/// Takes apart `Entity`, `Entity.column` and `Entity(column, …)`.
fn split(text: &str) -> Option<Written> {
    let range = |part: &str| {
        let trimmed = part.trim();
        let start = trimmed.as_ptr().addr() - text.as_ptr().addr();
        (!trimmed.is_empty()).then_some(start..start + trimmed.len())
    };
    if let Some((entity, rest)) = text.split_once('(') {
        let columns = rest.trim_end().strip_suffix(')')?;
        let columns = columns.split(',').map(range).collect::<Option<Vec<_>>>()?;
        return Some(Written {
            entity: range(entity)?,
            columns: Some(columns),
        });
    }
    match text.split_once('.') {
        Some((entity, column)) => Some(Written {
            entity: range(entity)?,
            columns: Some(vec![range(column)?]),
        }),
        None => Some(Written {
            entity: range(text)?,
            columns: None,
        }),
    }
}

const ACTIONS: [(&str, Action); 5] = [
    ("no_action", Action::NoAction),
    ("restrict", Action::Restrict),
    ("cascade", Action::Cascade),
    ("set_null", Action::SetNull),
    ("set_default", Action::SetDefault),
];

fn action_of(
    context: &mut Context<'_>,
    word: Option<&str>,
    path: impl FnOnce() -> Path,
) -> Option<Action> {
    let word = word?;
    let known = ACTIONS.iter().find(|(name, _)| *name == word);
    if known.is_none() {
        // `ON DELETE SET NULL` is `set_null` here, however it is written.
        let folded = word.to_ascii_lowercase().replace([' ', '-'], "_");
        let help = context.suggest(&folded, ACTIONS.map(|(name, _)| name));
        let message = format!("no action `{word}` exists");
        context.report(Diagnostic::new(Code::WrongForm, path().at_value(), message).help(help));
    }
    known.map(|(_, action)| *action)
}

/// Reports an action that the columns of `key` cannot do.
fn check_action(
    context: &mut Context<'_>,
    draft: &Draft<'_>,
    key: &ForeignKey,
    action: Action,
    path: &Path,
) {
    let lacking = |column: &&ColumnId| match action {
        Action::SetNull => !draft.columns[**column].nullable,
        Action::SetDefault => draft.source.columns[**column].default.is_none(),
        Action::NoAction | Action::Restrict | Action::Cascade => false,
    };
    let Some(column) = key.columns.iter().find(lacking) else {
        return;
    };
    let source = &draft.source;
    let unread = ["nullable", "default"]
        .iter()
        .any(|key| context.unread(|| source.column_path(*column).key(key)));
    if unread {
        return;
    }
    let name = source.column_name(*column);
    let (message, help) = if action == Action::SetNull {
        let in_key = draft
            .primary_key
            .as_ref()
            .is_some_and(|key| key.item.columns.contains(column));
        let help = if in_key {
            "columns of a primary key are never NULL: write `cascade` or `restrict`".to_owned()
        } else {
            format!("add `nullable: true` to `{name}`, or write `cascade` or `restrict`")
        };
        (
            format!("column `{name}` cannot become NULL, as `set_null` wants"),
            help,
        )
    } else {
        (
            format!("column `{name}` has no default that `set_default` could set"),
            format!("add a `default` to `{name}`, or write another action"),
        )
    };
    context.report(
        Diagnostic::new(Code::InvalidAction, path.clone().at_value(), message)
            .other(source.place(Origin::Column(*column)), "this column")
            .help(help),
    );
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

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn takes_references_apart() {
        let parts = |text: &str| {
            let written = split(text)?;
            let columns = written.columns.unwrap_or_default();
            let columns: Vec<String> = columns
                .into_iter()
                .map(|range| text[range].to_owned())
                .collect();
            Some((text[written.entity].to_owned(), columns))
        };
        assert_eq!(parts("A"), Some(("A".to_owned(), vec![])));
        assert_eq!(parts("A.b"), Some(("A".to_owned(), vec!["b".to_owned()])));
        assert_eq!(
            parts(" A ( b , c ) "),
            Some(("A".to_owned(), vec!["b".to_owned(), "c".to_owned()]))
        );
        for bad in ["", ".", "A.", ".b", "A()", "A(b,)", "A(b", "(b)"] {
            assert_eq!(parts(bad), None, "{bad}");
        }
    }
}
