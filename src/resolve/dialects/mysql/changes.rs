//! What foreign keys change. MariaDB accepts SET DEFAULT and ignores it; MySQL's InnoDB refuses it.

use crate::diagnostic::Diagnostic;
use crate::model::{Action, ColumnId, ForeignKey};
use crate::resolve::dialects::Lack;
use crate::resolve::draft::{Draft, Origin, Sited};
use crate::source::Place;

pub(super) fn check(drafts: &[Draft<'_>], draft: &Draft<'_>, found: &mut Vec<Diagnostic>) {
    for key in &draft.foreign_keys {
        found.extend(set_default(draft, key));
        let target = &drafts[key.item.target.0];
        found.extend(of_virtual(draft, key, target));
        found.extend(of_nullable(draft, key, target));
        found.extend(of_itself(draft, key, target));
    }
}

fn set_default(draft: &Draft<'_>, key: &Sited<ForeignKey>) -> Vec<Diagnostic> {
    let actions = [
        ("on_delete", key.item.on_delete),
        ("on_update_key", key.item.on_update_key),
    ];
    let stated = actions
        .into_iter()
        .filter(|(_, action)| *action == Action::SetDefault);
    stated
        .map(|(word, _)| {
            let lack = Lack {
                message: "mysql has no `set_default`: MariaDB reads it and does nothing".to_owned(),
                help: "write `set_null`, `cascade` or `restrict`".to_owned(),
            };
            lack.at(place_of(draft, key.origin, word))
        })
        .collect()
}

/// MySQL, unlike MariaDB, refuses a foreign key to a column that is computed by every read.
fn of_virtual(
    draft: &Draft<'_>,
    key: &Sited<ForeignKey>,
    target: &Draft<'_>,
) -> Option<Diagnostic> {
    let is_kept = |id: &&ColumnId| {
        let computed = target.columns[**id].computed.as_ref();
        computed.is_none_or(|computed| computed.stored)
    };
    let mut columns = key.item.target_columns.iter();
    let id = *columns.find(|id| !is_kept(id))?;
    let lack = Lack {
        message: format!(
            "mysql has no foreign keys to a column that is computed by every read, as `{}` is",
            target.source.column_name(id)
        ),
        help: "leave out `stored: false` there".to_owned(),
    };
    let computed = target.source.place(Origin::ColumnKey(id, "computed"));
    Some(
        lack.at(draft.source.place(key.origin))
            .other(computed, "computed here"),
    )
}

/// MariaDB refuses a column that is NOT NULL and follows one that may be NULL, as one that is computed may be there.
fn of_nullable(
    draft: &Draft<'_>,
    key: &Sited<ForeignKey>,
    target: &Draft<'_>,
) -> Option<Diagnostic> {
    if key.item.on_update_key != Action::Cascade {
        return None;
    }
    let mut pairs = key.item.columns.iter().zip(&key.item.target_columns);
    let (own, other) = pairs.find(|(own, other)| {
        let followed = &target.columns[**other];
        !draft.columns[**own].nullable && (followed.nullable || followed.computed.is_some())
    })?;
    let lack = Lack {
        message: format!(
            "mysql has no column that is NOT NULL and follows one that is not, as `{}` would follow `{}.{}`",
            draft.source.column_name(*own),
            target.source.name,
            target.source.column_name(*other)
        ),
        help: "leave out `on_update_key`, or add `nullable: true`".to_owned(),
    };
    let place = place_of(draft, key.origin, "on_update_key");
    Some(
        lack.at(place)
            .other(target.source.place(Origin::Column(*other)), "followed"),
    )
}

/// A row of the table that is changed is not changed again: the action is read, and refuses as RESTRICT does ("FOREIGN KEY
/// Constraints").
fn of_itself(draft: &Draft<'_>, key: &Sited<ForeignKey>, target: &Draft<'_>) -> Option<Diagnostic> {
    let follows = matches!(key.item.on_update_key, Action::Cascade | Action::SetNull);
    if !follows || !std::ptr::eq(draft, target) {
        return None;
    }
    let lack = Lack {
        message: format!(
            "mysql changes no key to which rows of the same table refer, so `on_update_key` does nothing in `{}`",
            draft.source.name
        ),
        help: "leave it out, or use a key that never changes".to_owned(),
    };
    Some(lack.at(place_of(draft, key.origin, "on_update_key")))
}

/// Where an action of a foreign key is written.
pub(super) fn place_of(draft: &Draft<'_>, origin: Origin, word: &'static str) -> Place {
    let source = &draft.source;
    match origin {
        Origin::ColumnKey(id, _) => source.place(Origin::ColumnKey(id, word)),
        Origin::ForeignKey(at) => source
            .path
            .key("foreign_keys")
            .index(at)
            .key(word)
            .at_value(),
        origin => source.place(origin),
    }
}

/// The key of the spec by which a foreign key changes its own columns.
pub(super) fn change(key: &ForeignKey) -> Option<&'static str> {
    use Action::{Cascade, SetDefault, SetNull};
    if matches!(key.on_update_key, Cascade | SetNull | SetDefault) {
        Some("on_update_key")
    } else {
        matches!(key.on_delete, SetNull | SetDefault).then_some("on_delete")
    }
}
