//! The suite: calls of generated code are waited for where they stand.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use proc_macro2::{Delimiter, TokenTree};

use crate::Result;
use crate::calls::{Call, call, closures, is_closure, is_generated, uses};
use crate::names::{Own, connections, types};
use crate::tokens::{bytes, ident, inside, is, line, tokens};

/// Where a text of the suite stands among the tests of a target.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'p> {
    /// What was a crate of its own, and is a module now.
    pub module: &'p str,
    /// The modules that are at the root of the target's tests, not in that module.
    pub roots: &'p [&'p str],
    /// The modules that the target leaves out.
    pub left_out: &'p [&'p str],
    /// Functions of generated code that the target lacks; the harness has what stands for them.
    pub lacks: &'p [&'p str],
    /// Why tests are ignored unless they are asked for.
    pub needs: Option<&'p str>,
}

/// The attribute of a test that waits to be asked for.
const IGNORED: &str = "ignore";

/// The text of a file of the suite, whose calls are waited for.
///
/// # Errors
///
/// When the text is no Rust, or a call stands where its beginning is not found.
pub fn waited(text: &str, own: &Own, place: Place<'_>) -> Result<String> {
    let tokens = tokens(text)?;
    let mut connections_of = BTreeSet::new();
    connections(&tokens, &mut connections_of);
    connections_of.insert("conn".into());
    let mut types_of = BTreeSet::new();
    types(&tokens, &mut types_of);
    let mut carriers = connections_of.clone();
    closures(&tokens, &mut carriers);
    let turning = Turning {
        text,
        own,
        place,
        connections: connections_of,
        types: types_of,
        carriers,
    };
    turning.turn(&tokens, 0..text.len())
}

struct Turning<'t> {
    text: &'t str,
    own: &'t Own,
    place: Place<'t>,
    connections: BTreeSet<String>,
    types: BTreeSet<String>,
    /// Connections, and closures that have one.
    carriers: BTreeSet<String>,
}

