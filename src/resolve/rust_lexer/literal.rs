//! Literals of Rust: each function gives what stands behind one, or what is wrong, as the end of a sentence.

/// The kind of a text between quotation marks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Plain,
    Bytes,
    /// For C: no zero in it.
    C,
}

/// What stands behind a literal, which has no suffix.
fn ended(behind: &str) -> Result<&str, String> {
    if behind.starts_with(is_in_word) {
        return Err("has letters right behind a literal".to_owned());
    }
    Ok(behind)
}

/// What stands behind the text that goes on with `text`.
pub(super) fn string(mut text: &str, kind: Text) -> Result<&str, String> {
    loop {
        text = match text.chars().next() {
            None => return Err("has a `\"` that is opened and not closed".to_owned()),
            Some('"') => return ended(&text[1..]),
            Some('\\') => escape(&text[1..], kind)?,
            Some(c) if kind == Text::Bytes && !c.is_ascii() => return Err(no_byte(c)),
            Some(c) => &text[c.len_utf8()..],
        };
    }
}

/// What stands behind a raw text, of which `text` has the marks.
pub(super) fn raw<'t>(prefix: &str, text: &'t str) -> Result<&'t str, String> {
    let inside = text.trim_start_matches('#');
    let marks = &text[..text.len() - inside.len()];
    let end = format!("\"{marks}");
    // The compiler counts the marks in a byte.
    let found = inside[1..].find(&end).filter(|_| marks.len() < 256);
    let Some(at) = found else {
        return Err(format!(
            "has a `{prefix}{marks}\"` that is opened and not closed"
        ));
    };
    let content = &inside[1..][..at];
    if let Some(c) = content.chars().find(|c| prefix == "br" && !c.is_ascii()) {
        return Err(no_byte(c));
    }
    ended(&inside[1 + at + end.len()..])
}

/// What stands behind the character that goes on with `text`.
pub(super) fn character(text: &str, kind: Text) -> Result<&str, String> {
    let unclosed = || "has a `'` that is opened and not closed".to_owned();
    let behind = match text.chars().next() {
        None | Some('\'') => return Err(unclosed()),
        Some('\\') => escape(&text[1..], kind)?,
        Some(c) if kind == Text::Bytes && !c.is_ascii() => return Err(no_byte(c)),
        Some(c) => &text[c.len_utf8()..],
    };
    ended(behind.strip_prefix('\'').ok_or_else(unclosed)?)
}

fn no_byte(c: char) -> String {
    format!("has the character `{c}` in a text of bytes")
}

/// What stands behind the escape that goes on with `text`.
fn escape(text: &str, kind: Text) -> Result<&str, String> {
    let wrong = || Err("has a `\\` with no escape of Rust behind it".to_owned());
    let value = match text.chars().next() {
        Some('n' | 'r' | 't' | '\\' | '\'' | '"') => return Ok(&text[1..]),
        Some('0') => Some((0, 1)),
        Some('x') => text.get(1..3).and_then(|hex| Some((hexadecimal(hex)?, 3))),
        Some('u') if kind != Text::Bytes => text[1..].strip_prefix('{').and_then(|hex| {
            let (hex, _) = hex.split_once('}')?;
            let value = hexadecimal(hex).filter(|_| hex.len() <= 6)?;
            char::from_u32(value)?;
            Some((value, 3 + hex.len()))
        }),
        _ => None,
    };
    match value {
        Some((0, _)) if kind == Text::C => wrong(),
        Some((128.., 3)) if kind == Text::Plain => wrong(),
        Some((_, length)) => Ok(&text[length..]),
        None => wrong(),
    }
}

/// Hexadecimal digits, at least one and nothing else.
fn hexadecimal(digits: &str) -> Option<u32> {
    let all = digits.chars().all(|c| c.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| all)
}

/// What stands behind a number: digits, and digits behind a point.
pub(super) fn number(text: &str) -> Result<&str, String> {
    let digits = |text: &str| {
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == '_'));
        end.unwrap_or(text.len())
    };
    let mut behind = &text[digits(text)..];
    let fraction = behind.strip_prefix('.');
    if let Some(fraction) = fraction.filter(|text| text.starts_with(|c: char| c.is_ascii_digit())) {
        behind = &fraction[digits(fraction)..];
    }
    ended(behind)
}

/// Whether a word may have the character.
pub(super) fn is_in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}
