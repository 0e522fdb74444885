//! The reference of the spec language agrees with its JSON Schema: the keys of every place, the words that they take, their
//! defaults, and examples that the schema accepts.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::document;

const PAGE: &str = "docs/reference.md";

/// The heading of each record of the schema.
const PLACES: &[(&str, &str)] = &[
    ("Spec", "## The file"),
    ("Entity", "## Entity"),
    ("Column", "## Column"),
    ("Sql", "### SQL of yours"),
    ("Computed", "### Computed value"),
    ("Index", "## Index"),
    ("Check", "## Check"),
    ("ForeignKey", "## Foreign key"),
    ("Relationship", "## Relationship"),
    ("Secondary", "## Secondary"),
    ("Enum", "## Enum"),
    ("Variant", "### Variant"),
    ("UserType", "## Type of yours"),
    ("Mixin", "## Mixin"),
    ("Naming", "## Naming"),
    ("Generate", "## Generate"),
];

/// How a table of keys begins.
const HEAD: &str = "| key | form | default | meaning | example |";

/// A row of a table of keys.
struct Row {
    key: String,
    form: String,
    default: String,
    example: String,
}

fn schema() -> Value {
    serde_json::from_str(&relata::json_schema()).expect("JSON")
}

/// The part of the page below `heading`, up to the next one.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let line = format!("\n{heading}\n");
    let mut parts = page.split(&line);
    let below = parts.nth(1);
    assert!(parts.next().is_none(), "{PAGE}: one `{heading}`");
    let below = below.unwrap_or_else(|| panic!("{PAGE} has no `{heading}`"));
    below.split("\n#").next().unwrap_or_default()
}

fn rows(section: &str) -> Vec<Row> {
    let table = section.split(HEAD).nth(1).unwrap_or_default();
    let lines = table.lines().skip(2);
    lines
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [key, form, default, _, example] = cells[..] else {
                panic!("{PAGE}: five cells: {line}");
            };
            Row {
                key: key.trim_matches('`').to_owned(),
                form: form.to_owned(),
                default: default.to_owned(),
                example: example.trim_matches('`').to_owned(),
            }
        })
        .collect()
}

/// What stands between backticks.
fn words(cell: &str) -> BTreeSet<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The form of a record that has keys.
fn record<'s>(schema: &'s Value, name: &str) -> &'s Value {
    if name == "Spec" {
        return schema;
    }
    let record = &schema["definitions"][name];
    match record.get("properties") {
        Some(_) => record,
        None => &record["anyOf"][0],
    }
}

#[test]
fn every_record_has_its_section() {
    let schema = schema();
    let records = schema["definitions"].as_object().expect("records");
    let records: BTreeSet<&str> = records.keys().map(String::as_str).chain(["Spec"]).collect();
    let places: BTreeSet<&str> = PLACES.iter().map(|(record, _)| *record).collect();
    assert_eq!(places, records);
    let page = document(PAGE);
    assert_eq!(page.matches(HEAD).count(), PLACES.len());
}

#[test]
fn every_key_has_its_row_and_its_words() {
    let (page, schema) = (document(PAGE), schema());
    for (name, heading) in PLACES {
        let rows = rows(section(&page, heading));
        let record = record(&schema, name);
        let keys = record["properties"].as_object().expect("keys");
        let known: BTreeSet<&str> = keys.keys().map(String::as_str).collect();
        let shown: BTreeSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(shown, known, "{heading}: the page (left) and the schema");
        assert_eq!(rows.len(), shown.len(), "{heading}: each key once");
        for row in &rows {
            let place = format!("{PAGE}, {heading}, `{}`", row.key);
            let property = &keys[&row.key];
            let required = record["required"].as_array();
            let required = required.is_some_and(|keys| keys.contains(&json!(row.key)));
            assert_eq!(row.default == "required", required, "{place}: required");
            form(&place, row, property);
            default(&place, row, property);
            example(&place, row, property, &schema);
        }
    }
}

fn form(place: &str, row: &Row, property: &Value) {
    let listed = property
        .get("enum")
        .or_else(|| property["items"].get("enum"));
    // Codes have a page of their own.
    if let (Some(listed), true) = (listed.and_then(Value::as_array), row.key != "allow") {
        let listed: BTreeSet<&str> = listed.iter().filter_map(Value::as_str).collect();
        assert_eq!(words(&row.form), listed, "{place}: the words that it takes");
    }
    let is_bool = property["type"] == "boolean";
    assert_eq!(
        row.form == "`true` or `false`",
        is_bool,
        "{place}: the form"
    );
}

fn default(place: &str, row: &Row, property: &Value) {
    let said = match property.get("default") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(value)) => value.to_string(),
        // Nothing is where nothing is listed.
        Some(Value::Array(_) | Value::Object(_)) | None => return,
        Some(other) => panic!("{place}: the default {other}"),
    };
    let first = row.default.split('`').nth(1);
    assert_eq!(first, Some(said.as_str()), "{place}: the default");
}

/// The schema accepts the example, which has the key.
fn example(place: &str, row: &Row, property: &Value, schema: &Value) {
    let read: Value = serde_yaml::from_str(&row.example)
        .unwrap_or_else(|error| panic!("{place}: {error}: {}", row.example));
    let read = read.as_object().expect("a mapping");
    let keys: Vec<&str> = read.keys().map(String::as_str).collect();
    assert_eq!(keys, [row.key.as_str()], "{place}: the key of the example");
    let of_key = json!({
        "$schema": schema["$schema"],
        "definitions": schema["definitions"],
        "allOf": [property],
    });
    let validator = jsonschema::validator_for(&of_key).expect("a schema");
    if let Err(error) = validator.validate(&read[&row.key]) {
        panic!("{place}: `{}`: {error}", row.example);
    }
}

#[test]
fn every_type_has_its_row() {
    let (page, schema) = (document(PAGE), schema());
    let types = section(&page, "### Types");
    let shown: BTreeSet<&str> = types
        .lines()
        .filter(|line| line.starts_with('|'))
        .filter_map(|line| line.split(" | ").next())
        .flat_map(words)
        .collect();
    let listed = schema["definitions"]["Column"]["anyOf"][0]["enum"].as_array();
    let listed = listed.expect("the words of types");
    let known = listed.iter().filter_map(Value::as_str);
    for word in known.chain(["string(n)", "bytes(n)", "decimal(p,s)", "[TYPE]"]) {
        assert!(shown.contains(word), "{PAGE}: the type `{word}`");
    }
}
