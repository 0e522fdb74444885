//! The specs whose statements are prepared.

use std::fmt::Write as _;
use std::path::Path;

use super::scenes::OWN;
use crate::builder::tests::large;
use crate::builder::{Builder, Wanted};
use crate::model::{Dialect, Model};
use crate::render;

/// What no spec of the project has, as another dialect refuses it.
const LISTS: &str = "
enums: { Mood: [glad, sad] }
types: { Email: { base: string(320), rust: \"crate::Email\" } }
entities:
  Reading:
    columns:
      id:     { type: integer, primary_key: true }
      words:  { type: [text], default: { sql: \"'{}'\" } }
      moods:  { type: \"[Mood]?\" }
      mails:  { type: \"[Email]?\", default: { sql: \"'{}'\" } }
      counts: { type: [bigint], unique: true }
    relationships:
      notes: { target: Note, secondary: note_of }
  Note:
    columns:
      id: { type: bigint, primary_key: true }
secondary:
  note_of:
    columns:
      reading_id: { references: Reading }
      note_id:    { references: Note }
      moods:      { type: \"[Mood]?\" }
";

/// Keys of every kind, in relationships that compare them with one another.
const KEYS: &str = "
enums: { Mood: [glad, sad] }
entities:
ENTITIES
secondary:
SECONDARIES
";

const KEY_TYPES: [&str; 14] = [
    "boolean",
    "smallint",
    "bigint",
    "double",
    "\"decimal(20,4)\"",
    "string",
    "string(8)",
    "bytes(8)",
    "uuid",
    "date",
    "time",
    "datetime",
    "timestamp",
    "Mood",
];

/// An entity for each type of key, with links between its rows and to those of the one before.
fn keys() -> String {
    let (mut entities, mut secondaries) = (String::new(), String::new());
    for (number, ty) in KEY_TYPES.iter().enumerate() {
        let before = number.checked_sub(1).unwrap_or(KEY_TYPES.len() - 1);
        let _ = write!(
            entities,
            "  E{number}:
    columns:
      id:     {{ type: {ty}, primary_key: true }}
      text:   string(40)
      folded: {{ type: string(40), unique: true, computed: {{ sql: \"lower(text)\", stored: true }} }}
      next_id: {{ references: E{number}, nullable: true, unique: true }}
      other_id: {{ references: E{before}, nullable: true }}
      revision: {{ type: bigint, version: true }}
    relationships:
      friends: {{ target: E{number}, secondary: s{number} }}
      others:  {{ target: E{before}, secondary: d{number} }}
      next:    {{ target: E{number}, kind: many_to_one, foreign_key: next_id, back_populates: last }}
      last:    {{ target: E{number}, kind: one_to_one, foreign_key: next_id, back_populates: next }}
      parent:  {{ target: E{before}, kind: many_to_one, foreign_key: other_id }}
      through: {{ target: E{before}, through: friends.others }}
"
        );
        let _ = write!(
            secondaries,
            "  s{number}: {{ symmetric: true, columns: {{ one: {{ references: E{number} }}, two: {{ references: E{number} }} }} }}
  d{number}: {{ multiple: true, primary_key: [one, two, at], columns: {{ one: {{ references: E{number} }}, two: {{ references: E{before} }}, at: {ty} }} }}
"
        );
    }
    KEYS.replace("ENTITIES\n", &entities)
        .replace("SECONDARIES\n", &secondaries)
}

/// The models of `specs/` that `dialect` takes, each with its name and its DDL, and models of what none of them has.
pub(super) fn every_spec(dialect: Dialect) -> Vec<(String, Model, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let entries = std::fs::read_dir(folder).expect("specs");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    paths.sort();
    let taken = paths.iter().filter_map(|path| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let (model, ddl) = made(&Builder::new(path), dialect, &stem)?;
        Some((stem.into_owned(), model, ddl))
    });
    let large = large::spec(20);
    let keys = keys();
    let others = [
        ("lists", LISTS),
        ("keys", &*keys),
        ("own", OWN),
        ("large", &*large),
    ];
    let others = others.iter().filter_map(|(stem, text)| {
        let builder = Builder::from_reader("spec.yaml", text.as_bytes()).expect("a spec");
        let (model, ddl) = made(&builder, dialect, stem)?;
        Some(((*stem).to_owned(), model, ddl))
    });
    let all: Vec<_> = taken.chain(others).collect();
    let has = |stem: &str| all.iter().any(|(name, ..)| name == stem);
    assert!(has("keys") && has("own") && has("large"), "{dialect:?}");
    assert_eq!(has("lists"), dialect == Dialect::Postgres);
    all
}

/// The model and the DDL of a spec, where `dialect` takes it.
pub(super) fn made(builder: &Builder, dialect: Dialect, stem: &str) -> Option<(Model, String)> {
    let builder = builder.clone().dialects([dialect]);
    let plan = builder.plan(builder.spec.read(), Wanted::Sql).ok()?;
    let ddl = render::ddl(&plan.model, dialect, stem).expect("DDL");
    Some((plan.model, ddl))
}
