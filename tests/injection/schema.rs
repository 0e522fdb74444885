//! Every place of a spec where a text may stand, as the JSON Schema of the product has them: a new key is a new place.

use std::collections::BTreeSet;

use serde_json::Value as Json;

/// Records that are small and stand in few places: each place is one of its own.
const INLINED: [&str; 2] = ["Sql", "Computed"];

/// The positions: `Entity.doc`, `Entity.derives[]`, `Entity.columns.{}` for the names of columns, `Entity.?` for a key that is
/// not known there.
pub fn positions() -> BTreeSet<String> {
    let schema: Json = serde_json::from_str(&relata::json_schema()).expect("JSON");
    let mut found = BTreeSet::new();
    Walk {
        schema: &schema,
        found: &mut found,
    }
    .node(&schema, "Spec");
    for (name, record) in schema["definitions"].as_object().expect("records") {
        if !INLINED.contains(&name.as_str()) {
            Walk {
                schema: &schema,
                found: &mut found,
            }
            .node(record, name);
        }
    }
    found
}

struct Walk<'s> {
    schema: &'s Json,
    found: &'s mut BTreeSet<String>,
}

impl Walk<'_> {
    fn node(&mut self, node: &Json, name: &str) {
        if let Some(reference) = node["$ref"].as_str() {
            let record = reference.rsplit('/').next().expect("a name");
            if INLINED.contains(&record) {
                let schema = self.schema;
                self.node(&schema["definitions"][record], name);
            }
            return;
        }
        if is_of(node, &["string", "number", "integer", "boolean"]) || node["enum"].is_array() {
            self.found.insert(name.to_owned());
        }
        for (key, of) in node["properties"].as_object().into_iter().flatten() {
            self.node(of, &format!("{name}.{key}"));
        }
        if node["items"].is_object() {
            self.node(&node["items"], &format!("{name}[]"));
        }
        match &node["additionalProperties"] {
            Json::Bool(false) => drop(self.found.insert(format!("{name}.?"))),
            Json::Object(_) => {
                self.found.insert(format!("{name}.{{}}"));
                self.node(&node["additionalProperties"], &format!("{name}.*"));
            }
            _ => {}
        }
        for form in ["anyOf", "allOf", "oneOf"] {
            for each in node[form].as_array().into_iter().flatten() {
                self.node(each, name);
            }
        }
    }
}

fn is_of(node: &Json, wanted: &[&str]) -> bool {
    let is = |ty: &Json| ty.as_str().is_some_and(|ty| wanted.contains(&ty));
    match &node["type"] {
        Json::Array(types) => types.iter().any(is),
        ty => is(ty),
    }
}
