//! Diagnostics brought together with their text: each place looked up, sorted, nothing said twice.

use std::ops::Range;

use super::fix::{Edit, Fix};
use super::{Code, Diagnostic, Severity};
use crate::source::{FileId, Sources};
use crate::visible;

/// How many diagnostics a report keeps; the rest are counted.
const KEPT: usize = 1_000;

/// How many characters of a message or label are kept. Names come from the user and may be of any length.
const WORDS: usize = 500;

/// All that is wrong with a spec, file by file, the root file first, each in the order of its text.
#[derive(Debug)]
pub struct Report {
    sources: Sources,
    findings: Vec<Finding>,
    errors: usize,
    warnings: usize,
}

/// A diagnostic whose places are bytes of texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where the problem is, with what to say there; the words may be empty.
    pub primary: Label,
    /// What kind of problem.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The problem in one sentence.
    pub message: String,
    /// Other places that matter.
    pub others: Vec<Label>,
    /// The way out.
    pub help: Option<String>,
    /// The changes that mend it, all of them together; empty where nothing is certain.
    pub edits: Vec<Edit>,
}

/// Bytes of a text and what to say at them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The file whose text it is.
    pub file: FileId,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What to say; empty to underline without words.
    pub words: String,
}

impl Report {
    /// Looks up the places of `diagnostics` in `sources`.
    #[must_use]
    pub fn new(sources: Sources, diagnostics: &[Diagnostic]) -> Self {
        let found = diagnostics.iter();
        let mut findings: Vec<Finding> = found.map(|found| Finding::new(&sources, found)).collect();
        findings.sort();
        findings.dedup();
        let is_error = |finding: &&Finding| finding.severity == Severity::Error;
        let errors = findings.iter().filter(is_error).count();
        let warnings = findings.len() - errors;
        if findings.len() > KEPT {
            // Errors must not be lost to warnings: with them nothing is generated.
            findings.sort_by_key(|finding| finding.severity);
            findings.truncate(KEPT);
            findings.sort();
        }
        Self {
            sources,
            findings,
            errors,
            warnings,
        }
    }

    /// The same report where every warning is an error.
    #[must_use]
    pub fn deny_warnings(mut self) -> Self {
        for finding in &mut self.findings {
            finding.severity = Severity::Error;
        }
        self.errors += std::mem::take(&mut self.warnings);
        self
    }

    /// The texts that the diagnostics speak of.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The diagnostics in the order of the texts, as many as are shown.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The number of errors; with one, nothing is generated.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// The number of warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// `school.yaml: 2 errors, 1 warning`; empty when nothing was found.
    #[must_use]
    pub fn summary(&self) -> String {
        let count = |number: usize, word: &str| match number {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{number} {word}s")),
        };
        let counts = [count(self.errors, "error"), count(self.warnings, "warning")];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        if counts.is_empty() {
            return String::new();
        }
        let shown = if self.errors + self.warnings > self.findings.len() {
            format!(" (the first {} are shown)", self.findings.len())
        } else {
            String::new()
        };
        let name = &visible::text(self.sources.root().name());
        format!("{name}: {}{shown}", counts.join(", "))
    }
}

impl Finding {
    fn new(sources: &Sources, diagnostic: &Diagnostic) -> Self {
        let label = |(file, span): (FileId, Range<usize>), words: &str| Label {
            file,
            start: span.start,
            end: span.end,
            words: shorten(words),
        };
        let others = diagnostic.others.iter();
        Self {
            primary: label(sources.locate(&diagnostic.place), &diagnostic.label),
            code: diagnostic.code,
            severity: diagnostic.code.severity(),
            message: shorten(&diagnostic.message),
            others: others
                .map(|(place, words)| label(sources.locate(place), words))
                .collect(),
            help: diagnostic.help.as_deref().map(shorten),
            edits: edits(sources, &diagnostic.fixes),
        }
    }
}

/// All changes as bytes; none where one of them has no place.
fn edits(sources: &Sources, fixes: &[Fix]) -> Vec<Edit> {
    let edits = fixes.iter().map(|fix| {
        let mut edit = fix.edit(sources)?;
        edit.words = shorten(&edit.words);
        Some(edit)
    });
    edits.collect::<Option<_>>().unwrap_or_default()
}

/// The beginning of `words`, without what a terminal would obey.
fn shorten(words: &str) -> String {
    let visible = words.chars().map(visible::character);
    let mut short: String = visible.clone().take(WORDS).collect();
    if visible.count() > WORDS {
        short.push('…');
    }
    short
}
