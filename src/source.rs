//! The texts of a spec and where everything stands in them.
//!
//! In: a file, or a name and bytes. Out: [`Sources`], the file and those that it includes, each a [`Source`] that knows
//! its faults and finds the bytes of any [`Place`]. It knows YAML, but nothing of what a spec means.

pub mod edit;
pub mod fault;
pub mod limits;
pub mod path;
pub mod tree;

mod around;
mod events;
mod files;
mod include;
mod index;
mod offsets;
mod unclosed;

use std::io::Read;
use std::ops::Range;

pub use around::{Entries, Entry};
pub use edit::Edit;
pub use fault::{Fault, FaultKind};
pub use files::{FileId, Parts, Sources};
pub use include::{Failed, Failure, Texts};
pub use path::{Part, Path, Place, Segment};
pub use tree::{Cursor, Shape};

use index::{Index, Kind, NodeId, range};
use limits::Budget;

/// The text of one file of a spec under the name that users know it by.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Whether a byte order mark stands before the text.
    marked: bool,
    /// The byte at which every line begins.
    lines: Vec<u32>,
    index: Index,
    faults: Vec<Fault>,
}

/// A position for people: both numbers count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl Source {
    /// The spec `bytes` that messages call `name`. What is wrong with it is in [`Source::faults`].
    #[must_use]
    #[cfg(test)]
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self::within(name, bytes, &mut Budget::default())
    }

    /// The same for one of several files, which may cost as much as the `budget` has.
    fn within(name: impl Into<String>, bytes: &[u8], budget: &mut Budget) -> Self {
        let Some(left) = budget.bytes.checked_sub(bytes.len()) else {
            return Self::without_text(name.into(), FaultKind::TooLarge);
        };
        budget.bytes = left;
        let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf");
        let bytes = unmarked.unwrap_or(bytes);
        let source = match std::str::from_utf8(bytes) {
            Ok(text) => {
                let fault = long_line(text)
                    .or_else(|| many_marks(text, budget))
                    .or_else(|| unprintable(text));
                let (index, faults) = match fault {
                    Some(fault) => (Index::default(), vec![fault]),
                    None => events::read(text, budget),
                };
                Self::of(name.into(), text.to_owned(), index, faults)
            }
            Err(error) => {
                // Read as it can be, so that the line of the wrong byte can be shown: it becomes U+FFFD, three bytes.
                let at = error.valid_up_to();
                let fault = Fault {
                    kind: FaultKind::NotUtf8,
                    span: at..at + char::REPLACEMENT_CHARACTER.len_utf8(),
                };
                let text = String::from_utf8_lossy(bytes).into_owned();
                Self::of(name.into(), text, Index::default(), vec![fault])
            }
        };
        Self {
            marked: unmarked.is_some(),
            ..source
        }
    }

    /// Reads the file that messages call `name`, at most one byte beyond what the `budget` has.
    fn from_reader(name: impl Into<String>, reader: impl Read, budget: &mut Budget) -> Self {
        let mut bytes = Vec::new();
        let limit = budget.bytes as u64 + 1;
        match reader.take(limit).read_to_end(&mut bytes) {
            Ok(_) => Self::within(name, &bytes, budget),
            Err(error) => Self::unreadable(name, error.to_string()),
        }
    }

    /// A spec that could not be read for `reason`.
    #[must_use]
    pub fn unreadable(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::without_text(name.into(), FaultKind::Unreadable(reason.into()))
    }

    /// What messages call the spec.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with the text itself, fatal faults last.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The top of the YAML tree; `None` when the document is empty or could not be read to its end.
    #[must_use]
    pub fn tree(&self) -> Option<Cursor<'_>> {
        if self.faults.iter().any(|fault| fault.kind.is_fatal()) {
            return None;
        }
        Some(Cursor::new(self, self.index.root?))
    }

    /// The exact bytes of `place`: a scalar without its surroundings, a flow collection on one line, and the key that
    /// leads to any other collection. A path that leads nowhere means the nearest node above that exists: a
    /// scalar itself, the key of anything else.
    #[must_use]
    pub fn span(&self, place: &Place) -> Range<usize> {
        if let Part::Span(span) = &place.part {
            return self.clip(span);
        }
        let Some(mut node) = self.index.root else {
            return 0..0;
        };
        let mut complete = true;
        for step in place.path.segments() {
            let Some(child) = self.index.child(&self.text, node, step) else {
                // A scalar or a list may be the short form of a mapping: it is what is asked for then.
                let kind = &self.index.node(self.index.resolve(node)).kind;
                complete = matches!(kind, Kind::Scalar { .. } | Kind::Sequence(_));
                break;
            };
            node = child;
        }
        match &place.part {
            Part::Words(words) if complete => self.words(node, words),
            Part::Value if complete => self.value(node),
            _ => self.key(node),
        }
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let line = self.line_of(byte);
        let start = self.lines[line] as usize;
        let column = self.text[start..byte].chars().count();
        Position {
            line: line + 1,
            column: column + 1,
        }
    }

    /// The line, counted from 0, that has a byte.
    #[must_use]
    pub fn line_of(&self, byte: usize) -> usize {
        let after = self.lines.partition_point(|start| *start as usize <= byte);
        after.saturating_sub(1)
    }

    /// The bytes of a line, counted from 0, without its end.
    #[must_use]
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = self.lines[line] as usize;
        let next = self.lines.get(line + 1);
        let end = next.map_or(self.text.len(), |next| *next as usize);
        let line = &self.text[start..end];
        let words = line.strip_suffix('\n').unwrap_or(line);
        start..start + words.strip_suffix('\r').unwrap_or(words).len()
    }

    /// `span` as a range that slices the text: within it, and widened to whole characters.
    #[must_use]
    pub fn clip(&self, span: &Range<usize>) -> Range<usize> {
        let mut start = span.start.min(self.text.len());
        let mut end = span.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }

    fn without_text(name: String, kind: FaultKind) -> Self {
        let fault = Fault { kind, span: 0..0 };
        Self::of(name, String::new(), Index::default(), vec![fault])
    }

    fn of(name: String, text: String, index: Index, faults: Vec<Fault>) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = breaks.map(|(at, _)| index::number(at + 1));
        let lines = std::iter::once(0).chain(starts).collect();
        Self {
            name,
            text,
            marked: false,
            lines,
            index,
            faults,
        }
    }

    fn key(&self, node: NodeId) -> Range<usize> {
        let found = self.index.node(node);
        match found.key {
            Some(_) => range(&found.key_span),
            None => self.value(node),
        }
    }

    fn value(&self, node: NodeId) -> Range<usize> {
        let found = self.index.node(node);
        let span = range(&found.span);
        let one_line = !self.text[span.clone()].contains('\n');
        let flow = self.text[span.clone()].starts_with(['{', '[']);
        match found.kind {
            // What stands nowhere (`key:`) is shown by its key.
            Kind::Scalar { .. } if span.is_empty() && found.key.is_some() => range(&found.key_span),
            Kind::Scalar { .. } | Kind::Alias(_) => span,
            _ if flow && one_line => span,
            _ if found.key.is_some() => range(&found.key_span),
            _ => {
                let line = offsets::first_line(&self.text, found.span.start);
                range(&line)
            }
        }
    }

    fn words(&self, node: NodeId, words: &Range<usize>) -> Range<usize> {
        let span = self.value(node);
        let Kind::Scalar { text, .. } = &self.index.node(self.index.resolve(node)).kind else {
            return span;
        };
        let text = self.index.words(&self.text, text);
        let written = &self.text[span.clone()];
        let shift = match written.strip_prefix(['"', '\'']) {
            Some(inner) if inner.strip_suffix(['"', '\'']) == Some(text) => 1,
            None if written == text => 0,
            _ => return span,
        };
        let start = span.start + shift + words.start;
        let end = span.start + shift + words.end;
        let fits = words.start <= words.end && end <= span.end;
        if fits && self.text.is_char_boundary(start) && self.text.is_char_boundary(end) {
            start..end
        } else {
            span
        }
    }
}

