//! The statements of relationships to many. Parameters: the source's columns, then those of one target or the list of
//! the targets' keys.

use crate::model::{ForeignKey, Relationship, Table};

use super::holder::Holder;
use super::read::some;
use super::{QueryGrammar, ReadSql, Writer, types};

/// Reading and adding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToManySql {
    /// What every kind has.
    pub read: ReadSql,
    /// Whether [`ReadSql::load`] gives the targets in order.
    pub sorts: bool,
    /// The links of many sources as two arrays: the places of the sources in the list, and the keys of the targets. Parameter:
    /// the list of keys. Empty where a dialect has no such statement, and where links cannot tell the order of targets.
    pub links: String,
    /// The targets whose key is in a list, in order. Parameter: the list. Empty as the one above.
    pub targets: String,
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
    /// Makes a row a target; empty where that is not for the relationship to do.
    pub add: String,
    /// Makes the rows of a list targets; empty where a link has payload, so that each is added by itself, as where nothing
    /// is added.
    pub add_all: String,
    /// Whether a row of a list is no target, where no foreign key would tell.
    pub missing: Option<String>,
    /// Whether a row of a list is there and cannot be a target, where no foreign key would tell.
    pub misfits: Option<String>,
    /// Taking away, where that is possible.
    pub remove: Option<RemoveSql>,
    /// Locks the source until the transaction ends, to be run before what sets all targets: a statement of its own, as one
    /// that waits for a lock reads what was there before. Parameters: the source's columns. Empty where one transaction
    /// writes at a time.
    pub lock: String,
    /// [`RemoveSql::retain`] and [`ToManySql::add_all`] in one; its rows are those of the latter. Empty where a dialect
    /// has no such statement, or either is missing.
    pub replace: String,
    /// [`ToManySql::add`] of many targets: each of its parameters is an array with a value for each. Empty where a dialect
    /// has no such statement, or `add` has an array among its parameters.
    pub add_many: String,
    /// The same of links of which none is there, where that is another text.
    pub add_new: String,
    /// Where [`ToManySql::add`] fails on a link that is there: what the error calls the key that says so. Empty where it
    /// does nothing then, and where no key says so.
    pub key_name: String,
    /// Where there is such a name: whether the link that `add` would make is there. The error may name another key that has
    /// the same values, as the primary key is looked at first. Parameters: those of `add`.
    pub linked: String,
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
    grammar: &'static dyn QueryGrammar,
    source: &Table,
    target: &Table,
    foreign_key: &ForeignKey,
    relationship: &Relationship,
) -> ToManySql {
    let w = Writer { grammar };
    let Relationship {
        order, condition, ..
    } = relationship;
    let holder = Holder {
        table: target,
        key: foreign_key,
        referenced: source,
        holds: condition,
    };
    let columns = &foreign_key.columns;
    let name = w.table(target);
    let of_source = of_source(&w, &holder);
    // Only what goes over a secondary sorts by columns of one.
    let sorted = w.sorted(target, order, |_, _| String::new());
    let (ours, theirs) = (
        (source, &foreign_key.target_columns[..]),
        (target, &columns[..]),
    );
    let loading = w.loading(theirs, ours, condition);
    let any = w.any(ours, theirs, condition);
    let read = ToManySql {
        sorts: w.sorts_load(target, order),
        load_limited: loading.limited(&w, &sorted),
        all: format!(
            "SELECT {} FROM {name} WHERE {of_source}{sorted}",
            w.all(target)
        ),
        scope: format!(
            "{}{}",
            w.qualified_equal(target, columns, 1),
            w.held(target, condition, " AND ", "")
        ),
        order: sorted.clone(),
        count: format!("SELECT count(*) FROM {name} WHERE {of_source}"),
        contains: (w.grammar).exists(&format!(
            "SELECT 1 FROM {name} WHERE {}",
            of_both(&w, &holder)
        )),
        read: ReadSql {
            load: if w.sorts_load(target, order) {
                loading.text(&loading.sources_first(&sorted))
            } else {
                loading.text("")
            },
            exists: if condition.is_empty() {
                w.referred(ours, theirs, &name)
            } else {
                some(&any)
            },
            any,
        },
        ..ToManySql::default()
    };
    if relationship.is_read_only(target) {
        read
    } else {
        writing(&w, &holder, read)
    }
}

