//! The YAML tree with all that a strict reader would stop at: repeated keys, keys that are no text.
//!
//! In: a [`Source`] without fatal faults. Out: a [`Node`], or the place where the two YAML readers disagree. The only
//! file that knows `serde_yaml`. It is read along the locator's tree, so that a disagreement is found where it begins
//! and every scalar keeps its words as they were written.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::Size;
use crate::source::{Cursor, Shape, Source};

/// A YAML node.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node<'s> {
    /// A scalar's words, quotes resolved; empty for collections.
    pub(super) raw: &'s str,
    pub(super) value: Value<'s>,
}

/// What YAML reads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'s> {
    Null,
    Bool(bool),
    Integer(i64),
    /// A whole number that 64 bits do not hold.
    Huge,
    Float(f64),
    Text,
    List(Vec<Node<'s>>),
    Map(Vec<(Key<'s>, Node<'s>)>),
}

/// The key of an entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Key<'s> {
    pub(super) raw: &'s str,
    /// What YAML reads instead of text (`a number`).
    pub(super) other: Option<&'static str>,
}

impl Node<'_> {
    /// Whether nothing stands there at all.
    pub(super) fn is_nothing(&self) -> bool {
        self.value == Value::Null && self.raw.is_empty()
    }

    /// How much stands in the node.
    pub(super) fn size(&self) -> Size {
        let own = Size {
            nodes: 1,
            bytes: self.raw.len(),
        };
        let add = |sum: Size, more: Size| Size {
            nodes: sum.nodes + more.nodes,
            bytes: sum.bytes + more.bytes,
        };
        match &self.value {
            Value::List(items) => items.iter().map(Node::size).fold(own, add),
            Value::Map(entries) => {
                let sizes = entries.iter().map(|(key, node)| {
                    let size = node.size();
                    let bytes = size.bytes + key.raw.len();
                    Size { bytes, ..size }
                });
                sizes.fold(own, add)
            }
            _ => own,
        }
    }
}

/// Two readers that do not read the same.
#[derive(Debug)]
pub(super) struct Disagreement {
    /// Where it begins.
    pub(super) span: Range<usize>,
    /// What the stricter reader says.
    pub(super) reason: String,
}

/// Reads the tree of `source`; `None` when the document is empty.
pub(super) fn parse(source: &Source) -> Result<Option<Node<'_>>, Disagreement> {
    let Some(cursor) = source.tree() else {
        return Ok(None);
    };
    let clash = Cell::new(None);
    let build = Build {
        cursor,
        clash: &clash,
    };
    let reader = serde_yaml::Deserializer::from_str(source.text());
    build.deserialize(reader).map(Some).map_err(|error| {
        let span = clash.take().unwrap_or_else(|| {
            // The reader counts bytes.
            let byte = error.location().map_or(0, |location| location.index());
            let mut starts = (0..=byte.min(source.text().len())).rev();
            let byte = starts
                .find(|byte| source.text().is_char_boundary(*byte))
                .unwrap_or(0);
            byte..byte
        });
        // The place is shown by the report.
        let place = error.location().map_or_else(String::new, |location| {
            format!(" at line {} column {}", location.line(), location.column())
        });
        let mut reason = error.to_string();
        if !place.is_empty() {
            reason = reason.replace(&place, "");
        }
        Disagreement { span, reason }
    })
}

struct Build<'c, 's> {
    cursor: Cursor<'s>,
    clash: &'c Cell<Option<Range<usize>>>,
}

impl<'s> Build<'_, 's> {
    fn scalar<E: serde::de::Error>(self, value: Value<'s>) -> Result<Node<'s>, E> {
        match self.cursor.shape() {
            Shape::Scalar { text, .. } => Ok(Node { raw: text, value }),
            _ => Err(self.differs("a scalar")),
        }
    }

    fn differs<E: serde::de::Error>(&self, read: &str) -> E {
        self.clash.set(Some(self.cursor.span()));
        E::custom(format_args!("{read} to one reader, not to the other"))
    }

    fn child<E: serde::de::Error>(&self, place: usize) -> Result<Build<'_, 's>, E> {
        let cursor = self.cursor.child(place);
        let cursor = cursor.ok_or_else(|| self.differs::<E>("a longer collection"))?;
        Ok(Build {
            cursor,
            clash: self.clash,
        })
    }
}

