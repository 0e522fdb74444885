//! The pieces of SQL, as each dialect cuts them: what is text, what is a name, what is a comment.
//!
//! SQLite: its manual's `lang_expr.html`, `lang_comment.html`, `lang_keywords.html`. PostgreSQL: chapter 4.1 of its manual.
//! MySQL: chapters 11.1.1, 11.2 and 11.7 of its manual.

use std::iter;

use crate::model::Dialect;

/// How a dialect, in one of its modes, cuts SQL into pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    dialect: Dialect,
    /// Whether a backslash takes the next character into a text: in MySQL in any, unless the mode `NO_BACKSLASH_ESCAPES` is
    /// on, in PostgreSQL in those behind the prefix E.
    escapes: bool,
}

const SQLITE: Reading = Reading {
    dialect: Dialect::Sqlite,
    escapes: false,
};

const POSTGRES: Reading = Reading {
    dialect: Dialect::Postgres,
    escapes: true,
};

const MYSQL: Reading = Reading {
    dialect: Dialect::Mysql,
    escapes: true,
};

const MYSQL_PLAIN: Reading = Reading {
    escapes: false,
    ..MYSQL
};

/// What MySQL runs though it looks like a comment begins so; its end is two marks.
const CODE: [&str; 2] = ["/*!", "/*M!"];

/// A piece of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A name, a keyword or a number, without quotes.
    Word(&'a str),
    /// What stands between quotes and is a name, and the closing quote; that stands twice where it is part of it.
    Name(char, &'a str),
    /// What stands between quotes and is text.
    Text(&'a str),
    /// Any other character.
    Mark(char),
    /// What is opened and not closed, a quote or `/` for a comment: the last token.
    Open(char),
}

impl Token<'_> {
    /// What it calls something, in lower case: a word, or a name without its quotes.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Word(word) => Some(word.to_ascii_lowercase()),
            Self::Name(mark, text) => {
                let doubled = String::from_iter([*mark, *mark]);
                let text = text.replace(&doubled, &mark.to_string());
                Some(text.to_ascii_lowercase())
            }
            _ => None,
        }
    }

    /// Whether it is this word of SQL.
    #[must_use]
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(other) if other.eq_ignore_ascii_case(word))
    }
}

