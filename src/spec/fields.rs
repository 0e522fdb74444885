//! The keys of a record, asked of the struct itself: `serde` tells them to whoever reads one.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The keys that `T` has, in the order of its fields.
pub(super) fn of<T: for<'de> Deserialize<'de>>() -> &'static [&'static str] {
    match T::deserialize(Recorder) {
        Err(Fields(fields)) => fields,
        // The recorder answers with an error always.
        Ok(_) => &[],
    }
}

struct Recorder;

/// The answer, carried as an error because reading ends with it.
#[derive(Debug)]
struct Fields(&'static [&'static str]);

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl std::error::Error for Fields {}

impl serde::de::Error for Fields {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(&[])
    }
}

impl<'de> Deserializer<'de> for Recorder {
    type Error = Fields;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Fields> {
        Err(Fields(&[]))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Fields> {
        Err(Fields(fields))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Every kind of record of the spec language, with the keys that it has.
#[cfg(test)]
pub(crate) fn records() -> Vec<(&'static str, &'static [&'static str])> {
    use super::column::Computed;
    use super::{
        Check, Column, Entity, Enum, ForeignKey, Generate, Index, Mixin, Naming, Relationship,
        SecondaryTable, Spec, UserType, Variant,
    };
    vec![
        ("spec", of::<Spec>()),
        ("generate", of::<Generate>()),
        ("naming", of::<Naming>()),
        ("entity", of::<Entity>()),
        ("secondary", of::<SecondaryTable>()),
        ("mixin", of::<Mixin>()),
        ("column", of::<Column>()),
        ("computed", of::<Computed>()),
        ("index", of::<Index>()),
        ("check", of::<Check>()),
        ("foreign key", of::<ForeignKey>()),
        ("relationship", of::<Relationship>()),
        ("enum", of::<Enum>()),
        ("variant", of::<Variant>()),
        ("type", of::<UserType>()),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn asks_the_struct() {
        assert_eq!(
            super::of::<crate::spec::Generate>(),
            [
                "target",
                "dialects",
                "derives",
                "attributes",
                "layout",
                "time",
                "visibility",
                "tests"
            ]
        );
        assert_eq!(
            super::of::<crate::spec::Spec>(),
            [
                "include",
                "generate",
                "entities",
                "secondary",
                "enums",
                "types",
                "mixins",
                "naming",
                "allow"
            ]
        );
        assert!(super::of::<crate::spec::Column>().contains(&"type"));
    }
}
