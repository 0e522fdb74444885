//! One SQL text for several dialects that read it in several ways: over a column that they store differently, or with
//! words that mean something else in one of them.

use std::collections::BTreeSet;

use super::context::Context;
use super::draft::{Draft, Origin};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::sql::{Reading, Token};
use crate::model::{ColumnId, Default, Dialect, Sql, Type};
use crate::source::Path;

/// A text for every dialect, and where it stands.
struct Text<'d> {
    sql: &'d str,
    path: Path,
    /// The column that takes its value, unless that is a truth value that the text finds out.
    own: Option<ColumnId>,
}

/// Warns of such texts.
pub(super) fn check(context: &mut Context<'_>, drafts: &[Draft<'_>]) {
    if context.dialects.len() < 2 {
        return;
    }
    for draft in drafts {
        for text in texts(draft) {
            let stored = stored_differently(context.dialects, draft, &text);
            if let Some(problem) = stored.or_else(|| read_differently(context.dialects, text.sql)) {
                let help = "write a text for each, as in `{ sqlite: …, postgres: … }`; where this one is right everywhere, say so: `allow: [W0203]`";
                let place = text.path.at_value();
                context.report(Diagnostic::new(Code::OneText, place, problem).help(help));
            }
        }
    }
}

/// The texts of a table that are for every dialect.
fn texts<'d>(draft: &'d Draft<'_>) -> Vec<Text<'d>> {
    let source = &draft.source;
    let mut texts = Vec::new();
    let mut add = |sql: &'d Sql, path: Path, own| {
        if let Sql::All(sql) = sql {
            let path = path.key("sql");
            texts.push(Text { sql, path, own });
        }
    };
    for (id, column) in draft.columns.iter().enumerate() {
        if let Some(Default::Sql(sql)) = &column.default {
            add(sql, source.column_path(id).key("default"), Some(id));
        }
        if let Some(computed) = &column.computed {
            let path = source.column_path(id).key("computed");
            let truth = column.ty.as_ref().map(Type::base) == Some(&Type::Boolean);
            add(&computed.sql, path, (!truth).then_some(id));
        }
    }
    for check in &draft.checks {
        let path = match check.origin {
            Origin::ColumnKey(id, key) => source.column_path(id).key(key),
            Origin::Check(place) => source.path.key("checks").index(place),
            _ => continue,
        };
        add(&check.item.sql, path, None);
    }
    for index in &draft.indexes {
        if let (Some(sql), Origin::Index(place)) = (&index.item.condition, index.origin) {
            add(
                sql,
                source.path.key("indexes").index(place).key("where"),
                None,
            );
        }
    }
    texts
}

fn stored_differently(dialects: &[Dialect], draft: &Draft<'_>, text: &Text<'_>) -> Option<String> {
    let pieces = pieces(text.sql);
    let spoken = |id: ColumnId| {
        let name = &draft.columns[id].name;
        pieces.iter().any(|piece| piece.is_name(name))
    };
    let scales: BTreeSet<u8> = (draft.columns.iter().enumerate())
        .filter(|(id, _)| spoken(*id))
        .filter_map(|(_, column)| match column.ty.as_ref()?.base() {
            Type::Decimal { scale, .. } => Some(*scale),
            _ => None,
        })
        .collect();
    let mut columns = draft.columns.iter().enumerate();
    columns.find_map(|(id, column)| {
        let own = text.own == Some(id);
        let ty = column.ty.as_ref()?.base();
        let met = spoken(id) && !(scales.len() < 2 && is_harmless(&pieces, &column.name, ty));
        if !own && !met {
            return None;
        }
        let (first, others) = dialects.split_first()?;
        let here = stored(ty, own, *first);
        let mut others = others.iter().map(|other| (other, stored(ty, own, *other)));
        let (other, there) = others.find(|(_, there)| *there != here)?;
        Some(format!(
            "one text for {} and {}, which store `{}` as {here} and as {there}",
            first.as_str(),
            other.as_str(),
            draft.source.column_name(id)
        ))
    })
}

