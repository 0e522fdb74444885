//! The statements that read and write one row of an entity.

use crate::model::{ColumnId, Default, Table};

use super::rows::Rows;
use super::upsert::{Upsert, upserts};
use super::{QueryGrammar, Stands, Writer, join};

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
    /// Inserts a row with its key. Parameters: those of [`written`].
    pub insert_row: String,
    /// The beginning of INSERT for any number of rows, up to VALUES.
    pub insert_into: String,
    /// The values of one of these rows. Parameters without numbers: those of [`insert_plan`]. Empty where there are some and
    /// the dialect numbers all.
    pub insert_values: String,
    /// Inserts any number of rows and gives back, in order, their keys where the database counts these, else all their
    /// columns: each parameter is an array of those of [`insert_plan`], with a value for each row. Empty where a dialect has no such statement, where the plan is empty, and
    /// where a column holds arrays itself.
    pub insert_many: String,
    /// Changes and gives back the row with a key. Parameters: the key, the version expected or NULL where there is one,
    /// those of [`patch_plan`].
    pub update: String,
    /// Writes and gives back a whole row, where it has the version still. Parameters: those of [`written`].
    pub save: String,
    /// Deletes the row with a key. Parameters: the key, the version expected or NULL where there is one.
    pub delete: String,
    /// What every write to a row changes besides: names of columns, and their new values.
    pub touch: Vec<(String, String)>,
    /// Inserts, or changes and gives back the row that has a key of the new one.
    pub upserts: Vec<Upsert>,
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

/// The columns that statements give values; the database computes the others.
#[must_use]
pub fn written(table: &Table) -> Vec<ColumnId> {
    let columns = 0..table.columns.len();
    columns
        .filter(|column| table.columns[*column].computed.is_none())
        .collect()
}

