//! Nothing of the spec language is accepted and then ignored: for each key of each record there are two specs that differ
//! in it alone, and what is made of them differs too.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Builder;
use crate::model::Dialect;
use crate::spec;

mod catalogue;
mod dialects;
mod large;
mod others;
mod random;
mod tables;
mod whole;

/// A kind of record: its name, a spec with `@` in the place of one, and for each key two texts for that place.
struct Record {
    name: &'static str,
    spec: &'static str,
    keys: &'static [(&'static str, &'static str, &'static str)],
}

/// Keys that say the same for every dialect and target that there is: what else could be written there is refused.
const ALONE: &[(&str, &str)] = &[
    ("generate", "target"),
    ("generate", "dialects"),
    ("enum", "native"),
];

fn records() -> impl Iterator<Item = &'static Record> {
    tables::RECORDS.iter().chain(others::RECORDS)
}

/// All that becomes of a spec but the hash of its model: files and warnings.
fn made(text: &str) -> Result<String, String> {
    let builder = Builder::from_reader("spec.yaml", text.as_bytes()).unwrap();
    let rendered = builder.render().map_err(|error| error.to_string())?;
    let mut all = format!("{:?}\n", rendered.warnings);
    for (name, text) in rendered.output.iter() {
        let _ = writeln!(all, "{name}");
        let lines = text.lines().filter(|line| !line.contains("SPEC_HASH"));
        lines.for_each(|line| all = std::mem::take(&mut all) + line + "\n");
    }
    Ok(all)
}

#[test]
fn every_key_changes_something() {
    let mut wrong = Vec::new();
    for record in records() {
        for (key, one, other) in record.keys {
            let made = |text: &str| made(&record.spec.replace('@', text));
            match (made(one), made(other)) {
                (Ok(one), Ok(other)) if one != other => {}
                (Ok(_), Ok(_)) => wrong.push(format!("{}.{key} changes nothing", record.name)),
                (Err(error), _) | (_, Err(error)) => {
                    wrong.push(format!("{}.{key} is refused: {error}", record.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// So the schema takes each key in each of its two ways, and all of the language at once.
#[cfg(feature = "cli")]
#[test]
fn the_schema_takes_every_key() {
    let schema = serde_json::from_str(&crate::json_schema()).unwrap();
    let schema = jsonschema::draft7::new(&schema).unwrap();
    let mut texts = vec![large::spec(20)];
    for record in records() {
        let ways = record.keys.iter().flat_map(|(_, one, other)| [one, other]);
        texts.extend(ways.map(|way| record.spec.replace('@', way)));
    }
    for text in texts {
        let spec: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let wrong: Vec<String> = schema
            .iter_errors(&spec)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{text}\n{wrong:#?}");
    }
}

#[test]
fn no_key_is_left_out() {
    let walked: BTreeSet<(&str, &str)> = records()
        .flat_map(|record| record.keys.iter().map(|(key, ..)| (record.name, *key)))
        .chain(ALONE.iter().copied())
        .collect();
    let known: BTreeSet<(&str, &str)> = spec::records()
        .into_iter()
        .flat_map(|(record, keys)| keys.iter().map(move |key| (record, *key)))
        .collect();
    assert_eq!(walked, known);
}

#[test]
fn a_target_that_does_not_exist_is_refused() {
    for text in ["{ target: sqlx }", "{ target: diesel }"] {
        let spec = format!("generate: {text}\n{ENTITY}");
        let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).unwrap();
        assert!(builder.render().is_err(), "{text}");
    }
}

/// What was read for each column and each text anew took minutes.
#[test]
fn many_columns_and_long_texts_are_read_once() {
    let mut spec = String::from(
        "generate: { dialects: [sqlite, mysql] }\nentities:\n  A:\n    columns:\n      id: { type: uuid, primary_key: true }\n      c0: integer\n",
    );
    for number in 1..900 {
        let before = number - 1;
        let computed = format!("{{ sql: c{before} + 1, stored: false }}");
        writeln!(
            spec,
            "      c{number}: {{ type: integer, computed: {computed} }}"
        )
        .unwrap();
    }
    let sum: Vec<String> = (0..100_000)
        .map(|place| format!("c{}", place % 900))
        .collect();
    writeln!(spec, "    checks: [{{ sql: {} > 0 }}]", sum.join(" + ")).unwrap();
    let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).unwrap();
    assert!(builder.validate().unwrap().is_empty());
    // What every read computes of what every read computes.
    assert!(builder.dialects([Dialect::Postgres]).validate().is_err());
}

#[test]
fn further_dialects_leave_the_rust_as_it_is() {
    let check = "{ sql: { mysql: id <> 2, sqlite: id <> 1, postgres: id <> 3 } }";
    let spec = format!(
        "entities: {{ A: {{ columns: {{ id: {{ type: uuid, primary_key: true }}, b: {{ type: integer, check: {check} }} }} }} }}"
    );
    let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).unwrap();
    let files = |dialects: &[Dialect]| {
        let builder = builder.clone().dialects(dialects.iter().copied());
        builder.render().unwrap().output
    };
    let (one, three) = (files(&[]), files(&Dialect::ALL));
    for (name, text) in one.iter() {
        assert_eq!(three.get(name), Some(text), "{name}");
    }
    let names: Vec<&str> = three.iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "schema.mysql.sql",
            "schema.postgres.sql",
            "schema.rs",
            "schema.sql"
        ]
    );
}

const ENTITY: &str = "entities: { A: { columns: { id: { type: integer, primary_key: true } } } }";
