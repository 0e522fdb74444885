//! Properties of specs that nobody wrote: whatever entities, keys and links a spec has, it becomes the same files each time
//! or is refused with a report, its SQL loads, and the rows that are made up for its tests fit its tables.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use relata::{Builder, Error, Layout, Rendered};
use rusqlite::Connection;

#[path = "../src/builder/tests/catalogue/server.rs"]
mod server;
#[path = "random_specs/servers.rs"]
mod servers;

const TYPES: [&str; 20] = [
    "boolean",
    "smallint",
    "integer",
    "bigint",
    "double",
    "\"decimal(6,2)\"",
    "string(40)",
    "bytes",
    "uuid",
    "date",
    "timestamp",
    "Mood",
    "Shade",
    "float",
    "string",
    "text",
    "bytes(20)",
    "time",
    "datetime",
    "json",
];

/// The primary keys of entities: their columns.
const KEYS: [&[(&str, &str)]; 4] = [
    &[("id", "integer")],
    &[("id", "uuid")],
    &[("land", "string(2)"), ("number", "integer")],
    &[("word", "string(20)")],
];

const ACTIONS: [&str; 4] = ["no_action", "restrict", "cascade", "set_null"];

#[derive(Debug, Clone)]
struct Column {
    ty: &'static str,
    nullable: bool,
    unique: bool,
}

/// A foreign key to an entity, by its number.
#[derive(Debug, Clone)]
struct Reference {
    target: prop::sample::Index,
    nullable: bool,
    unique: bool,
    on_delete: &'static str,
}

#[derive(Debug, Clone)]
struct Entity {
    key: &'static [(&'static str, &'static str)],
    columns: Vec<Column>,
    references: Vec<Reference>,
}

#[derive(Debug, Clone)]
struct Secondary {
    ends: [prop::sample::Index; 2],
    payload: Vec<Column>,
    multiple: bool,
}

fn column() -> impl Strategy<Value = Column> {
    (select(&TYPES[..]), any::<bool>(), prop::bool::weighted(0.2)).prop_map(
        |(ty, nullable, unique)| Column {
            ty,
            nullable,
            unique,
        },
    )
}

fn reference() -> impl Strategy<Value = Reference> {
    let parts = (
        any::<prop::sample::Index>(),
        any::<bool>(),
        prop::bool::weighted(0.3),
        select(&ACTIONS[..]),
    );
    parts.prop_map(|(target, nullable, unique, on_delete)| Reference {
        target,
        nullable: nullable || on_delete == "set_null",
        unique,
        on_delete,
    })
}

fn entity() -> impl Strategy<Value = Entity> {
    (
        select(&KEYS[..]),
        vec(column(), 0..4),
        vec(reference(), 0..4),
    )
        .prop_map(|(key, columns, references)| Entity {
            key,
            columns,
            references,
        })
}

fn secondary() -> impl Strategy<Value = Secondary> {
    let ends = [any::<prop::sample::Index>(), any::<prop::sample::Index>()];
    (ends, vec(column(), 0..3), prop::bool::weighted(0.2)).prop_map(|(ends, payload, multiple)| {
        Secondary {
            ends,
            payload,
            multiple,
        }
    })
}

fn spec() -> impl Strategy<Value = String> {
    (vec(entity(), 1..6), vec(secondary(), 0..4))
        .prop_map(|(entities, secondaries)| text(&entities, &secondaries))
}

/// The spec as a text.
fn text(entities: &[Entity], secondaries: &[Secondary]) -> String {
    let mut lines = vec![
        String::from(
            "enums: { Mood: [glad, sad, calm], Shade: { native: false, variants: [dark, light] } }",
        ),
        String::from("entities:"),
    ];
    for (place, entity) in entities.iter().enumerate() {
        lines.push(format!("  E{place}:"));
        lines.push("    columns:".to_owned());
        let key = entity
            .key
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(", ");
        lines.extend(
            entity
                .key
                .iter()
                .map(|(name, ty)| format!("      {name}: {ty}")),
        );
        lines.extend(columns("c", &entity.columns));
        let (mut foreign, mut unique) = (Vec::new(), Vec::new());
        for (number, reference) in entity.references.iter().enumerate() {
            let target = reference.target.index(entities.len());
            let names = refer(
                &mut lines,
                &format!("r{place}_{number}"),
                entities,
                target,
                reference.nullable,
            );
            let on_delete = reference.on_delete;
            foreign.push(format!(
                "{{ {}, on_delete: {on_delete} }}",
                key_to(&names, entities, target)
            ));
            unique.extend(reference.unique.then(|| format!("[{names}]")));
        }
        lines.push(format!("    primary_key: [{key}]"));
        lines.push(format!("    unique: [{}]", unique.join(", ")));
        lines.push(format!("    foreign_keys: [{}]", foreign.join(", ")));
        lines.push("    relationships:".to_owned());
        lines.extend(relationships(place, entities, secondaries));
    }
    lines.push("secondary:".to_owned());
    for (place, secondary) in secondaries.iter().enumerate() {
        lines.push(format!("  l{place}:"));
        lines.push("    columns:".to_owned());
        if secondary.multiple {
            lines.push("      id: { type: integer, primary_key: true }".to_owned());
        }
        let mut foreign = Vec::new();
        for (end, name) in secondary.ends.iter().zip(["a", "b"]) {
            let target = end.index(entities.len());
            let names = refer(&mut lines, name, entities, target, false);
            foreign.push(format!("{{ {} }}", key_to(&names, entities, target)));
        }
        lines.extend(columns("p", &secondary.payload));
        lines.push(format!("    multiple: {}", secondary.multiple));
        lines.push(format!("    foreign_keys: [{}]", foreign.join(", ")));
    }
    lines.join("\n") + "\n"
}

