//! The row that a statement gives back.
//!
//! Where there is no RETURNING, a text is two statements with `;` and a line's end between them: the one that writes, and
//! one that reads the row. Both have the parameters of the text, by their numbers. They run in one transaction, and the
//! second one only when the first has met a row. It locks what it reads, which is locked already: else it would read what
//! was there when the transaction began, if the first one has changed nothing.

use crate::model::{ColumnId, Table};

use super::Writer;
use super::holder::Holder;
use super::row::{insert_plan, numbered, values};

impl Writer {
    /// Whether statements give back rows, and say themselves what is to happen where a key is there.
    pub(super) fn gives_back(&self) -> bool {
        self.grammar.last_counted().is_none()
    }

    /// `change`, and the whole row that it has changed or made, which `condition` is true of then.
    pub(super) fn giving_back(
        &self,
        change: &str,
        table: &Table,
        condition: impl FnOnce() -> String,
    ) -> String {
        if self.gives_back() {
            return format!("{change} RETURNING {}", self.all(table));
        }
        format!("{change};\n{}", self.read_back(table, &condition()))
    }

    /// The second of two statements.
    pub(super) fn read_back(&self, table: &Table, condition: &str) -> String {
        format!(
            "SELECT {} FROM {} WHERE {condition}{}",
            self.all(table),
            self.table(table),
            self.grammar.row_lock().unwrap_or_default()
        )
    }

    /// The condition of the row that an INSERT has the parameters of, by `columns` that are a key.
    pub(super) fn new_key(&self, table: &Table, columns: &[ColumnId]) -> String {
        let given = self.new_values(table);
        let equal = columns.iter().map(|column| {
            let given = given.iter().find(|(id, _)| id == column);
            let value = given.map_or_else(|| self.unnamed(table, *column), |(_, v)| v.clone());
            format!("{} = {value}", self.column(table, *column))
        });
        equal.collect::<Vec<_>>().join(" AND ")
    }

    /// What an INSERT gives each of its columns.
    pub(super) fn new_values(&self, table: &Table) -> Vec<(ColumnId, String)> {
        values(table, &insert_plan(table), numbered(self, 1), |column| {
            self.default_value(table, column)
        })
    }

    /// What a new row has in a column that an INSERT does not name.
    fn unnamed(&self, table: &Table, id: ColumnId) -> String {
        let column = &table.columns[id];
        if column.auto_increment {
            let counted = self.grammar.last_counted();
            return counted.unwrap_or_default().to_owned();
        }
        if column.computed.is_some() {
            return self.computed(table, id);
        }
        self.default_value(table, id)
    }

    /// What the database will compute for a column of a new row: from a row made of what the INSERT gives, one computed
    /// column after the other, as each may ask for those before it.
    fn computed(&self, table: &Table, id: ColumnId) -> String {
        let row = self.grammar.identifier("relata_row");
        let mut given = self.new_values(table);
        given.extend(
            table
                .version()
                .map(|version| (version, self.default_value(table, version))),
        );
        let given = given
            .iter()
            .map(|(id, value)| format!("{value} AS {}", self.column(table, *id)));
        let mut from = format!("SELECT {}", given.collect::<Vec<_>>().join(", "));
        for (place, column) in table.columns.iter().enumerate().take(id + 1) {
            let computed = column.computed.as_ref();
            let sql = computed.and_then(|of| of.sql.text(self.grammar.dialect()));
            if let Some(sql) = sql {
                let (sql, name) = (self.grammar.users_sql(sql), self.column(table, place));
                from = format!("SELECT {row}.*, ({sql}) AS {name} FROM ({from}) AS {row}");
            }
        }
        let column = self.column(table, id);
        format!("(SELECT {column} FROM ({from}) AS {row})")
    }

    /// The condition of the row that has been made to refer over the key of `holder`: columns of its primary key may have
    /// been written too. Parameters: the referenced columns, the primary key.
    pub(super) fn key_of_holder(&self, holder: &Holder<'_>) -> String {
        let (table, columns) = (holder.table, &holder.key.columns);
        let written = holder.written_columns();
        let key = table.primary_key.columns.iter();
        let numbers = key.zip(columns.len() + 1..).map(|(column, number)| {
            let place = columns.iter().position(|each| each == column);
            let place = place.filter(|_| written.contains(column));
            self.is_param(table, *column, place.map_or(number, |place| place + 1))
        });
        numbers.collect::<Vec<_>>().join(" AND ")
    }
}
