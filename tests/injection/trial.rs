//! A hostile string in a place of a spec: what is refused, is refused in words; what is generated, has the same pieces as with
//! a harmless word, and the string in it is data.

use relata::diagnostic::{Report, json};
use relata::{Builder, Dialect, Error, Layout, Rendered};

use super::docs;
use super::holes::Hole;
use super::lexer::{Piece, pieces, plain_texts};
use super::sqlite;
use super::tokens::{Form, Rust};

/// What becomes of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Refused,
    Generated,
}

/// What a place holds, which decides what a string there may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Doc,
    /// SQL, which is code in its place.
    Sql,
    /// What stands in an attribute.
    Attribute,
    /// A value that is stored.
    Value,
    /// A name of the database alone.
    Name,
    /// A name of Rust, of the spec, or a word of the spec's own.
    Word,
}

impl Kind {
    pub fn of(position: &str) -> Self {
        let is = |ends: &[&str]| ends.iter().any(|end| position.ends_with(end));
        if is(&[".doc"]) {
            Self::Doc
        } else if position.contains("sql") && !position.ends_with('?') {
            Self::Sql
        } else if is(&[".attributes[]", ".derives[]"]) {
            Self::Attribute
        } else if is(&[
            ".default",
            ".example",
            ".example[]",
            "Variant",
            ".value",
            ".where.*",
        ]) {
            Self::Value
        } else if is(&[
            ".table",
            "Check.name",
            "Index.name",
            "Key.name",
            "Column.name",
        ]) || (position.starts_with("Naming.") && !position.contains("plural"))
        {
            Self::Name
        } else {
            Self::Word
        }
    }
}

/// A place of a spec, and what is generated with a harmless word there.
pub struct Place<'s> {
    hole: &'s Hole<'s>,
    pub kind: Kind,
    dialects: &'s [Dialect],
    harmless: Rendered,
    files: Vec<Rust>,
    pieces: String,
}

impl<'s> Place<'s> {
    pub fn new(spec: &'s str, hole: &'s Hole<'s>, dialects: &'s [Dialect]) -> Self {
        let kind = Kind::of(hole.position());
        let harmless = rendered(&super::holes::harmless(spec), dialects);
        let harmless = harmless.unwrap_or_else(|error| panic!("{error}"));
        let files = files(&harmless).unwrap_or_else(|error| panic!("{error}"));
        let pieces = all(&files, kind);
        Self {
            hole,
            kind,
            dialects,
            harmless,
            files,
            pieces,
        }
    }

    /// Tries `text` for all dialects, and where they do not take it, for each.
    pub fn try_it(&self, text: &str) -> Result<Outcome, String> {
        let spec = self.hole.filled(text);
        let outcome = self.attempt(&spec, text, self.dialects)?;
        if outcome == Outcome::Generated || self.dialects.len() == 1 || self.kind == Kind::Word {
            return Ok(outcome);
        }
        let mut best = outcome;
        for dialect in self.dialects {
            if self.attempt(&spec, text, &[*dialect])? == Outcome::Generated {
                best = Outcome::Generated;
            }
        }
        Ok(best)
    }

    fn attempt(&self, spec: &str, text: &str, dialects: &[Dialect]) -> Result<Outcome, String> {
        match rendered(spec, dialects) {
            Ok(rendered) => {
                reported(&rendered.warnings)?;
                self.same(&rendered, text, dialects)?;
                Ok(Outcome::Generated)
            }
            Err(Error::Spec(report)) => {
                reported(&report)?;
                if report.errors() == 0 {
                    return Err("refused without an error".into());
                }
                shown(&Error::Spec(report).to_string())?;
                Ok(Outcome::Refused)
            }
            Err(error) => Err(error.to_string()),
        }
    }

