//! Whether a text of the user is one attribute of Rust, nothing of which reaches what stands around it: what it opens, it
//! closes, and `#[` and `]` around it are one attribute. What it means is the compiler's to judge.
//!
//! The tokens are those of the Rust reference, less what no attribute needs: comments, words that are not ASCII, suffixes
//! of texts. A test in `render` holds that the parser of Rust takes whatever passes here.

mod literal;

use crate::naming::{identifier, rust};
use crate::source::limits::ATTRIBUTE_DEPTH;
use crate::visible::turns_writing;
use literal::{Text, character, is_in_word, number, raw, string};

/// An attribute.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Its path, without spaces.
    pub(super) path: String,
    /// Whether what it is given has the word `derive`.
    pub(super) derives: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Word(&'t str),
    Literal,
    /// `'a`.
    Lifetime,
    /// `::`.
    Step,
    Open(char),
    Close(char),
    Mark(char),
}

/// The attribute that `text` is.
///
/// # Errors
/// What is wrong, as the end of a sentence.
pub(super) fn attribute(text: &str) -> Result<Attribute, String> {
    let tokens = tokens(text)?;
    balanced(&tokens)?;
    let mut path = String::new();
    let mut rest = &tokens[..];
    if let [Token::Step, more @ ..] = rest {
        path.push_str("::");
        rest = more;
    }
    loop {
        let [Token::Word(word), more @ ..] = rest else {
            return Err("does not begin with the path of an attribute".to_owned());
        };
        if !is_step(word) {
            return Err(format!(
                "has the word `{word}` where a path of an attribute stands"
            ));
        }
        path.push_str(word);
        let [Token::Step, behind @ ..] = more else {
            rest = more;
            break;
        };
        path.push_str("::");
        rest = behind;
    }
    let whole = match rest {
        [] | [Token::Mark('='), Token::Literal] => true,
        [Token::Open(_), inside @ ..] => first_closes_last(inside),
        _ => false,
    };
    if !whole {
        return Err(format!("goes on behind the attribute `{path}`"));
    }
    let derives = rest.contains(&Token::Word("derive"));
    Ok(Attribute { path, derives })
}

/// Whether `word` may be a part of a path.
fn is_step(word: &str) -> bool {
    let name = rust::raw(word.to_owned()) == word && !rust::never(word);
    name || matches!(word, "crate" | "self" | "super")
}