impl Turning<'_> {
    /// The text of `range`, in which `tokens` stand.
    fn turn(&self, tokens: &[TokenTree], range: Range<usize>) -> Result<String> {
        let mut out = String::new();
        // Where each token begins in `out`, and how far the text has been copied.
        let mut starts = Vec::with_capacity(tokens.len());
        let mut copied = range.start;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let whole = bytes(token);
            if whole.start < copied {
                // A comment that documents is an attribute to the reader, all of whose tokens stand in one place.
                starts.push(out.len());
                at += 1;
                continue;
            }
            out.push_str(&self.text[copied..whole.start]);
            copied = whole.end;
            starts.push(out.len());
            if let TokenTree::Group(group) = token {
                match call(tokens, at, &self.connections) {
                    Some(call) if self.is_lacking(tokens, &call) => {
                        out.truncate(starts[call.start]);
                        out.push_str("crate::db::lacking");
                        out.push_str(&self.text[whole]);
                    }
                    Some(call) if is_generated(tokens, &call, self.own, &self.types) => {
                        self.wait(tokens, &call, &starts, &mut out)?;
                    }
                    _ if group.delimiter() == Delimiter::None => {
                        return Err(format!("line {}: a group without delimiters", line(token)));
                    }
                    _ => {
                        let between = whole.start + 1..whole.end - 1;
                        out.push_str(&self.text[whole.start..between.start]);
                        out.push_str(&self.turn(&inside(group), between.clone())?);
                        out.push_str(&self.text[between.end..whole.end]);
                        if let (Some(needs), "[test]") = (self.place.needs, &self.text[whole]) {
                            write!(out, " #[{IGNORED} = {needs:?}]").expect("a text grows");
                        }
                    }
                }
            } else if let Some(taken) = self.item(tokens, at, &starts, &mut out) {
                for skipped in &tokens[at + 1..taken] {
                    starts.push(out.len());
                    copied = bytes(skipped).end;
                }
                at = taken;
                continue;
            } else {
                self.word(tokens, at, &mut out);
            }
            at += 1;
        }
        out.push_str(&self.text[copied..range.end]);
        Ok(out)
    }

    fn is_lacking(&self, tokens: &[TokenTree], call: &Call) -> bool {
        let name = ident(tokens.get(call.name)).unwrap_or_default();
        !call.method && self.place.lacks.contains(&name.as_str())
    }

    /// Writes a token, and what belongs behind it here.
    fn word(&self, tokens: &[TokenTree], at: usize, out: &mut String) {
        out.push_str(&self.text[bytes(&tokens[at])]);
        match ident(tokens.get(at)).as_deref() {
            Some("crate")
                if is(tokens.get(at + 1), ':')
                    && !self.place.module.is_empty()
                    && ident(tokens.get(at + 3))
                        .is_none_or(|root| !self.place.roots.contains(&root.as_str())) =>
            {
                out.push_str("::");
                out.push_str(self.place.module);
            }
            // `&'c Connection`, which is a trait object and lives as long.
            Some("Connection") if at > 2 && is(tokens.get(at - 3), '&') => {
                if let (true, Some(life)) =
                    (is(tokens.get(at - 2), '\''), ident(tokens.get(at - 1)))
                {
                    write!(out, "<'{life}>").expect("a text grows");
                }
            }
            _ => {}
        }
    }

    /// Writes the item at `at` where the target has another one, and says where the next one begins.
    fn item(
        &self,
        tokens: &[TokenTree],
        at: usize,
        starts: &[usize],
        out: &mut String,
    ) -> Option<usize> {
        let word = ident(tokens.get(at))?;
        if word == "mod" && is(tokens.get(at + 2), ';') {
            let name = ident(tokens.get(at + 1))?;
            if self.place.left_out.contains(&name.as_str()) {
                out.truncate(starts[attributes(tokens, at)]);
                return Some(at + 3);
            }
            if self.place.roots.contains(&name.as_str()) {
                out.truncate(starts[attributes(tokens, at)]);
                write!(out, "#[allow(unused_imports)]\nuse crate::{name};").expect("a text grows");
                return Some(at + 3);
            }
        }
        None
    }

    /// Puts the call, whose beginning is written, in the words that wait for it.
    fn wait(
        &self,
        tokens: &[TokenTree],
        call: &Call,
        starts: &[usize],
        out: &mut String,
    ) -> Result<()> {
        let connection = &call.tokens[call.arguments[0].clone()];
        let connection =
            &self.text[bytes(&connection[0]).start..bytes(&connection[connection.len() - 1]).end];
        let mut before = String::new();
        let start = starts[call.start];
        let mut callee = out[start..].to_owned();
        // A receiver that needs the connection itself has to have it first; so do arguments.
        if call.method && uses(&tokens[call.start..call.name - 1], &self.carriers) {
            let receiver = &out[start..starts[call.name - 1]];
            write!(before, ", receiver = {receiver}").expect("a text grows");
            callee = format!("receiver{}", &out[starts[call.name - 1]..]);
        }
        let name = ident(tokens.get(call.name)).unwrap_or_default();
        let mut given = String::from("&mut *held_conn");
        for (number, argument) in call.arguments.iter().enumerate().skip(1) {
            let tokens = &call.tokens[argument.clone()];
            let range = bytes(&tokens[0]).start..bytes(&tokens[tokens.len() - 1]).end;
            let text = self.turn(tokens, range)?;
            if is_closure(tokens) && (name == "transaction" || name == "retry") {
                write!(
                    given,
                    ", |lent_conn| {{ let {} = &crate::db::lent(lent_conn); let work = {text}; crate::db::done(work()) }}",
                    call.connection,
                )
                .expect("a text grows");
            } else if uses(tokens, &self.carriers) && !is_closure(tokens) {
                write!(before, ", argument_{number} = {text}").expect("a text grows");
                write!(given, ", argument_{number}").expect("a text grows");
            } else {
                write!(given, ", {text}").expect("a text grows");
            }
        }
        out.truncate(start);
        write!(
            out,
            "crate::db::run!({connection}, held_conn{before} => {callee}({given}))"
        )
        .expect("a text grows");
        Ok(())
    }
}

/// Where the attributes of the item at `at` begin, documentation among them.
fn attributes(tokens: &[TokenTree], at: usize) -> usize {
    let mut from = at;
    while from >= 2
        && is(tokens.get(from - 2), '#')
        && matches!(&tokens[from - 1], TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
    {
        from -= 2;
    }
    from
}
