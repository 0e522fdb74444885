//! What becomes of a referencing row when the referenced one goes or changes its key.

use super::context::Context;
use super::draft::{Draft, Origin};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Action, ColumnId, ForeignKey, ForeignKeyId};
use crate::source::Path;

/// What a row does when the referenced one goes and the spec does not say.
pub(super) const DEFAULT: Action = Action::NoAction;

/// Links go with their rows, unless the spec says otherwise.
pub(super) fn cascade_at(draft: &mut Draft<'_>, ends: [ForeignKeyId; 2]) {
    for end in ends {
        let source = &draft.source;
        let stated = match draft.foreign_keys[end].origin {
            Origin::ColumnKey(column, _) => source.columns[column].on_delete.is_some(),
            Origin::ForeignKey(place) => source.foreign_keys[place].on_delete.is_some(),
            _ => false,
        };
        if !stated {
            draft.foreign_keys[end].item.on_delete = Action::Cascade;
        }
    }
}

pub(super) const ACTIONS: [(&str, Action); 5] = [
    ("no_action", Action::NoAction),
    ("restrict", Action::Restrict),
    ("cascade", Action::Cascade),
    ("set_null", Action::SetNull),
    ("set_default", Action::SetDefault),
];

/// The action that `word` at `path` names; `None` without one or after a report.
pub(super) fn action_of(
    context: &mut Context<'_>,
    word: Option<&str>,
    path: impl FnOnce() -> Path,
) -> Option<Action> {
    let word = word?;
    let known = ACTIONS.iter().find(|(name, _)| *name == word);
    if known.is_none() {
        // `ON DELETE SET NULL` is `set_null` here, however it is written.
        let folded = word.to_ascii_lowercase().replace([' ', '-'], "_");
        let help = context.suggest_word(&folded, ACTIONS.map(|(name, _)| name));
        let help = help.written(word);
        let message = format!("no action `{word}` exists");
        context.report(Diagnostic::new(Code::WrongForm, path().at_value(), message).help(help));
    }
    known.map(|(_, action)| *action)
}

/// Reports an action that the columns of `key` cannot do.
pub(super) fn check_action(
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
        } else if !source.is_entity() {
            format!(
                "a link has both of its ends: write `cascade` or `restrict`; where `{name}` is no end, add `nullable: true` to it"
            )
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
