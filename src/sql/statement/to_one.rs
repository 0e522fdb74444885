//! The statements of relationships to one.

use crate::model::{ForeignKey, Table};

use super::holder::Holder;
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
    /// Whether there may be no target.
    pub optional: bool,
    /// Where that can be written: leaves no target and gives back the source. Parameters: the source's key and version.
    pub unset: Option<String>,
    /// Where the key is unique besides: takes the target from another row. Parameters: those of `set` without a version.
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
    /// Where that can be written: releases other targets. Parameters: those of `take` without a version.
    pub release: Option<String>,
    /// Where that can be written: leaves no target. Parameters: the source's columns.
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
    let holder = Holder {
        table: source,
        key: foreign_key,
        referenced: target,
    };
    let (key, columns) = (&source.primary_key.columns, &foreign_key.columns);
    let (name, all) = (w.table(source), w.all(source));
    let (set, release) = (w.refer(&holder), w.release(&holder));
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
            "UPDATE {name} SET {set} WHERE {}{}{} RETURNING {all}",
            w.equal(source, key, columns.len() + 1),
            w.can_refer(&holder),
            w.lock(source, columns.len() + key.len() + 1)
        ),
        optional: holder.is_optional(),
        unset: release.as_ref().map(|release| {
            format!(
                "UPDATE {name} SET {release} WHERE {}{} RETURNING {all}",
                w.equal(source, key, 1),
                w.lock(source, key.len() + 1)
            )
        }),
        release: release
            .filter(|_| unique)
            .map(|release| take_from_others(&w, &holder, &release)),
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
    let holder = Holder {
        table: target,
        key: foreign_key,
        referenced: source,
    };
    let columns = &foreign_key.columns;
    let (name, all, release) = (w.table(target), w.all(target), w.release(&holder));
    let of_source = w.equal(target, columns, 1);
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
            "UPDATE {name} SET {} WHERE {}{}{} RETURNING {all}",
            w.refer(&holder),
            w.equal(target, key, columns.len() + 1),
            w.can_refer(&holder),
            w.lock(target, columns.len() + key.len() + 1)
        ),
        release: (release.as_ref()).map(|release| take_from_others(&w, &holder, release)),
        clear: release.map(|release| format!("UPDATE {name} SET {release} WHERE {of_source}")),
    }
}

fn take_from_others(w: &Writer, holder: &Holder<'_>, release: &str) -> String {
    let (table, columns) = (holder.table, &holder.key.columns);
    format!(
        "UPDATE {} SET {release} WHERE {} AND NOT ({})",
        w.table(table),
        w.equal(table, columns, 1),
        w.equal(table, &table.primary_key.columns, columns.len() + 1)
    )
}
