//! Statements of SQL as pieces, cut as each database cuts them. Written for these tests from the manuals and the sources of
//! the databases, without a look at how the product does it.

use relata::Dialect;

/// A piece of SQL. What texts hold is data, and so are comments, which are no pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Word(String),
    /// A name between quotes.
    Name(String),
    /// A text, whatever it holds.
    Text,
    Mark(char),
    /// Something that does not end, or that a program which loads files takes for a command.
    Broken(&'static str),
}

/// The pieces of `sql`.
pub fn pieces(sql: &str, dialect: Dialect) -> Vec<Piece> {
    let mut lexer = Lexer {
        rest: sql,
        dialect,
        found: Vec::new(),
    };
    while lexer.piece() {}
    lexer.found
}

struct Lexer<'s> {
    rest: &'s str,
    dialect: Dialect,
    found: Vec<Piece>,
}

impl<'s> Lexer<'s> {
    fn is(&self, dialect: Dialect) -> bool {
        self.dialect == dialect
    }

    /// Takes the first `length` bytes.
    fn take(&mut self, length: usize) -> &'s str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'s str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        self.take(end)
    }

    /// Takes what comes next; `false` at the end.
    fn piece(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else {
            return false;
        };
        let second = self.rest[first.len_utf8()..].chars().next();
        match first {
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => drop(self.take(1)),
            '-' if second == Some('-') && self.dashes_begin_a_comment() => self.line(),
            '#' if self.is(Dialect::Mysql) => self.line(),
            '/' if second == Some('*') => self.comment(),
            '\'' => self.quoted('\'', self.is(Dialect::Mysql), true),
            '"' => self.quoted('"', self.is(Dialect::Mysql), self.is(Dialect::Mysql)),
            '`' if !self.is(Dialect::Postgres) => self.quoted('`', false, false),
            '[' if self.is(Dialect::Sqlite) => self.bracket(),
            '$' if self.is(Dialect::Postgres) => self.dollar(),
            '$' | '@' | ':' | '#' if self.is(Dialect::Sqlite) => self.variable(),
            '\\' => {
                self.take(1);
                self.found.push(Piece::Broken("a backslash is a command"));
            }
            'e' | 'E' if self.is(Dialect::Postgres) && second == Some('\'') => {
                self.take(1);
                self.escaped();
            }
            '0'..='9' => self.number(),
            _ if is_of_name(first) => {
                let word = self.take_while(|c| is_of_name(c) || c.is_ascii_digit() || c == '$');
                self.found.push(Piece::Word(word.to_owned()));
            }
            _ => {
                self.take(first.len_utf8());
                self.found.push(Piece::Mark(first));
            }
        }
        true
    }

    /// In MySQL behind a space or control character of ASCII alone.
    fn dashes_begin_a_comment(&self) -> bool {
        let behind = self.rest[2..].chars().next();
        let parts = |c: char| c == ' ' || c.is_ascii_control();
        !self.is(Dialect::Mysql) || behind.is_none_or(parts)
    }

    fn line(&mut self) {
        let ends = self.is(Dialect::Postgres);
        self.take_while(|c| c != '\n' && !(ends && c == '\r'));
    }

    fn comment(&mut self) {
        if self.is(Dialect::Mysql)
            && ["/*!", "/*M!"]
                .iter()
                .any(|code| self.rest.starts_with(code))
        {
            self.found
                .push(Piece::Broken("some servers run this comment"));
        }
        self.take(2);
        let mut depth = 1;
        while depth > 0 {
            if self.rest.starts_with("*/") {
                self.take(2);
                depth -= 1;
            } else if self.rest.starts_with("/*") && self.is(Dialect::Postgres) {
                self.take(2);
                depth += 1;
            } else if let Some(next) = self.rest.chars().next() {
                self.take(next.len_utf8());
            } else {
                self.found.push(Piece::Broken("a comment does not end"));
                return;
            }
        }
    }

    /// What is between two of `quote`, which stands twice inside.
    fn quoted(&mut self, quote: char, escapes: bool, text: bool) {
        self.take(1);
        let mut name = String::new();
        loop {
            let Some(next) = self.rest.chars().next() else {
                return self.found.push(Piece::Broken("a quote does not end"));
            };
            self.take(next.len_utf8());
            if next == '\\' && escapes {
                let behind = self.rest.chars().next().map_or(0, char::len_utf8);
                self.take(behind);
            } else if next == quote && !self.rest.starts_with(quote) {
                break;
            } else if next == quote {
                self.take(1);
            }
            name.push(next);
        }
        self.found
            .push(if text { Piece::Text } else { Piece::Name(name) });
    }

    /// A text of PostgreSQL behind E, and those that continue it behind a line's end.
    fn escaped(&mut self) {
        self.quoted('\'', true, true);
        loop {
            let (before, count) = (self.rest, self.found.len());
            let mut line = false;
            loop {
                let spaces =
                    self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}'));
                line |= spaces.contains(['\n', '\r']);
                if !self.rest.starts_with("--") {
                    break;
                }
                self.line();
            }
            if !line || !self.rest.starts_with('\'') {
                self.rest = before;
                return;
            }
            self.quoted('\'', true, true);
            // One text, but for what is wrong with it.
            if self.found.last() == Some(&Piece::Text) {
                self.found.truncate(count);
            }
        }
    }

    fn bracket(&mut self) {
        let end = self.rest.find(']');
        let Some(end) = end else {
            self.rest = "";
            return self.found.push(Piece::Broken("a bracket does not end"));
        };
        let name = self.take(end + 1);
        self.found.push(Piece::Name(name[1..end].to_owned()));
    }

    fn dollar(&mut self) {
        let of_tag = |c: char| is_of_name(c) || c.is_ascii_digit();
        let end = self.rest[1..].find(|c| !of_tag(c)).map(|end| end + 1);
        let first = self.rest[1..].chars().next();
        let digit = first.is_some_and(|c| c.is_ascii_digit());
        if let Some(end) = end.filter(|end| self.rest[*end..].starts_with('$') && !digit) {
            let mark = self.take(end + 1);
            if let Some(end) = self.rest.find(mark) {
                self.take(end + mark.len());
                self.found.push(Piece::Text);
            } else {
                self.rest = "";
                self.found.push(Piece::Broken("dollars do not end"));
            }
            return;
        }
        self.take(1);
        self.found.push(Piece::Mark('$'));
        let digits = self.take_while(|c| c.is_ascii_digit());
        if !digits.is_empty() {
            self.found.push(Piece::Word(digits.to_owned()));
        }
    }

    /// A variable of SQLite may have anything but spaces between parentheses.
    fn variable(&mut self) {
        let mark = self.rest.chars().next().expect("a mark");
        self.take(1);
        let mut length = 0;
        while let Some(next) = self.rest.chars().next() {
            if is_of_name(next) || next.is_ascii_digit() || next == '$' {
                length += 1;
                self.take(next.len_utf8());
            } else if next == '(' && length > 0 {
                let inside = self.take_while(|c| c != ')' && !matches!(c, ' ' | '\t'..='\r'));
                if self.rest.starts_with(')') {
                    self.take(1);
                } else {
                    self.found.push(Piece::Broken("a variable does not end"));
                }
                return self.found.push(Piece::Word(format!("{mark}{inside}")));
            } else if self.rest.starts_with("::") {
                self.take(2);
            } else {
                break;
            }
        }
        self.found.push(Piece::Mark(mark));
    }

    /// PostgreSQL ends a number where a text or dollars begin.
    fn number(&mut self) {
        let number = self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
        let escaped = self.is(Dialect::Postgres) && self.rest.starts_with('\'');
        self.found.push(Piece::Word(number.to_owned()));
        if escaped && number.ends_with(['e', 'E']) {
            self.escaped();
        }
    }
}

