//! Where tokens stand, and where the expression begins that one of them ends.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use crate::Result;

/// What may stand before a parenthesis without being called.
const KEYWORDS: &[&str] = &[
    "as", "break", "else", "fn", "for", "if", "in", "let", "match", "move", "mut", "ref", "return",
    "while", "impl", "where", "dyn", "use", "pub",
];

/// The tokens of a text.
pub(crate) fn tokens(text: &str) -> Result<Vec<TokenTree>> {
    let stream: TokenStream = text
        .parse()
        .map_err(|error| format!("no tokens: {error}"))?;
    Ok(stream.into_iter().collect())
}

/// The tokens between the delimiters of a group.
pub(crate) fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// The bytes of a token, a group's with its delimiters.
pub(crate) fn bytes(token: &TokenTree) -> Range<usize> {
    token.span().byte_range()
}

pub(crate) fn line(token: &TokenTree) -> usize {
    token.span().start().line
}

pub(crate) fn ident(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

pub(crate) fn is(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

/// The group of parentheses that a token is.
pub(crate) fn parentheses(token: Option<&TokenTree>) -> Option<&Group> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => Some(group),
        _ => None,
    }
}

fn before(tokens: &[TokenTree], at: usize, back: usize) -> Option<&TokenTree> {
    tokens.get(at.checked_sub(back)?)
}

fn colons_before(tokens: &[TokenTree], at: usize) -> bool {
    is(before(tokens, at, 1), ':') && is(before(tokens, at, 2), ':')
}

/// A dot before `at` that belongs to a method or field, not to a range.
fn dot_before(tokens: &[TokenTree], at: usize) -> bool {
    let joint = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '.' && punct.spacing() == Spacing::Joint);
    is(before(tokens, at, 1), '.') && !joint(before(tokens, at, 2))
}

/// Where the `<` stands that the `>` at `at` closes.
fn opening(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let mut depth = 0;
    for place in (0..=at).rev() {
        // The arrow of a closure's type is no bracket.
        if is(tokens.get(place), '>') && !is(before(tokens, place, 1), '-') {
            depth += 1;
        } else if is(tokens.get(place), '<') {
            depth -= 1;
            if depth == 0 {
                return Some(place);
            }
        }
    }
    None
}

/// Where the name stands that the group at `at` are the arguments of; before it may stand types (`load::<T>(…)`).
pub(crate) fn called(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let mut name = at.checked_sub(1)?;
    if is(tokens.get(name), '>') {
        name = opening(tokens, name)?;
        if !colons_before(tokens, name) {
            return None;
        }
        name = name.checked_sub(3)?;
    }
    let word = ident(tokens.get(name))?;
    let function = is(before(tokens, name, 1), '$') || !KEYWORDS.contains(&word.as_str());
    let declared = ident(before(tokens, name, 1)).is_some_and(|word| word == "fn");
    (function && !declared).then_some(name)
}

/// Where the expression begins whose last token is at `end`.
fn expression(tokens: &[TokenTree], end: usize) -> Option<usize> {
    match &tokens[end] {
        TokenTree::Ident(_) => path(tokens, end),
        TokenTree::Literal(_) if dot_before(tokens, end) => expression(tokens, end.checked_sub(2)?),
        TokenTree::Literal(_) => Some(end),
        TokenTree::Punct(punct) if punct.as_char() == '?' => {
            expression(tokens, end.checked_sub(1)?)
        }
        TokenTree::Punct(_) => None,
        TokenTree::Group(group) => {
            if is(before(tokens, end, 1), '!')
                && ident(before(tokens, end, 2)).is_some_and(|word| word != "return")
            {
                return path(tokens, end - 2);
            }
            if group.delimiter() == Delimiter::Brace {
                let name = ident(before(tokens, end, 1))?;
                let literal = name.starts_with(char::is_uppercase);
                return literal.then(|| path(tokens, end - 1))?;
            }
            if let Some(name) = called(tokens, end) {
                return path(tokens, name);
            }
            match before(tokens, end, 1) {
                Some(TokenTree::Group(inner)) if inner.delimiter() != Delimiter::Brace => {
                    expression(tokens, end - 1)
                }
                Some(TokenTree::Punct(punct)) if punct.as_char() == '?' => {
                    expression(tokens, end - 1)
                }
                _ => Some(end),
            }
        }
    }
}

/// Where the expression begins that ends with the name at `name`: a path, a field, a method.
pub(crate) fn path(tokens: &[TokenTree], name: usize) -> Option<usize> {
    let name = if is(before(tokens, name, 1), '$') {
        name - 1
    } else {
        name
    };
    if dot_before(tokens, name) {
        return expression(tokens, name.checked_sub(2)?);
    }
    if !colons_before(tokens, name) {
        return Some(name);
    }
    let Some(end) = name.checked_sub(3) else {
        return Some(name - 2);
    };
    if is(tokens.get(end), '>') {
        let open = opening(tokens, end)?;
        if colons_before(tokens, open) {
            return path(tokens, open.checked_sub(3)?);
        }
        return Some(open);
    }
    match ident(tokens.get(end)) {
        Some(_) => path(tokens, end),
        None => Some(name - 2),
    }
}

/// Whether the name at `name` is that of a method.
pub(crate) fn is_method(tokens: &[TokenTree], name: usize) -> bool {
    let of_macro = is(before(tokens, name, 1), '$');
    dot_before(tokens, name - usize::from(of_macro))
}

/// What stands before the `::` of the name at `name`.
pub(crate) fn qualifier(tokens: &[TokenTree], name: usize) -> Option<&TokenTree> {
    colons_before(tokens, name).then(|| before(tokens, name, 3))?
}

/// The places of arguments, without the commas between them.
pub(crate) fn arguments(tokens: &[TokenTree]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut from, mut at, mut types) = (0, 0, 0_usize);
    let mut parameters = false;
    while at < tokens.len() {
        let token = tokens.get(at);
        let moved = at > from && ident(tokens.get(at - 1)).is_some_and(|word| word == "move");
        if is(token, '|') && (parameters || at == from || moved) {
            parameters = !parameters;
        } else if is(token, '<') && colons_before(tokens, at) || is(token, '<') && types > 0 {
            types += 1;
        } else if is(token, '>') && types > 0 {
            types -= 1;
        } else if is(token, ',') && !parameters && types == 0 {
            found.push(from..at);
            from = at + 1;
        }
        at += 1;
    }
    if from < tokens.len() {
        found.push(from..tokens.len());
    }
    found
}
