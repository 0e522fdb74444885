//! The statements of relationships to many. Parameters: the source's columns, then those of one target or the list of
//! the targets' keys.

use crate::model::{End, ForeignKey, Model, Secondary, Table};

use super::holder::Holder;
use super::{Grammar, ReadSql, Writer, join, tuple};

/// Reading and adding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToManySql {
    /// What every kind has.
    pub read: ReadSql,
    /// At most a number of targets of many sources, in order. Parameters: those of [`ReadSql::load`], the number.
    pub load_limited: String,
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
    /// Whether a row of a list is there and cannot be a target, where no foreign key would tell.
    pub misfits: Option<String>,
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
    let source = &model.entity(here.target).table;

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
    let loading = w.loading_over(link, (here, source), (there, target));
    let join = w.joined(link, there, target);
    let (ours, linked) = (
        (source, &here.target_columns[..]),
        (link, &here.columns[..]),
    );
    let any = w.any_over(ours, linked, there, target);
    ToManySql {
        read: ReadSql {
            load: loading.text(),
            any,
            exists: w.referred(ours, linked),
        },
        load_limited: loading.limited(&w, &order),
        all: format!(
            "SELECT {} FROM {} JOIN {name} ON {} WHERE {}{order}",
            w.all_qualified(target),
            w.table(target),
            join,
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
        misfits: None,
        remove: Some(RemoveSql {
            remove: format!("DELETE FROM {name} WHERE {of_both}"),
            retain: format!(
                "DELETE FROM {name} WHERE {of_source} AND {there_tuple} NOT IN ({keys})"
            ),
            clear: format!("DELETE FROM {name} WHERE {of_source}"),
        }),
    }
}

/// The statements of a relationship from `source` to the rows of `target` that have `foreign_key`. Where a row of the
/// target is written to and known by its key, its version follows the key.
#[must_use]
pub fn one_to_many(
    grammar: &'static dyn Grammar,
    source: &Table,
    target: &Table,
    foreign_key: &ForeignKey,
) -> ToManySql {
    let w = Writer { grammar };
    let (columns, key) = (&foreign_key.columns, &target.primary_key.columns);
    let next = columns.len() + 1;
    let (name, of_source) = (w.table(target), w.equal(target, columns, 1));
    let of_both = format!("{of_source} AND {}", w.equal(target, key, next));
    let holder = Holder {
        table: target,
        key: foreign_key,
        referenced: source,
    };
    let (assign, new) = (w.refer(&holder), w.refers_elsewhere(&holder));
    let (lock, fits) = (w.lock(target, next + key.len()), w.can_refer(&holder));
    let (keys, key_tuple) = (w.whole_keys(target, key, next), w.tuple(target, key));
    let order = order(&w, target);
    let loading = w.loading(target, columns, (source, &foreign_key.target_columns));
    let (ours, theirs) = (
        (source, &foreign_key.target_columns[..]),
        (target, &columns[..]),
    );
    ToManySql {
        read: ReadSql {
            load: loading.text(),
            any: w.any(ours, theirs, &name),
            exists: w.referred(ours, theirs),
        },
        load_limited: loading.limited(&w, &order),
        all: format!(
            "SELECT {} FROM {name} WHERE {of_source}{order}",
            w.all(target)
        ),
        scope: qualified_equal(&w, target, foreign_key),
        order,
        count: format!("SELECT count(*) FROM {name} WHERE {of_source}"),
        contains: format!("SELECT EXISTS (SELECT 1 FROM {name} WHERE {of_both})"),
        add: format!(
            "UPDATE {name} SET {assign} WHERE {} AND {new}{fits}{lock}",
            w.equal(target, key, next)
        ),
        add_all: format!(
            "UPDATE {name} SET {assign} WHERE {key_tuple} IN ({keys}) AND {new}{fits}"
        ),
        missing: Some(missing(&w, &holder)),
        misfits: w.misfits(&holder, next),
        remove: w.release(&holder).map(|release| RemoveSql {
            remove: format!("UPDATE {name} SET {release} WHERE {of_both}{lock}"),
            retain: format!(
                "UPDATE {name} SET {release} WHERE {of_source} AND {key_tuple} NOT IN ({keys})"
            ),
            clear: format!("UPDATE {name} SET {release} WHERE {of_source}"),
        }),
    }
}

/// Columns of the primary key that were written have just been changed, so only the rest of the key tells the rows.
fn missing(w: &Writer, holder: &Holder<'_>) -> String {
    let (target, foreign_key) = (holder.table, holder.key);
    let (key, written) = (&target.primary_key.columns, holder.written_columns());
    let picked: Vec<usize> = (0..key.len())
        .filter(|place| !written.contains(&key[*place]))
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
