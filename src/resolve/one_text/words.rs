//! Words and marks that one dialect reads otherwise than the others.

use crate::model::sql::{Reading, Token};
use crate::model::{ColumnId, Dialect, Type};
use crate::resolve::draft::Draft;
use crate::resolve::spoken::Columns;

/// What one of `dialects` reads otherwise in `sql`, whose pieces are `tokens`.
pub(super) fn read_differently(
    dialects: &[Dialect],
    (draft, columns): (&Draft<'_>, &Columns),
    sql: &str,
    tokens: &[Token<'_>],
) -> Option<String> {
    let has = |dialect| dialects.contains(&dialect);
    let mysql = has(Dialect::Mysql)
        .then(|| of_mysql(draft, columns, tokens))
        .flatten();
    let backticks = |token: &Token<'_>| match token {
        Token::Name('`', name) if has(Dialect::Postgres) => {
            let name = name.escape_debug();
            Some(format!(
                "postgres has no names in backticks, as `{name}` is"
            ))
        }
        _ => None,
    };
    mysql
        .or_else(|| tokens.iter().find_map(backticks))
        .or_else(|| has(Dialect::Sqlite).then(|| ignores_case(tokens)).flatten())
        .or_else(|| cut_differently(dialects, sql))
}

fn of_mysql(draft: &Draft<'_>, columns: &Columns, tokens: &[Token<'_>]) -> Option<String> {
    let named = columns.named(tokens);
    let ty = |id: ColumnId| draft.columns[id].ty.as_ref().map(Type::base);
    let is_float = |ty: &Type| matches!(ty, Type::Float | Type::Double);
    // A number with a point, too, makes a fraction everywhere.
    let has_float = named.iter().filter_map(|(_, id)| ty(*id)).any(is_float)
        || tokens.contains(&Token::Mark('.'));
    tokens.iter().enumerate().find_map(|(at, token)| {
        let next = |behind: usize| tokens.get(at + behind);
        match token {
            Token::Name('"', name) => {
                let name = name.escape_debug();
                Some(format!("mysql reads `\"{name}\"` as text, not as a name"))
            }
            Token::Text(text) if text.contains('\\') => {
                Some("mysql reads a backslash in text as the beginning of an escape".into())
            }
            Token::Mark('|') if next(1) == Some(token) => {
                Some("mysql reads `||` as OR: `concat(a, b)` joins texts there".into())
            }
            Token::Mark('/') if !has_float => Some(
                "mysql gives a fraction for `/` of whole numbers: `DIV` divides them there".into(),
            ),
            Token::Mark('&' | '|' | '~' | '^') => Some(of_bits()),
            Token::Mark('<' | '>') if next(1) == Some(token) => Some(of_bits()),
            Token::Word(_) if token.is_word("log") && next(1) == Some(&Token::Mark('(')) => Some(
                "`log` of one number is the natural one in mysql, and to the base 10 elsewhere"
                    .into(),
            ),
            Token::Word(_) if token.is_word("length") && next(1) == Some(&Token::Mark('(')) => {
                let argument = named.binary_search_by_key(&(at + 2), |(place, _)| *place);
                let ty = argument.ok().and_then(|found| ty(named[found].1));
                let of_text = matches!(ty, Some(Type::String(_) | Type::Text));
                let message =
                    "mysql counts bytes with `length`: `char_length` counts characters there";
                (of_text && !asks_whether_empty(&tokens[at..])).then(|| message.into())
            }
            _ => None,
        }
    })
}

fn of_bits() -> String {
    "what operators of bits give has no sign in mysql, and `^` is no XOR elsewhere".to_owned()
}

/// Whether the call that `tokens` begin with is compared with 0, or asked for at least 1, which is the same in bytes.
fn asks_whether_empty(tokens: &[Token<'_>]) -> bool {
    let end = tokens.iter().position(|token| *token == Token::Mark(')'));
    let behind = end.map_or(&[][..], |end| &tokens[end + 1..]);
    let marks = behind
        .iter()
        .take_while(|token| matches!(token, Token::Mark('<' | '>' | '=' | '!')));
    let operator: Vec<&Token<'_>> = marks.collect();
    match behind.get(operator.len()) {
        Some(Token::Word("0")) => true,
        Some(Token::Word("1")) => operator == [&Token::Mark('>'), &Token::Mark('=')],
        _ => false,
    }
}

/// A pattern with letters, whose case SQLite ignores.
fn ignores_case(tokens: &[Token<'_>]) -> Option<String> {
    let mut each = tokens.iter().enumerate();
    let likes = each.any(|(at, token)| {
        let letters = |text: &str| text.contains(|c: char| c.is_ascii_alphabetic());
        token.is_word("like")
            && match tokens.get(at + 1) {
                Some(Token::Text(pattern)) => letters(pattern),
                _ => true,
            }
    });
    likes.then(|| "sqlite ignores the case of ASCII letters in LIKE, the others do not".into())
}

/// A comment, or a quote, that ends elsewhere in one of the dialects.
fn cut_differently(dialects: &[Dialect], sql: &str) -> Option<String> {
    // Which quotes are of names is told before.
    let pieces = |dialect: &Dialect| -> Vec<String> {
        let tokens = Reading::of(*dialect)[0].tokens(sql);
        tokens
            .map(|token| match token {
                Token::Name(_, text) | Token::Text(text) | Token::Word(text) => text.to_owned(),
                Token::Mark(mark) | Token::Open(mark) => mark.to_string(),
            })
            .collect()
    };
    let (first, others) = dialects.split_first()?;
    let here = pieces(first);
    let other = others.iter().find(|other| pieces(other) != here)?;
    Some(format!(
        "{} and {} read different parts of this text as comments or quotes",
        first.as_str(),
        other.as_str()
    ))
}
