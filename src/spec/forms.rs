//! Values that have several forms, read by hand: `serde`'s own way tells only that no form fits.

use std::fmt;

use indexmap::IndexMap;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Examples, OneOrMany, Sql, SqlText, Value};

/// The dialects that one text each can be given for.
pub(super) const DIALECTS: &[&str] = &["sqlite", "postgres", "mysql"];

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a literal, `now`, `uuid` or `{ sql: … }`")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Value, A::Error> {
        Sql::deserialize(MapAccessDeserializer::new(entries)).map(Value::Sql)
    }
}

impl<'de> Deserialize<'de> for SqlText {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(SqlVisitor)
    }
}

struct SqlVisitor;

impl<'de> Visitor<'de> for SqlVisitor {
    type Value = SqlText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SQL text or a mapping of dialects to SQL texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SqlText, E> {
        Ok(SqlText::All(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<SqlText, A::Error> {
        let mut texts = IndexMap::new();
        while let Some(dialect) = entries.next_key::<String>()? {
            if !DIALECTS.contains(&dialect.as_str()) {
                return Err(A::Error::unknown_field(&dialect, DIALECTS));
            }
            let text = entries.next_value()?;
            // A repeated key has been reported; the first one counts everywhere.
            texts.entry(dialect).or_insert(text);
        }
        Ok(SqlText::PerDialect(texts))
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(NamesVisitor)
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = OneOrMany;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name or a list of names")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<OneOrMany, E> {
        Ok(OneOrMany::One(name.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<OneOrMany, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(OneOrMany::Many)
    }
}

impl<'de> Deserialize<'de> for Examples {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(ExamplesVisitor)
    }
}

struct ExamplesVisitor;

impl<'de> Visitor<'de> for ExamplesVisitor {
    type Value = Examples;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a literal or a list of literals")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Examples, E> {
        Ok(Examples::One(Value::Boolean(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Examples, E> {
        Ok(Examples::One(Value::Integer(value)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Examples, E> {
        Ok(Examples::One(Value::Float(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Examples, E> {
        Ok(Examples::One(Value::Text(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Examples, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(items)).map(Examples::Many)
    }
}
