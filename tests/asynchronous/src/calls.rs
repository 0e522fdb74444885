//! Calls that take a connection.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::TokenTree;

use crate::names::Own;
use crate::tokens::{
    arguments, called, ident, inside, is, is_method, parentheses, path, qualifier,
};

/// Functions of generated code that stand in modules, not at types.
const FUNCTIONS: &[&str] = &[
    "configure",
    "create_tables",
    "drop_tables",
    "retry",
    "transaction",
];

/// A call whose first argument is a connection.
pub(crate) struct Call {
    /// Where it begins: at its receiver, or at its path.
    pub(crate) start: usize,
    pub(crate) name: usize,
    pub(crate) method: bool,
    /// The tokens of its arguments, and where each of them is.
    pub(crate) tokens: Vec<TokenTree>,
    pub(crate) arguments: Vec<Range<usize>>,
    /// The name of the connection.
    pub(crate) connection: String,
}

/// The call whose arguments are the group at `at`, when its first one is a connection.
pub(crate) fn call(
    tokens: &[TokenTree],
    at: usize,
    connections: &BTreeSet<String>,
) -> Option<Call> {
    let group = parentheses(tokens.get(at))?;
    let name = called(tokens, at)?;
    let given = inside(group);
    let arguments = arguments(&given);
    let first = arguments.first()?.clone();
    let connection = connection(&given[first], connections)?;
    Some(Call {
        start: path(tokens, name)?,
        name,
        method: is_method(tokens, name),
        tokens: given,
        arguments,
        connection,
    })
}

/// The name of the connection that an expression is: `conn`, `&conn`, `self.conn`, `$conn`.
fn connection(tokens: &[TokenTree], names: &BTreeSet<String>) -> Option<String> {
    let (last, before) = tokens.split_last()?;
    let name = ident(Some(last)).filter(|name| names.contains(name))?;
    let leads = before.iter().all(|token| match token {
        TokenTree::Punct(punct) => "&*$.".contains(punct.as_char()),
        TokenTree::Ident(ident) => ident == "mut" || ident == "self",
        _ => false,
    });
    leads.then_some(name)
}

/// Whether a call is one of generated code; `types` are those that the text declares.
pub(crate) fn is_generated(
    tokens: &[TokenTree],
    call: &Call,
    own: &Own,
    types: &BTreeSet<String>,
) -> bool {
    let name = ident(tokens.get(call.name)).unwrap_or_default();
    if call.method {
        return !own.methods.contains(&name);
    }
    if FUNCTIONS.contains(&name.as_str()) {
        return true;
    }
    match qualifier(tokens, call.name) {
        Some(TokenTree::Ident(ident)) => {
            let at = ident.to_string();
            at.starts_with(char::is_uppercase) && at != "Self" && !types.contains(&at)
                || is_of_macro(tokens, call)
        }
        // `<T as Entity>::get`.
        Some(token) => is(Some(token), '>'),
        None => false,
    }
}

/// `$Entity::get`, which is a type wherever a macro of the tests names one so.
fn is_of_macro(tokens: &[TokenTree], call: &Call) -> bool {
    is(tokens.get(call.start), '$') && call.name == call.start + 4
}

/// Whether a connection is used somewhere in these tokens.
pub(crate) fn uses(tokens: &[TokenTree], connections: &BTreeSet<String>) -> bool {
    tokens.iter().any(|token| match token {
        TokenTree::Ident(ident) => connections.contains(&ident.to_string()),
        TokenTree::Group(group) => uses(&inside(group), connections),
        _ => false,
    })
}

/// Adds to the carriers of a connection what a closure is bound to that uses one of them.
pub(crate) fn closures(tokens: &[TokenTree], carriers: &mut BTreeSet<String>) {
    for (at, token) in tokens.iter().enumerate() {
        if ident(Some(token)).is_some_and(|word| word == "let") {
            let mutable = ident(tokens.get(at + 1)).is_some_and(|word| word == "mut");
            let name = at + 1 + usize::from(mutable);
            let value = tokens.get(name + 2..).unwrap_or_default();
            let end = value.iter().position(|token| is(Some(token), ';'));
            let value = &value[..end.unwrap_or(value.len())];
            if is(tokens.get(name + 1), '=') && is_closure(value) && uses(value, carriers) {
                carriers.extend(ident(tokens.get(name)));
            }
        }
        if let TokenTree::Group(group) = token {
            closures(&inside(group), carriers);
        }
    }
}

/// Whether an argument is a closure, which does nothing yet where it is given.
pub(crate) fn is_closure(tokens: &[TokenTree]) -> bool {
    is(tokens.first(), '|')
        || ident(tokens.first()).is_some_and(|word| word == "move") && is(tokens.get(1), '|')
}
