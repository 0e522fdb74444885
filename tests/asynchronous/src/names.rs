//! Which names are connections, and which functions are those of the tests themselves.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;

use crate::Result;
use crate::tokens::{ident, inside, is, parentheses, tokens};

/// Functions of the harness that open a connection: what they are bound to is one.
const OPENING: &[&str] = &["begin", "memory", "open"];

/// Methods of the tests themselves, in whatever file they stand. A call of theirs takes the connection as it is.
#[derive(Clone, Debug, Default)]
pub struct Own {
    pub(crate) methods: BTreeSet<String>,
}

impl Own {
    /// Adds those of a file.
    ///
    /// # Errors
    ///
    /// When the text is no Rust.
    pub fn add(&mut self, text: &str) -> Result<()> {
        self.gather(&tokens(text)?);
        Ok(())
    }

    fn gather(&mut self, tokens: &[TokenTree]) {
        for (at, token) in tokens.iter().enumerate() {
            let next = ident(tokens.get(at + 1));
            if let (Some("fn"), Some(name)) = (ident(Some(token)).as_deref(), next) {
                let rest = tokens[at + 2..].iter();
                let mut groups = rest.map(|token| parentheses(Some(token)));
                let parameters = groups.find_map(|group| group).map(inside);
                if parameters.is_some_and(|parameters| is_method(&parameters)) {
                    self.methods.insert(name);
                }
            }
            if let TokenTree::Group(group) = token {
                self.gather(&inside(group));
            }
        }
    }
}

/// Whether parameters are `self` and then a connection.
fn is_method(parameters: &[TokenTree]) -> bool {
    let first = parameters.iter().take(4);
    let takes_self = first
        .take_while(|token| !is(Some(token), ','))
        .any(|token| ident(Some(token)).is_some_and(|word| word == "self"));
    let mut names = BTreeSet::new();
    connections(parameters, &mut names);
    takes_self && !names.is_empty()
}

/// The types that a text declares.
pub(crate) fn types(tokens: &[TokenTree], names: &mut BTreeSet<String>) {
    for (at, token) in tokens.iter().enumerate() {
        let declares = ["struct", "enum", "trait", "type"];
        if ident(Some(token)).is_some_and(|word| declares.contains(&word.as_str())) {
            names.extend(ident(tokens.get(at + 1)));
        }
        if let TokenTree::Group(group) = token {
            types(&inside(group), names);
        }
    }
}

/// The names of connections in a text: parameters of that type, and what opens one.
pub(crate) fn connections(tokens: &[TokenTree], names: &mut BTreeSet<String>) {
    for (at, token) in tokens.iter().enumerate() {
        if let Some(name) = ident(Some(token))
            && (parameter(tokens, at) || opened(tokens, at))
        {
            names.insert(name);
        }
        if let TokenTree::Group(group) = token {
            connections(&inside(group), names);
        }
    }
}

/// `name: &Connection`, with a lifetime or a path.
fn parameter(tokens: &[TokenTree], at: usize) -> bool {
    if !is(tokens.get(at + 1), ':') || !is(tokens.get(at + 2), '&') {
        return false;
    }
    let mut next = at + 3;
    if is(tokens.get(next), '\'') {
        next += 2;
    }
    while is(tokens.get(next + 1), ':') && is(tokens.get(next + 2), ':') {
        next += 3;
    }
    ident(tokens.get(next)).is_some_and(|word| word == "Connection")
}

/// `let name = db::open(…)`.
fn opened(tokens: &[TokenTree], at: usize) -> bool {
    let word = |place: usize| ident(tokens.get(place));
    let bound = at
        .checked_sub(1)
        .is_some_and(|before| word(before).as_deref() == Some("let"));
    let is_db = |place: usize| word(place).as_deref() == Some("db");
    let mut next = at + 2;
    while !is_db(next) && is(tokens.get(next + 1), ':') && is(tokens.get(next + 2), ':') {
        next += 3;
    }
    bound
        && is(tokens.get(at + 1), '=')
        && is_db(next)
        && word(next + 3).is_some_and(|name| OPENING.contains(&name.as_str()))
}
