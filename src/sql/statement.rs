//! The fixed statements of entities and relationships: what generated constants hold.
//!
//! Every statement of a kind takes its parameters in the same order in each dialect, which the fields tell; the texts do
//! not depend on the number of rows.

mod adding;
mod given_back;
mod holder;
mod links;
mod many_to_many;
mod read;
mod row;
mod rows;
mod seen;
mod through;
mod to_many;
mod to_one;
mod upsert;
mod via;

pub use links::{LinkSql, link_patch_plan, links};
pub use many_to_many::{many_to_many, payload_plan, rest_of_key};
pub use read::ReadSql;
pub use row::{Assign, RowSql, column_list, insert_plan, made, patch_plan, row_sql, written};
pub use through::through;
pub use to_many::{RemoveSql, ToManySql, one_to_many};
pub use to_one::{ManyToOneSql, OneToOneSql, many_to_one, one_to_one};
pub use upsert::Upsert;

use crate::model::{ColumnId, Literal, Table, Type};

use super::{QueryGrammar, Stands};

/// Writes the parts that statements have in common.
struct Writer {
    grammar: &'static dyn QueryGrammar,
}

impl Writer {
    fn table(&self, table: &Table) -> String {
        self.grammar.identifier(&table.name)
    }

    /// The table in FROM, under the name `called`, which is quoted.
    fn called(&self, table: &Table, called: &str) -> String {
        match self.table(table) {
            own if own == called => own,
            own => format!("{own} AS {called}"),
        }
    }

    fn column(&self, table: &Table, column: ColumnId) -> String {
        self.grammar.identifier(&table.columns[column].name)
    }

    /// `"a", "b"`.
    fn list(&self, table: &Table, columns: &[ColumnId]) -> String {
        write_joined(columns, ", ", |to, column| {
            self.grammar
                .write_identifier(to, &table.columns[column].name);
        })
    }

    /// Every column: `"a", "b"`.
    fn all(&self, table: &Table) -> String {
        let columns: Vec<ColumnId> = (0..table.columns.len()).collect();
        self.list(table, &columns)
    }

    /// Every column with its table: `"t"."a", "t"."b"`.
    fn all_qualified(&self, table: &Table) -> String {
        let columns: Vec<ColumnId> = (0..table.columns.len()).collect();
        self.list_qualified(table, &columns)
    }

    fn qualified(&self, table: &Table, column: ColumnId) -> String {
        format!("{}.{}", self.table(table), self.column(table, column))
    }

    fn list_qualified(&self, table: &Table, columns: &[ColumnId]) -> String {
        let name = self.table(table);
        write_joined(columns, ", ", |to, column| {
            to.push_str(&name);
            to.push('.');
            self.grammar
                .write_identifier(to, &table.columns[column].name);
        })
    }

    /// The parameter `number`, for a column or beside it.
    fn beside(&self, table: &Table, column: ColumnId, number: usize) -> String {
        let stands = Stands::Beside(&table.columns[column].ty);
        self.grammar.parameter(number, stands)
    }

    /// The parameter `number`, a value of a column that it does not stand beside.
    fn alone(&self, table: &Table, column: ColumnId, number: usize) -> String {
        let stands = Stands::Alone(&table.columns[column].ty);
        self.grammar.parameter(number, stands)
    }

    /// `"t"."a" = ?1 AND "t"."b" = ?2`, from the parameter `first` on.
    fn qualified_equal(&self, table: &Table, columns: &[ColumnId], first: usize) -> String {
        let numbered: Vec<(ColumnId, usize)> = columns.iter().copied().zip(first..).collect();
        join(&numbered, " AND ", |(column, number)| {
            format!(
                "{} = {}",
                self.qualified(table, column),
                self.beside(table, column, number)
            )
        })
    }

    /// What an insert puts into a column when no value is given. A dialect without a text for this default stores NULL.
    fn default_value(&self, table: &Table, column: ColumnId) -> String {
        let default = self.grammar.default_text(&table.columns[column]);
        default.map_or_else(
            || "NULL".into(),
            |text| self.grammar.users_sql(text.value()),
        )
    }

    /// A value that the spec gives for a column; `NULL` for `None`.
    fn value(&self, table: &Table, column: ColumnId, value: Option<&Literal>) -> String {
        let ty = &table.columns[column].ty;
        let text = value.map(|literal| self.grammar.literal(ty, literal));
        text.map_or_else(|| "NULL".into(), |text| text.value().to_owned())
    }

    /// `"a" = ?1 AND "b" = ?2`, from the parameter `first` on.
    fn equal(&self, table: &Table, columns: &[ColumnId], first: usize) -> String {
        let numbered: Vec<(ColumnId, usize)> = columns.iter().copied().zip(first..).collect();
        join(&numbered, " AND ", |(column, number)| {
            self.is_param(table, column, number)
        })
    }

