//! The statements that read and write one row of an entity.

use crate::model::{ColumnId, Default, Table};

use super::{Grammar, Writer};

/// The statements of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSql {
    /// The quoted name of the table.
    pub table: String,
    /// Reads every row.
    pub select: String,
    /// Reads the row with a key. Parameters: the key.
    pub find: String,
    /// Inserts and gives back the row. Parameters: those of [`insert_plan`].
    pub insert: String,
    /// Inserts a row with its key. Parameters: every column.
    pub insert_row: String,
    /// Changes and gives back the row with a key. Parameters: the key, those of [`patch_plan`].
    pub update: String,
    /// Writes and gives back a whole row. Parameters: every column.
    pub save: String,
    /// Deletes the row with a key. Parameters: the key.
    pub delete: String,
}

/// How a value gets into a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assign {
    /// One parameter: the value.
    Value,
    /// One parameter: the value, or NULL for what the text says otherwise.
    OrElse,
    /// Two parameters: whether there is a value, and the value, for NULL is one.
    IfGiven,
    /// One parameter: the value, or one that the generated Rust makes.
    Made,
}

/// The columns of INSERT and how each gets its value.
#[must_use]
pub fn insert_plan(table: &Table) -> Vec<(ColumnId, Assign)> {
    let columns = table
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !column.auto_increment);
    columns
        .map(|(id, column)| {
            let assign = match (&column.default, column.nullable) {
                (None, _) => Assign::Value,
                (Some(Default::Uuid), _) => Assign::Made,
                (Some(_), false) => Assign::OrElse,
                (Some(_), true) => Assign::IfGiven,
            };
            (id, assign)
        })
        .collect()
}

/// The columns that a patch may change and how each gets its value.
#[must_use]
pub fn patch_plan(table: &Table) -> Vec<(ColumnId, Assign)> {
    let columns = table.columns.iter().enumerate();
    columns
        .filter(|(id, _)| !table.primary_key.columns.contains(id))
        .map(|(id, column)| {
            (
                id,
                if column.nullable {
                    Assign::IfGiven
                } else {
                    Assign::OrElse
                },
            )
        })
        .collect()
}

/// The statements of an entity's table.
#[must_use]
pub fn row_sql(grammar: &'static dyn Grammar, table: &Table) -> RowSql {
    let w = Writer { grammar };
    let (name, all, key) = (w.table(table), w.all(table), &table.primary_key.columns);
    let select = format!("SELECT {all} FROM {name}");
    let with_key = w.equal(table, key, 1);
    let find = format!("{select} WHERE {with_key}");
    RowSql {
        insert: insert(&w, table),
        insert_row: format!(
            "INSERT INTO {name} ({all}) VALUES ({})",
            w.params(1, table.columns.len())
        ),
        update: update(&w, table).unwrap_or_else(|| find.clone()),
        save: save(&w, table),
        delete: format!("DELETE FROM {name} WHERE {with_key}"),
        table: name,
        select,
        find,
    }
}

/// Every column of `table`, as SELECT and RETURNING list them.
#[must_use]
pub fn column_list(grammar: &'static dyn Grammar, table: &Table) -> String {
    Writer { grammar }.all(table)
}

fn insert(w: &Writer, table: &Table) -> String {
    let plan = insert_plan(table);
    let columns: Vec<ColumnId> = plan.iter().map(|(column, _)| *column).collect();
    let (name, all) = (w.table(table), w.all(table));
    if plan.is_empty() {
        return format!("INSERT INTO {name} DEFAULT VALUES RETURNING {all}");
    }
    let values = values(w, &plan, 1, |column| {
        // A dialect without a text for this default stores NULL when none is given.
        w.grammar
            .default_text(&table.columns[column])
            .map_or_else(|| "NULL".into(), |text| text.value().to_owned())
    });
    let columns = w.list(table, &columns);
    let values: Vec<String> = values.into_iter().map(|(_, value)| value).collect();
    format!(
        "INSERT INTO {name} ({columns}) VALUES ({}) RETURNING {all}",
        values.join(", ")
    )
}

/// `None` when there is nothing that a patch could change.
fn update(w: &Writer, table: &Table) -> Option<String> {
    let plan = patch_plan(table);
    if plan.is_empty() {
        return None;
    }
    let key = &table.primary_key.columns;
    let values = values(w, &plan, key.len() + 1, |column| w.column(table, column));
    let assignments: Vec<String> = values
        .into_iter()
        .map(|(column, value)| format!("{} = {value}", w.column(table, column)))
        .collect();
    Some(format!(
        "UPDATE {} SET {} WHERE {} RETURNING {}",
        w.table(table),
        assignments.join(", "),
        w.equal(table, key, 1),
        w.all(table)
    ))
}

fn save(w: &Writer, table: &Table) -> String {
    let key = &table.primary_key.columns;
    let equal = |column: ColumnId| {
        format!(
            "{} = {}",
            w.column(table, column),
            w.grammar.placeholder(column + 1)
        )
    };
    let with_key: Vec<String> = key.iter().map(|column| equal(*column)).collect();
    let rest: Vec<String> = (0..table.columns.len())
        .filter(|column| !key.contains(column))
        .map(equal)
        .collect();
    let (name, all, with_key) = (w.table(table), w.all(table), with_key.join(" AND "));
    if rest.is_empty() {
        return format!("SELECT {all} FROM {name} WHERE {with_key}");
    }
    format!(
        "UPDATE {name} SET {} WHERE {with_key} RETURNING {all}",
        rest.join(", ")
    )
}

/// The value of each column of a plan, its parameters counted from `first`; `otherwise` is what stands where none is
/// given.
fn values(
    w: &Writer,
    plan: &[(ColumnId, Assign)],
    first: usize,
    otherwise: impl Fn(ColumnId) -> String,
) -> Vec<(ColumnId, String)> {
    let mut next = first;
    let mut parameter = || {
        next += 1;
        w.grammar.placeholder(next - 1)
    };
    plan.iter()
        .map(|(column, assign)| {
            let value = match assign {
                Assign::Value | Assign::Made => parameter(),
                Assign::OrElse => format!("coalesce({}, {})", parameter(), otherwise(*column)),
                Assign::IfGiven => {
                    let (given, value) = (parameter(), parameter());
                    format!(
                        "CASE WHEN {given} THEN {value} ELSE {} END",
                        otherwise(*column)
                    )
                }
            };
            (*column, value)
        })
        .collect()
}
