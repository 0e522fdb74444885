//! Changes of a text that leave every other byte as it is.
//!
//! In: a place, and what is to stand there. Out: bytes to replace, or nothing where it is not certain what would come of
//! it: in what an alias stands for too, in texts with escapes, in layouts that nobody writes.

use std::ops::Range;

use super::index::{Index, Kind, NodeId, range};
use super::path::Segment;
use super::{Part, Path, Place, Source};

/// Bytes of a text, and what is to stand there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The first byte.
    pub start: usize,
    /// The byte after the last; the first one again where something is added.
    pub end: usize,
    /// The new bytes.
    pub text: String,
}

/// What stands at a place.
struct Exact<'t> {
    /// With the quotes.
    span: Range<usize>,
    /// Within the quotes.
    inner: Range<usize>,
    words: &'t str,
    quoted: bool,
    /// Whether it is a key or a value, and no part of one.
    whole: bool,
}

impl Source {
    /// Writes `to` for the word `from`, which is all that stands at `place`; in the quotes that it has.
    #[must_use]
    pub fn rename(&self, place: &Place, from: &str, to: &str) -> Option<Edit> {
        let found = self.exact(place)?;
        if found.words != from || !is_word(to) {
            return None;
        }
        let text = match (found.whole, found.quoted) {
            (true, false) => plain(to)?,
            _ => to.to_owned(),
        };
        Some(edit(found.inner, text))
    }

    /// Writes the YAML `to` for the text `from`, which is all that stands at `place`, with quotes or without.
    #[must_use]
    pub fn rewrite(&self, place: &Place, from: &str, to: &str) -> Option<Edit> {
        let found = self.exact(place)?;
        (found.words == from).then(|| edit(found.span, to.to_owned()))
    }

    /// Writes `before` and `behind` around the text `from`, which is all that stands at `place`; within, it has quotes
    /// where it would else be no text, or several.
    #[must_use]
    pub fn wrap(&self, place: &Place, from: &str, (before, behind): (&str, &str)) -> Option<Edit> {
        let found = self.exact(place)?;
        if found.words != from {
            return None;
        }
        let written = &self.text[found.span.clone()];
        let text = match (found.quoted, is_word(from)) {
            _ if before.ends_with('"') => {
                // What these quotes are for has none, and nothing that they would turn into something else.
                let bare = !found.quoted && quoted(from).is_some();
                return bare.then(|| edit(found.span, format!("{before}{written}{behind}")));
            }
            (false, false) => quoted(from)?,
            _ => written.to_owned(),
        };
        Some(edit(found.span, format!("{before}{text}{behind}")))
    }

    /// Adds the entry `key: value` at the end of the mapping at `path`, in its layout.
    #[must_use]
    pub fn add(&self, path: &Path, key: &str, value: &str) -> Option<Edit> {
        let node = self.own(path)?;
        let Kind::Mapping { entries, .. } = &self.index.node(node).kind else {
            return None;
        };
        let span = range(&self.index.node(node).span);
        let entry = format!("{key}: {}", plain(value)?);
        let last = self.index.items(*entries).last().copied();
        if self.text[span.clone()].starts_with('{') {
            let close = self.close_of(node)?;
            self.add_flow(span.start + 1..close, last, &entry)
        } else {
            self.add_block(last?, &entry)
        }
    }

    /// All bytes of the file, with the byte order mark that it may have begun with.
    #[must_use]
    pub fn whole(&self) -> String {
        let mark = if self.marked { "\u{feff}" } else { "" };
        format!("{mark}{}", self.text)
    }

