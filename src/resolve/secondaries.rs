//! Secondaries: their two ends, the keys of their links; and the indexes of foreign keys, of entities too.

use super::context::Context;
use super::draft::{Draft, Kind, Origin, Sited, same_columns};
use super::{actions, ends};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ColumnId, ForeignKeyId, Index, Key, LowerFirst};
use crate::naming::database;

/// Finds the ends and the keys of every secondary.
pub(super) fn resolve(context: &mut Context<'_>, drafts: &mut [Draft<'_>]) {
    for place in 0..drafts.len() {
        let draft = &drafts[place];
        if draft.source.is_entity() {
            continue;
        }
        let lost = draft.foreign_keys_incomplete || draft.source.kind == Kind::Short(Vec::new());
        if lost || context.unread(|| draft.source.path.clone()) {
            drafts[place].foreign_keys_incomplete = true;
            continue;
        }
        let Some(ends) = ends::choose(context, drafts, place) else {
            continue;
        };
        let fits =
            !drafts[place].source.symmetric || can_be_symmetric(context, drafts, place, ends);
        let draft = &mut drafts[place];
        draft.ends = Some(ends);
        actions::cascade_at(draft, ends);
        keys_of_links(context, draft);
        if fits && draft.source.symmetric {
            lower_first(context, draft, ends);
        }
        unused_name(context, draft);
    }
}

