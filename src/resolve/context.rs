//! What every part of resolving shares: the spec, what was asked for, and the problems found so far.

use std::collections::BTreeSet;

use super::asked::Asked;
use super::enums::Enums;
use super::extras::General;
use super::found::Found;
use super::mixins::Mixins;
use super::user_types::UserTypes;
use crate::diagnostic::{Diagnostic, Help, suggest};
use crate::model::Dialect;
use crate::naming::{Patterns, Plurals};
use crate::source::{Path, Segment};
use crate::spec::Spec;

/// Shared by all parts of resolving.
pub(super) struct Context<'s> {
    pub(super) spec: &'s Spec,
    pub(super) asked: &'s Asked,
    /// The dialects that the model is for.
    pub(super) dialects: &'s [Dialect],
    /// How what has no name of its own is called, once `naming` is resolved.
    pub(super) patterns: Patterns,
    pub(super) plurals: Plurals,
    /// What is added to every type, once it is resolved.
    pub(super) general: General<'s>,
    /// The enums of the spec, once they are resolved.
    pub(super) enums: Enums<'s>,
    /// The types of the user's own, once they are resolved.
    pub(super) types: UserTypes<'s>,
    pub(super) mixins: Mixins<'s>,
    /// What is missing from the spec or from what mixins add to a table, after a report.
    unread: BTreeSet<Path>,
    found: Found<'s>,
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
            plurals: Plurals::default(),
            general: General::default(),
            enums: Enums::new(),
            types: UserTypes::new(),
            mixins: Mixins::new(),
            unread: spec.unread.clone(),
            found: Found::default(),
            comparisons: COMPARISONS,
        }
    }

    /// Reports a problem; what is wrong in a mixin may be reported for every table that lists it.
    pub(super) fn report(&mut self, mut diagnostic: Diagnostic) {
        for (other, _) in &mut diagnostic.others {
            if let Some((_, _, path)) = self.in_mixin(&other.path) {
                other.path = path;
            }
        }
        for fix in &mut diagnostic.fixes {
            if let Some((_, _, path)) = self.in_mixin(&fix.place().path) {
                fix.place_mut().path = path;
            }
        }
        match self.in_mixin(&diagnostic.place.path) {
            None => self.found.push(diagnostic),
            Some((mixin, table, path)) => {
                diagnostic.place.path = path;
                self.report_mixed(diagnostic, mixin, table);
            }
        }
    }

    /// Reports a problem that stands in `mixin` and shows in `table`.
    pub(super) fn report_mixed(
        &mut self,
        mut diagnostic: Diagnostic,
        mixin: &'s str,
        table: &'s str,
    ) {
        let own = diagnostic.place.clone();
        diagnostic.others.retain(|(other, _)| *other != own);
        self.found.push_mixed(diagnostic, mixin, table);
    }

    /// Whether a problem was reported that no model comes of.
    pub(super) fn failed(&self) -> bool {
        !self.spec.unread.is_empty() || self.found.failed()
    }

    /// All problems, in the order in which they were found.
    pub(super) fn take_found(&mut self) -> Vec<Diagnostic> {
        let mixins = &self.mixins;
        self.found.take(|mixin| mixins.users(mixin))
    }

    /// What stands at `path` is missing, which was reported.
    pub(super) fn lose(&mut self, path: Path) {
        self.unread.insert(path);
    }

    /// The mixin that has what stands at `path` of a table, that table, and the path in the mixin.
    fn in_mixin(&self, path: &Path) -> Option<(&'s str, &'s str, Path)> {
        let [Segment::Key(section), Segment::Key(table), ..] = path.segments() else {
            return None;
        };
        let (entities, secondaries) = (&self.spec.entities, &self.spec.secondary);
        let (place, table) = match section.as_str() {
            "entities" => {
                let (place, name, _) = entities.get_full(table)?;
                (place, name)
            }
            "secondary" => {
                let (place, name, _) = secondaries.get_full(table)?;
                (entities.len() + place, name)
            }
            _ => return None,
        };
        let (mixin, path) = self.mixins.written(place, path)?;
        Some((mixin, table, path))
    }

    /// The help line for a `word` that is none of `candidates`, names of the user's own.
    pub(super) fn suggest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Help {
        self.suggest_word(word, candidates).of_names()
    }

    /// The help line for a `word` that is none of `candidates`, words of the language.
    pub(super) fn suggest_word<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Help {
        suggest::help(word, self.compared(candidates))
    }

    /// The nearest of `candidates`, names of the user's own, as a question.
    pub(super) fn did_you_mean<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<Help> {
        suggest::did_you_mean(word, self.compared(candidates)).map(Help::of_names)
    }

    /// As many of `candidates` as may still be compared.
    fn compared<'a>(&mut self, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let candidates: Vec<&str> = candidates.into_iter().take(self.comparisons).collect();
        self.comparisons -= candidates.len();
        candidates
    }

    /// Whether a file that the spec includes could not be read: what seems not to exist may stand there.
    pub(super) fn lacks_a_file(&self) -> bool {
        self.unread(|| Path::root().key("include"))
    }

    /// Whether a column of the table at `path`, its reference or a foreign key could not be read.
    pub(super) fn lacks_references(&self, path: &Path) -> bool {
        if self.unread.is_empty() {
            return false;
        }
        let columns = path.key("columns");
        let is_column = |lost: &Path| {
            let depth = columns.segments().len();
            match &lost.segments()[depth..] {
                [] | [_] => true,
                [_, Segment::Key(key)] => key == "references",
                _ => false,
            }
        };
        let below = self.unread.range(&columns..);
        let mut below = below.take_while(|lost| lost.segments().starts_with(columns.segments()));
        self.unread.contains(path)
            || self.unread(|| path.key("foreign_keys"))
            || below.any(is_column)
    }

    /// The nearest of `candidates`, names of the user's own.
    pub(super) fn nearest<'a>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        suggest::nearest(word, self.compared(candidates))
    }

    /// Whether reading failed at `path`, above or below it: then nothing is to be said about what is missing there.
    pub(super) fn unread(&self, path: impl FnOnce() -> Path) -> bool {
        let unread = &self.unread;
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

/// The path of a mixin.
pub(super) fn mixin_path(name: &str) -> Path {
    Path::root().key("mixins").key(name)
}

/// The path of a secondary.
pub(super) fn secondary_path(name: &str) -> Path {
    Path::root().key("secondary").key(name)
}
