//! The statements of relationships to many. Parameters: the source's columns, then those of one target or the list of
//! the targets' keys.

use crate::model::{End, ForeignKey, Model, Secondary, Table};

use super::{Grammar, Writer, join, tuple};

/// Reading and adding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToManySql {
    /// The targets in order.
    pub all: String,
    /// The condition of a target.
    pub scope: String,
    /// The order, with a space before it.
    pub order: String,
    /// The number of targets.
    pub count: String,
    /// Whether a row is a target.
    pub contains: String,
    /// Makes a row a target.
    pub add: String,
    /// Makes the rows of a list targets.
    pub add_all: String,
    /// Whether a row of a list is no target, where no foreign key would tell.
    pub missing: Option<String>,
    /// Taking away, where that is possible.
    pub remove: Option<RemoveSql>,
}

/// Taking away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveSql {
    /// A row.
    pub remove: String,
    /// All but the rows of a list.
    pub retain: String,
    /// All.
    pub clear: String,
}

/// The statements of a relationship over `secondary`, read from the entity at its end `local`.
#[must_use]
pub fn many_to_many(
    grammar: &'static dyn Grammar,
    model: &Model,
    secondary: &Secondary,
    local: End,
) -> ToManySql {
    let w = Writer { grammar };
    let link = &secondary.table;
    let here = &link.foreign_keys[secondary.ends[local.index()]];
    let there = &link.foreign_keys[secondary.ends[local.other().index()]];
    let target = &model.entity(there.target).table;

    let next = here.columns.len() + 1;
    let (name, of_source) = (w.table(link), w.equal(link, &here.columns, 1));
    let of_both = format!("{of_source} AND {}", w.equal(link, &there.columns, next));
    let columns = format!(
        "{}, {}",
        w.list(link, &here.columns),
        w.list(link, &there.columns)
    );
    let there_tuple = w.tuple(link, &there.columns);
    let keys = w.whole_keys(target, &there.target_columns, next);
    let key_columns: Vec<usize> = (0..there.columns.len()).collect();
    let added = w.grammar.key_list_select(
        &w.params(1, here.columns.len()),
        &w.grammar.placeholder(next),
        &there
            .target_columns
            .iter()
            .map(|column| &target.columns[*column].ty)
            .collect::<Vec<_>>(),
        &key_columns,
    );
    let on_conflict = format!(
        "ON CONFLICT ({}) DO NOTHING",
        w.list(link, &link.primary_key.columns)
    );
    let order = order(&w, target);
    ToManySql {
        all: format!(
            "SELECT {} FROM {} JOIN {name} ON {} WHERE {}{order}",
            w.all_qualified(target),
            w.table(target),
            joined(&w, link, there, target),
            qualified_equal(&w, link, here),
        ),
        scope: format!(
            "{} IN (SELECT {} FROM {name} WHERE {of_source})",
            tuple(
                &w.list_qualified(target, &there.target_columns),
                there.columns.len()
            ),
            w.list(link, &there.columns),
        ),
        order,
        count: format!("SELECT count(*) FROM {name} WHERE {of_source}"),
        contains: format!("SELECT EXISTS (SELECT 1 FROM {name} WHERE {of_both})"),
        add: format!(
            "INSERT INTO {name} ({columns}) VALUES ({}) {on_conflict}",
            w.params(1, here.columns.len() + there.columns.len())
        ),
        add_all: format!("INSERT INTO {name} ({columns}) {added} {on_conflict}"),
        missing: None,
        remove: Some(RemoveSql {
            remove: format!("DELETE FROM {name} WHERE {of_both}"),
            retain: format!(
                "DELETE FROM {name} WHERE {of_source} AND {there_tuple} NOT IN ({keys})"
            ),
            clear: format!("DELETE FROM {name} WHERE {of_source}"),
        }),
    }
}

/// The statements of a relationship to the rows of `target` that have `foreign_key`.
#[must_use]
pub fn one_to_many(
    grammar: &'static dyn Grammar,
    target: &Table,
    foreign_key: &ForeignKey,
) -> ToManySql {
    let w = Writer { grammar };
    let (columns, key) = (&foreign_key.columns, &target.primary_key.columns);
    let next = columns.len() + 1;
    let (name, of_source) = (w.table(target), w.equal(target, columns, 1));
    let of_both = format!("{of_source} AND {}", w.equal(target, key, next));
    let (assign, new) = (w.assign(target, columns, 1), w.differ(target, columns, 1));
    let (keys, key_tuple) = (w.whole_keys(target, key, next), w.tuple(target, key));
    let order = order(&w, target);
    let release = w.release(target, columns);
    ToManySql {
        all: format!(
            "SELECT {} FROM {name} WHERE {of_source}{order}",
            w.all(target)
        ),
        scope: qualified_equal(&w, target, foreign_key),
        order,
        count: format!("SELECT count(*) FROM {name} WHERE {of_source}"),
        contains: format!("SELECT EXISTS (SELECT 1 FROM {name} WHERE {of_both})"),
        add: format!(
            "UPDATE {name} SET {assign} WHERE {} AND {new}",
            w.equal(target, key, next)
        ),
        add_all: format!("UPDATE {name} SET {assign} WHERE {key_tuple} IN ({keys}) AND {new}"),
        missing: Some(missing(&w, target, foreign_key)),
        remove: (!release.is_empty()).then(|| RemoveSql {
            remove: format!("UPDATE {name} SET {release} WHERE {of_both}"),
            retain: format!(
                "UPDATE {name} SET {release} WHERE {of_source} AND {key_tuple} NOT IN ({keys})"
            ),
            clear: format!("UPDATE {name} SET {release} WHERE {of_source}"),
        }),
    }
}

/// A foreign key that is part of the primary key has just been changed, so only the rest of the key tells the rows.
fn missing(w: &Writer, target: &Table, foreign_key: &ForeignKey) -> String {
    let key = &target.primary_key.columns;
    let picked: Vec<usize> = (0..key.len())
        .filter(|place| !foreign_key.columns.contains(&key[*place]))
        .collect();
    let rest: Vec<usize> = picked.iter().map(|place| key[*place]).collect();
    format!(
        "SELECT EXISTS ({} EXCEPT SELECT {} FROM {} WHERE {})",
        w.keys(target, key, &picked, foreign_key.columns.len() + 1),
        w.list(target, &rest),
        w.table(target),
        w.equal(target, &foreign_key.columns, 1),
    )
}

fn order(w: &Writer, target: &Table) -> String {
    format!(
        " ORDER BY {}",
        w.list_qualified(target, &target.primary_key.columns)
    )
}

fn qualified_equal(w: &Writer, table: &Table, foreign_key: &ForeignKey) -> String {
    let numbered: Vec<(usize, usize)> = foreign_key.columns.iter().copied().zip(1..).collect();
    join(&numbered, " AND ", |(column, number)| {
        format!(
            "{} = {}",
            w.qualified(table, column),
            w.grammar.placeholder(number)
        )
    })
}

fn joined(w: &Writer, link: &Table, end: &ForeignKey, target: &Table) -> String {
    let pairs: Vec<(usize, usize)> = end
        .columns
        .iter()
        .copied()
        .zip(end.target_columns.iter().copied())
        .collect();
    join(&pairs, " AND ", |(here, there)| {
        format!(
            "{} = {}",
            w.qualified(link, here),
            w.qualified(target, there)
        )
    })
}
