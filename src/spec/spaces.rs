//! White space that is none to YAML, or not where it stands: tabs, and what only looks like a space.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{Place, Source};

/// A character that probably was to be a space.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Odd {
    pub(super) span: Range<usize>,
    /// Whether the fault itself stands there, as far as can be told.
    pub(super) is_cause: bool,
    /// Whether one space in its place is all that is to be done: a mark of YAML stands in front.
    pub(super) behind_mark: bool,
    pub(super) help: String,
}

impl Odd {
    /// `found` with the way out, and the fix where that is certain.
    pub(super) fn mend(self, source: &Source, found: Diagnostic) -> Diagnostic {
        let Self {
            span,
            help,
            behind_mark,
            ..
        } = self;
        let found = found.help(help);
        if !behind_mark {
            return found;
        }
        let from = source.text()[span.clone()].to_owned();
        found.fix(Fix::Yaml {
            place: Place::span(span),
            from,
            to: " ".to_owned(),
        })
    }
}

/// The first such character in the last line with words before that of `byte`, or in that one: readers complain of it
/// there or at the next word. Of a tab they may complain at the beginning of the text that it is in, so where the
/// `reason` names one, it may stand in a later line.
pub(super) fn odd(source: &Source, byte: usize, reason: &str) -> Option<Odd> {
    let here = source.line_of(byte.min(source.text().len()));
    let words = |line: usize| source.text()[source.line(line)].trim_matches([' ', '\t', '\r']);
    let has_words = |line: &usize| !words(*line).is_empty() && !words(*line).starts_with('#');
    let before = (0..here).rev().find(has_words);
    let found = |line: usize| {
        let span = source.line(line);
        let (at, odd, mark) = first(&source.text()[span.clone()])?;
        let start = span.start + at;
        Some(Odd {
            span: start..start + odd.len_utf8(),
            is_cause: line >= here || mark.is_some(),
            behind_mark: mark.is_some(),
            help: help(line + 1, odd, mark),
        })
    };
    let after = || {
        let last = source.line_of(source.text().len());
        let named = reason.contains("a tab");
        named.then(|| (here + 1..=last).find_map(found)).flatten()
    };
    let near = before.and_then(found).or_else(|| found(here));
    near.or_else(after)
}

/// The character of `line` that stands where a space would, and the mark in front of it; none in the indentation.
///
/// What stands in quotes, in comments and in texts without quotes is no concern of YAML.
fn first(line: &str) -> Option<(usize, char, Option<char>)> {
    let (mut mark, mut separates) = (None, true);
    let (mut previous, mut depth, mut quote) = (' ', 0_u32, None);
    for (at, next) in line.char_indices() {
        match next {
            // A quote behind a backslash ends nothing; the two of `''` end one text and begin another.
            _ if quote.is_some() => {
                if quote == Some(next) && previous != '\\' {
                    quote = None;
                }
            }
            ' ' => {}
            // Behind a space, and at the end of a line, a tab may follow a mark.
            '\t' if mark.is_some() && (previous == ' ' || line[at..].trim_start().is_empty()) => {}
            _ if separates && is_odd(next) => return Some((at, next, mark)),
            '#' if matches!(previous, ' ' | '\t') => return None,
            '"' | '\'' if separates => (quote, separates) = (Some(next), false),
            '[' | '{' if separates || depth > 0 => {
                (depth, mark, separates) = (depth + 1, Some(next), true);
            }
            ']' | '}' => (depth, separates) = (depth.saturating_sub(1), false),
            ',' if depth > 0 => (mark, separates) = (Some(next), true),
            '-' if separates => mark = Some(next),
            // A text behind its key goes to the end of the line.
            _ if separates && mark == Some(':') && depth == 0 => return None,
            ':' => (mark, separates) = (Some(next), true),
            _ => separates = false,
        }
        previous = next;
    }
    None
}

fn is_odd(character: char) -> bool {
    character == '\t'
        || !character.is_ascii() && (character.is_whitespace() || is_invisible(character))
}

fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

fn help(line: usize, odd: char, mark: Option<char>) -> String {
    if odd == '\t' {
        return format!("line {line} has a tab: YAML indents and separates by spaces");
    }
    let name = match odd {
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{200b}' => "a zero-width space",
        '\u{feff}' => "a byte order mark",
        '\u{3000}' => "an ideographic space",
        _ if odd.is_whitespace() => "another white space than YAML's",
        _ => "an invisible character",
    };
    let place = match mark {
        None => "in the indentation",
        Some(':') => "behind the colon",
        Some('-') => "behind the dash",
        Some(',') => "behind the comma",
        Some(_) => "behind the bracket",
    };
    let number = u32::from(odd);
    format!("line {line} has {name} (U+{number:04X}) {place}: write an ordinary space")
}

#[cfg(test)]
mod tests {
    use super::{first, odd};
    use crate::source::Source;

    #[test]
    fn what_stands_for_a_space_is_found() {
        for (line, expected) in [
            ("\ta: b", Some((0, '\t', None))),
            ("  \ta: b", Some((2, '\t', None))),
            ("a:\tb", Some((2, '\t', Some(':')))),
            ("a: { b:\tc }", Some((7, '\t', Some(':')))),
            ("a: [b,\u{a0}c]", Some((6, '\u{a0}', Some(',')))),
            ("a:\u{a0}b", Some((2, '\u{a0}', Some(':')))),
            ("a: \u{200b}b", Some((3, '\u{200b}', Some(':')))),
            ("- \u{a0}b", Some((2, '\u{a0}', Some('-')))),
            ("-\tb", Some((1, '\t', Some('-')))),
            ("\u{a0}", Some((0, '\u{a0}', None))),
            ("\"k y\":\u{3000}b", Some((6, '\u{3000}', Some(':')))),
        ] {
            assert_eq!(first(line), expected, "{line:?}");
        }
    }

    #[test]
    fn what_is_no_concern_of_yaml_is_left_alone() {
        for line in [
            "a: \tb",
            "a:\t",
            "a: b\t# c",
            "# a:\tb",
            "a: '10\u{a0}000:\u{a0}b'",
            "a: \"x \\\":\tb\"",
            "a: { b: \"c:\td\" }",
            "a: 10\u{a0}000",
            "a: see:\u{a0}there",
            "a-\u{a0}b: c",
            "a\u{a0}: b",
        ] {
            assert_eq!(first(line), None, "{line:?}");
        }
    }

    #[test]
    fn the_line_before_comes_first_and_comments_between_are_none() {
        let text = "a: b\nc:\u{a0}d\n\n  # e\nf:\tg\n";
        let source = Source::new("s.yaml", text.as_bytes());
        let at = |word: &str| odd(&source, text.find(word).expect("it stands there"), "");
        let found = at("g").expect("line 2 has one");
        assert_eq!(&text[found.span], "\u{a0}");
        assert_eq!(
            found.help,
            "line 2 has a no-break space (U+00A0) behind the colon: write an ordinary space"
        );
        assert_eq!(at("a"), None);
        assert!(
            odd(&source, text.len(), "").is_some_and(|odd| odd.help.contains("line 5 has a tab"))
        );
        assert_eq!(odd(&Source::new("empty.yaml", b""), 7, ""), None);
    }
}
