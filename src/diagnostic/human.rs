//! Reports for people, in the form of rustc. The only file that knows `annotate-snippets`.
//!
//! The renderer is given the lines that it shows and no others, and of a long line the part around the words: its work
//! does not grow with the spec.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Severity;
use super::report::{Finding, Label, Report};
use crate::source::{Source, Sources};
use crate::visible;

/// Lines with more bytes than this are cut.
const LONG: usize = 300;

/// How many bytes of a cut line are shown before the words, and the most of the words and after.
const AROUND: usize = 60;

/// Lines between two labels of one diagnostic up to which they share a snippet; what nobody speaks of is left out.
const NEAR: usize = 200;

/// The text of `report`, each diagnostic followed by an empty line, the count of all at the end; with escape codes for
/// a terminal when `color` is set. Empty when there is nothing to say.
#[must_use]
pub fn human(report: &Report, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for finding in report.findings() {
        text.push_str(&renderer.render(&[group(report.sources(), finding)]));
        text.push_str("\n\n");
    }
    if !report.is_empty() {
        let level = if report.errors() > 0 {
            Level::ERROR
        } else {
            Level::WARNING
        };
        let summary = [Group::with_title(level.primary_title(report.summary()))];
        text.push_str(&renderer.render(&summary));
        text.push('\n');
    }
    text
}

fn group<'a>(sources: &'a Sources, finding: &'a Finding) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(finding.message.as_str());
    let mut group = Group::with_title(title.id(finding.code.as_str()));
    for excerpt in excerpts(sources, finding) {
        if let Some(origin) = excerpt.origin {
            group = group.element(origin);
        }
        if let Some(snippet) = excerpt.snippet {
            group = group.element(snippet);
        }
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// Lines that stand together, and what stands above them when the renderer cannot count columns itself.
struct Excerpt<'a> {
    origin: Option<Origin<'a>>,
    /// Absent where there is no text to show.
    snippet: Option<Snippet<'a, Annotation<'a>>>,
}

/// A label within its line.
struct Mark<'a> {
    source: &'a Source,
    label: &'a Label,
    primary: bool,
    line: usize,
    /// Bytes of the whole text; never beyond the line, so that a long block is shown by its first line.
    span: Range<usize>,
}

fn excerpts<'a>(sources: &'a Sources, finding: &'a Finding) -> Vec<Excerpt<'a>> {
    let mut marks = vec![mark(sources, &finding.primary, true)];
    let others = finding.others.iter();
    marks.extend(others.map(|label| mark(sources, label, false)));
    marks.sort_by_key(|mark| (mark.label.file, mark.line, mark.span.start));

    let mut runs: Vec<Vec<Mark<'a>>> = Vec::new();
    for mark in marks {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| joins(last, &mark)) => {
                run.push(mark);
            }
            _ => runs.push(vec![mark]),
        }
    }
    // The problem itself comes first, whichever place stands first in the texts.
    runs.sort_by_key(|run| !run.iter().any(|mark| mark.primary));
    runs.iter().map(|run| excerpt(run)).collect()
}

fn mark<'a>(sources: &'a Sources, label: &'a Label, primary: bool) -> Mark<'a> {
    let source = sources.file(label.file);
    let line = source.line_of(label.start);
    let end = source.line(line).end;
    Mark {
        source,
        label,
        primary,
        line,
        // A line break itself is shown at the end of its line.
        span: label.start.min(end)..label.end.min(end),
    }
}

/// Whether two marks are shown in one piece of text.
fn joins(first: &Mark<'_>, second: &Mark<'_>) -> bool {
    let long = |line: usize| first.source.line(line).len() > LONG;
    first.label.file == second.label.file
        && second.line - first.line <= NEAR
        && !(first.line..=second.line).any(long)
}

fn excerpt<'a>(run: &[Mark<'a>]) -> Excerpt<'a> {
    let source = run[0].source;
    if source.text().is_empty() {
        return Excerpt {
            origin: Some(Origin::path(visible::text(source.name()))),
            snippet: None,
        };
    }
    if let [mark] = run
        && source.line(mark.line).len() > LONG
    {
        return cut(mark);
    }
    let first = run[0].line;
    let last = run[run.len() - 1].line;
    let mut text = String::new();
    let mut annotations = Vec::new();
    for line in first..=last {
        let span = source.line(line);
        for mark in run.iter().filter(|mark| mark.line == line) {
            let start = text.len() + shown_len(source, span.start..mark.span.start);
            let end = start + shown_len(source, mark.span.clone());
            annotations.push(annotation(mark, start..end));
        }
        text.push_str(&visible::line(&source.text()[span]));
        text.push('\n');
    }
    Excerpt {
        origin: None,
        snippet: Some(
            Snippet::source(text)
                .line_start(first + 1)
                .path(visible::text(source.name()))
                .annotations(annotations),
        ),
    }
}

/// A part of a long line.
fn cut<'a>(mark: &Mark<'a>) -> Excerpt<'a> {
    let source = mark.source;
    let line = source.line(mark.line);
    let text = source.text();
    let words_end = mark.span.end.min(mark.span.start + AROUND);
    let words_end = source.clip(&(mark.span.start..words_end)).end;
    let before = mark.span.start.saturating_sub(AROUND).max(line.start);
    let Range { start, end } = source.clip(&(before..(words_end + AROUND).min(line.end)));
    let dots = |cut: bool| if cut { "…" } else { "" };
    let before = format!(
        "{}{}",
        dots(start > line.start),
        visible::line(&text[start..mark.span.start])
    );
    let words = visible::line(&text[mark.span.start..words_end]);
    let after = visible::line(&text[words_end..end]);
    let annotated = before.len()..before.len() + words.len();
    let shown = format!("{before}{words}{after}{}", dots(end < line.end));
    let position = source.position(mark.span.start);
    let origin = Origin::path(visible::text(source.name()))
        .line(position.line)
        .char_column(position.column);
    Excerpt {
        origin: Some(origin),
        snippet: Some(
            Snippet::source(shown)
                .line_start(position.line)
                .annotation(annotation(mark, annotated)),
        ),
    }
}

fn annotation<'a>(mark: &Mark<'a>, span: Range<usize>) -> Annotation<'a> {
    let kind = if mark.primary {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let words = &mark.label.words;
    kind.span(span)
        .label((!words.is_empty()).then_some(words.as_str()))
}

fn shown_len(source: &Source, span: Range<usize>) -> usize {
    visible::line(&source.text()[span]).len()
}
