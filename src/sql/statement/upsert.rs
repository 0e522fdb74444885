//! The statements that insert a row or change the one that has its key.

use crate::model::{ColumnId, Key, Table};

use super::row::{Assign, insert_one, insert_plan, made, numbered, raised, values};
use super::{Stands, Writer};

/// The upsert by one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upsert {
    /// The key.
    pub columns: Vec<ColumnId>,
    /// Gives back the row. Parameters: those of INSERT, then for each column of [`made`] whether it was given a value.
    pub sql: String,
}

/// An upsert for every key whose values follow from what an insert gives: the primary key, then the unique ones.
pub(super) fn upserts(w: &Writer, table: &Table) -> Vec<Upsert> {
    let known = |key: &&Key| {
        let mut columns = key.columns.iter().map(|column| &table.columns[*column]);
        columns.all(|column| !column.auto_increment && !column.version)
    };
    if insert_plan(table).is_empty() {
        return Vec::new();
    }
    let keys = std::iter::once(&table.primary_key).chain(&table.uniques);
    keys.filter(known)
        .map(|key| Upsert {
            columns: key.columns.clone(),
            sql: upsert(w, table, &key.columns),
        })
        .collect()
}

fn upsert(w: &Writer, table: &Table, key: &[ColumnId]) -> String {
    let plan = insert_plan(table);
    // Every column of the plan is asked, so that the numbers are those of INSERT.
    let mut parameter = numbered(w, 1);
    let kept = |column| w.qualified(table, column);
    let given = values(table, &plan, &mut parameter, |column| {
        w.unsaid(table, column, kept(column))
    });
    // Those of `made` stand in the text of every upsert, as every one has their parameters.
    let mut made: Vec<(ColumnId, String)> = (made(table).into_iter())
        .map(|column| {
            let new = excluded(w, table, column);
            let value = format!(
                "CASE WHEN {} THEN {new} ELSE {} END",
                parameter(Stands::Flag),
                kept(column)
            );
            (column, value)
        })
        .collect();
    let changes =
        |column: &ColumnId| !key.contains(column) && !table.primary_key.columns.contains(column);
    let mut assignments: Vec<(ColumnId, String)> = plan
        .iter()
        .zip(given)
        .filter(|((column, _), _)| changes(column))
        .filter_map(|((column, assign), (_, given))| {
            let value = match assign {
                Assign::Value => inserted(w, table, *column),
                Assign::OrElse | Assign::IfGiven => given,
                Assign::Made => return None,
            };
            Some((*column, value))
        })
        .collect();
    assignments.append(&mut made);
    assignments.extend(raised(table, |version| w.qualified(table, version)));
    if assignments.is_empty() {
        // DO NOTHING would give back no row.
        assignments.extend(unchanged(w, table, key));
    }
    format!(
        "{} ON CONFLICT ({}) DO UPDATE SET {} RETURNING {}",
        insert_one(w, table),
        w.list(table, key),
        w.assignments(table, &assignments),
        w.all(table)
    )
}

/// An assignment that changes nothing: of a column of the key, else of the row's own.
fn unchanged(w: &Writer, table: &Table, key: &[ColumnId]) -> Option<(ColumnId, String)> {
    let mut key = key.iter().copied();
    let same = key.find(|column| table.columns[*column].computed.is_none());
    match (same, table.primary_key.columns.first()) {
        (Some(same), _) => Some((same, excluded(w, table, same))),
        (None, own) => own.map(|own| (*own, w.qualified(table, *own))),
    }
}

/// The new row's value. A moment that it leaves open is NULL there, and this is a write.
fn inserted(w: &Writer, table: &Table, id: ColumnId) -> String {
    let column = &table.columns[id];
    let new = excluded(w, table, id);
    if column.touched && column.nullable {
        format!("coalesce({new}, {})", w.grammar.now_text(&column.ty))
    } else {
        new
    }
}

fn excluded(w: &Writer, table: &Table, column: ColumnId) -> String {
    format!("excluded.{}", w.column(table, column))
}
