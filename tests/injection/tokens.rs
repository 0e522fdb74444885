//! Generated Rust as pieces, without what may be data: two texts that say the same but for their data have the same pieces.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// What is left out of the pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// What literals hold, docs, and what stands in attributes.
    Names,
    /// What things are called too.
    Shape,
}

/// A file of Rust.
pub struct Rust {
    stream: TokenStream,
}

impl Rust {
    pub fn parse(text: &str) -> Result<Self, String> {
        syn::parse_file(text).map_err(|error| error.to_string())?;
        let stream = text.parse::<TokenStream>();
        let stream = stream.map_err(|error| error.to_string())?;
        Ok(Self { stream })
    }

    /// The pieces, a line for each item and block.
    pub fn pieces(&self, form: Form) -> String {
        let mut text = String::new();
        pieces(self.stream.clone(), form, &mut text);
        text
    }

    /// What each text between quotes holds, docs aside.
    pub fn texts(&self) -> Vec<String> {
        let mut found = Vec::new();
        texts(self.stream.clone(), &mut found);
        found
    }

    /// The docs, those of each item a list of lines.
    pub fn docs(&self) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        docs(self.stream.clone(), &mut found);
        found
    }
}

/// What `#` and brackets hold: an attribute.
fn attribute(tree: &TokenTree, next: Option<&TokenTree>) -> Option<TokenStream> {
    let TokenTree::Punct(mark) = tree else {
        return None;
    };
    match next {
        Some(TokenTree::Group(group))
            if mark.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            Some(group.stream())
        }
        _ => None,
    }
}

fn doc(attribute: TokenStream) -> Option<String> {
    let trees: Vec<TokenTree> = attribute.into_iter().collect();
    match &trees[..] {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(_),
            TokenTree::Literal(words),
        ] if name == "doc" => Some(held(&words.to_string()).expect("a text")),
        _ => None,
    }
}

/// What a literal of a text holds.
fn held(literal: &str) -> Option<String> {
    let text = syn::parse_str::<syn::LitStr>(literal).ok()?;
    Some(text.value())
}

fn pieces(stream: TokenStream, form: Form, to: &mut String) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        at += 1;
        if let Some(inside) = attribute(tree, trees.get(at)) {
            at += 1;
            if doc(inside).is_none() {
                to.push_str("#[] ");
            }
            continue;
        }
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{\n", "}\n"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                to.push_str(open);
                pieces(group.stream(), form, to);
                to.push_str(close);
            }
            TokenTree::Ident(_) if form == Form::Shape => {
                // A path is a name too: what a schema calls as the standard library does, is told apart so.
                if to.ends_with("name : : ") {
                    to.truncate(to.len() - "name : : ".len());
                }
                to.push_str("name ");
            }
            // The formatter puts one behind the last of lines.
            TokenTree::Punct(mark) if mark.as_char() == ',' && at == trees.len() => {}
            TokenTree::Literal(_) => to.push_str("'' "),
            tree => {
                to.push_str(&tree.to_string());
                to.push(' ');
            }
        }
        if to.ends_with("; ") {
            to.push('\n');
        }
    }
}

fn texts(stream: TokenStream, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        at += 1;
        if attribute(tree, trees.get(at)).and_then(doc).is_some() {
            at += 1;
        } else if let TokenTree::Group(group) = tree {
            texts(group.stream(), found);
        } else if let TokenTree::Literal(literal) = tree {
            found.extend(held(&literal.to_string()));
        }
    }
}

fn docs(stream: TokenStream, found: &mut Vec<Vec<String>>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut lines = Vec::new();
    let mut at = 0;
    while let Some(tree) = trees.get(at) {
        at += 1;
        if let Some(words) = attribute(tree, trees.get(at)).and_then(doc) {
            at += 1;
            lines.push(words);
            continue;
        }
        if !lines.is_empty() {
            found.push(std::mem::take(&mut lines));
        }
        if let TokenTree::Group(group) = tree {
            docs(group.stream(), found);
        }
    }
}
