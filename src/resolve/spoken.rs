//! The columns of a table of which SQL speaks. A text is read once for all columns, as both may be many.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use crate::model::sql::{Reading, Token, called};
use crate::model::{ColumnId, Dialect, Sql};

/// The columns of a table by their names in lower case.
pub(super) struct Columns(BTreeMap<String, ColumnId>);

impl Columns {
    pub(super) fn of(draft: &Draft<'_>) -> Self {
        let columns = draft.columns.iter().enumerate();
        let named = columns.map(|(id, column)| (column.name.to_ascii_lowercase(), id));
        // Two of one name are a mistake, of which the first is as good as the second.
        Self(named.rev().collect())
    }

    /// The tokens that speak of a column: their places and the columns.
    pub(super) fn named(&self, tokens: &[Token<'_>]) -> Vec<(usize, ColumnId)> {
        let called = called(tokens);
        called
            .filter_map(|(at, name)| Some((at, *self.0.get(&name)?)))
            .collect()
    }

    /// The columns of which `sql` speaks, as `dialect` reads it.
    pub(super) fn spoken(&self, sql: &str, dialect: Dialect) -> BTreeSet<ColumnId> {
        let readings = Reading::of(dialect).iter();
        readings
            .flat_map(|reading| {
                let tokens: Vec<Token<'_>> = reading.tokens(sql).collect();
                self.named(&tokens)
            })
            .map(|(_, id)| id)
            .collect()
    }

    /// The columns of which one of the texts speaks.
    pub(super) fn spoken_by_any(&self, sql: &Sql) -> BTreeSet<ColumnId> {
        let readings = sql.readings();
        readings
            .flat_map(|(dialect, text)| self.spoken(text, dialect))
            .collect()
    }
}
