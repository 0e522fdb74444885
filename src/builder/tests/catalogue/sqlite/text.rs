//! The text of CREATE TABLE as SQLite keeps it, read as far as names of constraints and comments of columns go.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

/// What the text of a table says.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// The comments above columns, without the ends of lines.
    pub(super) comments: BTreeMap<String, String>,
    /// The constraints that have a name.
    pub(super) constraints: Vec<Constraint>,
}

#[derive(Debug)]
pub(super) struct Constraint {
    pub(super) name: String,
    /// The word behind the name: `PRIMARY`.
    pub(super) kind: String,
    /// The first list of names, for a key.
    pub(super) columns: Vec<String>,
    /// The table that a foreign key refers to.
    pub(super) target: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// The words of a comment.
    Comment(String),
    /// A quoted name, without its quotes.
    Name(String),
    /// A word or a number.
    Word(String),
    /// A literal in quotes, or any other character.
    Other(char),
}

impl Text {
    pub(super) fn of(create_table: &str) -> Self {
        let mut text = Self::default();
        for element in elements(&tokens(create_table)) {
            let comments = element.iter().map_while(|token| match token {
                Token::Comment(words) => Some(words.as_str()),
                _ => None,
            });
            let comments: Vec<&str> = comments.collect();
            let of = element.get(comments.len()..).unwrap_or_default();
            let comment = comments.join(" ");
            match of {
                [Token::Word(word), Token::Name(name), behind @ ..] if word == "CONSTRAINT" => {
                    text.constraints.push(Constraint::of(name, behind));
                }
                [Token::Name(name), ..] if !comment.is_empty() => {
                    text.comments.insert(name.clone(), comment);
                }
                _ => {}
            }
        }
        text
    }
}

impl Constraint {
    fn of(name: &str, behind: &[Token]) -> Self {
        let kind = match behind {
            [Token::Word(kind), ..] => kind.clone(),
            _ => String::new(),
        };
        let begin = behind.iter().position(|token| *token == Token::Other('('));
        let list = &behind[begin.map_or(behind.len(), |begin| begin + 1)..];
        let list = list.iter().take_while(|token| **token != Token::Other(')'));
        let mut references = behind.iter();
        let references = references
            .find(|token| **token == Token::Word("REFERENCES".to_owned()))
            .and(references.next());
        Self {
            name: name.to_owned(),
            kind,
            columns: list.filter_map(Token::name).collect(),
            target: references.and_then(Token::name),
        }
    }
}

impl Token {
    fn name(&self) -> Option<String> {
        match self {
            Self::Name(name) => Some(name.clone()),
            _ => None,
        }
    }
}

/// What stands between the commas of the outermost parentheses.
fn elements(tokens: &[Token]) -> Vec<Vec<Token>> {
    let mut elements = vec![Vec::new()];
    let mut depth = 0;
    for token in tokens {
        match token {
            Token::Other('(') => depth += 1,
            Token::Other(')') => depth -= 1,
            Token::Other(',') if depth == 1 => {
                elements.push(Vec::new());
                continue;
            }
            _ => {}
        }
        let begins = depth == 1 && *token == Token::Other('(') && elements.len() == 1;
        if depth > 0 && !begins {
            elements
                .last_mut()
                .expect("the first one")
                .push(token.clone());
        }
    }
    elements
}

fn tokens(text: &str) -> Vec<Token> {
    let mut chars = text.chars().peekable();
    let mut tokens = Vec::new();
    while let Some(c) = chars.next() {
        match c {
            '-' if chars.next_if_eq(&'-').is_some() => {
                let line: String = std::iter::from_fn(|| chars.next_if(|c| *c != '\n')).collect();
                let words: Vec<&str> = line.split_whitespace().collect();
                if !words.is_empty() {
                    tokens.push(Token::Comment(words.join(" ")));
                }
            }
            '"' | '`' => tokens.push(Token::Name(quoted(&mut chars, c))),
            '[' => tokens.push(Token::Name(quoted(&mut chars, ']'))),
            '\'' => {
                quoted(&mut chars, c);
                tokens.push(Token::Other(c));
            }
            c if c.is_alphanumeric() || c == '_' => {
                let behind =
                    std::iter::from_fn(|| chars.next_if(|c| c.is_alphanumeric() || *c == '_'));
                tokens.push(Token::Word(std::iter::once(c).chain(behind).collect()));
            }
            c if c.is_whitespace() => {}
            c => tokens.push(Token::Other(c)),
        }
    }
    tokens
}

/// The rest of what `end` closes, which means itself when doubled.
fn quoted(chars: &mut Peekable<Chars<'_>>, end: char) -> String {
    let mut text = String::new();
    while let Some(c) = chars.next() {
        if c == end && chars.next_if_eq(&end).is_none() {
            break;
        }
        text.push(c);
    }
    text
}

#[test]
fn names_and_comments_are_found_among_what_looks_like_them() {
    let text = Text::of(
        r#"CREATE TABLE "a(,""b" (
            -- one, (two
            --   three
            "x" TEXT NOT NULL DEFAULT 'it''s, -- no comment (',
            "y" INTEGER GENERATED ALWAYS AS ([x] + 1 -- not of z
            ) STORED,
            "z, CONSTRAINT" REAL DEFAULT (max(1, 2)),
            CONSTRAINT "p""k" PRIMARY KEY ("x", "z, CONSTRAINT"),
            CONSTRAINT "fk" FOREIGN KEY ("y") REFERENCES "o" ("id") ON DELETE CASCADE,
            CONSTRAINT "ck" CHECK (x IN ('CONSTRAINT "no" CHECK', 'b'))
        ) STRICT"#,
    );
    let comments: Vec<_> = text.comments.iter().collect();
    assert_eq!(comments, [(&"x".to_owned(), &"one, (two three".to_owned())]);
    let constraints = text.constraints.iter();
    let shown: Vec<String> = constraints
        .map(|c| format!("{} {} {:?} {:?}", c.name, c.kind, c.columns, c.target))
        .collect();
    assert_eq!(
        shown,
        [
            r#"p"k PRIMARY ["x", "z, CONSTRAINT"] None"#,
            r#"fk FOREIGN ["y"] Some("o")"#,
            "ck CHECK [] None",
        ]
    );
}
