//! The problems found so far. One in a mixin is told once, whatever the number of tables that list it.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Path;

/// How many tables a label names.
const NAMED: usize = 4;

/// Problems in the order in which they were found.
#[derive(Default)]
pub(super) struct Found<'s> {
    problems: Vec<Problem<'s>>,
    /// Those in mixins, by what two reports of one problem have in common.
    in_mixins: BTreeMap<(Code, Path), usize>,
}

struct Problem<'s> {
    diagnostic: Diagnostic,
    /// The mixin and the tables in which it shows, for a problem in a mixin.
    shows: Option<(&'s str, Vec<&'s str>)>,
    /// Whether its words differ from table to table.
    differs: bool,
}

impl<'s> Found<'s> {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.problems.push(Problem {
            diagnostic,
            shows: None,
            differs: false,
        });
    }

    /// A problem that stands in `mixin` and shows in `table`.
    pub(super) fn push_mixed(&mut self, diagnostic: Diagnostic, mixin: &'s str, table: &'s str) {
        let key = (diagnostic.code, diagnostic.place.path.clone());
        let known = self.in_mixins.get(&key).copied();
        let known = known.map(|place| &mut self.problems[place]);
        if let Some(known) = known.filter(|known| known.diagnostic.place == diagnostic.place) {
            known.differs |= known.diagnostic.message != diagnostic.message;
            if let Some((_, tables)) = &mut known.shows
                && !tables.contains(&table)
            {
                tables.push(table);
            }
            return;
        }
        self.in_mixins.insert(key, self.problems.len());
        self.problems.push(Problem {
            diagnostic,
            shows: Some((mixin, vec![table])),
            differs: false,
        });
    }

    /// Whether a problem was found that no model comes of.
    pub(super) fn failed(&self) -> bool {
        let error = |problem: &Problem<'_>| problem.diagnostic.code.severity() == Severity::Error;
        self.problems.iter().any(error)
    }

    /// All problems; `users` tells how many tables list a mixin.
    pub(super) fn take(&mut self, users: impl Fn(&str) -> usize) -> Vec<Diagnostic> {
        let problems = std::mem::take(self).problems.into_iter();
        let labelled = problems.map(|problem| {
            let Problem {
                mut diagnostic,
                shows,
                differs,
            } = problem;
            if let Some((mixin, tables)) = shows
                && (differs || tables.len() < users(mixin))
            {
                let tables = list(&tables);
                diagnostic.label = match diagnostic.label.as_str() {
                    "" => format!("in {tables}"),
                    label => format!("{label}, in {tables}"),
                };
            }
            diagnostic
        });
        labelled.collect()
    }
}

/// `A`, `B` and 3 more.
fn list(tables: &[&str]) -> String {
    let named: Vec<String> = tables
        .iter()
        .take(NAMED)
        .map(|table| format!("`{table}`"))
        .collect();
    match tables.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