impl Reading {
    /// How `dialect` reads SQL, in each of its modes.
    #[must_use]
    pub const fn of(dialect: Dialect) -> &'static [Self] {
        match dialect {
            Dialect::Sqlite => &[SQLITE],
            Dialect::Postgres => &[POSTGRES],
            Dialect::Mysql => &[MYSQL, MYSQL_PLAIN],
        }
    }

    /// The pieces of `sql`, without comments and what separates them.
    pub fn tokens(self, sql: &str) -> impl Iterator<Item = Token<'_>> {
        let mut rest = sql;
        iter::from_fn(move || {
            let (token, behind) = self.next(rest)?;
            rest = behind;
            Some(token)
        })
    }

    /// `sql` with a space for each comment, but as it is where a comment is run all the same.
    #[must_use]
    pub fn without_comments(self, sql: &str) -> String {
        if CODE.iter().any(|mark| sql.contains(mark)) {
            return sql.to_owned();
        }
        let mut text = String::new();
        let mut rest = sql;
        while let Some(at) = self.first(rest) {
            let (Some(first), between) = (at.chars().next(), &rest[..rest.len() - at.len()]) else {
                break;
            };
            let blank = between.trim().is_empty();
            text.push_str(if blank { between } else { " " });
            let (_, behind) = self.piece(at, first);
            text.push_str(&at[..at.len() - behind.len()]);
            rest = behind;
        }
        text
    }

    /// The first piece of `sql`, and what stands behind it.
    fn next(self, sql: &str) -> Option<(Token<'_>, &str)> {
        let at = self.first(sql)?;
        let first = at.chars().next()?;
        Some(self.piece(at, first))
    }

    /// `sql` from its first piece on, or from a comment that does not end; `None` where it has neither.
    fn first(self, mut sql: &str) -> Option<&str> {
        let mysql = self.dialect == Dialect::Mysql;
        loop {
            let first = sql.chars().next()?;
            let behind = &sql[first.len_utf8()..];
            let code = CODE.iter().find(|mark| sql.starts_with(**mark));
            if first.is_whitespace() {
                sql = behind;
            } else if let Some(mark) = code.filter(|_| mysql) {
                sql = &sql[mark.len()..];
            } else if self.is_line_comment(sql) {
                sql = sql.find('\n').map_or("", |end| &sql[end..]);
            } else if sql.starts_with("/*") {
                match self.behind_comment(sql) {
                    Some(behind) => sql = behind,
                    None => return Some(sql),
                }
            } else {
                return Some(sql);
            }
        }
    }

    /// The piece that `sql` begins with, which is no comment that ends.
    fn piece<'a>(self, sql: &'a str, first: char) -> (Token<'a>, &'a str) {
        if sql.starts_with("/*") {
            return (Token::Open('/'), "");
        }
        let behind = &sql[first.len_utf8()..];
        let quoted =
            |quote: char, text: &'a str, escapes: bool, token: fn(char, &'a str) -> Token<'a>| {
                match closing(text, quote, escapes) {
                    Some(end) => (token(quote, &text[..end]), &text[end + 1..]),
                    None => (Token::Open(quote), ""),
                }
            };
        let text = |_: char, inside: &'a str| Token::Text(inside);
        let prefixed = matches!(first, 'e' | 'E') && self.dialect == Dialect::Postgres;
        let everywhere = self.escapes && self.dialect == Dialect::Mysql;
        if let Some(inside) = behind.strip_prefix('\'').filter(|_| prefixed) {
            return quoted('\'', inside, self.escapes, text);
        }
        match (first, self.dialect) {
            ('\'', _) | ('"', Dialect::Mysql) => quoted(first, behind, everywhere, text),
            ('"', _) | ('`', Dialect::Sqlite | Dialect::Mysql) => {
                quoted(first, behind, false, Token::Name)
            }
            ('[', Dialect::Sqlite) => quoted(']', behind, false, Token::Name),
            ('$', Dialect::Postgres) => in_dollars(sql).unwrap_or((Token::Mark('$'), behind)),
            _ if is_of_word(first) => {
                let end = sql.find(|c| !is_of_word(c)).unwrap_or(sql.len());
                (Token::Word(&sql[..end]), &sql[end..])
            }
            _ => (Token::Mark(first), behind),
        }
    }

    fn is_line_comment(self, sql: &str) -> bool {
        let dashes = sql.strip_prefix("--");
        if self.dialect == Dialect::Mysql {
            let parts = |c: char| c.is_whitespace() || c.is_control();
            let spaced = |rest: &str| rest.chars().next().is_none_or(parts);
            sql.starts_with('#') || dashes.is_some_and(spaced)
        } else {
            dashes.is_some()
        }
    }

    /// What stands behind the comment that `sql` begins with. Those of PostgreSQL may have comments.
    fn behind_comment(self, sql: &str) -> Option<&str> {
        let nested = self.dialect == Dialect::Postgres;
        let (mut at, mut depth) = (2, 1_usize);
        // In one pass, as there may be many in one another. Both marks are ASCII, so that bytes tell them.
        loop {
            match sql.as_bytes().get(at..at + 2)? {
                b"*/" if depth == 1 => return Some(&sql[at + 2..]),
                b"*/" => (at, depth) = (at + 2, depth - 1),
                b"/*" if nested => (at, depth) = (at + 2, depth + 1),
                _ => at += 1,
            }
        }
    }
}

