//! The JSON Schema of the spec language, as far as its structs and forms say it.
//!
//! In: the structs that read a spec. Out: a schema with every key and what it means. The words that a key takes are put
//! in above, where they are known.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value as Json, json};

use super::forms::DIALECTS;
use super::kinds::{CHECKS, ENUM, FOREIGN_KEYS, INDEXES, RELATIONSHIP, USER_TYPE};
use super::{
    Examples, Held, OneOrMany, Secondary, SecondaryTable, Spec, Sql, SqlText, Value, Variant,
    Variants,
};

/// What must stand in records, by the name of its definition.
const REQUIRED: [(&str, &[&str]); 5] = [
    ("Index", INDEXES.kind.required),
    ("Check", CHECKS.kind.required),
    ("ForeignKey", FOREIGN_KEYS.kind.required),
    ("Relationship", RELATIONSHIP.required),
    ("UserType", USER_TYPE.required),
];

/// The schema: the root is that of [`Spec`], `definitions` has one for each other record, called like its struct.
#[must_use]
pub fn schema() -> Map<String, Json> {
    let generator = SchemaSettings::draft07().into_generator();
    let mut root = generator.into_root_schema_for::<Spec>().to_value();
    only_what_is_read(&mut root);
    let definitions = root["definitions"].as_object_mut().into_iter().flatten();
    for (name, definition) in definitions {
        definition["title"] = json!(title(name));
        if let Some((_, keys)) = REQUIRED.iter().find(|(record, _)| record == name) {
            definition["required"] = json!(keys);
        }
        // Nothing at all (`Student:`) is an empty record.
        if definition["type"] == "object" && definition.get("required").is_none() {
            definition["type"] = json!(["object", "null"]);
        }
    }
    // So is a file in which nothing stands, if another one includes it.
    root["type"] = json!(["object", "null"]);
    match root {
        Json::Object(root) => root,
        _ => Map::new(),
    }
}

/// What a reader calls the record whose struct is `name`: `ForeignKey` is a foreign key.
fn title(name: &str) -> String {
    if name == "UserType" {
        return "Type".to_owned();
    }
    let mut title = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !title.is_empty() {
            title.push(' ');
            title.extend(letter.to_lowercase());
        } else {
            title.push(letter);
        }
    }
    title
}

/// Leaves out what is true of the structs and not of what is read: an `Option` is a key that may be missing, but it is no
/// default, and there is no `null` for it. A mapping of names may be empty, as any record.
fn only_what_is_read(schema: &mut Json) {
    let Json::Object(object) = schema else {
        if let Json::Array(items) = schema {
            items.iter_mut().for_each(only_what_is_read);
        }
        return;
    };
    let properties = object.get_mut("properties").and_then(Json::as_object_mut);
    for property in properties.into_iter().flatten().map(|(_, schema)| schema) {
        never_null(property);
    }
    let of_names = object
        .get("additionalProperties")
        .is_some_and(Json::is_object);
    if of_names && object.get("type").is_some_and(|ty| ty == "object") {
        object.insert("type".to_owned(), json!(["object", "null"]));
    }
    object.values_mut().for_each(only_what_is_read);
}

fn never_null(property: &mut Json) {
    let Json::Object(property) = property else {
        return;
    };
    let says_nothing = |default: &Json| match default {
        Json::Null => true,
        Json::Array(items) => items.is_empty(),
        Json::Object(entries) => entries.is_empty(),
        _ => false,
    };
    if property.get("default").is_some_and(says_nothing) {
        property.remove("default");
    }
    if let Some(Json::Array(types)) = property.get_mut("type") {
        types.retain(|ty| ty != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            property.insert("type".to_owned(), only);
        }
    }
    if let Some(Json::Array(of)) = property.remove("anyOf") {
        let of: Vec<Json> = of
            .into_iter()
            .filter(|of| *of != json!({ "type": "null" }))
            .collect();
        let keyword = if of.len() > 1 { "anyOf" } else { "allOf" };
        property.insert(keyword.to_owned(), Json::Array(of));
    }
}

/// Adds the other forms of a record: a keyword speaks of values of its own type only, so one schema has them all, and
/// what is wrong with a value is told of its own form.
fn also(schema: &mut Schema, forms: Json) {
    if let Json::Object(forms) = forms {
        schema.ensure_object().extend(forms);
    }
}

/// A column may be its type alone, or nothing where a foreign key of several columns gives the type.
pub(super) fn column(schema: &mut Schema) {
    also(
        schema,
        json!({
            "type": ["object", "string", "array", "null"],
            "items": { "type": "string" },
            "minItems": 1,
            "maxItems": 1,
        }),
    );
}

/// A variant may be its stored value alone.
pub(super) fn variant(schema: &mut Schema) {
    also(schema, json!({ "type": ["object", "string"] }));
}

/// An enum may be its variants alone; any name may be one, so what is right in the long form is asked first.
pub(super) fn enumeration(schema: &mut Schema) {
    also(schema, json!({ "required": ENUM.required }));
    let mut long = schema.clone();
    also(&mut long, json!({ "title": "Enum" }));
    let mut short = long.as_value()["properties"]["variants"].clone();
    short["title"] = json!("Variants");
    short["description"] =
        json!("The variants of an enum: a list of names, or a mapping of names to what is stored.");
    *schema = json_schema!({ "anyOf": [long, short] });
}

/// Writes the schema of each type that is read by hand.
macro_rules! forms {
    ($($of:ty, $name:literal, |$generator:ident| $schema:expr;)+) => {
        $(impl JsonSchema for $of {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        })+
    };
}

/// A type as text, or in brackets, which are a list of one to YAML.
pub(super) struct Type;

forms! {
    Type, "Type", |_generator| json_schema!({
        "type": ["string", "array"],
        "items": { "type": "string" },
        "minItems": 1,
        "maxItems": 1,
    });

    OneOrMany, "OneOrMany", |_generator| json_schema!({
        "type": ["string", "array"],
        "items": { "type": "string" },
    });

    Examples, "Examples", |_generator| json_schema!({
        "type": ["string", "number", "boolean", "array"],
        "items": { "type": ["string", "number", "boolean"] },
    });

    Held, "Held", |_generator| json_schema!({ "type": ["string", "number", "boolean", "null"] });

    Value, "Value", |generator| {
        let mut sql = Sql::json_schema(generator);
        sql.remove("description");
        also(&mut sql, json!({ "type": ["string", "number", "boolean", "object"] }));
        sql
    };

    SqlText, "SqlText", |_generator| {
        let text = json!({ "type": "string", "minLength": 1 });
        let texts: Map<String, Json> = DIALECTS
            .iter()
            .map(|dialect| ((*dialect).to_owned(), text.clone()))
            .collect();
        json_schema!({
            "type": ["string", "object"],
            "minLength": 1,
            "properties": texts,
            "additionalProperties": false,
            "minProperties": 1,
        })
    };

    Variants, "Variants", |generator| json_schema!({
        "type": ["array", "object"],
        "items": { "type": "string" },
        "minItems": 1,
        "additionalProperties": generator.subschema_for::<Variant>(),
        "minProperties": 1,
    });
}

impl JsonSchema for Secondary {
    fn schema_name() -> Cow<'static, str> {
        "Secondary".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut table = SecondaryTable::json_schema(generator);
        also(
            &mut table,
            json!({
                "type": ["object", "array", "null"],
                "items": { "type": "string" },
                "minItems": 2,
                "maxItems": 2,
            }),
        );
        table
    }
}