impl<'de, 's> DeserializeSeed<'de> for Build<'_, 's> {
    type Value = Node<'s>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Node<'s>, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de, 's> Visitor<'de> for Build<'_, 's> {
    type Value = Node<'s>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Node<'s>, E> {
        self.scalar(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Node<'s>, E> {
        self.scalar(Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Node<'s>, E> {
        self.scalar(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Node<'s>, E> {
        self.scalar(Value::Integer(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Node<'s>, E> {
        self.scalar(i64::try_from(value).map_or(Value::Huge, Value::Integer))
    }

    fn visit_i128<E: serde::de::Error>(self, _: i128) -> Result<Node<'s>, E> {
        self.scalar(Value::Huge)
    }

    fn visit_u128<E: serde::de::Error>(self, _: u128) -> Result<Node<'s>, E> {
        self.scalar(Value::Huge)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node<'s>, E> {
        self.scalar(Value::Float(value))
    }

    fn visit_str<E: serde::de::Error>(self, read: &str) -> Result<Node<'s>, E> {
        match self.cursor.shape() {
            Shape::Scalar { text, .. } if text == read => self.scalar(Value::Text),
            _ => Err(self.differs(&format!("text `{read}`"))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'s>, A::Error> {
        let Shape::Sequence(len) = self.cursor.shape() else {
            return Err(self.differs("a list"));
        };
        let mut list = Vec::with_capacity(len);
        for place in 0..len {
            match items.next_element_seed(self.child(place)?)? {
                Some(item) => list.push(item),
                None => return Err(self.differs("a shorter list")),
            }
        }
        if items.next_element::<IgnoredAny>()?.is_some() {
            return Err(self.differs("a longer list"));
        }
        Ok(Node {
            raw: "",
            value: Value::List(list),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node<'s>, A::Error> {
        let Shape::Mapping(len) = self.cursor.shape() else {
            return Err(self.differs("a mapping"));
        };
        let mut map = Vec::with_capacity(len);
        for place in 0..len {
            let child = self.child(place)?;
            let Some(read) = entries.next_key::<ReadKey>()? else {
                return Err(self.differs("a shorter mapping"));
            };
            let raw = child.cursor.key().unwrap_or_default();
            if read.text.is_some_and(|text| text != raw) {
                self.clash.set(Some(child.cursor.key_span()));
                return Err(A::Error::custom(
                    "a key that the two readers read differently",
                ));
            }
            let key = Key {
                raw,
                other: read.other,
            };
            map.push((key, entries.next_value_seed(child)?));
        }
        if entries.next_key::<IgnoredAny>()?.is_some() {
            return Err(self.differs("a longer mapping"));
        }
        Ok(Node {
            raw: "",
            value: Value::Map(map),
        })
    }

    /// A tag, which the locator has reported: what it stands at is read as if it were not there.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Node<'s>, A::Error> {
        let (_, value) = tagged.variant::<String>()?;
        value.newtype_variant_seed(self)
    }
}

/// A key as the strict reader reads it.
struct ReadKey {
    text: Option<String>,
    other: Option<&'static str>,
}

impl<'de> serde::Deserialize<'de> for ReadKey {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = ReadKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<ReadKey, E> {
        let text = Some(text.to_owned());
        Ok(ReadKey { text, other: None })
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<ReadKey, E> {
        Ok(other("nothing"))
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<ReadKey, E> {
        Ok(other("a truth value"))
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<ReadKey, E> {
        Ok(other("a number"))
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<ReadKey, E> {
        Ok(other("a number"))
    }

    fn visit_i128<E: serde::de::Error>(self, _: i128) -> Result<ReadKey, E> {
        Ok(other("a number"))
    }

    fn visit_u128<E: serde::de::Error>(self, _: u128) -> Result<ReadKey, E> {
        Ok(other("a number"))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<ReadKey, E> {
        Ok(other("a number"))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<ReadKey, A::Error> {
        let (_, value) = tagged.variant::<String>()?;
        value.newtype_variant_seed(std::marker::PhantomData)
    }
}

fn other(what: &'static str) -> ReadKey {
    ReadKey {
        text: None,
        other: Some(what),
    }
}