/// Whether what was opened before balanced tokens is closed by the last of them and no other.
fn first_closes_last(tokens: &[Token<'_>]) -> bool {
    let mut open = 1_usize;
    for (place, token) in tokens.iter().enumerate() {
        match token {
            Token::Open(_) => open += 1,
            Token::Close(_) => open -= 1,
            _ => {}
        }
        if open == 0 {
            return place + 1 == tokens.len();
        }
    }
    false
}

fn balanced(tokens: &[Token<'_>]) -> Result<(), String> {
    let mut open = Vec::new();
    for token in tokens {
        match token {
            Token::Open(opening) => {
                open.push(closing(*opening));
                if open.len() > ATTRIBUTE_DEPTH {
                    return Err(format!("has brackets deeper than {ATTRIBUTE_DEPTH} levels"));
                }
            }
            Token::Close(close) => match open.pop() {
                Some(expected) if expected == *close => {}
                Some(expected) => {
                    return Err(format!("has a `{close}` where a `{expected}` closes"));
                }
                None => return Err(format!("has a `{close}` that closes what was never opened")),
            },
            _ => {}
        }
    }
    match open.pop() {
        Some(close) => Err(format!("lacks a `{close}`")),
        None => Ok(()),
    }
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

fn tokens(text: &str) -> Result<Vec<Token<'_>>, String> {
    if let Some(c) = text.chars().find(|c| is_hidden(*c)) {
        return Err(format!(
            "has the character {}, which is not seen",
            c.escape_unicode()
        ));
    }
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (token, behind) = match c {
            ' ' => {
                rest = &rest[1..];
                continue;
            }
            '(' | '[' | '{' => (Token::Open(c), &rest[1..]),
            ')' | ']' | '}' => (Token::Close(c), &rest[1..]),
            '"' => (Token::Literal, string(&rest[1..], Text::Plain)?),
            '\'' => quoted(&rest[1..])?,
            '0'..='9' => (Token::Literal, number(rest)?),
            'a'..='z' | 'A'..='Z' | '_' => word(rest)?,
            ':' if rest.starts_with("::") => (Token::Step, &rest[2..]),
            '/' if rest.starts_with("//") || rest.starts_with("/*") => {
                return Err("has a comment".to_owned());
            }
            // Reserved by edition 2024.
            '#' if rest[1..].starts_with(['"', '#']) => {
                return Err(format!("has `{}`, which is no Rust", &rest[..2]));
            }
            _ if "!#$%&*+,-./:;<=>?@^|~".contains(c) => (Token::Mark(c), &rest[1..]),
            c => return Err(format!("has the character `{c}` outside of a text")),
        };
        tokens.push(token);
        rest = behind;
    }
    Ok(tokens)
}

/// Control characters, and what changes the direction of writing, which rustc refuses.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control() || turns_writing(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// A word, or a literal that begins like one.
fn word(text: &str) -> Result<(Token<'_>, &str), String> {
    let end = text.find(|c: char| !is_in_word(c)).unwrap_or(text.len());
    let (word, behind) = text.split_at(end);
    let token = |behind| Ok((Token::Literal, behind));
    if let Some(inside) = behind.strip_prefix('"') {
        return match word {
            "b" => token(string(inside, Text::Bytes)?),
            "c" => token(string(inside, Text::C)?),
            "r" | "br" | "cr" => token(raw(word, behind)?),
            _ => Err(format!("has `{word}\"`, which is no Rust")),
        };
    }
    if let Some(inside) = behind.strip_prefix('\'') {
        return match word {
            "b" => token(character(inside, Text::Bytes)?),
            _ => Err(format!("has `{word}'`, which is no Rust")),
        };
    }
    if behind.starts_with('#') {
        return match word {
            "r" | "br" | "cr" if behind.trim_start_matches('#').starts_with('"') => {
                token(raw(word, behind)?)
            }
            _ => Err(format!("has `{word}#`, which is no Rust")),
        };
    }
    Ok((Token::Word(word), behind))
}

/// A character, or a lifetime, behind its quotation mark.
fn quoted(text: &str) -> Result<(Token<'_>, &str), String> {
    let mut chars = text.chars();
    let (first, second) = (chars.next(), chars.next());
    match first {
        Some(c) if (c.is_ascii_alphabetic() || c == '_') && second != Some('\'') => {
            let end = text.find(|c| !is_in_word(c)).unwrap_or(text.len());
            let (name, behind) = text.split_at(end);
            if behind.starts_with(['\'', '#', '"']) || identifier::check(name).is_err() {
                return Err(format!("has `'{name}`, which is no Rust"));
            }
            Ok((Token::Lifetime, behind))
        }
        _ => Ok((Token::Literal, character(text, Text::Plain)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::{ATTRIBUTE_DEPTH, attribute};

    fn deep(levels: usize) -> String {
        format!("a{}{}", "(".repeat(levels), ")".repeat(levels))
    }

    #[test]
    fn attributes_of_all_forms_pass() {
        assert!(attribute(&deep(ATTRIBUTE_DEPTH)).is_ok());
        for (text, path, derives) in [
            ("non_exhaustive", "non_exhaustive", false),
            ("serde(rename_all = \"camelCase\", default)", "serde", false),
            (
                "::serde_with::skip_serializing_none",
                "::serde_with::skip_serializing_none",
                false,
            ),
            (
                "doc = \"it's \\\"quoted\\\" \\u{1F980} \\x7f\"",
                "doc",
                false,
            ),
            ("doc = r##\"a \"# b\"##", "doc", false),
            (
                "cfg_attr(feature = \"x\", derive(serde::Serialize))",
                "cfg_attr",
                true,
            ),
            (
                "a::b[c, 'x', '\\'', b'\\xff', 1_000, 2.5, 'static, -1, b\"\\xff\", c\"x\", br\"\\\"]",
                "a::b",
                false,
            ),
            ("a{ #[b(c)] if x < y { z } else { ![] } }", "a", false),
            (" a ( ) ", "a", false),
            ("doc = \"] struct X; #[\"", "doc", false),
            ("super::mark(1..2)", "super::mark", false),
            ("derive(Eq)", "derive", false),
        ] {
            let found = attribute(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
            assert_eq!(
                (found.path.as_str(), found.derives),
                (path, derives),
                "{text}"
            );
        }
    }

    #[test]
    fn what_would_reach_beyond_the_attribute_is_told() {
        for (text, words) in [
            ("", "does not begin"),
            ("a] struct X; #[b", "has a `]` that closes"),
            ("a(]", "has a `]` where a `)` closes"),
            ("a(", "lacks a `)`"),
            ("a) b(", "has a `)` that closes"),
            ("a(b) c", "goes on behind the attribute `a`"),
            ("a(b)(c)", "goes on behind"),
            ("a = ", "goes on behind"),
            ("a = b", "goes on behind"),
            ("a = \"b\" \"c\"", "goes on behind"),
            ("a, b", "goes on behind"),
            ("a // b", "has a comment"),
            ("a /* b */", "has a comment"),
            ("/// a", "has a comment"),
            ("a = \"b", "has a `\"` that is opened"),
            ("a = r#\"b\"", "has a `r#\"` that is opened"),
            ("a = \"\\q\"", "has a `\\`"),
            ("a = \"\\xff\"", "has a `\\`"),
            ("a = \"\\u{d800}\"", "has a `\\`"),
            ("a = \"\\u{110000}\"", "has a `\\`"),
            ("a = \"\\u{+1}\"", "has a `\\`"),
            ("a = b\"\u{e9}\"", "in a text of bytes"),
            ("a = c\"\\0\"", "has a `\\`"),
            ("a = \"b\"c", "letters right behind"),
            ("a = 1u8", "letters right behind"),
            ("a('bc')", "which is no Rust"),
            ("a(')", "has a `'` that is opened"),
            ("a(x\"b\")", "has `x\"`"),
            ("a(r#b)", "has `r#`"),
            ("a(#\"b\")", "has `#\"`"),
            ("a(##)", "has `##`"),
            ("a(`)", "has the character ```"),
            ("a(\\)", "has the character `\\`"),
            ("a(\u{e9})", "outside of a text"),
            ("a\n(b)", "is not seen"),
            ("a = \"\u{202e}\"", "is not seen"),
            ("fn(a)", "has the word `fn`"),
            ("unsafe(a)", "has the word `unsafe`"),
            ("a::(b)", "does not begin"),
            ("#[a]", "does not begin"),
            ("#![a]", "does not begin"),
            (&deep(ATTRIBUTE_DEPTH + 1), "deeper than 64 levels"),
        ] {
            let problem = attribute(text).expect_err(text);
            assert!(problem.contains(words), "{text}: {problem}");
        }
    }
}
