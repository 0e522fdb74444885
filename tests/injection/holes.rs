//! Specs with holes: `«Entity.doc=Words.»` is the position `Entity.doc`, which holds `Words.` unless something else is put
//! there; `«Entity.derives[] of x=…»` is one more place of the position before ` of `.
//!
//! What stands behind `=` is a text, in quotes of YAML; behind `:` it is YAML as it is. `«Entity.?»` is the place of a key
//! that nobody knows, and is nothing by itself.

use std::fmt::Write as _;

pub use random_specs::double_quoted as yaml;

/// A place of a spec where a string stands.
#[derive(Debug, Clone)]
pub struct Hole<'s> {
    pub name: &'s str,
    spec: &'s str,
    /// What stands there by itself, as it reads.
    pub harmless: String,
}

impl<'s> Hole<'s> {
    /// The holes of `spec`, in order.
    pub fn all(spec: &'s str) -> Vec<Self> {
        let holes = pieces(spec).into_iter();
        let holes = holes.filter_map(|piece| match piece {
            Piece::Hole(name, _, harmless) => Some((name, harmless)),
            Piece::Text(_) => None,
        });
        let hole = |(number, (name, harmless))| Self {
            name,
            spec,
            harmless: numbered(harmless, number),
        };
        holes.enumerate().map(hole).collect()
    }

    /// The position: without what tells its places apart.
    pub fn position(&self) -> &'s str {
        let (position, _) = self.name.split_once(" of ").unwrap_or((self.name, ""));
        position
    }

    /// The spec with `text` in this place, and with what is harmless in all others.
    pub fn filled(&self, text: &str) -> String {
        fill(self.spec, Some((self.name, text)))
    }

    /// Whether no harmless key stands there.
    pub fn is_unknown_key(&self) -> bool {
        self.position().ends_with(".?")
    }
}

/// The spec with what is harmless in every place.
pub fn harmless(spec: &str) -> String {
    fill(spec, None)
}

fn fill(spec: &str, with: Option<(&str, &str)>) -> String {
    let mut filled = String::new();
    let mut number = 0;
    for piece in pieces(spec) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Hole(name, quoted, harmless) => {
                let text = with.filter(|(hole, _)| *hole == name);
                match text {
                    Some((_, text)) if name.ends_with('?') => {
                        let _ = write!(filled, "{}: 1,", yaml(text));
                    }
                    // A list where one item is right stands without brackets.
                    Some((_, text)) if name.ends_with("[]") && !quoted => {
                        let _ = write!(filled, "[{}]", yaml(text));
                    }
                    Some((_, text)) => filled.push_str(&yaml(text)),
                    None if name.ends_with('?') => {}
                    None if quoted => filled.push_str(&yaml(&numbered(harmless, number))),
                    None => filled.push_str(harmless),
                }
                number += 1;
            }
        }
    }
    filled
}

/// `%` is a number that no other hole of the spec has.
fn numbered(harmless: &str, number: usize) -> String {
    harmless.replace('%', &(86_000 + number).to_string())
}

enum Piece<'s> {
    Text(&'s str),
    /// Its name, whether its text is quoted, what is harmless there.
    Hole(&'s str, bool, &'s str),
}

fn pieces(spec: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = spec;
    while let Some((before, behind)) = rest.split_once('«') {
        let (hole, behind) = behind.split_once('»').expect("holes are closed");
        pieces.push(Piece::Text(before));
        let end = hole.find(['=', ':']).unwrap_or(hole.len());
        let quoted = hole[end..].starts_with('=');
        let harmless = hole.get(end + 1..).unwrap_or_default();
        pieces.push(Piece::Hole(&hole[..end], quoted, harmless));
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces
}
