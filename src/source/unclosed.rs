//! The bracket that was left open, where the parser only says that it cannot read on.
//!
//! In: text, the brackets that are open, and the place where the parser gave up. Out: the fault, when the text shows that
//! one of them has no end: an end of the other kind, a line that is indented no further, or nothing more.

use std::ops::Range;

use super::fault::{Fault, FaultKind};

/// The fault behind one that the parser found at the byte `at`, if it is an open bracket: `open` are the bytes where the
/// flow collections begin that are not complete, from the outside in.
pub(super) fn find(text: &str, open: &[usize], at: usize) -> Option<Fault> {
    let last = open.last().copied().or_else(|| before(text, at))?;
    let line = line_start(text, last);
    let first = open.iter().copied().find(|bracket| *bracket >= line);
    let first = first.unwrap_or(last);
    let (own, rest) = split_line(&text[line..]);
    let behind = &own[first - line..];
    match marks(behind) {
        Marks::Closed => None,
        Marks::Other { open, closed } => {
            let other = first + closed;
            let kind = FaultKind::Unclosed {
                next: Some(other..other + 1),
                whole: None,
            };
            Some(fault(kind, first + open))
        }
        Marks::Open { open, end, ends } => {
            let outside = outside(text, text.len() - rest.len(), at, indentation(own));
            let next = match outside {
                Some(word) => Some(word),
                None if text[at.min(text.len())..].trim().is_empty() => None,
                None => return None,
            };
            let until = next.as_ref().map_or(text.len(), |word| word.start);
            let alone = text[line + own.len()..until].lines().all(is_blank);
            let behind = behind[..end].trim_end();
            let words = behind.trim_end_matches(',');
            let place = first..first + behind.len();
            let whole =
                (alone && words.len() > open + 1).then(|| (place, format!("{words}{ends}")));
            Some(fault(FaultKind::Unclosed { next, whole }, first + open))
        }
    }
}

/// The bracket that a value of the last line before that of `at` begins with: the parser reads on to see whether it is a
/// key, and tells of it later.
fn before(text: &str, at: usize) -> Option<usize> {
    let above = &text[..line_start(text, at)];
    let line = above.lines().rev().find(|line| !is_blank(line))?;
    let start = above.rfind(line)?;
    let values = [": {", ": [", "- {", "- ["];
    let found = values.iter().filter_map(|value| line.find(value));
    found.min().map(|found| start + found + 2)
}

/// Where the line of the byte `at` begins.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn fault(kind: FaultKind, bracket: usize) -> Fault {
    Fault {
        kind,
        span: bracket..bracket + 1,
    }
}

/// What the brackets of a line come to.
enum Marks {
    Closed,
    /// The bracket at `open` meets an end of the other kind at `closed`.
    Other {
        open: usize,
        closed: usize,
    },
    /// The bracket at `open` has no end on the line, whose words end at `end`; `ends` would close all that is open.
    Open {
        open: usize,
        end: usize,
        ends: String,
    },
}

fn marks(line: &str) -> Marks {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    let mut before = ' ';
    let mut end = line.len();
    for (at, char) in line.char_indices() {
        match (quote, char) {
            // One that is escaped ends later than it seems, if at all on the line.
            (Some(mark), _) if char == mark && before != '\\' => quote = None,
            (None, '"' | '\'') if " ,:[{".contains(before) => quote = Some(char),
            // A quote that is doubled stands for itself: what it is in goes on.
            (None, '\'') if before == '\'' => quote = Some(char),
            (None, '#') if before.is_whitespace() => {
                end = at;
                break;
            }
            (None, '{' | '[') => open.push((at, char)),
            (None, '}' | ']') => match open.pop() {
                Some((_, mark)) if closing(mark) == char => {}
                Some((open, _)) => return Marks::Other { open, closed: at },
                None => return Marks::Closed,
            },
            _ => {}
        }
        before = char;
    }
    // A quote without end is told as that.
    let Some((last, _)) = open.last().filter(|_| quote.is_none()) else {
        return Marks::Closed;
    };
    let mut ends = String::new();
    for (_, mark) in open.iter().rev() {
        if *mark == '{' {
            ends.push(' ');
        }
        ends.push(closing(*mark));
    }
    Marks::Open {
        open: *last,
        end,
        ends,
    }
}

/// The end of a bracket.
fn closing(bracket: char) -> char {
    if bracket == '{' { '}' } else { ']' }
}

/// The first word behind `from`, at the latest in the line of `at`, whose line is indented by no more than `own`, as no
/// line within a bracket is.
fn outside(text: &str, from: usize, at: usize, own: usize) -> Option<Range<usize>> {
    let mut start = from;
    while start < text.len() && start <= at {
        let (line, rest) = split_line(&text[start..]);
        let words = line.trim_start();
        if words.len() < line.trim_start_matches(' ').len() && !is_blank(line) {
            // How far a tab indents is nobody's to say.
            return None;
        }
        if !is_blank(line) && indentation(line) <= own && !words.starts_with(['}', ']']) {
            let word = start + line.len() - words.len();
            let long = words.find([':', ' ']).unwrap_or(words.trim_end().len());
            return Some(word..word + long.max(1));
        }
        start = text.len() - rest.len();
    }
    None
}

/// The first line of `text`, and what comes behind it.
fn split_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

fn is_blank(line: &str) -> bool {
    let words = line.trim_start();
    words.is_empty() || words.starts_with('#')
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
