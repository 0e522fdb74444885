//! The problems found so far. One in a mixin is told once, whatever the number of tables that list it.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{Path, limits};

/// How many tables a label names.
const NAMED: usize = 4;

/// Problems in the order in which they were found.
#[derive(Default)]
pub(super) struct Found<'s> {
    problems: Vec<Problem<'s>>,
    /// How many of them are errors.
    errors: usize,
    /// Those in mixins, by what two reports of one problem have in common.
    in_mixins: BTreeMap<(Code, Path), usize>,
}

struct Problem<'s> {
    diagnostic: Diagnostic,
    /// The mixin and the tables in which it shows, for a problem in a mixin.
    shows: Option<(&'s str, IndexSet<&'s str>)>,
    /// Whether its words differ from table to table.
    differs: bool,
}

impl<'s> Found<'s> {
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.keep(Problem {
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
            if let Some((_, tables)) = &mut known.shows {
                tables.insert(table);
            }
            return;
        }
        let place = self.problems.len();
        let kept = self.keep(Problem {
            diagnostic,
            shows: Some((mixin, IndexSet::from([table]))),
            differs: false,
        });
        if kept {
            self.in_mixins.insert(key, place);
        }
    }

    /// Keeps the problem unless there are enough of its kind: warnings take no place of errors, with which nothing is
    /// generated.
    fn keep(&mut self, problem: Problem<'s>) -> bool {
        let is_error = problem.diagnostic.code.severity() == Severity::Error;
        let errors = self.errors;
        let others = if is_error {
            errors
        } else {
            self.problems.len() - errors
        };
        let keeps = others < limits::PROBLEMS;
        if keeps {
            self.errors += usize::from(is_error);
            self.problems.push(problem);
        }
        keeps
    }

    /// Whether a problem was found that no model comes of.
    pub(super) fn failed(&self) -> bool {
        self.errors > 0
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
fn list(tables: &IndexSet<&str>) -> String {
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
