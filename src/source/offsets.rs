//! From what the parser marks to the exact bytes of a word.

use super::index::{Span, number, range};

/// One place in bytes is kept for so many characters.
const STRIDE: usize = 64;

/// The parser counts characters; everything here counts bytes.
pub(super) struct Offsets {
    /// The byte of every [`STRIDE`]th character; empty when all characters are single bytes.
    places: Vec<u32>,
}

impl Offsets {
    pub(super) fn new(text: &str) -> Self {
        let places = if text.is_ascii() {
            Vec::new()
        } else {
            let chars = text.char_indices().map(|(byte, _)| number(byte));
            chars.step_by(STRIDE).collect()
        };
        Self { places }
    }

    /// The byte at which the character `index` begins; the text's end for any beyond it.
    pub(super) fn byte(&self, text: &str, index: usize) -> usize {
        if self.places.is_empty() {
            return index.min(text.len());
        }
        let Some(place) = self.places.get(index / STRIDE) else {
            return text.len();
        };
        let start = *place as usize;
        let mut chars = text[start..].char_indices();
        chars
            .nth(index % STRIDE)
            .map_or(text.len(), |(byte, _)| start + byte)
    }
}

/// The exact scalar within what the parser marks: without anchor and tag before it, and without the space and comment
/// that the mark takes in after a quoted one.
pub(super) fn scalar(text: &str, span: &Span) -> Span {
    let span = without_properties(text, span);
    let words = &text[range(&span)];
    let len = match words.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => quoted(words, *quote),
        _ => words.trim_end().len(),
    };
    span.start..span.start + number(len)
}

/// `span` without the anchor and the tag at its beginning.
pub(super) fn without_properties(text: &str, span: &Span) -> Span {
    let mut rest = &text[range(span)];
    loop {
        if rest.starts_with(['&', '!']) {
            rest = rest.trim_start_matches(|c: char| !c.is_whitespace());
            rest = rest.trim_start();
        } else if rest.starts_with('#') && rest.len() < (span.end - span.start) as usize {
            rest = rest
                .split_once('\n')
                .map_or("", |(_, rest)| rest)
                .trim_start();
        } else {
            break;
        }
    }
    if rest.is_empty() {
        return span.clone();
    }
    span.end - number(rest.len())..span.end
}

/// From `start` to the end of its line, without space at the end.
pub(super) fn first_line(text: &str, start: u32) -> Span {
    let rest = &text[start as usize..];
    let line = rest.split('\n').next().unwrap_or(rest);
    start..start + number(line.trim_end().len())
}

/// The length of the quoted scalar at the beginning of `words`.
fn quoted(words: &str, quote: u8) -> usize {
    let bytes = words.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    words.trim_end().len()
}
