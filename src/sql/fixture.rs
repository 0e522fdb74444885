//! Rows that are made up for tests: a few of each table, whose keys differ and whose foreign keys lead to rows.
//!
//! In: the model. Out: what each row holds, the INSERT statements, and what tests may do with the rows. A foreign key that may
//! be NULL is NULL, so that tests can set it; all rows refer to the same ones where their keys allow it, so that
//! foreign keys that share a column agree.

mod going;
mod made_up;
mod making;
mod may;
#[cfg(test)]
mod tests;

use crate::model::{
    Column, ColumnId, ForeignKey, Literal, Model, ROWS_FOR_TESTS, SecondaryId, Table,
};

use super::Grammar;
use super::order::Order;

/// What a row holds in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    /// What its default says.
    Default,
    Null,
    Value(Literal),
}

type Row = Vec<Cell>;

/// Rows of every table.
pub(crate) struct Fixture<'m> {
    model: &'m Model,
    order: Order,
    tables: Vec<&'m Table>,
    /// The rows of each table, by its place in [`Model::tables`].
    rows: Vec<Vec<Row>>,
    /// For each table the columns that foreign keys refer to.
    referenced: Vec<Vec<bool>>,
}

impl<'m> Fixture<'m> {
    /// Makes up rows of the tables of `model`.
    #[must_use]
    pub(crate) fn of(model: &'m Model) -> Self {
        let tables: Vec<&Table> = model.tables().collect();
        let mut referenced: Vec<Vec<bool>> = (tables.iter())
            .map(|table| vec![false; table.columns.len()])
            .collect();
        for key in tables.iter().flat_map(|table| &table.foreign_keys) {
            for column in &key.target_columns {
                referenced[key.target.0][*column] = true;
            }
        }
        let mut fixture = Self {
            model,
            order: Order::of(model),
            rows: vec![Vec::new(); tables.len()],
            tables,
            referenced,
        };
        fixture.fill_all();
        fixture.drop_unfit();
        fixture
    }

    /// The number of rows of a table.
    #[must_use]
    pub(crate) fn count(&self, place: usize) -> usize {
        self.rows[place].len()
    }

    /// The statements that insert the rows, one for each table, in an order that only circles disturb.
    #[must_use]
    pub(crate) fn statements(&self, grammar: &dyn Grammar) -> Vec<String> {
        let filled = self.order.tables.iter().copied();
        filled
            .filter(|place| !self.rows[*place].is_empty())
            .map(|place| insert(grammar, self.tables[place], &self.rows[place]))
            .collect()
    }

    /// What links of a secondary hold in a column of their payload: a text for each of several links.
    #[must_use]
    pub(crate) fn payload(
        &self,
        grammar: &dyn Grammar,
        secondary: SecondaryId,
        column: ColumnId,
    ) -> Vec<String> {
        let table = &self.model.secondary(secondary).table;
        let reference = table.foreign_keys.iter().find_map(|key| {
            let at = key.columns.iter().position(|each| *each == column)?;
            Some((key.target.0, key.target_columns[at]))
        });
        let written = &table.columns[column];
        let cell = |number| match reference {
            Some((target, referenced)) => {
                let mut rows = self.rows[target].iter().cycle().skip(number);
                rows.next()
                    .map_or(Cell::Null, |row| row[referenced].clone())
            }
            None => Cell::Value(made_up::value(written, column, number)),
        };
        (0..ROWS_FOR_TESTS)
            .map(|number| text(grammar, written, &cell(number)))
            .collect()
    }
}

/// Whether rows are made up that refer to something by `key`: they must, or an example of a column that may be NULL says to
/// what.
fn is_filled(table: &Table, key: &ForeignKey) -> bool {
    let mut columns = key.columns.iter().map(|column| &table.columns[*column]);
    key.is_required(table) || columns.any(|column| column.nullable && !column.examples.is_empty())
}

/// The columns that a key of `table` is made of, for each: the primary key, the unique keys, the unique indexes.
fn unique_columns(table: &Table) -> impl Iterator<Item = &[ColumnId]> {
    let keys = std::iter::once(&table.primary_key).chain(&table.uniques);
    let indexes = table.indexes.iter().filter(|index| index.unique);
    keys.map(|key| &key.columns[..])
        .chain(indexes.map(|index| &index.columns[..]))
}

fn insert(grammar: &dyn Grammar, table: &Table, rows: &[Row]) -> String {
    let written = |column: &ColumnId| rows.iter().any(|row| row[*column] != Cell::Default);
    let columns: Vec<ColumnId> = (0..table.columns.len()).filter(written).collect();
    let names: Vec<String> = (columns.iter())
        .map(|column| grammar.identifier(&table.columns[*column].name))
        .collect();
    let values: Vec<String> = (rows.iter())
        .map(|row| {
            let texts = (columns.iter()).map(|id| text(grammar, &table.columns[*id], &row[*id]));
            format!("({})", texts.collect::<Vec<_>>().join(", "))
        })
        .collect();
    let name = grammar.identifier(&table.name);
    let (names, values) = (names.join(", "), values.join(", "));
    format!("INSERT INTO {name} ({names}) VALUES {values}")
}

fn text(grammar: &dyn Grammar, column: &Column, cell: &Cell) -> String {
    match cell {
        Cell::Default | Cell::Null => "NULL".to_owned(),
        Cell::Value(value) => grammar.literal(&column.ty, value).value().to_owned(),
    }
}
