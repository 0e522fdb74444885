//! Whether the schema says all that the spec language has.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{json_schema, keys, property};
use crate::spec;

fn schema() -> Value {
    serde_json::from_str(&json_schema()).expect("JSON")
}

/// The definition of a record by what the spec language calls it.
fn definition(record: &str) -> &'static str {
    match record {
        "spec" => "Spec",
        "generate" => "Generate",
        "naming" => "Naming",
        "entity" => "Entity",
        "secondary" => "Secondary",
        "mixin" => "Mixin",
        "column" => "Column",
        "computed" => "Computed",
        "index" => "Index",
        "check" => "Check",
        "foreign key" => "ForeignKey",
        "relationship" => "Relationship",
        "enum" => "Enum",
        "variant" => "Variant",
        "type" => "UserType",
        _ => panic!("`{record}` has a definition"),
    }
}

#[test]
fn every_key_is_there_and_says_what_it_means() {
    let Value::Object(mut schema) = schema() else {
        panic!("an object");
    };
    let mut seen = BTreeMap::new();
    for (record, keys) in spec::records() {
        for key in keys {
            let property = property(&mut schema, definition(record), key);
            let property = property.unwrap_or_else(|| panic!("{record} has `{key}`"));
            let description = property["description"].as_str().unwrap_or_default();
            let words = description.split_whitespace().count();
            assert!(
                words >= 4 && description.ends_with(['.', ')']),
                "{record}.{key} says `{description}`"
            );
            *seen.entry(definition(record)).or_insert(0) += 1;
        }
    }
    // And no other: what is skipped by serde is skipped here.
    for (record, count) in seen {
        let record = match record {
            "Spec" => &schema["properties"],
            "Enum" => &schema["definitions"]["Enum"]["anyOf"][0]["properties"],
            record => &schema["definitions"][record]["properties"],
        };
        let known = record.as_object().expect("a record").len();
        assert_eq!(known, count, "{record}");
    }
}

#[test]
fn what_is_known_of_keys_is_said_of_keys() {
    let mut schema = spec::schema();
    for (record, key, _) in keys::all() {
        assert!(
            property(&mut schema, record, key).is_some(),
            "{record}.{key} is a key"
        );
    }
}

/// No part of the schema takes all there is: each says a type, a form, its words or a reference.
#[test]
fn every_record_is_closed() {
    let schema = schema();
    for (name, definition) in schema["definitions"].as_object().expect("records") {
        let record = match name.as_str() {
            "Enum" => &definition["anyOf"][0],
            _ => definition,
        };
        assert_eq!(record["additionalProperties"], false, "{name}");
        assert!(record["description"].is_string(), "{name}");
    }
    assert_eq!(schema["additionalProperties"], false);
}

/// Counts the words that stand in lists, each of which has its meaning.
fn every_word(schema: &Value, seen: &mut usize) {
    if let (Some(words), Some(meanings)) = (
        schema["enum"].as_array(),
        schema["enumDescriptions"].as_array(),
    ) {
        assert_eq!(words.len(), meanings.len());
        *seen += words.len();
    }
    match schema {
        Value::Array(items) => items.iter().for_each(|item| every_word(item, seen)),
        Value::Object(object) => object.values().for_each(|value| every_word(value, seen)),
        _ => {}
    }
}

#[test]
fn every_word_says_what_it_means() {
    let mut seen = 0;
    every_word(&schema(), &mut seen);
    let text = json_schema();
    // Those that no meaning stands beside are the types once more, which others are not.
    let lists = text.matches("\"enum\":").count();
    let with_meanings = text.matches("\"enumDescriptions\":").count();
    assert_eq!(lists - with_meanings, text.matches("\"not\":").count());
    assert!(seen > 60, "{seen} words were seen");
}
