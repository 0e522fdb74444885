//! SQL that the user wrote, and what can be read off it without knowing the dialect.

use super::Dialect;

/// SQL of the user, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sql {
    /// The same for every dialect.
    All(String),
    /// A text for each dialect that was asked for.
    PerDialect(Vec<(Dialect, String)>),
}

impl Sql {
    /// Every text.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (all, each) = match self {
            Self::All(text) => (Some(text), &[][..]),
            Self::PerDialect(texts) => (None, &texts[..]),
        };
        all.into_iter()
            .chain(each.iter().map(|(_, text)| text))
            .map(String::as_str)
    }

    /// The text for `dialect`; `None` when the spec gives none for it.
    #[must_use]
    pub fn text(&self, dialect: Dialect) -> Option<&str> {
        match self {
            Self::All(text) => Some(text),
            Self::PerDialect(texts) => texts
                .iter()
                .find(|(d, _)| *d == dialect)
                .map(|(_, text)| text.as_str()),
        }
    }
}

/// A piece of SQL, as far as all dialects read it alike (SQLite's manual, `lang_expr.html`, `lang_comment.html`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A name, a keyword or a number, without quotes.
    Word(&'a str),
    /// What stands between two quotes, and which ones; a quote inside stands twice.
    Quoted(char, &'a str),
    /// Any other character.
    Mark(char),
    /// A quote, or `/` for a comment, that is opened and not closed: the last token.
    Open(char),
}

/// The pieces of `sql`, without comments and what separates them.
pub fn tokens(sql: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = sql;
    std::iter::from_fn(move || {
        loop {
            let first = rest.chars().next()?;
            let behind = &rest[first.len_utf8()..];
            if first.is_whitespace() {
                rest = behind;
            } else if rest.starts_with("--") {
                rest = rest.find('\n').map_or("", |end| &rest[end..]);
            } else if rest.starts_with("/*") {
                let Some(end) = rest[2..].find("*/") else {
                    rest = "";
                    return Some(Token::Open('/'));
                };
                rest = &rest[2 + end + 2..];
            } else if matches!(first, '\'' | '"' | '`') {
                let Some(end) = closing(behind, first) else {
                    rest = "";
                    return Some(Token::Open(first));
                };
                rest = &behind[end + 1..];
                return Some(Token::Quoted(first, &behind[..end]));
            } else if is_of_word(first) {
                let end = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
                let word = &rest[..end];
                rest = &rest[end..];
                return Some(Token::Word(word));
            } else {
                rest = behind;
                return Some(Token::Mark(first));
            }
        }
    })
}

/// Whether `sql` speaks of the column `name`: as a word, whose case means nothing, or in quotes.
#[must_use]
pub fn speaks_of(sql: &str, name: &str) -> bool {
    tokens(sql).any(|token| match token {
        Token::Word(word) => word.eq_ignore_ascii_case(name),
        Token::Quoted(mark @ ('"' | '`'), text) => {
            let doubled = String::from_iter([mark, mark]);
            text.replace(&doubled, &mark.to_string())
                .eq_ignore_ascii_case(name)
        }
        _ => false,
    })
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// Where the `quote` is that closes; two of them are one inside.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(quote)?;
        if !text[at + 1..].starts_with(quote) {
            return Some(at);
        }
        from = at + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, speaks_of, tokens};

    #[test]
    fn pieces_are_told_apart() {
        let sql = "a_1>='it''s' -- b\n || /* c */ \"D\"\"e\"";
        let pieces: Vec<Token<'_>> = tokens(sql).collect();
        assert_eq!(
            pieces,
            [
                Token::Word("a_1"),
                Token::Mark('>'),
                Token::Mark('='),
                Token::Quoted('\'', "it''s"),
                Token::Mark('|'),
                Token::Mark('|'),
                Token::Quoted('"', "D\"\"e"),
            ]
        );
        assert_eq!(tokens("a 'b''").last(), Some(Token::Open('\'')));
        assert_eq!(tokens("a /* b").last(), Some(Token::Open('/')));
    }

    #[test]
    fn a_column_is_found_by_its_name_alone() {
        assert!(speaks_of("length(Name) > 0", "name"));
        assert!(speaks_of("\"paid \"\"on\"\"\" IS NULL", "paid \"on\""));
        assert!(speaks_of("`name` <> ''", "name"));
        for sql in [
            "names > 0",
            "a = 'name'",
            "a > 0 -- name",
            "a > 0 /* name */",
            "first_name",
        ] {
            assert!(!speaks_of(sql, "name"), "{sql}");
        }
    }
}
