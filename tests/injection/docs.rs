//! Docs in Rust: the words as they were written, and nothing that rustdoc takes for code, a link or a tag.

use super::tokens::Rust;

/// `text` is the doc in place of `harmless`.
pub fn arrived(files: &[Rust], before: &[Rust], harmless: &str, text: &str) -> Result<(), String> {
    let all = |files: &[Rust]| -> Vec<Vec<String>> { files.iter().flat_map(Rust::docs).collect() };
    let (found, before) = (all(files), all(before));
    let wanted = words(text);
    for lines in found.iter().filter(|lines| !before.contains(lines)) {
        for line in lines {
            inert(line).map_err(|error| format!("{error}: {line:?}"))?;
        }
    }
    if !before.iter().any(|lines| lines.concat().contains(harmless)) {
        return Ok(()); // Not of the Rust.
    }
    let is_it = |lines: &[String]| {
        let read: Vec<String> = lines.iter().map(|line| read(line)).collect();
        read.starts_with(&wanted)
    };
    if wanted.is_empty() || found.iter().any(|lines| is_it(lines)) {
        return Ok(());
    }
    Err(format!("no doc is {wanted:?}: {found:?}"))
}

/// The rule: the lines without outer blanks; a control character, and a mark that changes the direction, is a space; blanks
/// behind the mark of a list, which would begin code, are one.
fn words(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let lines = text.split(['\n', '\r']);
    let lines: Vec<String> = lines
        .map(|line| line.trim().replace(is_space, " "))
        .collect();
    let first = lines.iter().position(|line| !line.is_empty());
    let last = lines.iter().rposition(|line| !line.is_empty());
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    lines[first..=last]
        .iter()
        .map(|line| squeezed(line))
        .collect()
}

fn is_space(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// The line with a single blank behind each mark at its beginning.
fn squeezed(line: &str) -> String {
    let (marks, rest) = marks(line);
    let mut line = String::new();
    for mark in marks {
        line.extend([mark, " "]);
    }
    line + rest.trim_start_matches(' ')
}

/// The marks of lists that a line begins with, and what is behind them.
fn marks(line: &str) -> (Vec<&str>, &str) {
    let (mut found, mut rest) = (Vec::new(), line);
    loop {
        let at = rest.trim_start_matches(' ');
        let digits = at.len() - at.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let length = match at[digits..].chars().next() {
            Some('.' | ')') if (1..=9).contains(&digits) => digits + 1,
            Some('-' | '*' | '+') if digits == 0 => 1,
            _ => return (found, rest),
        };
        let behind = &at[length..];
        if !behind.starts_with(' ') {
            return (found, rest);
        }
        found.push(&at[..length]);
        rest = behind;
    }
}

/// A line of a doc as it is shown: without what escapes, and without the brackets of an address.
fn read(line: &str) -> String {
    let line = line.strip_prefix(' ').unwrap_or(line);
    let mut text = String::new();
    each(line, |c, _, _| text.push(c));
    squeezed(&text)
}

/// Nothing outside of code is a bracket, an angle or a tick, but for addresses.
fn inert(line: &str) -> Result<(), &'static str> {
    let line = line.strip_prefix(' ').unwrap_or(line);
    let (_, rest) = marks(line);
    if rest.starts_with("     ")
        || line.starts_with(' ') && line.trim_start() != line && line.starts_with("    ")
    {
        return Err("blanks begin code");
    }
    let inside = rest.trim_start();
    if inside.starts_with("~~~") || (inside.starts_with("```") && !inside[3..].contains('`')) {
        return Err("a fence of code");
    }
    let mut wrong = None;
    each(line, |c, escaped, code| {
        if !escaped && !code && matches!(c, '[' | ']' | '<' | '`') {
            wrong = Some("something is live");
        }
    });
    wrong.map_or(Ok(()), Err)
}

/// Each character that is shown, whether it is escaped, and whether it is of code.
fn each(line: &str, mut shown: impl FnMut(char, bool, bool)) {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        if c == '\\' && behind.starts_with(['\\', '`', '[', ']', '<', '>', '~']) {
            let next = behind.chars().next().expect("a mark");
            shown(next, true, false);
            rest = &behind[1..];
        } else if c == '`' {
            let ticks = rest.len() - rest.trim_start_matches('`').len();
            let (code, behind) = code(&rest[ticks..], ticks).unwrap_or(("", &rest[ticks..]));
            let closed = code.len() + behind.len() < rest.len() - ticks;
            let all = &rest[..rest.len() - behind.len()];
            all.chars().for_each(|c| shown(c, false, closed));
            rest = behind;
        } else if let Some(end) = rest.starts_with("<http").then(|| rest.find('>')).flatten() {
            // An address: the brackets are not shown.
            rest[1..end].chars().for_each(|c| shown(c, false, true));
            rest = &rest[end + 1..];
        } else {
            shown(c, false, false);
            rest = behind;
        }
    }
}

/// What stands before the next run of as many ticks, and what behind it.
fn code(text: &str, ticks: usize) -> Option<(&str, &str)> {
    let mut at = 0;
    while let Some(next) = text[at..].find('`') {
        let start = at + next;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == ticks {
            return Some((&text[..start], &text[start + run..]));
        }
        at = start + run;
    }
    None
}
