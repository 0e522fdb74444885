//! What every part of resolving shares: the spec, what was asked for, and the problems found so far.

use super::asked::Asked;
use super::enums::Enums;
use super::extras::General;
use crate::diagnostic::{Diagnostic, Severity, suggest};
use crate::model::Dialect;
use crate::naming::Patterns;
use crate::source::{Path, Segment};
use crate::spec::Spec;

/// Shared by all parts of resolving.
pub(super) struct Context<'s> {
    pub(super) spec: &'s Spec,
    pub(super) asked: &'s Asked,
    /// The dialects that the model is for.
    pub(super) dialects: &'s [Dialect],
    pub(super) patterns: Patterns,
    /// What is added to every type, once it is resolved.
    pub(super) general: General<'s>,
    /// The enums of the spec, once they are resolved.
    pub(super) enums: Enums<'s>,
    found: Vec<Diagnostic>,
    /// How many more words may be compared for the sake of help lines.
    comparisons: usize,
}

/// Enough for thousands of mistakes in any spec of people; a bound for those that are made to be slow.
const COMPARISONS: usize = 1_000_000;

impl<'s> Context<'s> {
    pub(super) fn new(spec: &'s Spec, asked: &'s Asked) -> Self {
        Self {
            spec,
            asked,
            dialects: &asked.dialects,
            patterns: Patterns::default(),
            general: General::default(),
            enums: Enums::new(),
            found: Vec::new(),
            comparisons: COMPARISONS,
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Whether a problem was reported that no model comes of.
    pub(super) fn failed(&self) -> bool {
        let error = |found: &Diagnostic| found.code.severity() == Severity::Error;
        !self.spec.unread.is_empty() || self.found.iter().any(error)
    }

    /// All problems, in the order in which they were found.
    pub(super) fn take_found(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.found)
    }

    /// The help line for a `word` that is none of `candidates`.
    pub(super) fn suggest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let candidates: Vec<&str> = candidates.into_iter().take(self.comparisons).collect();
        self.comparisons -= candidates.len();
        suggest::help(word, candidates)
    }

    /// The nearest of `candidates`, as a question.
    pub(super) fn did_you_mean<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let candidates: Vec<&str> = candidates.into_iter().take(self.comparisons).collect();
        self.comparisons -= candidates.len();
        suggest::nearest(word, candidates).map(|name| format!("did you mean `{name}`?"))
    }

    /// Whether reading failed at `path`, above or below it: then nothing is to be said about what is missing there.
    pub(super) fn unread(&self, path: impl FnOnce() -> Path) -> bool {
        let unread = &self.spec.unread;
        if unread.is_empty() {
            return false;
        }
        let path = path();
        let below = unread.range(&path..).next();
        if below.is_some_and(|below| below.segments().starts_with(path.segments())) {
            return true;
        }
        let mut above = Path::root();
        let mut steps = path.segments().iter();
        loop {
            if unread.contains(&above) {
                return true;
            }
            above = match steps.next() {
                Some(Segment::Key(key)) => above.key(key),
                Some(Segment::Index(index)) => above.index(*index),
                None => return false,
            };
        }
    }
}

/// The path of an entity.
pub(super) fn entity_path(name: &str) -> Path {
    Path::root().key("entities").key(name)
}

/// The path of a secondary.
pub(super) fn secondary_path(name: &str) -> Path {
    Path::root().key("secondary").key(name)
}