fn columns<'c>(prefix: &str, columns: &'c [Column]) -> impl Iterator<Item = String> + use<'c> {
    let prefix = prefix.to_owned();
    columns.iter().enumerate().map(
        move |(
            number,
            Column {
                ty,
                nullable,
                unique,
            },
        )| {
            format!(
                "      {prefix}{number}: {{ type: {ty}, nullable: {nullable}, unique: {unique} }}"
            )
        },
    )
}

/// Writes the columns of a foreign key to an entity, and gives their names.
fn refer(
    lines: &mut Vec<String>,
    name: &str,
    entities: &[Entity],
    target: usize,
    nullable: bool,
) -> String {
    let mut names = Vec::new();
    for (column, ty) in entities[target].key {
        lines.push(format!(
            "      {name}_{column}: {{ type: {ty}, nullable: {nullable} }}"
        ));
        names.push(format!("{name}_{column}"));
    }
    names.join(", ")
}

fn key_to(names: &str, entities: &[Entity], target: usize) -> String {
    let key: Vec<&str> = entities[target].key.iter().map(|(name, _)| *name).collect();
    format!(
        "columns: [{names}], references: \"E{target}({})\"",
        key.join(", ")
    )
}

/// The relationships of an entity: over its own foreign keys, over those of others to it, over secondaries.
fn relationships(place: usize, entities: &[Entity], secondaries: &[Secondary]) -> Vec<String> {
    let names = |prefix: &str, target: usize| {
        let key = entities[target].key.iter();
        key.map(|(column, _)| format!("{prefix}_{column}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut lines = Vec::new();
    for (from, entity) in entities.iter().enumerate() {
        for (number, reference) in entity.references.iter().enumerate() {
            let target = reference.target.index(entities.len());
            let key = names(&format!("r{from}_{number}"), target);
            let many = if reference.unique {
                "one_to_one"
            } else {
                "one_to_many"
            };
            if from == place {
                lines.push(format!(
                    "      to{number}: {{ target: E{target}, kind: many_to_one, foreign_key: [{key}], back_populates: from{from}_{number} }}"
                ));
            }
            if target == place {
                lines.push(format!(
                    "      from{from}_{number}: {{ target: E{from}, kind: {many}, foreign_key: [{key}], back_populates: to{number} }}"
                ));
            }
        }
    }
    for (number, secondary) in secondaries.iter().enumerate() {
        let [a, b] = secondary
            .ends
            .each_ref()
            .map(|end| end.index(entities.len()));
        let (local, remote) = (names("a", a), names("b", b));
        if a == place {
            lines.push(format!(
                "      s{number}: {{ target: E{b}, secondary: l{number}, local: [{local}], remote: [{remote}], back_populates: t{number} }}"
            ));
        }
        if b == place {
            lines.push(format!(
                "      t{number}: {{ target: E{a}, secondary: l{number}, local: [{remote}], remote: [{local}], back_populates: s{number} }}"
            ));
        }
    }
    lines
}

fn rendered(spec: &str) -> Result<Rendered, Error> {
    let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).expect("a text");
    builder.layout(Layout::Modules).tests(true).render()
}

/// The statements of the constant `ROWS` of generated tests.
fn rows(tests: &str) -> Vec<String> {
    let file = syn::parse_file(tests).expect("Rust");
    let mut found = Vec::new();
    for item in file.items {
        let syn::Item::Const(item) = item else {
            continue;
        };
        let syn::Expr::Reference(list) = *item.expr else {
            continue;
        };
        let syn::Expr::Array(list) = *list.expr else {
            continue;
        };
        for item in list.elems {
            let syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) = item
            else {
                continue;
            };
            found.push(text.value());
        }
    }
    found
}

/// Loads a schema and the rows of its tests.
fn load(schema: &str, rows: &[String]) -> rusqlite::Result<()> {
    let mut conn = Connection::open_in_memory()?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.execute_batch(schema)?;
    let transaction = conn.transaction()?;
    transaction.pragma_update(None, "defer_foreign_keys", true)?;
    for sql in rows {
        transaction.execute_batch(sql)?;
    }
    transaction.commit()
}

proptest! {
    // `PROPTEST_CASES` says how many, 256 when it says nothing.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_generated_is_whole(spec in spec()) {
        let first = rendered(&spec).map_err(|error| TestCaseError::fail(format!("{spec}\n{error}")))?;
        let again = rendered(&spec).expect("as before");
        prop_assert!(first.output.iter().eq(again.output.iter()));
        let schema = first.output.get("schema.sql").expect("a schema");
        let rows = first.output.get("tests.rs").map_or_else(Vec::new, rows);
        if let Err(error) = load(schema, &rows) {
            let mut shown = format!("{error}\n{spec}\n{schema}\n");
            for sql in &rows {
                writeln!(shown, "{sql};").expect("a String takes all");
            }
            return Err(TestCaseError::fail(shown));
        }
    }
}