    fn same(&self, rendered: &Rendered, text: &str, dialects: &[Dialect]) -> Result<(), String> {
        if self.hole.is_unknown_key() {
            return Err("an unknown key is taken".into());
        }
        self.rust(rendered, text)?;
        for dialect in dialects {
            let [found, harmless] =
                [rendered, &self.harmless].map(|rendered| ddl(rendered, *dialect));
            self.sql(found, harmless, text, *dialect)
                .map_err(|error| format!("{}: {error}", dialect.as_str()))?;
            if *dialect == Dialect::Sqlite {
                let arrives = self.kind != Kind::Sql;
                sqlite::same(found, harmless, arrives, self.kind == Kind::Word)?;
                sqlite::arrived(self.hole.name, found, text)?;
            }
        }
        Ok(())
    }

    /// The files have plain names, and the pieces that they have with a harmless word.
    fn rust(&self, rendered: &Rendered, text: &str) -> Result<(), String> {
        let found = files(rendered)?;
        let support = |rendered: &Rendered| rendered.output.get("support.rs").map(str::len);
        if support(rendered) != support(&self.harmless) {
            return Err("other support code".into());
        }
        let pieces = all(&found, self.kind);
        if pieces != self.pieces {
            return Err(format!("other Rust: {}", difference(&self.pieces, &pieces)));
        }
        match self.kind {
            Kind::Doc => docs::arrived(&found, &self.files, &self.hole.harmless, text),
            Kind::Name | Kind::Value => self.in_texts(&found, text),
            _ => Ok(()),
        }
    }

    /// What is told of a name or a value in Rust, is the same text.
    fn in_texts(&self, files: &[Rust], text: &str) -> Result<(), String> {
        let exactly = ["Column.name", "Variant", "Variant.value"];
        if !exactly.contains(&self.hole.position()) {
            return Ok(());
        }
        let mut texts = files.iter().flat_map(Rust::texts);
        let found = texts.any(|found| found == text);
        found
            .then_some(())
            .ok_or_else(|| "no text of the Rust is it".into())
    }

    fn sql(&self, found: &str, harmless: &str, text: &str, dialect: Dialect) -> Result<(), String> {
        let pieces = |sql: &str| pieces(sql, dialect);
        if self.kind == Kind::Sql {
            return self.stays(&pieces(found), &pieces(harmless), dialect);
        }
        let erased = |sql: &str| -> Vec<Piece> {
            let pieces = pieces(sql).into_iter();
            let erase = |piece| match piece {
                Piece::Name(_) if matches!(self.kind, Kind::Name | Kind::Word) => {
                    Piece::Name(String::new())
                }
                // Of another number.
                Piece::Word(word) if word.starts_with(|c: char| c.is_ascii_digit()) => Piece::Text,
                piece => piece,
            };
            plain_texts(&pieces.map(erase).collect::<Vec<_>>(), dialect)
        };
        let (found, harmless) = (erased(found), erased(harmless));
        // Without words there is no comment.
        let blank = text.trim().is_empty() && self.kind == Kind::Doc;
        if self.kind == Kind::Word || blank || found == harmless {
            return broken(&found);
        }
        Err(format!(
            "other SQL: {}",
            first_difference(&harmless, &found)
        ))
    }

    /// What stands before and behind SQL of the user is what stands there with a harmless one, and that is whole.
    fn stays(&self, found: &[Piece], harmless: &[Piece], dialect: Dialect) -> Result<(), String> {
        broken(found)?;
        let own = pieces(&self.hole.harmless, dialect);
        let Some(at) = harmless.windows(own.len()).position(|part| part == own) else {
            // SQL of another dialect.
            return if found == harmless {
                Ok(())
            } else {
                Err("other SQL".into())
            };
        };
        let (before, behind) = (&harmless[..at], &harmless[at + own.len()..]);
        let inside = found
            .strip_prefix(before)
            .and_then(|found| found.strip_suffix(behind))
            .ok_or_else(|| format!("around it: {}", first_difference(harmless, found)))?;
        let mut open = 0_i32;
        for piece in inside {
            match piece {
                Piece::Mark('(') => open += 1,
                Piece::Mark(')') => open -= 1,
                Piece::Mark(';') => return Err("a statement ends within".into()),
                _ => {}
            }
            if open < 0 {
                return Err("it leaves its parentheses".into());
            }
        }
        if open == 0 {
            Ok(())
        } else {
            Err("it leaves parentheses open".into())
        }
    }
}