/// The end of the first line that is longer than allowed.
fn long_line(text: &str) -> Option<Fault> {
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        if line.len() > limits::LINE_BYTES {
            let kind = FaultKind::LongLine;
            return Some(Fault {
                kind,
                span: end..end,
            });
        }
        start = end + 1;
    }
    None
}

/// The first mark too many.
fn many_marks(text: &str, budget: &mut Budget) -> Option<Fault> {
    // Not a search in a list: this is asked of every byte.
    let is_mark = |byte: &u8| {
        matches!(
            byte,
            b':' | b',' | b'[' | b']' | b'{' | b'}' | b'?' | b'&' | b'*' | b'!' | b'\'' | b'"'
        )
    };
    let mut marks = text.bytes().enumerate().filter(|(_, byte)| is_mark(byte));
    let Some((at, _)) = marks.nth(budget.marks) else {
        budget.marks -= text.bytes().filter(is_mark).count();
        return None;
    };
    let kind = FaultKind::TooManyMarks;
    Some(Fault {
        kind,
        span: at..at + 1,
    })
}

/// The first character that is none of YAML's: its specification calls the others printable (`c-printable`), and readers
/// differ in where they stop at one.
fn unprintable(text: &str) -> Option<Fault> {
    let printable = |c: char| match c {
        '\t' | '\n' | '\r' | '\u{85}' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    let (at, found) = text.char_indices().find(|(_, c)| !printable(*c))?;
    Some(Fault {
        kind: FaultKind::Character(found),
        span: at..at + found.len_utf8(),
    })
}

#[cfg(test)]
mod tests;
