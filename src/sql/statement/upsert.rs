//! The statements that insert a row or change the one that has its key.

use crate::model::{ColumnId, Key, Table};

use super::Writer;
use super::row::{Assign, insert_one, insert_plan, numbered, raised, values};

/// The upsert by one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upsert {
    /// The key.
    pub columns: Vec<ColumnId>,
    /// Gives back the row. Parameters: those of INSERT.
    pub sql: String,
}

/// An upsert for every key whose values an insert knows: the primary key, then the unique ones.
pub(super) fn upserts(w: &Writer, table: &Table) -> Vec<Upsert> {
    let plan = insert_plan(table);
    let known = |key: &&Key| {
        let mut columns = key.columns.iter();
        columns.all(|column| plan.iter().any(|(known, _)| known == column))
    };
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
    let given = values(&plan, numbered(w, 1), |column| {
        w.unsaid(table, column, w.qualified(table, column))
    });
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
                // What Rust has made is for a new row.
                Assign::Made => return None,
            };
            Some((*column, value))
        })
        .collect();
    assignments.extend(raised(table, |version| w.qualified(table, version)));
    if assignments.is_empty() {
        // DO NOTHING would give back no row.
        let first = key
            .first()
            .map(|first| (*first, excluded(w, table, *first)));
        assignments.extend(first);
    }
    format!(
        "{} ON CONFLICT ({}) DO UPDATE SET {} RETURNING {}",
        insert_one(w, table),
        w.list(table, key),
        w.assignments(table, &assignments),
        w.all(table)
    )
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
