//! Secondaries: their two ends, their primary key; and the indexes of foreign keys, of entities too.

use super::context::Context;
use super::draft::{Draft, Kind, Origin, Sited, same_columns};
use super::{keys, sources};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ColumnId, Index, Key};
use crate::naming::database;

/// Finds the ends and the primary key of every secondary.
pub(super) fn resolve(context: &mut Context<'_>, drafts: &mut [Draft<'_>]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.source.is_entity()) {
        let lost = draft.foreign_keys_incomplete || draft.source.kind == Kind::Short(Vec::new());
        if lost || context.unread(|| draft.source.path.clone()) {
            draft.foreign_keys_incomplete = true;
            continue;
        }
        if ends(context, draft) {
            let ends = in_order(draft);
            draft.ends = Some(ends);
            primary_key(context, draft, ends);
        }
    }
}

/// Adds an index to every foreign key that no key or index serves yet.
pub(super) fn index_foreign_keys(context: &Context<'_>, drafts: &mut [Draft<'_>]) {
    for draft in drafts {
        for place in 0..draft.foreign_keys.len() {
            let key = &draft.foreign_keys[place];
            let mut columns = key.item.columns.clone();
            if draft.serves(&columns) {
                continue;
            }
            let origin = key.origin;
            if let Some(ends) = draft.ends.filter(|ends| ends.contains(&place)) {
                // With the other end's columns the index alone answers which pairs there are.
                let other = ends[usize::from(ends[0] == place)];
                let others = draft.foreign_keys[other].item.columns.iter();
                let others: Vec<ColumnId> = others
                    .filter(|column| !columns.contains(column))
                    .copied()
                    .collect();
                columns.extend(others);
            }
            let name = database::fill(
                &context.patterns.index,
                &draft.table,
                &draft.column_names(&columns),
            );
            let name = free_name(draft, name);
            let item = Index {
                name,
                columns,
                unique: false,
                condition: None,
            };
            draft.indexes.push(Sited {
                item,
                origin,
                named: false,
            });
        }
    }
}

/// `name`, or with a number behind it: nobody asked for this index, so its name gives way.
fn free_name(draft: &Draft<'_>, name: String) -> String {
    let taken = |name: &str| {
        let mut indexes = draft.indexes.iter();
        indexes.any(|index| index.item.name.eq_ignore_ascii_case(name))
    };
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    names.find(|name| !taken(name)).unwrap_or(name)
}

/// The two foreign keys, that of the first column first: those of columns stand before those of the table otherwise.
fn in_order(draft: &Draft<'_>) -> [usize; 2] {
    let first_column = |key: usize| draft.foreign_keys[key].item.columns.iter().min();
    if first_column(0) <= first_column(1) {
        [0, 1]
    } else {
        [1, 0]
    }
}

/// Whether the secondary has two ends to different entities and nothing else; reports what it has instead.
fn ends(context: &mut Context<'_>, draft: &Draft<'_>) -> bool {
    let source = &draft.source;
    let name = source.name;
    let (first, second) = match draft.foreign_keys.as_slice() {
        [first, second] => (first, second),
        [_, _, third, ..] => {
            let message = format!(
                "secondary `{name}` has a third foreign key, which this release does not support yet"
            );
            let help = format!("declare an entity in place of `{name}`");
            context.report(
                Diagnostic::new(Code::NotSupportedYet, source.place(third.origin), message)
                    .help(help),
            );
            return false;
        }
        few => {
            let has = if few.is_empty() { "no end" } else { "one end" };
            let message = format!("secondary `{name}` has {has} where it needs two");
            let help = format!(
                "refer to two entities, as in `{name}: [Left, Right]` or with two columns `left_id: {{ references: Left }}`"
            );
            context.report(
                Diagnostic::new(Code::SecondaryEnds, source.place(Origin::Table), message)
                    .help(help),
            );
            return false;
        }
    };
    let mut fine = true;
    if first.item.target == second.item.target {
        fine = false;
        let entity = context
            .spec
            .entities
            .get_index(first.item.target.0)
            .map_or("", |(name, _)| name);
        context.report(sources::not_with_itself(
            source.place(second.origin),
            name,
            entity,
        ));
    }
    for (id, column) in draft.columns.iter().enumerate() {
        let ends = [first, second].map(|end| end.item.columns.contains(&id));
        let column_name = source.column_name(id);
        let (what, help) = match ends {
            // A link could join rows that differ in the shared column.
            [true, true] => (
                format!("`{column_name}` belongs to both ends of the secondary `{name}`"),
                format!("declare an entity in place of `{name}`"),
            ),
            [false, false] if !column.excused => (
                format!("`{column_name}` is payload of the secondary `{name}`"),
                format!("leave `{column_name}` out, or declare an entity in place of `{name}`"),
            ),
            _ => continue,
        };
        fine = false;
        let message = format!("{what}, which this release does not support yet");
        let place = source.place(Origin::Column(id));
        context.report(Diagnostic::new(Code::NotSupportedYet, place, message).help(help));
    }
    fine
}

fn primary_key(context: &mut Context<'_>, draft: &mut Draft<'_>, ends: [usize; 2]) {
    let mut columns: Vec<ColumnId> = Vec::new();
    for column in ends
        .iter()
        .flat_map(|end| &draft.foreign_keys[*end].item.columns)
    {
        if !columns.contains(column) {
            columns.push(*column);
        }
    }
    if let Some(declared) = &draft.primary_key {
        if !same_columns(&declared.item.columns, &columns) {
            let name = draft.source.name;
            let message = format!(
                "the primary key of secondary `{name}` is not its two ends, which this release does not support yet"
            );
            let help = format!("leave it out: it is {}", draft.quoted(&columns));
            context.report(
                Diagnostic::new(
                    Code::NotSupportedYet,
                    draft.source.place(declared.origin),
                    message,
                )
                .help(help),
            );
        }
        return;
    }
    if draft.keys_incomplete {
        return;
    }
    for column in &columns {
        if draft.columns[*column].nullable {
            keys::nullable_key(context, &draft.source, *column);
        }
    }
    let name = database::fill(
        &context.patterns.primary_key,
        &draft.table,
        &draft.column_names(&columns),
    );
    draft.primary_key = Some(Sited {
        item: Key { name, columns },
        origin: Origin::Table,
        named: false,
    });
}
