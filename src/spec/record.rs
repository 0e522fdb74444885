//! Reading one record: every key on its own, so that one mistake hides no other.

use std::cell::RefCell;

use serde::Deserialize;

use super::astray::{is_column, is_table};
use super::at::At;
use super::de::Record;
use super::fields;
use super::kinds::{Kind, Names};
use super::mistake::{Found, Mistake, Wanted};
use super::read::Reader;
use super::synonyms::{self, Synonym};
use super::tree::{Key, Node, Value};
use super::words;
use crate::diagnostic::{Code, Diagnostic, Help, suggest};
use crate::source::Place;

/// A record as far as it could be read.
pub(super) struct Read<'n, T> {
    pub(super) value: T,
    /// The nested keys that stand there.
    nested: Vec<(&'n str, &'n Node<'n>)>,
    /// All keys of the language that stand there, readable or not.
    given: Vec<&'n str>,
}

impl<'n, T> Read<'n, T> {
    /// The value of a nested key.
    pub(super) fn nested(&self, key: &str) -> Option<&'n Node<'n>> {
        let mut nested = self.nested.iter();
        nested.find(|(name, _)| *name == key).map(|(_, node)| *node)
    }

    /// Whether a key stands there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.given.contains(&key)
    }
}

/// What the keys of a mapping are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeysAre {
    /// The user's own.
    Names,
    /// Those of a record.
    Words,
}

/// The entries of a mapping.
pub(super) type Entries<'n> = Vec<(&'n str, &'n Node<'n>)>;

impl Reader<'_> {
    /// Reads the struct `T` from the mapping `node`. `None` when it is no mapping; nothing at all (`key:`) is an empty
    /// one.
    pub(super) fn record<'n, T>(
        &mut self,
        node: &'n Node<'n>,
        at: &At<'_>,
        kind: &Kind,
    ) -> Option<Read<'n, T>>
    where
        T: Default + for<'de> Deserialize<'de>,
    {
        let names = Names {
            what: "a mapping",
            example: kind.example,
        };
        let entries = self.entries_of(node, at, &names, KeysAre::Words)?;
        let valid = fields::of::<T>();
        let mut read = Read {
            value: T::default(),
            nested: Vec::new(),
            given: Vec::new(),
        };
        let mut own = Vec::with_capacity(entries.len());
        let mut meant = Vec::new();
        let (mut astray, mut tables) = (Vec::new(), Vec::new());
        for (key, value) in entries {
            if valid.contains(&key) {
                let nested = kind.nested.contains(&key);
                let entries = if nested { &mut read.nested } else { &mut own };
                entries.push((key, value));
                read.given.push(key);
            } else if is_column(key, value, kind, valid) {
                astray.push(key);
            } else if is_table(key, value, kind) {
                tables.push(key);
            } else {
                meant.extend(self.unknown((key, value), at, kind, valid));
            }
        }
        self.astray(&astray, at, kind.what);
        self.tables_astray(&tables, at);
        for meant in meant {
            // A misspelt key leaves its place empty; what follows from that is no news.
            if !read.given.contains(&meant) {
                self.unread(&at.key(meant));
            }
        }
        read.value = self.fill(&own, at);
        Some(read)
    }

    /// The entries of a mapping of names, those with a mistake in the key left out; of repeated keys the first.
    pub(super) fn entries<'n>(
        &mut self,
        node: &'n Node<'n>,
        at: &At<'_>,
        names: &Names,
    ) -> Option<Entries<'n>> {
        self.entries_of(node, at, names, KeysAre::Names)
    }

    fn entries_of<'n>(
        &mut self,
        node: &'n Node<'n>,
        at: &At<'_>,
        names: &Names,
        keys: KeysAre,
    ) -> Option<Entries<'n>> {
        let map = match &node.value {
            Value::Map(map) => map,
            Value::Null => return Some(Vec::new()),
            _ => {
                self.unread(at);
                self.mistake(Mistake::Form {
                    path: at.path(),
                    wanted: Wanted::Example(names.what, names.example),
                    found: Found::of(node),
                });
                return None;
            }
        };
        let mut entries: Entries<'n> = Vec::with_capacity(map.len());
        let mut seen = std::collections::BTreeSet::new();
        let mut next = 0;
        while let Some((key, value)) = map.get(next) {
            next += 1;
            if !seen.insert(key.raw) {
                // What the first one lacks may stand here.
                self.unread(&at.key(key.raw));
                continue;
            }
            // Quotes make a name of it, but no word of the language.
            let may_be_quoted = keys == KeysAre::Names || key.raw.is_empty();
            if let Some(what) = key.other.filter(|_| may_be_quoted) {
                self.unread(&at.key(key.raw));
                self.mistake(Mistake::Key {
                    path: at.key(key.raw).path(),
                    raw: key.raw.to_owned(),
                    what,
                });
            } else if key.raw == "<<" {
                // The locator has reported it; what it would have brought is missing here.
                self.unread(at);
            } else if let Some(rest) = rest_of_cut(value, &map[next..]) {
                self.cut(at, key.raw, &rest);
                next += rest.len();
            } else {
                entries.push((key.raw, value));
            }
        }
        Some(entries)
    }

    /// Reads all entries at once; when that fails, finds the bad ones and does without them.
    fn fill<'n, T>(&mut self, entries: &[(&'n str, &'n Node<'n>)], at: &At<'_>) -> T
    where
        T: Default + for<'de> Deserialize<'de>,
    {
        if let Ok(value) = read_some::<T>(entries, at, None) {
            return value;
        }
        let mut good = Vec::with_capacity(entries.len());
        for entry in entries {
            let mistakes = entry_mistakes::<T>(*entry, at);
            if mistakes.is_empty() {
                good.push(*entry);
            } else {
                self.unread(&at.key(entry.0));
            }
            for mistake in mistakes {
                self.mistake(mistake);
            }
        }
        read_some(&good, at, None).unwrap_or_default()
    }

    /// A key that the record does not have. Gives the key that was probably meant.
    fn unknown(
        &mut self,
        (key, value): (&str, &Node<'_>),
        at: &At<'_>,
        kind: &Kind,
        valid: &[&'static str],
    ) -> Option<&'static str> {
        if self.is_full() {
            return None;
        }
        let place = at.key(key).path().at_key();
        // `{ type:integer }` is one key to YAML.
        let glued = key.split_once(':').and_then(|(name, value)| {
            let name = valid.iter().find(|valid| **valid == name)?;
            Some((*name, value))
        });
        let (meant, help) = if let Some((name, rest)) = glued {
            let spaced = format!("{name}: {}", rest.trim_start());
            let help = format!("put a space behind the colon: `{spaced}`");
            let help = if value.is_nothing() && !rest.is_empty() {
                Help::yaml(help, key, spaced)
            } else {
                help.into()
            };
            (Some(name), help)
        } else if let Some(Synonym { meant, help, same }) = synonyms::of(kind.what, key) {
            let help = match meant {
                Some(name) if same => Help::word(help, key, name),
                _ => help.into(),
            };
            (meant, help)
        } else if let Some(name) = suggest::nearest(key, valid.iter().copied()) {
            (Some(name), suggest::help(key, valid.iter().copied()))
        } else {
            (None, suggest::list(valid).into())
        };
        let message = format!("unknown key `{key}` in {}", kind.what);
        self.push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
        meant
    }

    /// A value that its own commas have cut: `{ type: decimal(10,2) }`.
    fn cut(&mut self, at: &At<'_>, key: &str, rest: &[&str]) {
        let value = at.key(key);
        self.unread(&value);
        let (first, last) = (rest[0], rest[rest.len() - 1]);
        let start = self.source.span(&value.path().at_value());
        let stop = self.source.span(&at.key(last).path().at_key());
        let span = self.source.clip(&(start.start..stop.end.max(start.end)));
        let written = &self.source.text()[span.clone()];
        let help = if let Some(help) = words::enum_of(written) {
            help.into()
        } else {
            let help = format!("quote it: `{key}: \"{written}\"`");
            Help::around(help, written, ("\"", "\""))
        };
        let message = format!("the comma before `{first}` ends the value of `{key}`");
        let diagnostic = Diagnostic::new(Code::WrongForm, Place::span(span), message);
        self.push(diagnostic.help(help));
    }
}

