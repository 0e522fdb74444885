//! Rust literals, in one place: whatever a text holds, the compiled program has it byte for byte.

/// `text` as a string literal: raw where that reads better, escaped where it must be.
#[must_use]
pub(super) fn string(text: &str) -> String {
    if !text.chars().all(is_plain) {
        return format!("\"{}\"", text.escape_default());
    }
    if !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    let marks = "#".repeat(marks_needed(text));
    format!("r{marks}\"{text}\"{marks}")
}

/// What may stand in source as it is. Line ends would make a literal of several lines, and rustc refuses marks that
/// change the direction of writing.
fn is_plain(c: char) -> bool {
    !c.is_control() && !is_direction_mark(c) && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// The characters of rustc's lint `text_direction_codepoint_in_literal`.
pub(super) fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// One more than the longest run of `#` behind a quotation mark.
fn marks_needed(text: &str) -> usize {
    let runs = text
        .split('"')
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| *c == '#').count());
    runs.max().map_or(0, |longest| longest + 1)
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
