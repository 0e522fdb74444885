//! The statements of relationships to one.

use crate::model::{ForeignKey, Table};

use super::{Grammar, ReadSql, Writer};

/// The source has the foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManyToOneSql {
    /// What every kind has.
    pub read: ReadSql,
    /// The target. Parameters: the foreign key.
    pub get: String,
    /// Makes a row the target and gives back the source. Parameters: the target's columns, the source's key and version.
    pub set: String,
    /// Where the foreign key may be NULL: leaves no target and gives back the source. Parameters: the source's key and version.
    pub unset: Option<String>,
    /// Where it is unique besides: takes the target from another row. Parameters: those of `set` without a version.
    pub release: Option<String>,
}

/// The target has the foreign key, which is unique.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneToOneSql {
    /// What every kind has.
    pub read: ReadSql,
    /// The target. Parameters: the source's columns.
    pub get: String,
    /// Makes a row the target and gives it back. Parameters: the source's columns, the target's key and version.
    pub take: String,
    /// Where the foreign key may be NULL: releases other targets. Parameters: those of `take` without a version.
    pub release: Option<String>,
    /// Where it may be NULL: leaves no target. Parameters: the source's columns.
    pub clear: Option<String>,
}

/// The statements of a relationship from `source` over its `foreign_key` to `target`.
#[must_use]
pub fn many_to_one(
    grammar: &'static dyn Grammar,
    source: &Table,
    foreign_key: &ForeignKey,
    unique: bool,
    target: &Table,
) -> ManyToOneSql {
    let w = Writer { grammar };
    let key = &source.primary_key.columns;
    let columns = &foreign_key.columns;
    let (name, all, release) = (w.table(source), w.all(source), w.release(source, columns));
    let nullable = !release.is_empty();
    let (set, release) = (
        w.touched(source, w.assign(source, columns, 1)),
        w.touched(source, release),
    );
    let (ours, theirs) = (
        (source, &columns[..]),
        (target, &foreign_key.target_columns[..]),
    );
    let exists = match w.not_null(source, columns, "", "") {
        nothing if nothing.is_empty() => "true".to_owned(),
        conditions => format!("({conditions})"),
    };
    ManyToOneSql {
        read: ReadSql {
            load: w.loading(target, theirs.1, ours).text(""),
            any: w.any(ours, theirs, &w.table(target)),
            exists,
        },
        get: format!(
            "SELECT {} FROM {} WHERE {}",
            w.all(target),
            w.table(target),
            w.equal(target, &foreign_key.target_columns, 1)
        ),
        set: format!(
            "UPDATE {name} SET {set} WHERE {}{} RETURNING {all}",
            w.equal(source, key, columns.len() + 1),
            w.lock(source, columns.len() + key.len() + 1)
        ),
        unset: nullable.then(|| {
            format!(
                "UPDATE {name} SET {release} WHERE {}{} RETURNING {all}",
                w.equal(source, key, 1),
                w.lock(source, key.len() + 1)
            )
        }),
        release: (nullable && unique).then(|| take_from_others(&w, source, columns)),
    }
}

/// The statements of a relationship from `source` to the one row of `target` that has `foreign_key`.
#[must_use]
pub fn one_to_one(
    grammar: &'static dyn Grammar,
    source: &Table,
    target: &Table,
    foreign_key: &ForeignKey,
) -> OneToOneSql {
    let w = Writer { grammar };
    let columns = &foreign_key.columns;
    let (name, all, release) = (w.table(target), w.all(target), w.release(target, columns));
    let (of_source, nullable) = (w.equal(target, columns, 1), !release.is_empty());
    let key = &target.primary_key.columns;
    let (ours, theirs) = (
        (source, &foreign_key.target_columns[..]),
        (target, &columns[..]),
    );
    OneToOneSql {
        read: ReadSql {
            load: w.loading(target, columns, ours).text(""),
            any: w.any(ours, theirs, &name),
            exists: w.referred(ours, theirs, &name),
        },
        get: format!("SELECT {all} FROM {name} WHERE {of_source}"),
        take: format!(
            "UPDATE {name} SET {} WHERE {}{} RETURNING {all}",
            w.touched(target, w.assign(target, columns, 1)),
            w.equal(target, key, columns.len() + 1),
            w.lock(target, columns.len() + key.len() + 1)
        ),
        release: nullable.then(|| take_from_others(&w, target, columns)),
        clear: nullable.then(|| {
            let release = w.touched(target, release);
            format!("UPDATE {name} SET {release} WHERE {of_source}")
        }),
    }
}

fn take_from_others(w: &Writer, holder: &Table, columns: &[usize]) -> String {
    format!(
        "UPDATE {} SET {} WHERE {} AND NOT ({})",
        w.table(holder),
        w.touched(holder, w.release(holder, columns)),
        w.equal(holder, columns, 1),
        w.equal(holder, &holder.primary_key.columns, columns.len() + 1)
    )
}