    /// `"a" = ?1`.
    fn is_param(&self, table: &Table, column: ColumnId, number: usize) -> String {
        format!(
            "{} = {}",
            self.column(table, column),
            self.beside(table, column, number)
        )
    }

    /// What every write to a row changes besides: the version goes up, and moments become now.
    fn touch(&self, table: &Table) -> Vec<(ColumnId, String)> {
        let columns = table.columns.iter().enumerate();
        columns
            .filter_map(|(id, column)| {
                let value = if column.version {
                    format!("{} + 1", self.column(table, id))
                } else if column.touched {
                    self.grammar.now_text(&column.ty).to_owned()
                } else {
                    return None;
                };
                Some((id, value))
            })
            .collect()
    }

    /// The same as assignments; empty where a write changes nothing besides.
    fn touch_text(&self, table: &Table) -> String {
        self.assignments(table, &self.touch(table))
    }

    /// `assignments`, and what a write to a row of `table` changes besides.
    fn touched(&self, table: &Table, assignments: String) -> String {
        match self.touch_text(table) {
            nothing if nothing.is_empty() => assignments,
            touch => format!("{assignments}, {touch}"),
        }
    }

    /// `"a" = …, "b" = …`.
    fn assignments(&self, table: &Table, values: &[(ColumnId, String)]) -> String {
        let assign =
            |(id, value): &(ColumnId, String)| format!("{} = {value}", self.column(table, *id));
        values.iter().map(assign).collect::<Vec<_>>().join(", ")
    }

    /// What a write puts into a column that it says nothing of: a moment becomes now, all else stays as `stored`.
    fn unsaid(&self, table: &Table, column: ColumnId, stored: String) -> String {
        let column = &table.columns[column];
        if column.touched {
            self.grammar.now_text(&column.ty).to_owned()
        } else {
            stored
        }
    }

    /// The condition that the version is the parameter `number`, NULL fitting any; empty in a table without one.
    fn lock(&self, table: &Table, number: usize) -> String {
        let Some(version) = table.version() else {
            return String::new();
        };
        let (version, expected) = (
            self.column(table, version),
            self.alone(table, version, number),
        );
        format!(" AND {version} = coalesce({expected}, {version})")
    }

    /// The condition that `columns` are among the keys of a list, which is the parameter `number` and has values of the
    /// types of `keys`.
    fn listed(
        &self,
        (table, columns): (&Table, &[ColumnId]),
        keys: (&Table, &[ColumnId]),
        number: usize,
    ) -> String {
        let names = self.names(table, columns);
        let types = types(keys.0, keys.1);
        self.grammar.listed(&names, false, number, &types)
    }

    /// The condition that they are not.
    fn not_listed(
        &self,
        (table, columns): (&Table, &[ColumnId]),
        keys: (&Table, &[ColumnId]),
        number: usize,
    ) -> String {
        let names = self.names(table, columns);
        let types = types(keys.0, keys.1);
        self.grammar.listed(&names, true, number, &types)
    }

    /// The names of columns, to be compared with a list: with their table where they may stand beside other columns.
    fn names(&self, table: &Table, columns: &[ColumnId]) -> Vec<String> {
        let columns = columns.iter();
        let name = |column: &ColumnId| {
            if self.gives_back() {
                self.column(table, *column)
            } else {
                self.qualified(table, *column)
            }
        };
        columns.map(name).collect()
    }

    /// Locks the row of `table` whose `columns` are the first parameters; empty where one transaction writes at a time.
    fn row_lock(&self, table: &Table, columns: &[ColumnId]) -> String {
        let text = |lock: &str| {
            let condition = self.equal(table, columns, 1);
            format!(
                "SELECT 1 FROM {} WHERE {condition}{lock}",
                self.table(table)
            )
        };
        self.grammar.row_lock().map_or_else(String::new, text)
    }
}

fn types<'m>(table: &'m Table, columns: &[ColumnId]) -> Vec<&'m Type> {
    let columns = columns.iter();
    columns.map(|column| &table.columns[*column].ty).collect()
}

fn join<T: Copy>(items: &[T], between: &str, text: impl Fn(T) -> String) -> String {
    write_joined(items, between, |to, item| to.push_str(&text(item)))
}

/// The same for what is written without a text of its own for each item.
fn write_joined<T: Copy>(items: &[T], between: &str, write: impl Fn(&mut String, T)) -> String {
    let mut joined = String::new();
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            joined.push_str(between);
        }
        write(&mut joined, *item);
    }
    joined
}

fn tuple(list: &str, fields: usize) -> String {
    if fields == 1 {
        list.to_owned()
    } else {
        format!("({list})")
    }
}

#[cfg(test)]
mod tests;
