//! Reports for tools: one serializable value per diagnostic. Lines and columns count from 1, columns in characters,
//! ends are exclusive.

use serde::Serialize;

use super::report::{Finding, Label, Report};
use crate::source::Sources;

/// A diagnostic as `--format json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JsonDiagnostic {
    /// `E0103`.
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The problem in one sentence.
    pub message: String,
    /// The file as it was named.
    pub file: String,
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line in which the words end.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
    /// What is said at the words, first of all at the problem itself where there is something to say, and at other
    /// places.
    pub labels: Vec<JsonLabel>,
    /// The way out.
    pub help: Option<String>,
}

/// A place and what is said at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JsonLabel {
    /// The file as it was named.
    pub file: String,
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line in which the words end.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
    /// What to say.
    pub message: String,
}

/// The values of all diagnostics of `report`, in the order of the texts.
#[must_use]
pub fn json(report: &Report) -> Vec<JsonDiagnostic> {
    let findings = report.findings().iter();
    findings
        .map(|finding| diagnostic(report.sources(), finding))
        .collect()
}

fn diagnostic(sources: &Sources, finding: &Finding) -> JsonDiagnostic {
    let place = label(sources, &finding.primary);
    let spoken = std::iter::once(&finding.primary).filter(|primary| !primary.words.is_empty());
    let labels = spoken.chain(&finding.others);
    JsonDiagnostic {
        code: finding.code.as_str(),
        severity: finding.severity.as_str(),
        message: finding.message.clone(),
        file: place.file,
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        labels: labels.map(|found| label(sources, found)).collect(),
        help: finding.help.clone(),
    }
}

fn label(sources: &Sources, label: &Label) -> JsonLabel {
    let source = sources.file(label.file);
    let start = source.position(label.start);
    let end = source.position(label.end);
    JsonLabel {
        file: source.name().to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        message: label.words.clone(),
    }
}
