//! The statements of relationships to many. Parameters: the source's columns, then those of one target or the list of
//! the targets' keys.

use crate::model::{ForeignKey, Sort, Table};

use super::holder::Holder;
use super::{Grammar, ReadSql, Writer};

/// Reading and adding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToManySql {
    /// What every kind has.
    pub read: ReadSql,
    /// Whether [`ReadSql::load`] gives the targets in order.
    pub sorts: bool,
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
    /// Makes the rows of a list targets; empty where a link has payload, so that each is added by itself.
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

/// The statements of a relationship from `source` to the rows of `target` that have `foreign_key`. Where a row of the
/// target is written to and known by its key, its version follows the key.
#[must_use]
pub fn one_to_many(
    grammar: &'static dyn Grammar,
    source: &Table,
    target: &Table,
    foreign_key: &ForeignKey,
    order: &[Sort],
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
    // Only what goes over a secondary sorts by columns of one.
    let sorted = w.sorted(target, order, |_, _| String::new());
    let loading = w.loading(target, columns, (source, &foreign_key.target_columns));
    let (ours, theirs) = (
        (source, &foreign_key.target_columns[..]),
        (target, &columns[..]),
    );
    ToManySql {
        read: ReadSql {
            load: if order.is_empty() {
                loading.text("")
            } else {
                loading.text(&loading.sources_first(&sorted))
            },
            any: w.any(ours, theirs, &name),
            exists: w.referred(ours, theirs, &name),
        },
        sorts: !order.is_empty(),
        load_limited: loading.limited(&w, &sorted),
        all: format!(
            "SELECT {} FROM {name} WHERE {of_source}{sorted}",
            w.all(target)
        ),
        scope: w.qualified_equal(target, columns, 1),
        order: sorted,
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