fn broken(pieces: &[Piece]) -> Result<(), String> {
    let broken = pieces.iter().find_map(|piece| match piece {
        Piece::Broken(what) => Some(*what),
        _ => None,
    });
    broken.map_or(Ok(()), |what| Err(what.to_owned()))
}

fn rendered(spec: &str, dialects: &[Dialect]) -> Result<Rendered, Error> {
    let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).expect("a text");
    let builder = builder.dialects(dialects.iter().copied());
    builder.layout(Layout::Modules).render()
}

/// The files of Rust but the support code, which no spec changes.
fn files(rendered: &Rendered) -> Result<Vec<Rust>, String> {
    let files = rendered.output.iter();
    let files = files.filter(|(name, _)| {
        name.strip_suffix(".rs")
            .is_some_and(|stem| stem != "support")
    });
    files
        .map(|(name, text)| {
            plain(name)?;
            Rust::parse(text).map_err(|error| format!("{name}: {error}\n{text}"))
        })
        .collect()
}

/// The pieces of all files, whatever these are called.
fn all(files: &[Rust], kind: Kind) -> String {
    let form = if kind == Kind::Word {
        Form::Shape
    } else {
        Form::Names
    };
    let mut pieces: Vec<String> = files.iter().map(|file| file.pieces(form)).collect();
    pieces.sort();
    pieces.concat()
}

fn ddl(rendered: &Rendered, dialect: Dialect) -> &str {
    let of_dialect = format!("schema.{}.sql", dialect.as_str());
    let other = rendered.output.get(&of_dialect);
    other
        .or_else(|| rendered.output.get("schema.sql"))
        .expect("SQL")
}

fn plain(name: &str) -> Result<(), String> {
    let stem = name.strip_suffix(".rs").unwrap_or(name);
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if stem.is_empty() || !stem.chars().all(is_plain) {
        return Err(format!("a file is called {name:?}"));
    }
    Ok(())
}

/// Each finding has a code, a place, and words that a terminal shows.
fn reported(report: &Report) -> Result<(), String> {
    for found in json(report) {
        shown(&found.message)?;
        shown(found.help.as_deref().unwrap_or_default())?;
        for label in &found.labels {
            shown(&label.message)?;
        }
        let source = report.sources().root();
        let included = found.file != source.name();
        let lines = source.text().lines().count() + 1;
        let place = 1..=if included { usize::MAX } else { lines };
        if !place.contains(&found.line) || !place.contains(&found.end_line) || found.column == 0 {
            return Err(format!("{} at {}:{}", found.code, found.line, found.column));
        }
    }
    Ok(())
}

/// What a terminal would obey, and what is not seen.
pub fn shown(text: &str) -> Result<(), String> {
    let obeyed = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    match text.chars().find(|c| obeyed(*c)) {
        Some(c) => Err(format!("a report has {c:?}: {text:?}")),
        None => Ok(()),
    }
}

fn difference(wanted: &str, found: &str) -> String {
    let mut lines = wanted.lines().zip(found.lines());
    let differ = lines.find(|(wanted, found)| wanted != found);
    match differ {
        Some((wanted, found)) => format!("{found}\n  in place of {wanted}"),
        None => format!(
            "{} lines in place of {}",
            found.lines().count(),
            wanted.lines().count()
        ),
    }
}

fn first_difference(wanted: &[Piece], found: &[Piece]) -> String {
    let same = wanted.iter().zip(found).take_while(|(a, b)| a == b).count();
    let around = |pieces: &[Piece]| {
        format!(
            "{:?}",
            &pieces[same.saturating_sub(3)..pieces.len().min(same + 6)]
        )
    };
    format!("{} in place of {}", around(found), around(wanted))
}
