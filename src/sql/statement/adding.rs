//! Adding links, whatever is there.

use crate::model::ColumnId;

use super::Stands;
use super::many_to_many::payload_plan;
use super::row::{numbered, values};
use super::rows::Rows;
use super::via::Via;

impl Via<'_> {
    /// `INSERT INTO "link" (columns)`, and what `values` gives for them.
    pub(super) fn insert(&self, values: &[(ColumnId, String)]) -> (String, String) {
        let (w, link) = (&self.w, self.link);
        let columns: Vec<ColumnId> = values.iter().map(|(column, _)| *column).collect();
        let values: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
        (
            format!("INSERT INTO {} ({})", w.table(link), w.list(link, &columns)),
            values.join(", "),
        )
    }

    /// What an insert does with a link that is there: nothing.
    pub(super) fn on_conflict(&self) -> String {
        match self.secondary.identity() {
            Some(key) if self.w.gives_back() => {
                format!(" ON CONFLICT ({}) DO NOTHING", self.w.list(self.link, &key))
            }
            _ => String::new(),
        }
    }

    pub(super) fn add(&self) -> String {
        let (insert, values) = self.insert(&self.added(numbered(&self.w, 1)));
        format!("{insert} VALUES ({values}){}", self.on_conflict())
    }

    /// The links of many pairs, of which some may be there.
    pub(super) fn add_many(&self) -> String {
        self.of_many(&self.on_conflict())
    }

    /// The same of pairs of which none is there, where that makes another text: the look at what is there takes a sixth of
    /// PostgreSQL's time.
    pub(super) fn add_new(&self) -> String {
        match &*self.on_conflict() {
            "" => String::new(),
            _ => self.of_many(""),
        }
    }

    fn of_many(&self, on_conflict: &str) -> String {
        let mut rows = Rows::default();
        let added = self.added(rows.columns());
        let (insert, values) = self.insert(&added);
        rows.source(&self.w).map_or_else(String::new, |source| {
            format!("{insert} SELECT {values} {source}{on_conflict}")
        })
    }

    /// What an insert gives the columns of a link.
    pub(super) fn added<'a>(
        &'a self,
        mut parameter: impl FnMut(Stands<'a>) -> String,
    ) -> Vec<(ColumnId, String)> {
        // What is compared with another parameter stands beside no column.
        let compared = self.secondary.symmetric || self.shares();
        let mut of = |column: &ColumnId| {
            let ty = &self.link.columns[*column].ty;
            parameter(if compared {
                Stands::Compared(ty)
            } else {
                Stands::Beside(ty)
            })
        };
        let here: Vec<String> = self.here.columns.iter().map(&mut of).collect();
        let there: Vec<String> = self.there.columns.iter().map(&mut of).collect();
        let mut all = self.end_values(&here, &there);
        let plan = payload_plan(self.secondary);
        all.extend(values(self.link, &plan, parameter, |column| {
            self.w.default_value(self.link, column)
        }));
        all
    }

    /// Whether the link of the parameters of `add` is there, where that has to be asked.
    pub(super) fn linked(&self) -> String {
        let w = &self.w;
        let Some(key) = self.secondary.identity().filter(|_| !w.gives_back()) else {
            return String::new();
        };
        let added = self.added(numbered(w, 1));
        let same = added.iter().filter(|(column, _)| key.contains(column));
        let same =
            same.map(|(column, value)| format!("{} = {value}", w.column(self.link, *column)));
        w.grammar.exists(&format!(
            "SELECT 1 FROM {} WHERE {}{}",
            w.table(self.link),
            same.collect::<Vec<_>>().join(" AND "),
            w.grammar.as_it_is()
        ))
    }
}
