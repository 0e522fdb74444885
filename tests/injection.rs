//! Hostile strings in every place of a spec: each is refused with a report, or is data in all that is generated.
//!
//! `tests/injection/specs.rs` has the places; that none is missing is asked of the JSON Schema of the spec language.
#![cfg(feature = "cli")]

#[path = "injection/compiled.rs"]
mod compiled;
#[path = "injection/corpus.rs"]
mod corpus;
#[path = "injection/docs.rs"]
mod docs;
#[path = "injection/files.rs"]
mod files;
#[path = "injection/holes.rs"]
mod holes;
#[path = "injection/lexer.rs"]
mod lexer;
#[path = "nested/cargo.rs"]
mod nested;
#[path = "injection/schema.rs"]
mod schema;
#[path = "../src/builder/tests/catalogue/server.rs"]
mod server;
#[path = "injection/servers.rs"]
mod servers;
#[path = "injection/specs.rs"]
mod specs;
#[path = "injection/sqlite.rs"]
mod sqlite;
#[path = "injection/tokens.rs"]
mod tokens;
#[path = "injection/trial.rs"]
mod trial;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use holes::Hole;
use specs::Spec;
use trial::{Kind, Outcome, Place};

#[test]
fn every_position_of_the_schema_is_tried() {
    let mut tried = BTreeSet::new();
    for (_, _, spec) in specs::EVERY {
        let holes = Hole::all(spec);
        tried.extend(holes.iter().map(|hole| hole.position().to_owned()));
    }
    assert_eq!(schema::positions(), tried);
}

/// One in so many strings is tried in a place, another one in the next place of its kind, so that each is tried in some place
/// of each kind. `RELATA_ROUNDS=8` tries all strings in all places.
const STEP: usize = 8;

/// The step, which is no longer than there are places of the kind, and the number of the hole among them.
fn step(hole: &Hole<'_>) -> (usize, usize) {
    let of_kind = |hole: &Hole<'_>| {
        let dialects = [".sqlite", ".postgres", ".mysql"];
        let dialect = dialects.iter().find(|end| hole.name.ends_with(**end));
        (Kind::of(hole.position()), dialect.copied())
    };
    let all = specs::EVERY.iter().flat_map(|(_, _, spec)| Hole::all(spec));
    let alike: Vec<Hole<'_>> = all.filter(|each| of_kind(each) == of_kind(hole)).collect();
    let number = alike.iter().position(|each| each.name == hole.name);
    let rounds = std::env::var("RELATA_ROUNDS").ok();
    let rounds: usize = rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    let step = (STEP / rounds.max(1)).clamp(1, alike.len());
    (step, number.expect("a hole of a spec"))
}

/// Tries the strings in the places of a spec. So many of a thousand are to be refused, and so many to be data.
fn tries((name, dialects, spec): Spec, refused: usize, generated: usize) {
    let (corpus, of_sql) = (corpus::corpus(), corpus::of_sql());
    let mut counts = [0, 0];
    let mut wrong = Vec::new();
    for hole in &Hole::all(spec) {
        let place = Place::new(spec, hole, dialects);
        let strings = if place.kind == Kind::Sql {
            &of_sql
        } else {
            &corpus
        };
        let (step, number) = step(hole);
        for text in strings.iter().skip(number % step).step_by(step) {
            // What is no name for its first character, is none for its length.
            if place.kind == Kind::Word && text.len() > 10_000 {
                continue;
            }
            let outcome = catch_unwind(AssertUnwindSafe(|| place.try_it(text)));
            match outcome.unwrap_or_else(|_| Err("a panic".into())) {
                Ok(outcome) => counts[usize::from(outcome == Outcome::Generated)] += 1,
                Err(error) => {
                    let text: String = text.chars().take(80).collect();
                    wrong.push(format!("{} = {text:?}: {error}", hole.name));
                }
            }
        }
    }
    let all = counts[0] + counts[1];
    println!(
        "{name}: {all} tried, {} refused, {} generated",
        counts[0], counts[1]
    );
    assert!(
        wrong.is_empty(),
        "{} of them:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let of_thousand = counts.map(|count| count * 1000 / all);
    assert!(
        of_thousand[0] >= refused && of_thousand[1] >= generated,
        "{name}: {counts:?}"
    );
    assert!(all >= 50, "{name}: {all} tried");
}

#[test]
fn entities_take_hostile_strings() {
    tries(specs::ENTITIES, 600, 150);
}

#[test]
fn columns_take_hostile_strings() {
    tries(specs::COLUMNS, 600, 150);
}

#[test]
fn sql_takes_hostile_strings() {
    tries(specs::SQL, 400, 300);
    tries(specs::PARTIAL, 400, 300);
}

#[test]
fn secondaries_take_hostile_strings() {
    tries(specs::SECONDARIES, 600, 100);
}

#[test]
fn types_take_hostile_strings() {
    tries(specs::TYPES, 500, 150);
    tries(specs::LISTS, 900, 0);
}

#[test]
fn names_take_hostile_strings() {
    tries(specs::NAMING, 600, 150);
    tries(specs::TESTED, 100, 500);
}