/// Whether a text finds the same of a column however it is stored: whether it is NULL, and how it compares with other
/// columns, or a number with zero.
fn is_harmless(pieces: &[Token<'_>], name: &str, ty: &Type) -> bool {
    let is = |token: Option<&Token<'_>>, word: &str| token.is_some_and(|token| token.is_word(word));
    let each = pieces.iter().enumerate();
    let mut each = each.filter(|(_, piece)| piece.is_name(name));
    let asks_null = each.all(|(at, _)| {
        let at = at + 1;
        let at = if is(pieces.get(at), "is") {
            at + 1
        } else {
            return false;
        };
        let at = if is(pieces.get(at), "not") {
            at + 1
        } else {
            at
        };
        is(pieces.get(at), "null")
    });
    let number = |token: &Token<'_>| matches!(token, Token::Word(word) if word.starts_with(|c: char| c.is_ascii_digit()));
    let compared = pieces.iter().enumerate().all(|(at, piece)| match piece {
        Token::Word(word) => {
            let keyword = ["and", "or", "not", "in", "between"];
            let calls = pieces.get(at + 1) == Some(&Token::Mark('('))
                && !keyword.iter().any(|known| piece.is_word(known));
            !calls && (!number(piece) || *word == "0") && !piece.is_word("like")
        }
        Token::Name(..) => true,
        Token::Mark(mark) => matches!(mark, '<' | '>' | '=' | '!' | '(' | ')' | ','),
        Token::Text(_) | Token::Open(_) => false,
    });
    let zero = pieces.iter().any(number);
    asks_null
        || match ty {
            Type::Decimal { .. } => compared,
            Type::Boolean
            | Type::Uuid
            | Type::Date
            | Type::Time
            | Type::DateTime
            | Type::Timestamp => compared && !zero,
            _ => false,
        }
}

/// As what a text meets values of a type. Of bytes it meets the same everywhere, but writes them in different ways.
fn stored(ty: &Type, own: bool, dialect: Dialect) -> &'static str {
    use Dialect::{Mysql, Postgres, Sqlite};
    match (ty, dialect) {
        (Type::Boolean, Postgres) => "a truth value",
        (Type::Boolean, _) => "a number",
        (Type::Decimal { .. }, Sqlite) => "the number of its last digits",
        (Type::Decimal { .. }, _) => "a decimal number",
        (Type::Bytes(_), Postgres) if own => "`bytea`",
        (Type::Uuid, Postgres) => "`uuid`",
        (Type::Bytes(_) | Type::Uuid, _) => "bytes",
        (Type::Date | Type::Time | Type::DateTime | Type::Timestamp, Postgres | Mysql) => {
            "a type of dates and times"
        }
        (Type::Json, Postgres) => "`jsonb`",
        (Type::Json, Mysql) => "`JSON`",
        (Type::Enum(of), Postgres | Mysql) if of.native => "an enum",
        (Type::User(of), _) => stored(&of.base, own, dialect),
        // Text in each, or what each has the same type for.
        _ => "text",
    }
}

/// What one of the dialects reads otherwise than the others.
fn read_differently(dialects: &[Dialect], sql: &str) -> Option<String> {
    let mysql = dialects.contains(&Dialect::Mysql);
    let postgres = dialects.contains(&Dialect::Postgres);
    let mut before = None;
    for token in pieces(sql) {
        match token {
            Token::Name('"', name) if mysql => {
                let name = name.escape_debug();
                return Some(format!("mysql reads `\"{name}\"` as text, not as a name"));
            }
            Token::Name('`', name) if postgres => {
                let name = name.escape_debug();
                return Some(format!(
                    "postgres has no names in backticks, as `{name}` is"
                ));
            }
            Token::Text(text) if mysql && text.contains('\\') => {
                return Some(
                    "mysql reads a backslash in text as the beginning of an escape".into(),
                );
            }
            Token::Mark('|') if mysql && before == Some(token) => {
                return Some("mysql reads `||` as OR: `concat(a, b)` joins texts there".into());
            }
            _ => {}
        }
        before = Some(token);
    }
    let dashes = sql.match_indices("--");
    let mut glued =
        dashes.filter(|(at, _)| sql[at + 2..].starts_with(|c: char| !c.is_whitespace()));
    (mysql && glued.next().is_some())
        .then(|| "mysql reads `--` as two minus signs, unless a space follows".into())
}

/// The pieces of a text for all dialects, names in any quotes among them.
fn pieces(sql: &str) -> Vec<Token<'_>> {
    let readings = Reading::of(Dialect::Sqlite).iter();
    readings.flat_map(|reading| reading.tokens(sql)).collect()
}
