//! Typed reading of a [`Node`]: every mistake is noted with its path and in the words of YAML.

use std::cell::RefCell;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::at::At;
use super::mistake::{Found, FoundKind, Mistake, Wanted};
use super::tree::{Key, Node, Value};
use crate::source::Path;

/// Where mistakes are noted while `serde` reads.
pub(super) type Notes = RefCell<Vec<Mistake>>;

/// What `serde` passes up. All but `Told` wait for the place that they are about.
#[derive(Debug)]
pub(super) enum Error {
    /// The mistake has been noted.
    Told,
    Form(String),
    Unknown(String, &'static [&'static str]),
    Missing(&'static str),
}

impl Error {
    /// The mistake, where nothing below `path` has noted one.
    pub(super) fn at(self, path: Path) -> Mistake {
        match self {
            Self::Unknown(key, valid) => Mistake::Unknown {
                path: path.key(&key),
                key,
                valid,
            },
            Self::Missing(key) => Mistake::Missing { path, key },
            Self::Form(words) => Mistake::Form {
                path,
                wanted: Wanted::Words(words),
                found: Found {
                    kind: FoundKind::Map,
                    raw: String::new(),
                    entries: Vec::new(),
                },
            },
            Self::Told => Mistake::Form {
                path,
                wanted: Wanted::Map,
                found: Found {
                    kind: FoundKind::Map,
                    raw: String::new(),
                    entries: Vec::new(),
                },
            },
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(words: T) -> Self {
        Self::Form(words.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::Form(wanted.to_string())
    }

    fn invalid_value(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::Form(wanted.to_string())
    }

    fn unknown_field(field: &str, valid: &'static [&'static str]) -> Self {
        Self::Unknown(field.to_owned(), valid)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

/// The entries of a record that are to be read into a struct.
pub(super) struct Record<'c, 'n> {
    pub(super) entries: &'c [(&'n str, &'n Node<'n>)],
    pub(super) at: &'c At<'c>,
    pub(super) notes: &'c Notes,
    /// Of lists, read this item alone.
    pub(super) only: Option<usize>,
}

impl<'de> Deserializer<'de> for Record<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(RecordEntries {
            record: self,
            next: 0,
        })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct RecordEntries<'c, 'n> {
    record: Record<'c, 'n>,
    next: usize,
}

impl<'de> MapAccess<'de> for RecordEntries<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((key, _)) = self.record.entries.get(self.next) else {
            return Ok(None);
        };
        seed.deserialize(StrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let (key, node) = self.record.entries[self.next];
        self.next += 1;
        seed.deserialize(Reader {
            node,
            at: &self.record.at.key(key),
            notes: self.record.notes,
            only: self.record.only,
        })
    }
}

/// Reads one node.
struct Reader<'c, 'n> {
    node: &'n Node<'n>,
    at: &'c At<'c>,
    notes: &'c Notes,
    only: Option<usize>,
}

impl<'n> Reader<'_, 'n> {
    fn wrong<T>(&self, wanted: Wanted) -> Result<T, Error> {
        self.note(Mistake::Form {
            path: self.at.path(),
            wanted,
            found: Found::of(self.node),
        })
    }

    fn note<T>(&self, mistake: Mistake) -> Result<T, Error> {
        self.notes.borrow_mut().push(mistake);
        Err(Error::Told)
    }

    /// Notes what `serde` found without knowing the place.
    fn tell<T>(&self, read: Result<T, Error>) -> Result<T, Error> {
        match read {
            Err(Error::Form(words)) => self.wrong(Wanted::Words(words)),
            Err(Error::Unknown(key, valid)) => self.note(Mistake::Unknown {
                path: self.at.key(&key).path(),
                key: key.clone(),
                valid,
            }),
            Err(Error::Missing(key)) => self.note(Mistake::Missing {
                path: self.at.path(),
                key,
            }),
            read => read,
        }
    }

    fn list<V: Visitor<'n>>(&self, items: &'n [Node<'n>], visitor: V) -> Result<V::Value, Error> {
        let end = self.only.map_or(items.len(), |only| only + 1);
        self.tell(visitor.visit_seq(Items {
            all: &items[..end],
            next: self.only.unwrap_or(0),
            at: self.at,
            notes: self.notes,
        }))
    }

    fn map<V: Visitor<'n>>(
        &self,
        entries: &'n [(Key<'n>, Node<'n>)],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.tell(visitor.visit_map(Entries {
            all: entries,
            next: 0,
            at: self.at,
            notes: self.notes,
        }))
    }
}

impl<'de> Deserializer<'de> for Reader<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.value {
            Value::Null => self.tell(visitor.visit_unit()),
            Value::Bool(value) => self.tell(visitor.visit_bool(*value)),
            Value::Integer(value) => self.tell(visitor.visit_i64(*value)),
            Value::Huge => self.tell(visitor.visit_i128(0)),
            Value::Float(value) => self.tell(visitor.visit_f64(*value)),
            Value::Text => self.tell(visitor.visit_borrowed_str(self.node.raw)),
            Value::List(items) => self.list(items, visitor),
            Value::Map(entries) => self.map(entries, visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.value {
            Value::Bool(value) => self.tell(visitor.visit_bool(value)),
            _ => self.wrong(Wanted::Bool),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.value {
            Value::Text => self.tell(visitor.visit_borrowed_str(self.node.raw)),
            _ => self.wrong(Wanted::Text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.value {
            Value::List(items) => self.list(items, visitor),
            _ => self.wrong(Wanted::List),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.value {
            Value::Map(entries) => self.map(entries, visitor),
            _ => self.wrong(Wanted::Map),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    /// A key that stands there has a value; `key:` alone is a mistake that is better told than guessed.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple
        tuple_struct enum identifier ignored_any
    }
}

struct Items<'c, 'n> {
    all: &'n [Node<'n>],
    next: usize,
    at: &'c At<'c>,
    notes: &'c Notes,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        let Some(node) = self.all.get(self.next) else {
            return Ok(None);
        };
        let at = self.at.index(self.next);
        self.next += 1;
        let reader = Reader {
            node,
            at: &at,
            notes: self.notes,
            only: None,
        };
        seed.deserialize(reader).map(Some)
    }
}

struct Entries<'c, 'n> {
    all: &'n [(Key<'n>, Node<'n>)],
    next: usize,
    at: &'c At<'c>,
    notes: &'c Notes,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((key, _)) = self.all.get(self.next) else {
            return Ok(None);
        };
        if let Some(what) = key.other {
            self.notes.borrow_mut().push(Mistake::Key {
                path: self.at.key(key.raw).path(),
                raw: key.raw.to_owned(),
                what,
            });
            return Err(Error::Told);
        }
        seed.deserialize(BorrowedStrDeserializer::new(key.raw))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let (key, node) = &self.all[self.next];
        self.next += 1;
        seed.deserialize(Reader {
            node,
            at: &self.at.key(key.raw),
            notes: self.notes,
            only: None,
        })
    }
}
