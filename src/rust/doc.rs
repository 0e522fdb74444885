//! Doc comments from the words of a spec: shown as they were written, never code, never a link that leads nowhere.

use crate::model::{Literal, Type};

use crate::visible::turns_writing;

/// The lines of a doc comment for `words`, or for `otherwise` where the spec says nothing.
///
/// rustdoc reads Markdown; what it would take for links, tags, or code to be compiled is escaped.
pub(super) fn lines(words: Option<&str>, otherwise: &str) -> Vec<String> {
    match self::words(words) {
        lines if lines.is_empty() => vec![format!(" {otherwise}")],
        lines => lines,
    }
}

/// The lines of a doc comment for `words`; none where the spec says nothing.
pub(super) fn words(words: Option<&str>) -> Vec<String> {
    let lines: Vec<String> = words
        .unwrap_or_default()
        .replace("\r\n", "\n")
        .split(['\n', '\r'])
        .map(line)
        .collect();
    let first = lines.iter().position(|line| !line.is_empty());
    let last = lines.iter().rposition(|line| !line.is_empty());
    match (first, last) {
        (Some(first), Some(last)) => lines[first..=last].iter().map(spaced).collect(),
        _ => Vec::new(),
    }
}

/// What stands behind `///`: a space, but not at the end of a line.
fn spaced(line: &String) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// A name as code: `` `students` ``.
pub(super) fn code(name: &str) -> String {
    // A backtick inside would end it; the name is for reading only, and all else in it is as it stands.
    let within = |c: char| if c == '`' { '\'' } else { plain(c) };
    format!("`{}`", name.trim().chars().map(within).collect::<String>())
}

/// A value as the spec has it, as code.
pub(super) fn value(ty: &Type, value: &Literal) -> String {
    match (ty, value) {
        (_, Literal::Boolean(value)) => code(&value.to_string()),
        (_, Literal::Integer(value)) => code(&value.to_string()),
        (Type::Enum(of), Literal::Text(stored)) => {
            let mut variants = of.variants.iter();
            let variant = variants.find(|variant| variant.stored == *stored);
            code(variant.map_or(stored, |variant| &variant.name))
        }
        (_, Literal::Number(text) | Literal::Text(text)) => code(text),
    }
}

/// Values one after another; nothing where there are none.
pub(super) fn values(ty: &Type, values: &[Literal]) -> String {
    let all: Vec<String> = values.iter().map(|each| value(ty, each)).collect();
    all.join(", ")
}

/// What stands behind a mark of a list, and is indented, would be code for rustdoc to compile; so would what follows a fence.
/// Outer spaces go, for the same reason.
fn line(words: &str) -> String {
    let mut rest = words.trim();
    let mut text = String::with_capacity(words.len());
    while let Some((mark, behind)) = list_mark(rest) {
        text.extend([mark, " "]);
        rest = behind.trim_start();
    }
    if rest.starts_with("~~~") {
        text.push('\\');
    }
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        rest = match c {
            '`' => ticks(rest, &mut text),
            'h' if address(rest) > 0 => {
                let (address, behind) = rest.split_at(address(rest));
                text.extend(["<", address, ">"]);
                behind
            }
            '[' | ']' | '<' | '>' => {
                text.extend(['\\', c]);
                behind
            }
            // It would make another of the one that escapes what follows.
            '\\' if behind.starts_with(['\\', '`', '[', ']', '<', '>']) => {
                text.push_str("\\\\");
                behind
            }
            c => {
                text.push(plain(c));
                behind
            }
        };
    }
    text
}

/// The mark of a list that a line begins with, with spaces behind it, and what follows.
fn list_mark(line: &str) -> Option<(&str, &str)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marks: &[char] = if digits > 0 {
        &['.', ')']
    } else {
        &['-', '*', '+']
    };
    line[digits..].strip_prefix(marks)?;
    let (mark, behind) = line.split_at(digits + 1);
    let separate = behind.starts_with(|c: char| c.is_whitespace() || c.is_control());
    separate.then_some((mark, behind))
}

/// Puts what `rest` begins with into `text`: ticks and the code up to as many others, or ticks alone, which are then escaped.
/// Gives what is behind.
fn ticks<'a>(rest: &'a str, text: &mut String) -> &'a str {
    let count = |rest: &str| rest.len() - rest.trim_start_matches('`').len();
    let opening = count(rest);
    let mut at = opening;
    while let Some(next) = rest[at..].find('`') {
        at += next;
        let closing = count(&rest[at..]);
        at += closing;
        if closing == opening {
            text.extend(rest[..at].chars().map(plain));
            return &rest[at..];
        }
    }
    text.extend(["\\`"].iter().cycle().take(opening).copied());
    &rest[opening..]
}

/// The length of the address of a page that `rest` begins with; 0 where none stands there. rustdoc warns of those that are no
/// links.
fn address(rest: &str) -> usize {
    let behind = rest
        .strip_prefix("https://")
        .or(rest.strip_prefix("http://"));
    let Some(behind) = behind else { return 0 };
    let of_address = |c: char| c.is_ascii_alphanumeric() || "-@:%._+~#=?&/".contains(c);
    let end = behind.find(|c| !of_address(c)).unwrap_or(behind.len());
    match behind[..end].trim_end_matches(['.', ':', '?']).len() {
        0 => 0,
        length => rest.len() - behind.len() + length,
    }
}

/// What may stand in source: no control characters, and no marks that make a line look other than it is.
fn plain(c: char) -> char {
    if c.is_control() || turns_writing(c) {
        ' '
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn nothing_becomes_code_or_a_link() {
        let words = "\n    let x = [1];\n```\nfn main() {}\n<b>[x]</b> `[y]` `\u{202e}\n\n";
        let expected = [
            " let x = \\[1\\];",
            " \\`\\`\\`",
            " fn main() {}",
            " \\<b\\>\\[x\\]\\</b\\> `[y]` \\` ",
        ];
        assert_eq!(lines(Some(words), "x"), expected);
    }

    #[test]
    fn what_is_escaped_stays_escaped() {
        for (words, expected) in [
            (r"\[a]", r" \\\[a\]"),
            (r"\`[a]`", r" \\`[a]`"),
            (r"\* a \_", r" \* a \_"),
            ("``a`[b]`", r" \`\`a`[b]`"),
            ("`a``[b]``c` [d]", r" `a``[b]``c` \[d\]"),
            ("```rust", r" \`\`\`rust"),
            ("-     a", " - a"),
            ("- 1.\t ~~~ rust", r" - 1. \~~~ rust"),
            ("*a* b", " *a* b"),
            (
                "see http://a.example/b_c?d, e",
                " see <http://a.example/b_c?d>, e",
            ),
            ("https:// a", " https:// a"),
        ] {
            assert_eq!(lines(Some(words), "x"), [expected], "{words}");
        }
        assert_eq!(lines(Some("a\r\nb"), "x"), [" a", " b"]);
    }

    #[test]
    fn no_words_say_something_else() {
        assert_eq!(lines(None, "Column `a`."), [" Column `a`."]);
        assert_eq!(lines(Some(" \n\t"), "Column `a`."), [" Column `a`."]);
    }
}
