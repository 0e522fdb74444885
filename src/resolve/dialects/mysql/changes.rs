//! Columns that a foreign key changes, and that the database counts: checks and kept values may not speak of them.
//! MariaDB accepts SET DEFAULT and ignores it; MySQL's InnoDB refuses it.

use crate::diagnostic::Diagnostic;
use crate::model::sql::{Reading, Token, speaks_of};
use crate::model::{Action, ColumnId, Dialect, ForeignKey, Sql};
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
    for check in &draft.checks {
        let place = draft.source.place(check.origin);
        let spoken = |id: &ColumnId| speaks(draft, &check.item.sql, *id);
        found.extend(of_bare_column(draft, &place, &check.item.sql));
        found.extend(of_check(draft, &place, spoken));
    }
    if let Some(pair) = &draft.lower_first {
        let place = draft.source.place(pair.origin);
        let columns = || pair.item.lower.iter().chain(&pair.item.upper);
        found.extend(of_check(draft, &place, |id| {
            columns().any(|each| each == id)
        }));
    }
    for id in 0..draft.columns.len() {
        found.extend(of_computed(draft, id));
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
fn place_of(draft: &Draft<'_>, origin: Origin, word: &'static str) -> Place {
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

/// MySQL, unlike MariaDB, wants a condition: a column alone is none.
fn of_bare_column(draft: &Draft<'_>, place: &Place, sql: &Sql) -> Option<Diagnostic> {
    let text = sql.text(Dialect::Mysql)?;
    let tokens = Reading::of(Dialect::Mysql)[0].tokens(text);
    let tokens: Vec<Token<'_>> = tokens
        .filter(|token| !matches!(token, Token::Mark('(' | ')')))
        .collect();
    let [only] = tokens[..] else {
        return None;
    };
    let column = draft.columns.iter().find(|it| only.is_name(&it.name))?;
    let lack = Lack {
        message: "mysql has no checks that are a column alone".to_owned(),
        help: format!("write a condition: `{} = TRUE`", column.name),
    };
    Some(lack.at(place.clone()))
}

/// A check that speaks of a column that it may not, the first one of all.
fn of_check(
    draft: &Draft<'_>,
    place: &Place,
    spoken: impl Fn(&ColumnId) -> bool,
) -> Option<Diagnostic> {
    let source = &draft.source;
    if let Some(id) = draft.auto_increment().filter(&spoken) {
        let lack = Lack {
            message: format!(
                "mysql has no checks over a column that it counts, and `{}` is one",
                source.column_name(id)
            ),
            help: "leave out the check".to_owned(),
        };
        return Some(
            lack.at(place.clone())
                .other(source.place(Origin::Column(id)), "the column"),
        );
    }
    let (key, word, id) = draft.foreign_keys.iter().find_map(|key| {
        let word = change(&key.item)?;
        let id = key.item.columns.iter().copied().find(&spoken)?;
        Some((key, word, id))
    })?;
    let lack = Lack {
        message: format!(
            "mysql has no checks over a column that a foreign key changes, and `{}` is one",
            source.column_name(id)
        ),
        help: "leave out the check, or let nothing change the column: `on_delete: cascade` and `restrict` do not, nor does a key that never changes".to_owned(),
    };
    Some(
        lack.at(place.clone())
            .other(place_of(draft, key.origin, word), "changes it"),
    )
}

/// The key of the spec by which a foreign key changes its own columns.
fn change(key: &ForeignKey) -> Option<&'static str> {
    use Action::{Cascade, SetDefault, SetNull};
    if matches!(key.on_update_key, Cascade | SetNull | SetDefault) {
        Some("on_update_key")
    } else {
        matches!(key.on_delete, SetNull | SetDefault).then_some("on_delete")
    }
}

/// A column whose value depends on one that the database counts, or whose kept value on one that a foreign key changes.
fn of_computed(draft: &Draft<'_>, id: ColumnId) -> Option<Diagnostic> {
    let source = &draft.source;
    let place = || source.place(Origin::ColumnKey(id, "computed"));
    let any = draft.columns[id].computed.as_ref()?;
    let counted = draft.auto_increment();
    if let Some(counted) = counted.filter(|counted| speaks(draft, &any.sql, *counted)) {
        let lack = Lack {
            message: format!(
                "mysql computes nothing of a column that it counts, as `{}` would be",
                source.column_name(id)
            ),
            help: "compute it in the query, or write `auto_increment: false` and give the keys"
                .to_owned(),
        };
        let other = source.place(Origin::Column(counted));
        return Some(lack.at(place()).other(other, "counted"));
    }
    let computed = draft.columns[id]
        .computed
        .as_ref()
        .filter(|each| each.stored)?;
    // MySQL, unlike MariaDB, refuses it for a row that goes too.
    let any = |key: &ForeignKey| {
        let goes = key.on_delete == Action::Cascade;
        change(key).or(goes.then_some("on_delete"))
    };
    let (key, word) = draft.foreign_keys.iter().find_map(|key| {
        let word = any(&key.item)?;
        let mut columns = key.item.columns.iter();
        columns
            .any(|id| speaks(draft, &computed.sql, *id))
            .then_some((key, word))
    })?;
    let lack = Lack {
        message: format!(
            "mysql keeps no value computed of a column that a foreign key changes, as `{}` would be",
            source.column_name(id)
        ),
        help: "write `stored: false`, or another action".to_owned(),
    };
    let place = source.place(Origin::ColumnKey(id, "computed"));
    Some(
        lack.at(place)
            .other(place_of(draft, key.origin, word), "changes it"),
    )
}

/// Whether the text for mysql speaks of a column.
fn speaks(draft: &Draft<'_>, sql: &Sql, id: ColumnId) -> bool {
    let text = sql.text(Dialect::Mysql);
    text.is_some_and(|text| speaks_of(text, Dialect::Mysql, &draft.columns[id].name))
}