    /// What stands at `place`, where it stands on one line and nothing else changes with it.
    fn exact(&self, place: &Place) -> Option<Exact<'_>> {
        let (span, whole) = match &place.part {
            Part::Span(span) => (self.clip(span), false),
            part => {
                let node = self.own(&place.path)?;
                let found = self.index.node(node);
                let all = match part {
                    Part::Key if found.key.is_some() => range(&found.key_span),
                    _ => range(&found.span),
                };
                if *part == Part::Key && self.has_properties(all.start) {
                    return None;
                }
                let span = match part {
                    Part::Words(words) => self.words(node, words),
                    _ => all.clone(),
                };
                (span.clone(), span == all)
            }
        };
        let written = &self.text[span.clone()];
        if written.is_empty() || written.contains(['\n', '\r']) {
            return None;
        }
        let within = |quote| written.strip_prefix(quote)?.strip_suffix(quote);
        let unquoted = whole
            .then(|| within('"').or_else(|| within('\'')))
            .flatten();
        let inner = match unquoted {
            Some(_) => span.start + 1..span.end - 1,
            None => span.clone(),
        };
        Some(Exact {
            words: unquoted.unwrap_or(written),
            quoted: unquoted.is_some(),
            span,
            inner,
            whole,
        })
    }

    /// Whether an anchor or a tag stands on the line before `byte`: an alias may stand for what begins there.
    fn has_properties(&self, byte: usize) -> bool {
        let line = self.line(self.line_of(byte));
        let before = self.text[line.start..byte].split_ascii_whitespace();
        before
            .last()
            .is_some_and(|last| last.starts_with(['&', '!']))
    }

    /// The node at `path`, unless it, or what it stands in, stands elsewhere too. A step beyond a scalar is the
    /// scalar: the short form of a mapping.
    fn own(&self, path: &Path) -> Option<NodeId> {
        let mut node = self.index.root?;
        for step in path.segments() {
            if self.stands_twice(node) {
                return None;
            }
            match self.index.child(&self.text, node, step) {
                Some(child) => node = child,
                None if self.is_short(node, step) => break,
                None => return None,
            }
        }
        (!self.stands_twice(node)).then_some(node)
    }

    fn is_short(&self, node: NodeId, step: &Segment) -> bool {
        let scalar = matches!(self.index.node(node).kind, Kind::Scalar { .. });
        scalar && matches!(step, Segment::Key(_) | Segment::Index(0))
    }

    fn stands_twice(&self, node: NodeId) -> bool {
        matches!(self.index.node(node).kind, Kind::Alias(_)) || self.index.is_aliased(node)
    }

    /// Adds `entry` to a flow mapping with the bytes `inside` of its braces.
    fn add_flow(&self, inside: Range<usize>, last: Option<NodeId>, entry: &str) -> Option<Edit> {
        let Some(last) = last else {
            let blank = self.text[inside.clone()].trim_matches(' ').is_empty();
            return blank.then(|| edit(inside, format!(" {entry} ")));
        };
        let end = self.end_of(last)?;
        let key = self.index.node(last).key_span.start as usize;
        let tail = self.text.get(end..inside.end)?;
        let before_comment = tail.split('#').next().unwrap_or(tail);
        let comma = before_comment.find(',').map(|at| end + at + 1);
        let line = self.line(self.line_of(key));
        let indent = &self.text[line.start..key];
        let own_line = indent.trim_matches(' ').is_empty() && line.end < inside.end;
        let after = comma.unwrap_or(end);
        if !own_line {
            return Some(match comma {
                Some(after) => edit(after..after, format!(" {entry},")),
                None => edit(end..end, format!(", {entry}")),
            });
        }
        let rest = self.rest_of_line(after)?;
        let comment = &self.text[rest.clone()];
        let (before, behind) = match comma {
            Some(_) => ("", ","),
            None => (",", ""),
        };
        let line_end = self.line_end(rest.end);
        let text = format!("{before}{comment}{line_end}{indent}{entry}{behind}");
        Some(edit(rest, text))
    }

    /// Adds `entry` below the entry `last` of a block mapping.
    fn add_block(&self, last: NodeId, entry: &str) -> Option<Edit> {
        let key = self.index.node(last).key_span.start as usize;
        let line = self.line(self.line_of(key));
        let before = &self.text[line.start..key];
        // A mapping in a list begins behind the dash of its item.
        if !before.trim_start_matches([' ', '-']).is_empty() {
            return None;
        }
        let indent = " ".repeat(before.len());
        let rest = self.rest_of_line(self.end_of(last)?)?;
        let line_end = self.line_end(rest.end);
        Some(edit(
            rest.end..rest.end,
            format!("{line_end}{indent}{entry}"),
        ))
    }

    /// The byte behind all that the entry of `node` has.
    fn end_of(&self, node: NodeId) -> Option<usize> {
        let found = self.index.node(node);
        let span = range(&found.span);
        let last = match &found.kind {
            Kind::Scalar { .. } if span.is_empty() => return None,
            Kind::Scalar { .. } => {
                // Of a block scalar empty lines may be part that stand behind it.
                let before = &self.text[..span.start];
                let above = before.trim_end();
                let line = &above[above.rfind('\n').unwrap_or(0)..];
                let in_flow = line.ends_with([',', '[', '{']) && !line.contains('#');
                let block = before[above.len()..].contains('\n') && !in_flow;
                return (!block).then_some(span.end);
            }
            Kind::Alias(_) => return Some(span.end),
            _ if self.text[span.clone()].starts_with(['{', '[']) => {
                return self.close_of(node).map(|close| close + 1);
            }
            Kind::Mapping { entries, .. } => self.index.items(*entries).last(),
            Kind::Sequence(items) => self.index.items(*items).last(),
        };
        self.end_of(*last?)
    }

    /// The byte of the bracket that ends the flow collection `node`; the parser's mark goes further.
    fn close_of(&self, node: NodeId) -> Option<usize> {
        let found = self.index.node(node);
        let (last, bracket) = match &found.kind {
            Kind::Mapping { entries, .. } => (self.index.items(*entries).last(), '}'),
            Kind::Sequence(items) => (self.index.items(*items).last(), ']'),
            _ => return None,
        };
        let mut at = match last {
            Some(last) => self.end_of(*last)?,
            None => found.span.start as usize + 1,
        };
        loop {
            let rest = self.text.get(at..)?;
            let skipped = rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
            at += rest.len() - skipped.len();
            if !skipped.starts_with('#') {
                return skipped.starts_with(bracket).then_some(at);
            }
            at += skipped.find('\n')?;
        }
    }

    /// What of the line stands behind `byte`, where that is nothing but space and a comment.
    fn rest_of_line(&self, byte: usize) -> Option<Range<usize>> {
        let end = self.line(self.line_of(byte)).end;
        let rest = self.text.get(byte..end)?;
        let trimmed = rest.trim_start_matches([' ', '\t']);
        let comment = trimmed.starts_with('#') && trimmed.len() < rest.len();
        (trimmed.is_empty() || comment).then_some(byte..end)
    }

    /// How the line that ends at `byte` ends; the last one as the first does.
    fn line_end(&self, byte: usize) -> &'static str {
        let rest = &self.text[byte..];
        let first = if rest.is_empty() {
            &self.text[self.line(0).end..]
        } else {
            rest
        };
        if first.starts_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }
}

