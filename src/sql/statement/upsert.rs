//! The statements that insert a row or change the one that has its key.

use crate::model::{ColumnId, Key, Table};

use super::row::{Assign, insert, insert_one, insert_plan, made, numbered, raised, values};
use super::{Stands, Writer};

/// The upsert by one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upsert {
    /// The key.
    pub columns: Vec<ColumnId>,
    /// Gives back the row. Parameters: those of INSERT, then for each column of [`made`] whether it was given a value.
    ///
    /// Where there is no ON CONFLICT, it is two pairs of a statement that writes and one that reads the row, to be tried one
    /// after the other until one meets a row: UPDATE of the row that has the key, then INSERT. Another transaction may insert
    /// the same key between them: then INSERT fails on [`Upsert::key_name`], and the first pair meets the row.
    pub sql: String,
    /// Where there is no ON CONFLICT, what an error calls the key.
    pub key_name: String,
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
            key_name: w.grammar.key_name(table, &key.columns),
        })
        .collect()
}

fn upsert(w: &Writer, table: &Table, key: &[ColumnId]) -> String {
    let plan = insert_plan(table);
    let new = New::of(w, table);
    // Every column of the plan is asked, so that the numbers are those of INSERT.
    let mut parameter = numbered(w, 1);
    let kept = |column| w.qualified(table, column);
    let given = values(table, &plan, &mut parameter, |column| {
        w.unsaid(table, column, kept(column))
    });
    // Those of `made` stand in the text of every upsert, as every one has their parameters.
    let mut made: Vec<(ColumnId, String)> = (made(table).into_iter())
        .map(|column| {
            let new = new.value(column);
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
                Assign::Value => inserted(w, table, *column, new.value(*column)),
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
        assignments.extend(unchanged(w, table, key, &new));
    }
    if !w.gives_back() {
        let found = w.new_key(table, key);
        let update = format!(
            "UPDATE {} SET {} WHERE {found}",
            w.table(table),
            w.assignments(table, &assignments)
        );
        let update = w.giving_back(&update, table, || found);
        return format!("{update};\n{}", insert(w, table));
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
fn unchanged(
    w: &Writer,
    table: &Table,
    key: &[ColumnId],
    new: &New<'_>,
) -> Option<(ColumnId, String)> {
    let mut key = key.iter().copied();
    let same = key.find(|column| table.columns[*column].computed.is_none());
    match (same, table.primary_key.columns.first()) {
        (Some(same), _) if w.gives_back() => Some((same, new.value(same))),
        // Two values that are equal may differ all the same, in spaces at their end.
        (Some(own), _) | (None, Some(&own)) => Some((own, w.qualified(table, own))),
        (None, None) => None,
    }
}

/// The new row's value. A moment that it leaves open is NULL there, and this is a write.
fn inserted(w: &Writer, table: &Table, id: ColumnId, new: String) -> String {
    let column = &table.columns[id];
    if column.touched && column.nullable {
        format!("coalesce({new}, {})", w.grammar.now_text(&column.ty))
    } else {
        new
    }
}

/// What the row to insert has in its columns, as the change of one that is there sees it.
struct New<'m> {
    w: &'m Writer,
    table: &'m Table,
    /// Where nothing else has them, as the INSERT has them.
    values: Vec<(ColumnId, String)>,
}

impl<'m> New<'m> {
    fn of(w: &'m Writer, table: &'m Table) -> Self {
        let values = if w.gives_back() {
            Vec::new()
        } else {
            w.new_values(table)
        };
        Self { w, table, values }
    }

    fn value(&self, column: ColumnId) -> String {
        let value = self.values.iter().find(|(id, _)| *id == column);
        value.map_or_else(
            || format!("excluded.{}", self.w.column(self.table, column)),
            |(_, value)| value.clone(),
        )
    }
}
