//! The terms of a text: what is compared or computed by itself, between AND, OR and the like. A term finds the same of a
//! column however that is stored when it only asks for NULL, or compares it with what is stored in the same way.

use super::stored;
use crate::model::sql::Token;
use crate::model::{ColumnId, Dialect, Type};
use crate::resolve::draft::Draft;
use crate::resolve::spoken::Columns;

/// A piece of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Column(ColumnId),
    /// Digits that are all zero, and the point between them.
    Zero,
    /// Any other number, word or mark.
    Other(Token<'a>),
}

/// What stands between two terms.
const BETWEEN_TERMS: [&str; 8] = ["and", "or", "not", "case", "when", "then", "else", "end"];

/// The terms of a text. Parentheses go, but for those of a call or a list.
pub(super) fn terms<'a>(columns: &Columns, tokens: &[Token<'a>]) -> Vec<Vec<Piece<'a>>> {
    let named = named(columns, tokens);
    let mut terms = vec![Vec::new()];
    // Whether the next AND is that of BETWEEN; for each open parenthesis whether it is of a call or a list.
    let (mut between, mut open) = (false, Vec::new());
    let mut before: Option<Token<'_>> = None;
    for (token, column) in tokens.iter().zip(named) {
        let is = |word: &str| token.is_word(word);
        let parts = BETWEEN_TERMS.iter().any(|word| is(word));
        let of_term =
            (is("and") && between) || (is("not") && before.is_some_and(|it| it.is_word("is")));
        let term = terms.len() - 1;
        match token {
            Token::Mark('(') => {
                let calls = before.is_some_and(|it| is_called(&it));
                if calls {
                    terms[term].push(Piece::Other(*token));
                }
                open.push(calls);
            }
            Token::Mark(')') => {
                if open.pop() == Some(true) {
                    terms[term].push(Piece::Other(*token));
                }
            }
            _ if parts && !of_term => terms.push(Vec::new()),
            _ => terms[term].push(column.map_or_else(|| piece(*token), Piece::Column)),
        }
        between = is("between") || (between && !is("and"));
        before = Some(*token);
    }
    terms.retain(|term| !term.is_empty());
    terms
}

/// Whether a parenthesis behind it belongs to it.
fn is_called(token: &Token<'_>) -> bool {
    let parts = |word: &&str| token.is_word(word);
    matches!(token, Token::Word(_)) && !BETWEEN_TERMS.iter().any(parts)
}

