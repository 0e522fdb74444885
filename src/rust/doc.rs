//! Doc comments from the words of a spec: shown as they were written, never code, never a link that leads nowhere.

use crate::model::{Literal, Type};

use super::literal::is_direction_mark;

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
    let plain = |c: char| match c {
        '`' => '\'',
        c if c.is_control() || is_direction_mark(c) => ' ',
        c => c,
    };
    format!("`{}`", name.trim().chars().map(plain).collect::<String>())
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

/// Indented text would be code for rustdoc to compile, so outer spaces go.
fn line(words: &str) -> String {
    let words = words.trim();
    let mut text = String::with_capacity(words.len());
    if words.starts_with("```") || words.starts_with("~~~") {
        text.push('\\');
    }
    let code_spans = words.matches('`').count() / 2 * 2;
    let mut ticks = 0;
    for c in words.chars() {
        match c {
            '`' if ticks < code_spans => {
                ticks += 1;
                text.push('`');
            }
            '`' | '[' | ']' | '<' | '>' if ticks % 2 == 0 => text.extend(['\\', c]),
            c if c.is_control() || is_direction_mark(c) => text.push(' '),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn nothing_becomes_code_or_a_link() {
        let words = "\n    let x = [1];\n```\nfn main() {}\n<b>[x]</b> `[y]` `\u{202e}\n\n";
        let expected = [
            " let x = \\[1\\];",
            "\\\\`\\`\\`",
            " fn main() {}",
            " \\<b\\>\\[x\\]\\</b\\> `[y]` \\` ",
        ];
        assert_eq!(lines(Some(words), "x")[0], expected[0]);
        assert_eq!(lines(Some(words), "x")[2], expected[2]);
        assert_eq!(lines(Some(words), "x")[3], expected[3]);
        assert!(lines(Some(words), "x")[1].starts_with(" \\"));
    }

    #[test]
    fn no_words_say_something_else() {
        assert_eq!(lines(None, "Column `a`."), [" Column `a`."]);
        assert_eq!(lines(Some(" \n\t"), "Column `a`."), [" Column `a`."]);
    }
}
