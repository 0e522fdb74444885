//! The statements of relationships to one.

use crate::model::{ColumnId, Equality, ForeignKey, Relationship, Table};

use super::holder::Holder;
use super::read::some;
use super::{QueryGrammar, ReadSql, Writer};

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OneToOneSql {
    /// What every kind has.
    pub read: ReadSql,
    /// The target. Parameters: the source's columns.
    pub get: String,
    /// Makes a row the target and gives it back; empty where that is not for the relationship to do. Parameters: the
    /// source's columns, the target's key and version.
    pub take: String,
    /// Where that can be written: releases other targets. Parameters: those of `take` without a version.
    pub release: Option<String>,
    /// Where that can be written: leaves no target. Parameters: the source's columns.
    pub clear: Option<String>,
}

/// The statements of a relationship from `source` over its `foreign_key` to `target`.
#[must_use]
pub fn many_to_one(
    grammar: &'static dyn QueryGrammar,
    source: &Table,
    foreign_key: &ForeignKey,
    unique: bool,
    target: &Table,
    condition: &[Equality],
) -> ManyToOneSql {
    let w = Writer { grammar };
    let holder = Holder {
        table: source,
        key: foreign_key,
        referenced: target,
        holds: &[],
    };
    let (key, columns) = (&source.primary_key.columns, &foreign_key.columns);
    let name = w.table(source);
    let (set, release) = (w.refer(&holder), w.release(&holder));
    let (ours, theirs) = (
        (source, &columns[..]),
        (target, &foreign_key.target_columns[..]),
    );
    let any = w.any(ours, theirs, condition);
    let exists = match w.not_null(source, columns, "", "") {
        _ if !condition.is_empty() => some(&any),
        nothing if nothing.is_empty() => "true".to_owned(),
        conditions => format!("({conditions})"),
    };
    ManyToOneSql {
        read: ReadSql {
            load: w.loading(theirs, ours, condition).text(""),
            any,
            exists,
        },
        get: format!(
            "SELECT {} FROM {} WHERE {}",
            w.all(target),
            w.table(target),
            with_number(&w, theirs, condition)
        ),
        set: w.giving_back(
            &format!(
                "UPDATE {name} SET {set} WHERE {}{}{}{}",
                w.equal(source, key, columns.len() + 1),
                w.can_refer(&holder),
                can_be_referred_to(&w, source, theirs, condition),
                w.lock(source, columns.len() + key.len() + 1)
            ),
            source,
            || w.key_of_holder(&holder),
        ),
        optional: holder.is_optional() || !condition.is_empty(),
        unset: release.as_ref().map(|release| {
            let text = format!(
                "UPDATE {name} SET {release} WHERE {}{}",
                w.equal(source, key, 1),
                w.lock(source, key.len() + 1)
            );
            w.giving_back(&text, source, || w.equal(source, key, 1))
        }),
        release: release
            .filter(|_| unique)
            .map(|release| take_from_others(&w, &holder, &release)),
    }
}

/// The condition of the row whose columns are the first parameters and hold what they must.
fn with_number(
    w: &Writer,
    (table, columns): (&Table, &[ColumnId]),
    condition: &[Equality],
) -> String {
    let refers = w.equal(table, columns, 1);
    format!("{refers}{}", w.held(table, condition, " AND ", ""))
}

/// ` AND …`: that the row to refer to holds what it must; empty where it need not hold anything.
fn can_be_referred_to(
    w: &Writer,
    source: &Table,
    target: (&Table, &[ColumnId]),
    condition: &[Equality],
) -> String {
    if condition.is_empty() {
        return String::new();
    }
    let fits = format!(
        "FROM {} WHERE {}{}",
        w.table(target.0),
        w.qualified_equal(target.0, target.1, 1),
        w.held(target.0, condition, " AND ", "")
    );
    if target.0.name == source.name && !w.grammar.reads_what_it_writes() {
        // With DISTINCT it is run by itself.
        let nameless = w.grammar.nameless();
        return format!(" AND EXISTS (SELECT 1 FROM (SELECT DISTINCT 1 {fits}){nameless})");
    }
    format!(" AND EXISTS (SELECT 1 {fits})")
}

/// The statements of a relationship from `source` to the one row of `target` that has `foreign_key`.
#[must_use]
pub fn one_to_one(
    grammar: &'static dyn QueryGrammar,
    source: &Table,
    target: &Table,
    foreign_key: &ForeignKey,
    relationship: &Relationship,
) -> OneToOneSql {
    let w = Writer { grammar };
    let condition = &relationship.condition;
    let holder = Holder {
        table: target,
        key: foreign_key,
        referenced: source,
        holds: condition,
    };
    let (ours, theirs) = (
        (source, &foreign_key.target_columns[..]),
        (target, &foreign_key.columns[..]),
    );
    let (name, all) = (w.table(target), w.all(target));
    let any = w.any(ours, theirs, condition);
    let read = OneToOneSql {
        get: format!(
            "SELECT {all} FROM {name} WHERE {}",
            with_number(&w, theirs, condition)
        ),
        read: ReadSql {
            load: w.loading(theirs, ours, condition).text(""),
            exists: if condition.is_empty() {
                w.referred(ours, theirs, &name)
            } else {
                some(&any)
            },
            any,
        },
        ..OneToOneSql::default()
    };
    if relationship.is_read_only(target) {
        read
    } else {
        taking(&w, &holder, read)
    }
}

/// The statements that read, and those that write.
fn taking(w: &Writer, holder: &Holder<'_>, read: OneToOneSql) -> OneToOneSql {
    let target = holder.table;
    let (columns, key) = (&holder.key.columns, &target.primary_key.columns);
    let (name, release) = (w.table(target), w.release(holder));
    let take = format!(
        "UPDATE {name} SET {} WHERE {}{}{}",
        w.refer(holder),
        w.equal(target, key, columns.len() + 1),
        w.can_refer(holder),
        w.lock(target, columns.len() + key.len() + 1)
    );
    OneToOneSql {
        take: w.giving_back(&take, target, || w.key_of_holder(holder)),
        release: (release.as_ref()).map(|release| take_from_others(w, holder, release)),
        clear: release.map(|release| {
            format!(
                "UPDATE {name} SET {release} WHERE {}",
                with_number(w, (target, columns), holder.holds)
            )
        }),
        ..read
    }
}

fn take_from_others(w: &Writer, holder: &Holder<'_>, release: &str) -> String {
    let (table, columns) = (holder.table, &holder.key.columns);
    format!(
        "UPDATE {} SET {release} WHERE {} AND NOT ({})",
        w.table(table),
        with_number(w, (table, columns), holder.holds),
        w.equal(table, &table.primary_key.columns, columns.len() + 1)
    )
}