/// For each token the column of which it speaks.
fn named(columns: &Columns, tokens: &[Token<'_>]) -> Vec<Option<ColumnId>> {
    let mut named = vec![None; tokens.len()];
    for (at, id) in columns.named(tokens) {
        named[at] = Some(id);
    }
    named
}

fn piece(token: Token<'_>) -> Piece<'_> {
    match token {
        Token::Word(word) if word.bytes().all(|digit| digit == b'0') => Piece::Zero,
        Token::Mark('.') => Piece::Zero,
        other => Piece::Other(other),
    }
}

/// The columns of a term that does not find the same of each; `None` where it does.
pub(super) fn harmed(draft: &Draft<'_>, term: &[Piece<'_>]) -> Option<Vec<ColumnId>> {
    let columns: Vec<ColumnId> = (term.iter())
        .filter_map(|piece| match piece {
            Piece::Column(id) => Some(*id),
            _ => None,
        })
        .collect();
    let types: Option<Vec<&Type>> = columns.iter().map(|id| base(draft, *id)).collect();
    // Of a column without a type something is said already.
    let types = types?;
    let first = *types.first()?;
    let others: Vec<Piece<'_>> = (term.iter().copied())
        .filter(|piece| !matches!(piece, Piece::Column(_)))
        .collect();
    let alike = types.iter().all(|ty| alike(ty, first));
    let fine =
        asks_null(&others) || (alike && is_fine(first, &others)) || is_amount(&types, &others);
    (!fine).then_some(columns)
}

/// Whether values of two types are stored in the same way: of decimals, in units of the same digit.
fn alike(left: &Type, right: &Type) -> bool {
    left == right || (scale(left).is_some() && scale(left) == scale(right))
}

fn scale(ty: &Type) -> Option<u8> {
    match ty {
        Type::Decimal { scale, .. } => Some(*scale),
        _ => None,
    }
}

fn base<'d>(draft: &'d Draft<'_>, id: ColumnId) -> Option<&'d Type> {
    draft.columns[id].ty.as_ref().map(Type::base)
}

/// `IS NULL`, `IS NOT NULL`.
fn asks_null(others: &[Piece<'_>]) -> bool {
    let is = |piece: &Piece<'_>, word: &str| matches!(piece, Piece::Other(it) if it.is_word(word));
    match others {
        [first, last] => is(first, "is") && is(last, "null"),
        [first, not, last] => is(first, "is") && is(not, "not") && is(last, "null"),
        _ => false,
    }
}

/// Whether what stands beside columns of one type leaves a term the same in all dialects.
fn is_fine(ty: &Type, others: &[Piece<'_>]) -> bool {
    let compares =
        |piece: &Piece<'_>| matches!(piece, Piece::Other(Token::Mark('=' | '!' | '<' | '>')));
    let between = |piece: &Piece<'_>| matches!(piece, Piece::Other(token) if token.is_word("between") || token.is_word("and"));
    let listed = |piece: &Piece<'_>| match piece {
        Piece::Other(Token::Text(_) | Token::Mark('(' | ')' | ',' | '=' | '!' | '<' | '>')) => true,
        Piece::Other(token) => token.is_word("in"),
        _ => false,
    };
    let mut each = others.iter();
    match ty {
        Type::Decimal { .. } => each.all(|it| compares(it) || between(it) || *it == Piece::Zero),
        Type::Boolean => each.all(|it| compares(it) || is_truth(it)),
        Type::Date => {
            let part = |it: &Piece<'_>| listed(it) && !matches!(it, Piece::Other(Token::Text(_)));
            each.all(|it| between(it) || is_date(it) || part(it))
        }
        // Equal is equal, but the order is another one.
        Type::Enum(of) if of.native => !has_order(others) && each.all(listed),
        // What a function tells of bytes is the same, unless it is told some.
        Type::Bytes(_) => !each.any(|it| matches!(it, Piece::Other(Token::Text(_)))),
        Type::Json => others.is_empty(),
        ty if is_stored_differently(ty) => each.all(compares),
        _ => true,
    }
}

/// `TRUE`, `IS TRUE`, `IS NOT FALSE`: words that all dialects have for what they store.
fn is_truth(piece: &Piece<'_>) -> bool {
    let words = ["true", "false", "is", "not"];
    matches!(piece, Piece::Other(it) if words.iter().any(|word| it.is_word(word)))
}

/// Whether a term asks for more than equality: has other marks than `=`, `!=` and `<>`.
fn has_order(others: &[Piece<'_>]) -> bool {
    let marks = others.iter().filter_map(|piece| match piece {
        Piece::Other(Token::Mark(mark @ ('<' | '>'))) => Some(*mark),
        _ => None,
    });
    let marks: Vec<char> = marks.collect();
    !(marks.is_empty() || marks == ['<', '>'])
}

/// `'2026-11-23'`, in the one form that compares as text too.
fn is_date(piece: &Piece<'_>) -> bool {
    let Piece::Other(Token::Text(text)) = piece else {
        return false;
    };
    let form = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 10 && text.bytes().enumerate().all(form)
}

/// Whether dialects store values of `ty` in several ways.
fn is_stored_differently(ty: &Type) -> bool {
    let [first, others @ ..] = Dialect::ALL.map(|dialect| stored(ty, dialect));
    others.iter().any(|other| *other != first)
}

/// Sums of products, each of one decimal and whole numbers, the decimals of one scale: the last digits are those of the
/// decimals.
fn is_amount(types: &[&Type], others: &[Piece<'_>]) -> bool {
    let mut scales: Vec<u8> = types.iter().filter_map(|ty| scale(ty)).collect();
    let decimals = scales.len();
    scales.dedup();
    let whole = |ty: &&Type| matches!(ty, Type::SmallInt | Type::Integer | Type::BigInt);
    let known = types.iter().all(|ty| whole(ty) || scale(ty).is_some());
    let marks = others.iter().filter_map(|piece| match piece {
        Piece::Other(Token::Mark(mark)) => Some(*mark),
        _ => None,
    });
    let marks: Vec<char> = marks.collect();
    let only_marks = marks.len() == others.len();
    let factors = marks.iter().filter(|mark| **mark == '*').count();
    let sums = marks
        .iter()
        .filter(|mark| matches!(mark, '+' | '-'))
        .count();
    known
        && only_marks
        && scales.len() == 1
        && factors + sums == marks.len()
        // As many decimals as products.
        && decimals == sums + 1
}

/// The columns whose values the text gives on, where `own`, if it takes them, gets something else in some dialect: it is
/// stored in another way than they are, or gets other values too.
pub(super) fn given_on(
    draft: &Draft<'_>,
    terms: &[Vec<Piece<'_>>],
    own: Option<ColumnId>,
) -> Vec<ColumnId> {
    let given = terms.iter().filter(|term| gives(draft, term)).flatten();
    let given = given.filter_map(|piece| match piece {
        Piece::Column(id) => Some(*id),
        _ => None,
    });
    let like_own = |id: &ColumnId| {
        let types = own.and_then(|own| Some((base(draft, own)?, base(draft, *id)?)));
        types.is_some_and(|(own, ty)| alike(own, ty))
    };
    let whole = |id: &ColumnId| {
        matches!(
            base(draft, *id),
            Some(Type::SmallInt | Type::Integer | Type::BigInt)
        )
    };
    let given: Vec<ColumnId> = given.collect();
    let literal = terms.iter().any(|term| is_literal(term));
    let fits = !literal && given.iter().all(|id| like_own(id) || whole(id));
    if fits { Vec::new() } else { given }
}

/// Whether a term is a value of its columns, and no condition.
fn gives(draft: &Draft<'_>, term: &[Piece<'_>]) -> bool {
    let columns = term.iter().filter_map(|piece| match piece {
        Piece::Column(id) => base(draft, *id),
        _ => None,
    });
    let marks = |piece: &Piece<'_>| match piece {
        Piece::Column(_) => true,
        Piece::Other(Token::Mark(mark)) => matches!(mark, '*' | '+' | '-'),
        _ => false,
    };
    let differs = |ty: &Type| is_stored_differently(ty) && *ty != Type::Boolean;
    term.iter().all(marks) && columns.clone().any(differs)
}

/// Whether a term is a number or a text, or compares with one what stands elsewhere.
fn is_literal(term: &[Piece<'_>]) -> bool {
    let is_column = |piece: &Piece<'_>| matches!(piece, Piece::Column(_));
    let is_value = |piece: &Piece<'_>| match piece {
        Piece::Other(Token::Text(_)) => true,
        Piece::Other(Token::Word(word)) => word.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    !term.iter().any(is_column) && term.iter().any(is_value)
}

/// Whether the column `own`, which takes the value of a text without columns, gets something else in some dialect.
pub(super) fn is_own_harmed(draft: &Draft<'_>, terms: &[Vec<Piece<'_>>], own: ColumnId) -> bool {
    let Some(ty) = base(draft, own).filter(|ty| is_stored_differently(ty)) else {
        return false;
    };
    let mut pieces = terms.iter().flatten();
    let values = terms.iter().any(|term| is_literal(term));
    let fine = match (ty, &terms.concat()[..]) {
        (_, [Piece::Other(it)]) if it.is_word("null") => true,
        // A condition gives the truth values of the dialect.
        (Type::Boolean, [only]) => !is_literal(&[*only]),
        (Type::Boolean, _) => true,
        (Type::Date, [only]) if is_date(only) => true,
        (Type::Enum(_) | Type::Json, [Piece::Other(token)]) => matches!(token, Token::Text(_)),
        (Type::Decimal { .. }, pieces) if pieces.iter().all(|it| *it == Piece::Zero) => true,
        // What columns give on is told of them.
        _ => !values && pieces.any(|piece| matches!(piece, Piece::Column(_))),
    };
    !fine
}
