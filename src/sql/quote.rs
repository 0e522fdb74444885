//! Quoting, in one place: identifiers, literals, comments, and SQL of the user inside ours.
//!
//! Nothing that a user writes may end the literal, the name or the comment that it stands in.

use std::fmt::Write as _;

use crate::visible::turns_writing;

/// Writes `name` between two `mark`s, those inside it doubled: `"a""b"`.
pub(crate) fn write_identifier(to: &mut String, name: &str, mark: char) {
    write_doubled(to, name, mark);
}

/// `text` as a string literal of standard SQL: `'it''s'`.
///
/// Right where a backslash means itself: SQLite always, PostgreSQL with `standard_conforming_strings`.
#[must_use]
pub(crate) fn literal(text: &str) -> String {
    doubled(text, '\'')
}

/// `bytes` as hexadecimal digits: `00ff`.
#[must_use]
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes all");
        text
    })
}

/// `text` as comment lines, each complete with its `-- `.
///
/// What could end a line for some reader begins a new comment line here; other control characters become spaces, and so
/// do the marks that change the direction of writing, which make a line look other than it is. Outer blank lines go.
#[must_use]
pub(crate) fn comment(text: &str) -> Vec<String> {
    let unified = text.replace("\r\n", "\n");
    let mut lines: Vec<String> = unified
        .split(is_line_end)
        .map(|line| line.replace(is_treacherous, " "))
        .map(|line| format!("-- {line}").trim_end().to_owned())
        .collect();
    while lines.last().is_some_and(|line| line == "--") {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| *line == "--").count();
    lines.drain(..blank);
    lines
}

/// SQL of the user in parentheses. A line comment at its end would swallow the closing one, so that gets its own line.
#[must_use]
pub(crate) fn parenthesised(sql: &str) -> String {
    format!("({})", closed(sql))
}

/// SQL of the user, safe to be followed by ours on the same line.
#[must_use]
pub(crate) fn closed(sql: &str) -> String {
    let sql = sql.trim();
    // `#` begins a comment in MySQL alone; elsewhere a needless line end does no harm.
    if sql.contains("--") || sql.contains('#') {
        format!("{sql}\n")
    } else {
        sql.to_owned()
    }
}

fn doubled(text: &str, mark: char) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    write_doubled(&mut quoted, text, mark);
    quoted
}

fn write_doubled(to: &mut String, text: &str, mark: char) {
    to.push(mark);
    let mut rest = text;
    // Names and texts rarely have the mark, and then are copied in one piece.
    while let Some(at) = rest.find(mark) {
        let next = at + mark.len_utf8();
        to.push_str(&rest[..next]);
        to.push(mark);
        rest = &rest[next..];
    }
    to.push_str(rest);
    to.push(mark);
}

const fn is_line_end(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn is_treacherous(character: char) -> bool {
    character.is_control() || turns_writing(character)
}

#[cfg(test)]
mod tests {
    use super::{closed, comment, hex, literal, parenthesised, write_identifier};

    #[test]
    fn marks_inside_are_doubled() {
        let identifier = |name, mark| {
            let mut quoted = String::new();
            write_identifier(&mut quoted, name, mark);
            quoted
        };
        assert_eq!(identifier("a\"b", '"'), "\"a\"\"b\"");
        assert_eq!(identifier("a`b", '`'), "`a``b`");
        assert_eq!(identifier("``", '`'), "``````");
        assert_eq!(literal("it's"), "'it''s'");
        assert_eq!(literal("'; DROP TABLE x --"), "'''; DROP TABLE x --'");
        assert_eq!(hex(&[0, 255, 16]), "00ff10");
    }

    #[test]
    fn no_line_of_a_comment_is_left_bare() {
        let lines = comment("\none\r\ntwo\rthree\u{2028}four\n\nfive\0six */ ; \u{202e}DROP\n\n");
        assert_eq!(
            lines,
            [
                "-- one",
                "-- two",
                "-- three",
                "-- four",
                "--",
                "-- five six */ ;  DROP"
            ]
        );
        assert!(comment(" \n\t\n").is_empty());
    }

    #[test]
    fn a_trailing_comment_swallows_nothing() {
        assert_eq!(parenthesised(" a > 0 "), "(a > 0)");
        assert_eq!(parenthesised("a > 0 -- positive"), "(a > 0 -- positive\n)");
        assert_eq!(closed("a # b"), "a # b\n");
    }
}