/// Of names are letters, `_`, and everything that is not ASCII.
fn is_of_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

/// Pieces where each form of a text is the same: bytes are converted to text where a plain text is read in two ways.
pub fn plain_texts(pieces: &[Piece], dialect: Dialect) -> Vec<Piece> {
    let word = |piece: &Piece, words: &[&str]| matches!(piece, Piece::Word(word) if words.iter().any(|each| word.eq_ignore_ascii_case(each)));
    let mut plain: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let bytes =
            |at: usize| word(&pieces[at], &["x"]) && pieces.get(at + 1) == Some(&Piece::Text);
        let mysql = dialect == Dialect::Mysql;
        if mysql
            && word(piece, &["convert"])
            && pieces.get(at + 1) == Some(&Piece::Mark('('))
            && bytes(at + 2)
        {
            plain.push(Piece::Text);
            at += 7;
        } else if mysql && bytes(at) {
            plain.push(Piece::Text);
            at += 2;
        } else if let [Piece::Mark('('), cast, Piece::Mark('('), x, Piece::Text, ..] = &pieces[at..]
            && word(cast, &["cast"])
            && word(x, &["x"])
        {
            plain.push(Piece::Text);
            at += 9;
        } else {
            plain.push(piece.clone());
            at += 1;
        }
        // `DEFAULT ('x')` is `DEFAULT 'x'`.
        if let [.., default, Piece::Mark('('), Piece::Text] = &plain[..]
            && word(default, &["default"])
            && pieces.get(at) == Some(&Piece::Mark(')'))
        {
            let end = plain.len() - 2;
            plain.truncate(end);
            plain.push(Piece::Text);
            at += 1;
        }
    }
    plain
}
