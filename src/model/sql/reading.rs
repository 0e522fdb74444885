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
    /// Whether names stand between `"`: in MySQL in the mode `ANSI_QUOTES`.
    names: bool,
    code: Code,
}

/// What becomes of comments that are code to MySQL: whether a server runs one depends on what it is, and on its version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Run,
    /// A comment like others.
    Comment,
    /// A comment that may have one comment in it, as those for a later version.
    Nested,
}

const SQLITE: Reading = Reading {
    dialect: Dialect::Sqlite,
    escapes: false,
    names: true,
    code: Code::Comment,
};

const POSTGRES: Reading = Reading {
    dialect: Dialect::Postgres,
    escapes: true,
    ..SQLITE
};

const MYSQL: Reading = Reading {
    dialect: Dialect::Mysql,
    escapes: true,
    names: false,
    code: Code::Run,
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

    /// The same, and how those servers read it that take what others run for a comment, or what others take for a text for
    /// a name.
    pub fn all(dialect: Dialect) -> impl Iterator<Item = Self> {
        let codes: &[Code] = match dialect {
            Dialect::Mysql => &[Code::Run, Code::Comment, Code::Nested],
            Dialect::Sqlite | Dialect::Postgres => &[Code::Comment],
        };
        let names: &[bool] = match dialect {
            Dialect::Mysql => &[false, true],
            Dialect::Sqlite | Dialect::Postgres => &[true],
        };
        let modes = Self::of(dialect).iter();
        modes.flat_map(move |mode| {
            let each = codes.iter();
            each.flat_map(move |code| {
                let each = names.iter();
                each.map(move |names| Self {
                    names: *names,
                    code: *code,
                    ..*mode
                })
            })
        })
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
        loop {
            let first = sql.chars().next()?;
            let behind = &sql[first.len_utf8()..];
            if is_space(first) {
                sql = behind;
            } else if let Some(mark) = code(sql).filter(|_| self.code == Code::Run) {
                sql = &sql[mark.len()..];
            } else if self.is_line_comment(sql) {
                let returns = self.dialect == Dialect::Postgres;
                let end = sql.find(|c| c == '\n' || (c == '\r' && returns));
                sql = end.map_or("", |end| &sql[end..]);
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
            return match continued(inside) {
                Some(end) => (Token::Text(&inside[..end]), &inside[end + 1..]),
                None => (Token::Open('\''), ""),
            };
        }
        let marks = matches!(first, '$' | '@' | ':' | '#') && self.dialect == Dialect::Sqlite;
        if let Some(found) = Some(sql).filter(|_| marks).and_then(variable) {
            return found;
        }
        match (first, self.dialect) {
            ('\'', _) => quoted(first, behind, everywhere, text),
            ('"', _) if !self.names => quoted(first, behind, everywhere, text),
            ('"', _) | ('`', Dialect::Sqlite | Dialect::Mysql) => {
                quoted(first, behind, false, Token::Name)
            }
            ('[', Dialect::Sqlite) => quoted(']', behind, false, Token::Name),
            ('$', Dialect::Postgres) => in_dollars(sql).unwrap_or((Token::Mark('$'), behind)),
            ('0'..='9', Dialect::Postgres) => {
                let end = behind_number(sql);
                (Token::Word(&sql[..end]), &sql[end..])
            }
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
            let parts = |c: char| c == ' ' || c.is_ascii_control();
            let spaced = |rest: &str| rest.chars().next().is_none_or(parts);
            sql.starts_with('#') || dashes.is_some_and(spaced)
        } else {
            dashes.is_some()
        }
    }

    /// What stands behind the comment that `sql` begins with. Those of PostgreSQL may have comments.
    fn behind_comment(self, sql: &str) -> Option<&str> {
        let once = self.code == Code::Nested && code(sql).is_some();
        let nests = |depth: usize| self.dialect == Dialect::Postgres || (once && depth == 1);
        let (mut at, mut depth) = (2, 1_usize);
        // In one pass, as there may be many in one another. Both marks are ASCII, so that bytes tell them.
        loop {
            match sql.as_bytes().get(at..at + 2)? {
                b"*/" if depth == 1 => return Some(&sql[at + 2..]),
                b"*/" => (at, depth) = (at + 2, depth - 1),
                b"/*" if nests(depth) => (at, depth) = (at + 2, depth + 1),
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

/// How a comment begins that MySQL may run, where `sql` begins with one.
fn code(sql: &str) -> Option<&'static str> {
    CODE.into_iter().find(|mark| sql.starts_with(mark))
}

/// To databases everything beyond ASCII is of names, spaces too.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii()
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r')
}

/// Where the quote is that closes a text of PostgreSQL with escapes. Behind a line's end another text continues it, as one
/// with escapes.
fn continued(inside: &str) -> Option<usize> {
    let mut end = closing(inside, '\'', true)?;
    loop {
        let behind = &inside[end + 1..];
        let mut next = behind.trim_start_matches(is_space);
        // Comments of a line may stand between.
        while let Some(comment) = next.strip_prefix("--") {
            let line = comment.find(['\n', '\r']).unwrap_or(comment.len());
            next = comment[line..].trim_start_matches(is_space);
        }
        let between = &behind[..behind.len() - next.len()];
        if !between.contains(['\n', '\r']) || !next.starts_with('\'') {
            return Some(end);
        }
        let start = inside.len() - next.len() + 1;
        end = start + closing(&inside[start..], '\'', true)?;
    }
}

/// A variable of SQLite that has parentheses, and in them anything but spaces, `$a(')`, and what stands behind it. Without
/// parentheses it is a mark and a word.
fn variable(sql: &str) -> Option<(Token<'_>, &str)> {
    let mut at = 1;
    loop {
        let rest = sql.get(at..)?;
        let word = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
        let colons = usize::from(rest[word..].starts_with("::")) * 2;
        at += word + colons;
        if word + colons == 0 {
            break;
        }
    }
    let named = sql[1..at].contains(is_of_word);
    let inside = sql[at..].strip_prefix('(').filter(|_| named)?;
    let end = inside.find(|c| c == ')' || is_space(c));
    Some(match end.filter(|end| inside[*end..].starts_with(')')) {
        Some(end) => {
            let (variable, behind) = sql.split_at(at + end + 2);
            (Token::Word(variable), behind)
        }
        None => (Token::Open('('), ""),
    })
}

/// Where a number of PostgreSQL ends: no `$` belongs to it, nor the E before a text.
fn behind_number(sql: &str) -> usize {
    let end = sql.find(|c| c == '$' || !is_of_word(c));
    let end = end.unwrap_or(sql.len());
    let is_prefix = sql[end..].starts_with('\'') && sql[..end].ends_with(['e', 'E']);
    end - usize::from(is_prefix)
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
mod tests;
