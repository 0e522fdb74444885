//! The JSON Schema of the spec language, for editors and other tools.
//!
//! In: the schema that the spec's structs make, and the words that the stages read. Out: its text. Of a spec it tells what
//! one place shows; what places have to do with one another is `resolve`'s alone.

mod keys;
mod patterns;
mod words;

use serde_json::{Map, Value, json};

use crate::spec;

/// The JSON Schema of the spec language, of draft 7: each key with its description, its default and the words that it
/// takes. With it, editors complete, describe and check a spec that begins with this line:
///
/// ```yaml
/// # yaml-language-server: $schema=relata.schema.json
/// ```
#[must_use]
pub fn json_schema() -> String {
    let mut schema = spec::schema();
    schema.insert("title".to_owned(), json!("A spec of relata"));
    for (record, key, more) in keys::all() {
        if let Some(property) = property(&mut schema, record, key) {
            merge(property, more);
        }
    }
    let mut schema = Value::Object(schema);
    // A column may be its type alone.
    let mut forms = patterns::column_type();
    forms.push(json!({ "type": ["object", "null"] }));
    schema["definitions"]["Column"]["anyOf"] = json!(forms);
    finish(&mut schema);
    // The order of keys is that of a feature that any crate of a build may switch on.
    schema.sort_all_objects();
    format!("{schema:#}\n")
}

/// The schema of `key` in the record `record`, which is called like its struct.
fn property<'s>(
    schema: &'s mut Map<String, Value>,
    record: &str,
    key: &str,
) -> Option<&'s mut Value> {
    let record = match record {
        "Spec" => schema.get_mut("properties")?.as_object_mut()?,
        record => {
            let record = schema.get_mut("definitions")?.get_mut(record)?;
            // Of several forms, the first is the one with keys.
            let record = if record.get("properties").is_some() {
                record
            } else {
                record.get_mut("anyOf")?.get_mut(0)?
            };
            record.get_mut("properties")?.as_object_mut()?
        }
    };
    record.get_mut(key)
}

/// Puts `more` into `schema`, key for key.
fn merge(schema: &mut Value, more: Value) {
    match (schema, more) {
        (Value::Object(schema), Value::Object(more)) => {
            for (key, more) in more {
                merge(schema.entry(key).or_insert(Value::Null), more);
            }
        }
        (schema, more) => *schema = more,
    }
}

/// What every part of the schema has alike: names are identifiers, descriptions are Markdown in one line each.
fn finish(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(finish),
        Value::Object(object) => {
            if object
                .get("additionalProperties")
                .is_some_and(Value::is_object)
            {
                object.insert("propertyNames".to_owned(), patterns::name());
            }
            if let Some(Value::String(text)) = object.get_mut("description") {
                *text = text.replace('\n', " ");
                if text.contains('`') {
                    let text = json!(text);
                    object.insert("markdownDescription".to_owned(), text);
                }
            }
            object.values_mut().for_each(finish);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
