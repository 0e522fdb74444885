//! The programs of the contract: each call that takes the connection is awaited.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;

use crate::Result;
use crate::calls::call;
use crate::tokens::{bytes, ident, inside, tokens};

/// The text of a program, whose calls are awaited. `connections` are the names of what they take, and what is given
/// instead: `("conn", "&mut conn")`.
///
/// # Errors
///
/// When the text is no Rust.
pub fn awaited(text: &str, connections: &[(&str, &str)]) -> Result<String> {
    let mut edits = Vec::new();
    gather(&tokens(text)?, connections, &mut edits);
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.0, edit.1)));
    let mut out = text.to_owned();
    for (from, to, new) in edits {
        out.replace_range(from..to, &new);
    }
    Ok(out)
}

type Edit = (usize, usize, String);

fn gather(tokens: &[TokenTree], connections: &[(&str, &str)], edits: &mut Vec<Edit>) {
    let names: BTreeSet<String> = connections
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    for (at, token) in tokens.iter().enumerate() {
        if ident(Some(token)).is_some_and(|word| word == "fn")
            && ident(tokens.get(at + 1)).is_some_and(|name| name == "main")
        {
            let start = bytes(token).start;
            edits.push((start, start, "async ".into()));
        }
        let TokenTree::Group(group) = token else {
            continue;
        };
        if let Some(call) = call(tokens, at, &names) {
            let first = &call.tokens[call.arguments[0].clone()];
            let given = connections
                .iter()
                .find(|(name, _)| *name == call.connection);
            let (_, given) = given.expect("the call's connection is one of them");
            let (start, end) = (bytes(&first[0]).start, bytes(&first[first.len() - 1]).end);
            edits.push((start, end, (*given).to_owned()));
            let behind = bytes(token).end;
            edits.push((behind, behind, ".await".into()));
        }
        gather(&inside(group), connections, edits);
    }
}
