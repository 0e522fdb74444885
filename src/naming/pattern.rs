//! Patterns: names made of others, `fk_{table}_{columns}`.

use std::fmt;
use std::ops::Range;

/// Why something is no pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault<'p> {
    /// `{` without the `}` that ends the placeholder.
    Open,
    /// `}` that ends no placeholder.
    Close,
    /// A placeholder that does not exist here; its word.
    Unknown(&'p str),
}

impl fmt::Display for Fault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("a `{` that no `}` follows"),
            Self::Close => f.write_str("a `}` that no `{` begins"),
            Self::Unknown(word) => {
                write!(f, "the unknown placeholder `{{{}}}`", word.escape_debug())
            }
        }
    }
}

/// What is wrong in `pattern` where the placeholders `words` exist, each with its bytes.
#[must_use]
pub fn faults<'p>(pattern: &'p str, words: &[&str]) -> Vec<(Fault<'p>, Range<usize>)> {
    let mut faults = Vec::new();
    let mut at = 0;
    while let Some(brace) = pattern[at..].find(['{', '}']) {
        let start = at + brace;
        let inside = &pattern[start + 1..];
        at = start + 1;
        if pattern[start..].starts_with('}') {
            faults.push((Fault::Close, start..at));
            continue;
        }
        match inside.find(['{', '}']) {
            Some(length) if inside[length..].starts_with('}') => {
                at += length + 1;
                let word = &inside[..length];
                if !words.contains(&word) {
                    faults.push((Fault::Unknown(word), start..at));
                }
            }
            _ => faults.push((Fault::Open, start..at)),
        }
    }
    faults
}

/// `pattern` with each placeholder replaced by what `words` has for it.
#[must_use]
pub fn fill(pattern: &str, words: &[(&str, &str)]) -> String {
    let mut name = String::with_capacity(pattern.len());
    let mut rest = pattern;
    // One pass, so that braces in what stands for a placeholder stay what they are.
    while let Some(open) = rest.find('{') {
        name.push_str(&rest[..open]);
        rest = &rest[open + 1..];
        let found = words.iter().find_map(|(word, text)| {
            let rest = rest.strip_prefix(word)?.strip_prefix('}')?;
            Some((*text, rest))
        });
        let (text, behind) = found.unwrap_or(("{", rest));
        name.push_str(text);
        rest = behind;
    }
    name.push_str(rest);
    name
}

#[cfg(test)]
mod tests {
    use super::{Fault, faults, fill};

    #[test]
    fn tells_every_fault_and_its_place() {
        let words = ["table", "columns"];
        assert_eq!(faults("", &words), []);
        assert_eq!(faults("a {table}_{columns} é", &words), []);
        assert_eq!(
            faults("é{tabel}_{}", &words),
            [
                (Fault::Unknown("tabel"), 2..9),
                (Fault::Unknown(""), 10..12)
            ]
        );
        assert_eq!(
            faults("}{{table}}{", &words),
            [
                (Fault::Close, 0..1),
                (Fault::Open, 1..2),
                (Fault::Close, 9..10),
                (Fault::Open, 10..11)
            ]
        );
        assert_eq!(faults("{ta\nble", &words), [(Fault::Open, 0..1)]);
    }

    #[test]
    fn fills_once() {
        let words = [("table", "{columns}"), ("columns", "x_y")];
        assert_eq!(
            fill("uq_{table}_{columns}", &words),
            "uq_{columns}_x_y",
            "braces of a table are its own"
        );
        assert_eq!(fill("{columns}{columns}", &words), "x_yx_y");
        assert_eq!(fill("{}{table", &words), "{}{table");
        assert_eq!(fill("", &words), "");
    }
}
