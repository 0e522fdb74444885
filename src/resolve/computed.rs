//! Columns that the database computes, and columns that it counts up.

use std::collections::BTreeSet;

use super::context::Context;
use super::draft::{Column, Draft, Origin};
use super::spoken::Columns;
use super::writes::{contradiction, in_primary_key, key};
use super::{sql, types};
use crate::model::{ColumnId, Computed, Type};
use crate::source::Place;

/// Resolves the computed and the counted columns of `draft`, whose types, keys and defaults are resolved.
pub(super) fn resolve(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    for id in 0..draft.columns.len() {
        if let Some(written) = &draft.source.columns[id].computed {
            let path = || draft.source.column_path(id).key("computed").key("sql");
            let sql = sql::resolve(context, &written.sql, path);
            // Every dialect keeps values; some do nothing else.
            let stored = written.stored.unwrap_or(true);
            of_computed(context, draft, id);
            draft.columns[id].computed = sql.map(|sql| Computed { sql, stored });
        } else if draft.source.columns[id].auto_increment == Some(true) {
            of_counted(context, draft, id);
        }
    }
    of_themselves(context, draft);
}

/// Reports columns that are computed of themselves, also by way of others, which SQLite finds out when a row is read.
fn of_themselves(context: &mut Context<'_>, draft: &Draft<'_>) {
    let columns = Columns::of(draft);
    let of = |column: &Column| match &column.computed {
        Some(computed) => columns.spoken_by_any(&computed.sql).into_iter().collect(),
        None => Vec::new(),
    };
    for id in circular(draft.columns.iter().map(of).collect()) {
        let source = &draft.source;
        let message = format!("column `{}` is computed of itself", source.column_name(id));
        let help = "leave it out of its own expression, and of those that it is computed of";
        context.report(contradiction(key(source, id, "computed"), message).help(help));
    }
}

/// Of each circle a column, where each is computed of those in its list: the columns are followed from the first one on.
fn circular(mut spoken: Vec<Vec<ColumnId>>) -> BTreeSet<ColumnId> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        OnTheWay,
        Done,
    }
    let mut states = vec![State::New; spoken.len()];
    let mut found = BTreeSet::new();
    for start in 0..spoken.len() {
        if states[start] != State::New {
            continue;
        }
        let mut way = vec![start];
        while let Some(&id) = way.last() {
            states[id] = State::OnTheWay;
            // Each list is walked through once.
            match spoken[id].pop() {
                Some(next) if states[next] == State::OnTheWay => drop(found.insert(next)),
                Some(next) if states[next] == State::New => way.push(next),
                Some(_) => {}
                None => {
                    states[id] = State::Done;
                    way.pop();
                }
            }
        }
    }
    found
}

/// Reports what else would give the column a value.
fn of_computed(context: &mut Context<'_>, draft: &Draft<'_>, id: ColumnId) {
    let source = &draft.source;
    let (name, column) = (source.column_name(id), &source.columns[id]);
    let stated = [
        ("default", column.default.is_some()),
        ("on_update", column.on_update.is_some()),
        ("version", column.version == Some(true)),
        ("auto_increment", column.auto_increment == Some(true)),
    ];
    for (other, _) in stated.iter().filter(|(_, stated)| *stated) {
        let message = format!("column `{name}` is computed and has `{other}`");
        let help = format!("its expression gives every value: leave out `{other}` or `computed`");
        context.report(
            contradiction(key(source, id, other), message)
                .other(key(source, id, "computed"), "computed here")
                .help(help),
        );
    }
    if let Some(reference) = draft.reference(id) {
        let message = format!("column `{name}` is computed and refers to another row");
        let help = "a foreign key is written by whoever links two rows: use a plain column";
        context.report(
            contradiction(source.place(reference.origin), message)
                .other(key(source, id, "computed"), "computed here")
                .help(help),
        );
    }
    if let Some(primary) = in_primary_key(draft, id) {
        let message = format!("column `{name}` is computed and in the primary key");
        let help = format!(
            "no database takes a computed primary key: use a column of its own, and `unique: true` for `{name}`"
        );
        context.report(
            contradiction(primary, message)
                .other(key(source, id, "computed"), "computed here")
                .help(help),
        );
    }
}

/// Why a column cannot count: the end of a sentence, where it stands and what to say there, and the way out.
type Hindrance = (String, Option<(Place, &'static str)>, &'static str);

/// Reports a column that cannot count.
fn of_counted(context: &mut Context<'_>, draft: &Draft<'_>, id: ColumnId) {
    // Without a primary key, that is what is reported.
    let Some(primary_key) = &draft.primary_key else {
        return;
    };
    let source = &draft.source;
    let hindrances = match in_primary_key(draft, id) {
        None => vec![(
            "and is not the primary key".to_owned(),
            None,
            "only a primary key is counted up: mark it with `primary_key: true`, or leave out `auto_increment`",
        )],
        Some(place) if primary_key.item.columns.len() > 1 => vec![(
            "in a primary key of several columns".to_owned(),
            Some((place, "the primary key")),
            "only a primary key of one column is counted up: leave out `auto_increment`, and give the column its values",
        )],
        Some(_) => of_counted_key(draft, id),
    };
    for (problem, other, help) in hindrances {
        let name = source.column_name(id);
        let message = format!("column `{name}` has `auto_increment` {problem}");
        let mut found = contradiction(key(source, id, "auto_increment"), message).help(help);
        if let Some((place, words)) = other {
            found = found.other(place, words);
        }
        context.report(found);
    }
}

/// What hinders a primary key of one column.
fn of_counted_key(draft: &Draft<'_>, id: ColumnId) -> Vec<Hindrance> {
    let source = &draft.source;
    let mut hindrances = Vec::new();
    if let Some(reference) = draft.reference(id) {
        hindrances.push((
            "and refers to another row".to_owned(),
            Some((source.place(reference.origin), "refers here")),
            "its value is the key of the other row: leave out `auto_increment`",
        ));
    } else if let Some(ty) = &draft.columns[id].ty
        && !matches!(ty.base(), Type::SmallInt | Type::Integer | Type::BigInt)
    {
        hindrances.push((
            format!("and is `{}`", types::word(ty)),
            Some((source.place(Origin::ColumnKey(id, "type")), "its type")),
            "whole numbers are counted up: write `type: integer`, or leave out `auto_increment`",
        ));
    }
    if source.columns[id].default.is_some() {
        hindrances.push((
            "and a default".to_owned(),
            Some((key(source, id, "default"), "and here")),
            "leave out one of both",
        ));
    }
    hindrances
}