/// The condition of a target: it refers to the source, and holds what it must.
fn of_source(w: &Writer, holder: &Holder<'_>) -> String {
    let refers = w.equal(holder.table, &holder.key.columns, 1);
    format!(
        "{refers}{}",
        w.held(holder.table, holder.holds, " AND ", "")
    )
}

/// The condition of one target.
fn of_both(w: &Writer, holder: &Holder<'_>) -> String {
    let key = &holder.table.primary_key.columns;
    let one = w.equal(holder.table, key, holder.key.columns.len() + 1);
    format!("{} AND {one}", of_source(w, holder))
}

/// The statements that read, and those that write.
fn writing(w: &Writer, holder: &Holder<'_>, read: ToManySql) -> ToManySql {
    let (target, key) = (holder.table, &holder.table.primary_key.columns);
    let next = holder.key.columns.len() + 1;
    let (name, of_source) = (w.table(target), of_source(w, holder));
    let (assign, new) = (w.refer(holder), w.refers_elsewhere(holder));
    let (lock, fits) = (w.lock(target, next + key.len()), w.can_refer(holder));
    let keys = (target, &key[..]);
    let (listed, others) = (w.listed(keys, keys, next), w.not_listed(keys, keys, next));
    let add_all = match w.joined_with_list(target, next) {
        Some(joined) => format!("UPDATE {joined} SET {assign} WHERE {new}{fits}"),
        None => format!("UPDATE {name} SET {assign} WHERE {listed} AND {new}{fits}"),
    };
    let remove = w.release(holder).map(|release| RemoveSql {
        remove: format!(
            "UPDATE {name} SET {release} WHERE {}{lock}",
            of_both(w, holder)
        ),
        retain: format!("UPDATE {name} SET {release} WHERE {of_source} AND {others}"),
        clear: format!("UPDATE {name} SET {release} WHERE {of_source}"),
    });
    ToManySql {
        lock: w.row_lock(holder.referenced, &holder.key.target_columns),
        replace: (remove.as_ref()).map_or_else(String::new, |remove| {
            w.replace(&remove.retain, &format!("{add_all} AND {GONE}"))
        }),
        add: format!(
            "UPDATE {name} SET {assign} WHERE {} AND {new}{fits}{lock}",
            w.equal(target, key, next)
        ),
        add_all,
        missing: Some(missing(w, holder)),
        misfits: w.misfits(holder, next),
        remove,
        ..read
    }
}

/// True when all that a statement takes away is gone. Statements that write in WITH run, else, in no order that anyone
/// promises, and what is new might meet what has to go in a unique key. So the other one asks for their number, which is
/// known when they have run to the end, and known once, before the first row: it depends on none.
pub(super) const GONE: &str = r#"(SELECT count(*) FROM "relata_gone") >= 0"#;

impl Writer {
    /// The rows of `target` whose keys are in a list, which is the parameter `number`, as a join for UPDATE. `None` where a
    /// condition is as good, and where a column of the list has the name of one of the table.
    fn joined_with_list(&self, target: &Table, number: usize) -> Option<String> {
        let key = &target.primary_key.columns;
        if self.gives_back() {
            return None;
        }
        let list = self.grammar.key_source(number, &types(target, key));
        let mut names = target.columns.iter().map(|column| &column.name);
        if names.any(|name| name.to_ascii_lowercase().starts_with("relata_")) {
            return None;
        }
        Some(format!(
            "{}{}{} ON {}",
            list.from,
            self.grammar.ordered_join(),
            self.table(target),
            self.fits(target, key, &list.fields)
        ))
    }

    /// Takes away, then adds, which has [`GONE`] among its conditions; empty where that takes two statements.
    pub(super) fn replace(&self, take_away: &str, add: &str) -> String {
        if self.grammar.writes_in_with() {
            format!(r#"WITH "relata_gone" AS ({take_away} RETURNING 1) {add}"#)
        } else {
            String::new()
        }
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
    let found = format!(
        "SELECT {} FROM {} WHERE {}",
        w.list(target, &rest),
        w.table(target),
        of_source(w, holder),
    );
    let number = foreign_key.columns.len() + 1;
    (w.grammar).missing(number, &types(target, key), &picked, &found)
}
