//! YAML as a tree, and the forms in which one tree can be written.

use crate::choices::Choices;

/// What stands at a place of a spec.
#[derive(Debug, Clone)]
pub enum Node {
    /// A word that YAML reads as what it is: a number, `true`, a name.
    Plain(String),
    /// A text, whatever is in it.
    Text(String),
    /// Items.
    List(Vec<Node>),
    /// Keys and their values, in order.
    Map(Vec<(String, Node)>),
}

/// A word.
pub fn plain(word: impl Into<String>) -> Node {
    Node::Plain(word.into())
}

/// A text.
pub fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

/// A list of words.
pub fn words<W: AsRef<str>>(words: &[W]) -> Node {
    Node::List(words.iter().map(|word| plain(word.as_ref())).collect())
}

/// A mapping that grows.
#[derive(Debug, Clone, Default)]
pub struct Keys(Vec<(String, Node)>);

impl Keys {
    pub fn set(&mut self, key: &str, node: Node) {
        self.0.push((key.to_owned(), node));
    }

    /// Sets a key where there is something to say.
    pub fn some(&mut self, key: &str, node: Option<Node>) {
        self.0.extend(node.map(|node| (key.to_owned(), node)));
    }

    /// Sets a key to a mapping or a list that is not empty.
    pub fn filled(&mut self, key: &str, node: Node) {
        let empty = match &node {
            Node::Map(keys) => keys.is_empty(),
            Node::List(items) => items.is_empty(),
            Node::Plain(_) | Node::Text(_) => false,
        };
        if !empty {
            self.set(key, node);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Keys> for Node {
    fn from(keys: Keys) -> Self {
        Node::Map(keys.0)
    }
}

impl FromIterator<(String, Node)> for Keys {
    fn from_iter<I: IntoIterator<Item = (String, Node)>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}

/// Writes a tree, each part in a form that `choices` pick: block or flow, quoted one way or the other, with comments.
pub fn print(root: &Node, choices: &mut Choices<'_>) -> String {
    let mut printer = Printer {
        out: String::new(),
        choices,
    };
    printer.block(root, 0);
    printer.out
}

struct Printer<'p, 'b> {
    out: String,
    choices: &'p mut Choices<'b>,
}

impl Printer<'_, '_> {
    /// The lines of a mapping or list, whose first begins a line.
    fn block(&mut self, node: &Node, indent: usize) {
        match node {
            Node::Map(keys) => {
                for (key, value) in keys {
                    self.comment(indent);
                    self.begin(indent, &format!("{key}:"));
                    self.value(value, indent);
                }
            }
            Node::List(items) => {
                for item in items {
                    self.begin(indent, "-");
                    // A mapping in a list would begin behind the dash: in flow form it needs no rule of its own.
                    self.out.push(' ');
                    self.flow(item);
                    self.out.push('\n');
                }
            }
            Node::Plain(_) | Node::Text(_) => unreachable!("a scalar stands in a line"),
        }
    }

    fn begin(&mut self, indent: usize, words: &str) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(words);
    }

    fn comment(&mut self, indent: usize) {
        if self.choices.once_in(40) {
            self.begin(indent, "# { no: [yaml, \"*/ --\n");
        }
    }

    /// What stands behind a key and its colon.
    fn value(&mut self, node: &Node, indent: usize) {
        let nested = match node {
            Node::Map(keys) => !keys.is_empty(),
            Node::List(items) => !items.is_empty(),
            Node::Plain(_) | Node::Text(_) => false,
        };
        // Deep parts in flow form read like what people write, wide ones would be a line of many pages.
        let block = nested && (indent < 4 || self.choices.below(3) == 1);
        if block {
            self.out.push('\n');
            self.block(node, indent + 2);
            return;
        }
        self.out.push(' ');
        self.flow(node);
        self.out.push('\n');
    }

    fn flow(&mut self, node: &Node) {
        match node {
            Node::Plain(word) => self.out.push_str(word),
            Node::Text(text) => self.quoted(text),
            Node::List(items) => {
                self.out.push('[');
                for (place, item) in items.iter().enumerate() {
                    self.out.push_str(if place == 0 { "" } else { ", " });
                    self.flow(item);
                }
                self.out.push(']');
            }
            Node::Map(keys) => {
                self.out.push_str("{ ");
                for (place, (key, value)) in keys.iter().enumerate() {
                    self.out.push_str(if place == 0 { "" } else { ", " });
                    self.out.push_str(key);
                    self.out.push_str(": ");
                    self.flow(value);
                }
                self.out.push_str(" }");
            }
        }
    }

    fn quoted(&mut self, text: &str) {
        let single = text.chars().all(|c| !c.is_control()) && self.choices.below(2) == 1;
        if single {
            self.out.push('\'');
            self.out.push_str(&text.replace('\'', "''"));
            self.out.push('\'');
            return;
        }
        self.out.push_str(&double_quoted(text));
    }
}

/// A text between double quotes, with escapes for what YAML could take for something else.
#[must_use]
pub fn double_quoted(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            ' '..='~' => out.push(c),
            c if u32::from(c) <= 0xffff => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => {
                let _ = write!(out, "\\U{:08x}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}