/// The keys that are the rest of `value`: it has an open parenthesis, and the last of them, `2)`, closes it.
fn rest_of_cut<'n>(value: &Node<'_>, after: &[(Key<'n>, Node<'_>)]) -> Option<Vec<&'n str>> {
    let open = value.value == Value::Text
        && value.raw.matches('(').count() > value.raw.matches(')').count();
    if !open {
        return None;
    }
    let rest = after.iter().take_while(|(_, node)| node.is_nothing());
    let keys: Vec<&str> = rest.map(|(key, _)| key.raw).collect();
    let closes = |key: &&str| key.trim_end_matches('?').ends_with(')');
    let last = keys.iter().position(closes)?;
    Some(keys[..=last].to_vec())
}

/// The mistakes of one entry; of a list, those of every item.
fn entry_mistakes<'n, T>(entry: (&'n str, &'n Node<'n>), at: &At<'_>) -> Vec<Mistake>
where
    T: for<'de> Deserialize<'de>,
{
    let Err(whole) = read_some::<T>(&[entry], at, None) else {
        return Vec::new();
    };
    let Value::List(items) = &entry.1.value else {
        return whole;
    };
    let items = (0..items.len()).map(|item| read_some::<T>(&[entry], at, Some(item)));
    let single: Vec<Mistake> = items.filter_map(Result::err).flatten().collect();
    if single.len() > whole.len() {
        single
    } else {
        whole
    }
}

fn read_some<'n, T>(
    entries: &[(&'n str, &'n Node<'n>)],
    at: &At<'_>,
    only: Option<usize>,
) -> Result<T, Vec<Mistake>>
where
    T: for<'de> Deserialize<'de>,
{
    let notes = RefCell::new(Vec::new());
    let record = Record {
        entries,
        at,
        notes: &notes,
        only,
    };
    match T::deserialize(record) {
        Ok(value) => Ok(value),
        Err(error) => {
            let mut mistakes = notes.into_inner();
            if mistakes.is_empty() {
                mistakes.push(error.at(at.path()));
            }
            Err(mistakes)
        }
    }
}