/// Text between `$tag$`, and what stands behind it; `None` where no tag begins.
fn in_dollars(sql: &str) -> Option<(Token<'_>, &str)> {
    let tag = 1 + sql[1..].find('$')?;
    let (mark, inside) = sql.split_at(tag + 1);
    let name = &mark[1..tag];
    let is_tag = !name.starts_with(|c: char| c.is_ascii_digit()) && name.chars().all(is_of_word);
    is_tag.then(|| match inside.split_once(mark) {
        Some((text, behind)) => (Token::Text(text), behind),
        None => (Token::Open('$'), ""),
    })
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// Where the `quote` is that closes. Two of them are one inside, but for brackets; a backslash that `escapes` takes the next
/// character.
fn closing(text: &str, quote: char, escapes: bool) -> Option<usize> {
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if c == '\\' && escapes {
            characters.next();
        } else if c == quote {
            let doubled = quote != ']' && characters.peek().is_some_and(|(_, next)| *next == quote);
            if !doubled {
                return Some(at);
            }
            characters.next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{MYSQL, MYSQL_PLAIN, POSTGRES, Reading, SQLITE, Token};

    fn pieces(reading: Reading, sql: &str) -> Vec<Token<'_>> {
        reading.tokens(sql).collect()
    }

    #[test]
    fn pieces_are_told_apart() {
        assert_eq!(
            pieces(SQLITE, "a_1>='it''s' -- b\n || /* c */ \"D\"\"e\" [f g]"),
            [
                Token::Word("a_1"),
                Token::Mark('>'),
                Token::Mark('='),
                Token::Text("it''s"),
                Token::Mark('|'),
                Token::Mark('|'),
                Token::Name('"', "D\"\"e"),
                Token::Name(']', "f g"),
            ]
        );
        assert_eq!(SQLITE.tokens("a 'b''").last(), Some(Token::Open('\'')));
        assert_eq!(SQLITE.tokens("a /* b").last(), Some(Token::Open('/')));
        assert_eq!(
            SQLITE.tokens("[a ']'").next(),
            Some(Token::Name(']', "a '"))
        );
    }

    #[test]
    fn comments_are_left_out_and_nothing_else() {
        let sql = " concat('-- a;\n', \"/* b */\", '\\' # c') -- it's;\n, `# d`)  # e";
        assert_eq!(
            MYSQL.without_comments(sql),
            " concat('-- a;\n', \"/* b */\", '\\' # c') , `# d`)"
        );
        assert_eq!(MYSQL.without_comments("a/* b */c -- d"), "a c");
        let run = "/*! a */ -- b";
        assert_eq!(MYSQL.without_comments(run), run);
    }

    #[test]
    fn each_dialect_has_texts_and_comments_of_its_own() {
        let a = Token::Word("a");
        assert_eq!(pieces(POSTGRES, r"E'\' a' a"), [Token::Text(r"\' a"), a]);
        assert_eq!(pieces(POSTGRES, r"'\' a"), [Token::Text(r"\"), a]);
        assert_eq!(pieces(POSTGRES, "$$ ' $$ a"), [Token::Text(" ' "), a]);
        assert_eq!(
            pieces(POSTGRES, "$q$ $$ ' $q$ a"),
            [Token::Text(" $$ ' "), a]
        );
        assert_eq!(pieces(POSTGRES, "$1 a").last(), Some(&a));
        assert_eq!(POSTGRES.tokens("$$ a").last(), Some(Token::Open('$')));
        assert_eq!(pieces(POSTGRES, "/* /* */ ' */ a"), [a]);
        assert_eq!(pieces(SQLITE, "/* /* */ a"), [a]);
        assert_eq!(pieces(POSTGRES, "/* ä /*/**/*/ ' **/ a /**/"), [a]);
        assert_eq!(pieces(POSTGRES, "/*/ a"), [Token::Open('/')]);
        // The end was looked for behind each of them anew, which grew with the square of their number.
        let many = "/*".repeat(400_000) + &"*/".repeat(400_000);
        assert_eq!(pieces(POSTGRES, &many), []);

        assert_eq!(pieces(MYSQL, r"'\' a' a"), [Token::Text(r"\' a"), a]);
        assert_eq!(pieces(MYSQL_PLAIN, r"'\' a"), [Token::Text(r"\"), a]);
        assert_eq!(pieces(MYSQL, "\"x\" # '\n a"), [Token::Text("x"), a]);
        assert_eq!(
            pieces(MYSQL, "--a -- b"),
            [Token::Mark('-'), Token::Mark('-'), a]
        );
        assert_eq!(
            pieces(MYSQL, "/*! a */ /* b */"),
            [a, Token::Mark('*'), Token::Mark('/')]
        );
    }
}