impl Index {
    /// Whether an alias stands for the node.
    fn is_aliased(&self, node: NodeId) -> bool {
        self.aliased.contains(&node)
    }
}

fn edit(span: Range<usize>, text: String) -> Edit {
    Edit {
        start: span.start,
        end: span.end,
        text,
    }
}

/// `word` as a YAML text, in quotes where it would else be something other; nothing where quotes are not enough.
pub(super) fn plain(word: &str) -> Option<String> {
    let begins = word.starts_with(|c: char| c == '_' || c.is_alphabetic());
    // Older readers, and people, take these for truth values too.
    let other = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if begins && is_word(word) && !other.contains(&word.to_ascii_lowercase().as_str()) {
        return Some(word.to_owned());
    }
    quoted(word)
}

/// `words` in quotes; nothing where they would have to be escaped.
fn quoted(words: &str) -> Option<String> {
    let stands = |c: char| {
        !c.is_control() && !matches!(c, '"' | '\\' | '\u{2028}' | '\u{2029}' | '\u{feff}')
    };
    words.chars().all(stands).then(|| format!("\"{words}\""))
}

/// Whether `word` may stand in any text, with and without quotes, and is no mark to YAML.
fn is_word(word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '(' | ')');
    !word.is_empty() && word.chars().all(part)
}

#[cfg(test)]
mod tests;
