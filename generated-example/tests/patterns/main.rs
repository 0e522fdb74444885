//! The relationship patterns of SQLAlchemy's documentation, one module each, over `specs/pattern_NAME.yaml`.
//!
//! A pattern fills a database, answers questions about it, changes it, and answers them again. `behaves` does it with
//! relata alone. `agrees_with_sqlalchemy` does it on the same files as `NAME.py`, the pattern in SQLAlchemy's words; it
//! needs Python, so `tests/run` runs it, and everybody else is told that it was ignored.

#![deny(warnings)]

use std::collections::BTreeSet;
use std::path::Path;

mod harness;
mod page;

mod adjacency_list;
mod alternate_joins;
mod association_object;
mod cascades;
mod composite_adjacency_list;
mod composite_keys;
mod enums;
mod favorites;
mod followers;
mod friends;
mod join_paths;
mod keys_that_change;
mod many_to_many;
mod mutual_rows;
mod one_to_many;
mod one_to_one;
mod order_by;
mod overlapping_keys;
mod payload;
mod row_limited;
mod rows_of_themselves;
mod several_secondaries;
mod through;
mod unidirectional;
mod values;
mod versions;

/// The names of the files in a folder that begin and end so, without both.
fn names(folder: &str, begin: &str, end: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.filter_map(|entry| {
        let name = entry.expect("an entry").file_name().into_string().ok()?;
        Some(name.strip_prefix(begin)?.strip_suffix(end)?.to_owned())
    });
    names.collect()
}

#[test]
fn every_pattern_has_its_spec_its_tests_and_its_mapping() {
    let specs = names("../specs", "pattern_", ".yaml");
    let modules: BTreeSet<String> = include_str!("main.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .filter(|module| !["harness", "page"].contains(module))
        .map(str::to_owned)
        .collect();
    assert_eq!(modules, specs);
    let mut mappings = names("tests/patterns", "", ".py");
    assert!(
        mappings.remove("sqlalchemy_side"),
        "what runs them is no mapping"
    );
    assert_eq!(mappings, specs);
}