/// Adds an index to every foreign key that no key or index serves yet.
pub(super) fn index_foreign_keys(context: &Context<'_>, drafts: &mut [Draft<'_>]) {
    for draft in drafts {
        let widths = draft.foreign_keys.iter().map(|key| key.item.columns.len());
        let widest = widths.max().unwrap_or_default();
        for place in 0..draft.foreign_keys.len() {
            let key = &draft.foreign_keys[place];
            let mut columns = key.item.columns.clone();
            let is_narrow = columns.len() < widest;
            if draft.serves(&columns) || (is_narrow && served_by_wider(draft, &columns)) {
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

/// Whether another foreign key begins with `columns` and has more, and gets an index itself.
fn served_by_wider(draft: &Draft<'_>, columns: &[ColumnId]) -> bool {
    let mut keys = draft.foreign_keys.iter().map(|key| &key.item.columns);
    keys.any(|wider| {
        let leading = wider.get(..columns.len());
        wider.len() > columns.len()
            && leading.is_some_and(|leading| same_columns(leading, columns))
            && !draft.serves(wider)
    })
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

/// Whether a link can be the same one seen from either side; reports why not.
fn can_be_symmetric(
    context: &mut Context<'_>,
    drafts: &[Draft<'_>],
    place: usize,
    ends: [ForeignKeyId; 2],
) -> bool {
    let draft = &drafts[place];
    let [first, second] = ends.map(|end| &draft.foreign_keys[end]);
    let (one, two) = (&first.item, &second.item);
    let source = &draft.source;
    let said = || source.path.key("symmetric").at_key();
    let contradiction = |message| Diagnostic::new(Code::Contradiction, said(), message);
    if one.target != two.target {
        let [one, two] = [one, two].map(|key| drafts[key.target.0].source.name);
        let message = format!(
            "secondary `{}` is symmetric and links `{one}` and `{two}`",
            source.name
        );
        context.report(
            contradiction(message)
                .other(source.place(second.origin), "leads to another entity")
                .help("only links between rows of one entity look the same from both sides: leave out `symmetric`"),
        );
        return false;
    }
    if one.target_columns != two.target_columns {
        let message = format!(
            "secondary `{}` is symmetric and its ends refer to different columns",
            source.name
        );
        context.report(
            contradiction(message)
                .other(source.place(first.origin), "one end")
                .other(source.place(second.origin), "the other end")
                .help("let both ends refer to the same columns in the same order, so that the lower one can be told"),
        );
        return false;
    }
    if let Some(column) = one
        .columns
        .iter()
        .find(|column| two.columns.contains(column))
    {
        let name = source.column_name(*column);
        let message = format!(
            "secondary `{}` is symmetric and both ends have the column `{name}`",
            source.name
        );
        context.report(
            contradiction(message)
                .other(source.place(Origin::Column(*column)), "the column")
                .help("give each end columns of its own, or leave out `symmetric`"),
        );
        return false;
    }
    true
}

/// The condition that the first end holds the lower key.
fn lower_first(context: &Context<'_>, draft: &mut Draft<'_>, ends: [ForeignKeyId; 2]) {
    let name = database::fill(
        &context.patterns.check,
        &draft.table,
        &draft.column_names(&draft.end_columns()),
    );
    let [lower, upper] = ends.map(|end| draft.foreign_keys[end].item.columns.clone());
    draft.lower_first = Some(Sited {
        item: LowerFirst { name, lower, upper },
        origin: Origin::Symmetric,
        named: false,
    });
}

/// The primary key, and the unique key of a pair that can be linked once where that is not the primary key.
fn keys_of_links(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let ends = draft.end_columns();
    if draft.keys_incomplete && draft.primary_key.is_none() {
        return;
    }
    nullable_ends(context, draft, &ends);
    let stated = draft.source.multiple;
    let Some(declared) = &draft.primary_key else {
        if stated == Some(true) {
            needs_key(context, draft, Origin::Table);
        }
        let name = named(&context.patterns.primary_key, draft, &ends);
        draft.primary_key = Some(own_key(name, ends));
        return;
    };
    let key = &declared.item.columns;
    let only_ends = same_columns(key, &ends);
    let more_than_ends = !only_ends && ends.iter().all(|column| key.contains(column));
    if stated == Some(true)
        && let Some(once) = key_within(draft, &ends)
    {
        needs_key(context, draft, once);
        return;
    }
    draft.multiple = stated.unwrap_or(more_than_ends);
    if !draft.multiple && !draft.is_key(&ends) {
        let name = named(&context.patterns.unique, draft, &ends);
        draft.uniques.push(own_key(name, ends));
    }
}

/// Where a key is given that has nothing but columns of the ends: it allows a pair once.
fn key_within(draft: &Draft<'_>, ends: &[ColumnId]) -> Option<Origin> {
    let mut keys = draft.primary_key.iter().chain(&draft.uniques);
    let within = |key: &&Sited<Key>| key.item.columns.iter().all(|column| ends.contains(column));
    keys.find(within).map(|key| key.origin)
}

/// A link has both of its ends.
fn nullable_ends(context: &mut Context<'_>, draft: &Draft<'_>, ends: &[ColumnId]) {
    let source = &draft.source;
    let told = |column: &ColumnId| {
        let mut declared = draft.primary_key.iter();
        declared.any(|key| key.item.columns.contains(column))
    };
    for column in ends {
        if !draft.columns[*column].nullable || told(column) {
            continue;
        }
        let key = match source.columns[*column].nullable {
            Some(true) => "nullable",
            _ => "type",
        };
        let message = format!(
            "column `{}` is nullable and an end of the secondary `{}`",
            source.column_name(*column),
            source.name
        );
        context.report(
            Diagnostic::new(
                Code::Contradiction,
                source.place(Origin::ColumnKey(*column, key)),
                message,
            )
            .help("a link has both ends: leave out `nullable: true` or the `?` of the type"),
        );
    }
}

fn named(pattern: &str, draft: &Draft<'_>, columns: &[ColumnId]) -> String {
    database::fill(pattern, &draft.table, &draft.column_names(columns))
}

/// A key that nobody wrote.
fn own_key(name: String, columns: Vec<ColumnId>) -> Sited<Key> {
    Sited {
        item: Key { name, columns },
        origin: Origin::Table,
        named: false,
    }
}

/// Reports that pairs are to be linked several times and no key tells the links apart.
fn needs_key(context: &mut Context<'_>, draft: &Draft<'_>, key: Origin) {
    let source = &draft.source;
    let message = format!(
        "secondary `{}` may link a pair several times, and no key tells such links apart",
        source.name
    );
    let place = source.path.key("multiple").at_value();
    let mut diagnostic = Diagnostic::new(Code::Contradiction, place, message);
    if key != Origin::Table {
        diagnostic = diagnostic.other(source.place(key), "the key allows a pair once");
    }
    let ends = draft.end_columns();
    let mut names: Vec<&str> = ends.iter().map(|id| source.column_name(*id)).collect();
    let payload = (0..draft.columns.len()).find(|column| !ends.contains(column));
    let of_pair = !matches!(key, Origin::Table | Origin::PrimaryKey)
        && !matches!(key, Origin::ColumnKey(_, "primary_key"));
    let help = match payload {
        _ if of_pair => "leave out that key, or `multiple: true`".to_owned(),
        Some(column) => {
            names.push(source.column_name(column));
            format!(
                "write `primary_key: [{}]`, or add a column `id: {{ type: integer, primary_key: true }}`",
                names.join(", ")
            )
        }
        None => "add a column `id: { type: integer, primary_key: true }`".to_owned(),
    };
    context.report(diagnostic.help(help));
}

/// Reports a name for a struct that does not exist.
fn unused_name(context: &mut Context<'_>, draft: &Draft<'_>) {
    let source = &draft.source;
    if source.rust_name.is_none() || draft.has_payload() {
        return;
    }
    let message = format!(
        "secondary `{}` has a `rust_name`, and its links have no struct",
        source.name
    );
    let place = source.path.key("rust_name").at_key();
    context.report(
        Diagnostic::new(Code::Contradiction, place, message)
            .help("leave it out: links without payload are rows of nothing but two keys"),
    );
}
