//! Diagnostics: what is wrong with a spec, where, and the way out.
//!
//! In: a code, words and places of the source. Out: text for people ([`human()`]) or for tools ([`json()`]).
//! A diagnostic names places by path; lines and columns are looked up when a report is made.

pub mod code;
pub mod fix;
pub mod human;
pub mod json;
pub mod report;
pub mod suggest;

pub use code::{Code, Severity};
pub use fix::Fix;
pub use human::human;
pub use json::{JsonDiagnostic, JsonLabel, json};
pub use report::Report;
pub use suggest::Help;

pub use crate::visible::text as shown;

use crate::source::{FileId, Place};

/// One problem of a spec.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// What kind of problem, stable across releases.
    pub code: Code,
    /// The problem in one sentence without a full stop.
    pub message: String,
    /// Where the problem is.
    pub place: Place,
    /// What to say at the underlined words; empty when the message says it all.
    pub label: String,
    /// Other places that matter, each with what to say there.
    pub others: Vec<(Place, String)>,
    /// The way out: the nearest name, the valid ones, or the YAML to write.
    pub help: Option<String>,
    /// The changes that are the way out, all of them, where it is certain.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A problem at `place`.
    #[must_use]
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            place,
            label: String::new(),
            others: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    /// Says `label` at the underlined words.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Shows a second place.
    #[must_use]
    pub fn other(mut self, place: Place, label: impl Into<String>) -> Self {
        self.others.push((place, label.into()));
        self
    }

    /// Says of all places that have no file that they are in `file`.
    #[must_use]
    pub fn within(mut self, file: FileId) -> Self {
        self.place = self.place.within(file);
        let others = self.others.into_iter();
        self.others = others
            .map(|(place, label)| (place.within(file), label))
            .collect();
        for fix in &mut self.fixes {
            fix.place_mut().file.get_or_insert(file);
        }
        self
    }

    /// Tells the way out. Where that is one word for what stands at the place, it is the fix too.
    #[must_use]
    pub fn help(mut self, help: impl Into<Help>) -> Self {
        let Help { text, meant } = help.into();
        self.help = Some(text);
        if let Some(meant) = meant {
            let place = self.place.clone();
            self.fixes = vec![meant.at(place)];
        }
        self
    }

    /// Says that `fix` mends the problem, together with the others that are told so.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}

#[cfg(test)]
mod tests;
