//! Rust literals, in one place: whatever a text holds, the compiled program has it byte for byte.

use std::iter;

use crate::visible::turns_writing;

/// `text` as a string literal: raw where that reads better, escaped where it must be.
#[must_use]
pub(super) fn string(text: &str) -> String {
    if !is_plain_ascii(text) && !text.chars().all(is_plain) {
        return format!("\"{}\"", text.escape_default());
    }
    let raw = text.contains('"') || text.contains('\\');
    let marks = marks_needed(text);
    let mut literal = String::with_capacity(text.len() + 2 * marks + 3);
    literal.extend(raw.then_some('r'));
    literal.extend(iter::repeat_n('#', marks));
    literal.push('"');
    literal.push_str(text);
    literal.push('"');
    literal.extend(iter::repeat_n('#', marks));
    literal
}

/// Whether every character is a printable one of ASCII: nearly all texts are SQL, and seen through without decoding.
fn is_plain_ascii(text: &str) -> bool {
    // Without a way out in the middle, so that many bytes are looked at together.
    let printable = |plain: bool, byte: u8| plain & (b' '..0x7f).contains(&byte);
    text.bytes().fold(true, printable)
}

/// What may stand in source as it is. Line ends would make a literal of several lines, and rustc refuses marks that
/// change the direction of writing.
fn is_plain(c: char) -> bool {
    !c.is_control() && !turns_writing(c) && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// One more than the longest run of `#` behind a quotation mark; none without such a mark.
fn marks_needed(text: &str) -> usize {
    let (mut needed, mut behind) = (0, 0);
    for byte in text.bytes() {
        behind = match byte {
            b'"' => 1,
            b'#' if behind > 0 => behind + 1,
            _ => 0,
        };
        needed = needed.max(behind);
    }
    needed
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn every_text_comes_back() {
        for text in [
            "plain",
            "a \"b\"",
            "\"#",
            "\"##x\"",
            "back\\slash",
            "line\nend\r\0",
            "\u{202e}x",
            "ß 漢 🦀",
            "",
        ] {
            let literal: syn_free::Literal = syn_free::parse(&string(text));
            assert_eq!(literal.0, text, "{}", string(text));
        }
        assert_eq!(string("a \"b\""), "r#\"a \"b\"\"#");
        assert_eq!(string("\"#"), "r##\"\"#\"##");
    }

    /// Just enough of Rust's literals to read them back.
    mod syn_free {
        pub(super) struct Literal(pub(super) String);

        pub(super) fn parse(source: &str) -> Literal {
            if let Some(raw) = source.strip_prefix('r') {
                let marks = raw.chars().take_while(|c| *c == '#').count();
                return Literal(raw[marks + 1..raw.len() - marks - 1].to_owned());
            }
            let mut text = String::new();
            let mut chars = source[1..source.len() - 1].chars();
            while let Some(c) = chars.next() {
                match (c, c == '\\') {
                    (_, true) => text.push(escape(&mut chars)),
                    (c, false) => text.push(c),
                }
            }
            Literal(text)
        }

        fn escape(chars: &mut std::str::Chars<'_>) -> char {
            match chars.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('u') => {
                    let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    u32::from_str_radix(&digits, 16)
                        .ok()
                        .and_then(char::from_u32)
                        .expect("a character")
                }
                Some(other) => other,
                None => unreachable!("a backslash at the end"),
            }
        }
    }
}