/// The columns of INSERT and how each gets its value.
#[must_use]
pub fn insert_plan(table: &Table) -> Vec<(ColumnId, Assign)> {
    let columns = written(table).into_iter();
    columns
        .map(|id| (id, &table.columns[id]))
        .filter(|(_, column)| !column.auto_increment && !column.version)
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

/// The columns of INSERT whose value the generated Rust makes where none is given, but for those of the primary key. An
/// upsert is told which were given: what was made is for a new row.
#[must_use]
pub fn made(table: &Table) -> Vec<ColumnId> {
    insert_plan(table)
        .into_iter()
        .filter(|(id, assign)| *assign == Assign::Made && !table.primary_key.columns.contains(id))
        .map(|(id, _)| id)
        .collect()
}

/// The columns that a patch may change and how each gets its value.
#[must_use]
pub fn patch_plan(table: &Table) -> Vec<(ColumnId, Assign)> {
    let columns = written(table).into_iter();
    columns
        .map(|id| (id, &table.columns[id]))
        .filter(|(id, column)| !table.primary_key.columns.contains(id) && !column.version)
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
pub fn row_sql(grammar: &'static dyn QueryGrammar, table: &Table) -> RowSql {
    let w = Writer { grammar };
    let (name, all, key) = (w.table(table), w.all(table), &table.primary_key.columns);
    let with_key = w.equal(table, key, 1);
    let with_lock = format!("{with_key}{}", w.lock(table, key.len() + 1));
    let select = format!("SELECT {all} FROM {name}");
    let (insert_into, insert_values) = insert_side_by_side(&w, table);
    let written = written(table);
    RowSql {
        find: format!("{select} WHERE {with_key}"),
        insert: insert(&w, table),
        insert_row: format!(
            "INSERT INTO {name} ({}) VALUES ({})",
            w.list(table, &written),
            written_values(&w, table)
        ),
        insert_into,
        insert_values,
        insert_many: insert_many(&w, table),
        // Where a patch could change nothing, the row is only found.
        update: update(&w, table, &with_lock)
            .unwrap_or_else(|| format!("{select} WHERE {with_lock}")),
        save: save(&w, table),
        delete: format!("DELETE FROM {name} WHERE {with_lock}"),
        touch: (w.touch(table).into_iter())
            .map(|(column, value)| (table.columns[column].name.clone(), value))
            .collect(),
        upserts: upserts(&w, table),
        table: name,
        select,
    }
}

/// Every column of `table`, as SELECT and RETURNING list them.
#[must_use]
pub fn column_list(grammar: &'static dyn QueryGrammar, table: &Table) -> String {
    Writer { grammar }.all(table)
}

pub(super) fn insert(w: &Writer, table: &Table) -> String {
    let text = if insert_plan(table).is_empty() {
        format!("INSERT INTO {} {}", w.table(table), w.grammar.no_values())
    } else {
        insert_one(w, table)
    };
    let key = || w.new_key(table, &table.primary_key.columns);
    w.giving_back(&text, table, key)
}

/// INSERT of a row whose plan is not empty, as far as the end of its values.
pub(super) fn insert_one(w: &Writer, table: &Table) -> String {
    let values = insert_values(w, &insert_plan(table), table, numbered(w, 1));
    format!("{} ({values})", insert_into(w, table))
}

fn insert_into(w: &Writer, table: &Table) -> String {
    let plan = insert_plan(table);
    let columns = join(&plan, ", ", |(column, _)| w.column(table, column));
    format!("INSERT INTO {} ({columns}) VALUES", w.table(table))
}

/// The two parts of INSERT for many rows.
fn insert_side_by_side(w: &Writer, table: &Table) -> (String, String) {
    let plan = insert_plan(table);
    if plan.is_empty() {
        // The key alone is left, and the database makes it.
        let key = w.list(table, &table.primary_key.columns);
        let into = format!("INSERT INTO {} ({key}) VALUES", w.table(table));
        return (into, format!("({})", w.grammar.counted()));
    }
    let next = w.grammar.next_placeholder();
    if next.is_empty() {
        return (insert_into(w, table), String::new());
    }
    let values = insert_values(w, &plan, table, |_| next.to_owned());
    (insert_into(w, table), format!("({values})"))
}

fn insert_many(w: &Writer, table: &Table) -> String {
    let plan = insert_plan(table);
    let mut rows = Rows::default();
    let values = insert_values(w, &plan, table, rows.columns());
    let columns = join(&plan, ", ", |(column, _)| w.column(table, column));
    // A key that is counted is made of its number, any other is read of its row.
    let back = match &*table.primary_key.columns {
        [only] if table.columns[*only].auto_increment => w.column(table, *only),
        _ => w.all(table),
    };
    rows.source(w).map_or_else(String::new, |source| {
        format!(
            "INSERT INTO {} ({columns}) SELECT {values} {source} RETURNING {back}",
            w.table(table),
        )
    })
}

/// What [`RowSql::insert_row`] gives each column.
fn written_values(w: &Writer, table: &Table) -> String {
    let numbered: Vec<(ColumnId, usize)> = written(table).into_iter().zip(1..).collect();
    join(&numbered, ", ", |(column, number)| {
        w.beside(table, column, number)
    })
}

fn insert_values<'m>(
    w: &Writer,
    plan: &[(ColumnId, Assign)],
    table: &'m Table,
    parameter: impl FnMut(Stands<'m>) -> String,
) -> String {
    let values = values(table, plan, parameter, |column| {
        w.default_value(table, column)
    });
    let values: Vec<String> = values.into_iter().map(|(_, value)| value).collect();
    values.join(", ")
}

/// `None` when there is nothing that a patch could change.
fn update(w: &Writer, table: &Table, with_lock: &str) -> Option<String> {
    let plan = patch_plan(table);
    if plan.is_empty() {
        return None;
    }
    let locks = table.primary_key.columns.len() + usize::from(table.version().is_some());
    let unsaid = |column| w.unsaid(table, column, w.column(table, column));
    let mut values = values(table, &plan, numbered(w, locks + 1), unsaid);
    values.extend(raised(table, |version| w.column(table, version)));
    let text = format!(
        "UPDATE {} SET {} WHERE {with_lock}",
        w.table(table),
        w.assignments(table, &values)
    );
    let key = || w.equal(table, &table.primary_key.columns, 1);
    Some(w.giving_back(&text, table, key))
}

/// The version and its next value; `of` is how it is called.
pub(super) fn raised(table: &Table, of: impl Fn(ColumnId) -> String) -> Option<(ColumnId, String)> {
    let version = table.version()?;
    Some((version, format!("{} + 1", of(version))))
}

fn save(w: &Writer, table: &Table) -> String {
    let key = &table.primary_key.columns;
    let written = written(table);
    let number = |column: ColumnId| {
        let place = written.iter().position(|written| *written == column);
        place.unwrap_or(column) + 1
    };
    let parameter = |column: ColumnId| w.beside(table, column, number(column));
    let touched = w.touch(table);
    let value = |column: ColumnId| {
        let column_and_value = touched.iter().find(|(id, _)| *id == column);
        let value = match column_and_value {
            None => parameter(column),
            Some((_, value)) if table.columns[column].version => value.clone(),
            // Every parameter has to stand in the text.
            Some((_, now)) => {
                format!(
                    "coalesce({now}, {})",
                    w.alone(table, column, number(column))
                )
            }
        };
        (column, value)
    };
    let rest: Vec<(ColumnId, String)> = (written.iter().copied())
        .filter(|column| !key.contains(column))
        .map(value)
        .collect();
    let locks: Vec<ColumnId> = key.iter().copied().chain(table.version()).collect();
    let equal = |columns: &[ColumnId]| {
        join(columns, " AND ", |column| {
            format!("{} = {}", w.column(table, column), parameter(column))
        })
    };
    let stored = equal(&locks);
    let (name, all) = (w.table(table), w.all(table));
    if rest.is_empty() {
        return format!("SELECT {all} FROM {name} WHERE {stored}");
    }
    let text = format!(
        "UPDATE {name} SET {} WHERE {stored}",
        w.assignments(table, &rest)
    );
    w.giving_back(&text, table, || equal(key))
}

/// Parameters with numbers from `first` on.
pub(super) fn numbered<'t>(w: &Writer, first: usize) -> impl FnMut(Stands<'t>) -> String {
    let mut next = first;
    move |stands| {
        next += 1;
        w.grammar.parameter(next - 1, stands)
    }
}

/// The value of each column of a plan, with a new parameter wherever it takes one; `otherwise` is what stands where none
/// is given.
pub(super) fn values<'m>(
    table: &'m Table,
    plan: &[(ColumnId, Assign)],
    mut parameter: impl FnMut(Stands<'m>) -> String,
    otherwise: impl Fn(ColumnId) -> String,
) -> Vec<(ColumnId, String)> {
    plan.iter()
        .map(|(column, assign)| {
            let ty = &table.columns[*column].ty;
            let value = match assign {
                Assign::Value | Assign::Made => parameter(Stands::Beside(ty)),
                Assign::OrElse => {
                    let value = parameter(Stands::Alone(ty));
                    format!("coalesce({value}, {})", otherwise(*column))
                }
                Assign::IfGiven => {
                    let (given, value) = (parameter(Stands::Flag), parameter(Stands::Alone(ty)));
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
