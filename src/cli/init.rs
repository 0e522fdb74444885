//! `relata init`: a first spec, and what a crate needs to use it.
//!
//! What is there already is not changed: people are told what to add to it.

mod place;

use std::path::PathBuf;

use relata::output;

use super::arguments::Init;
use super::console::{Console, Failure};
use place::Place;

const SPEC: (&str, &str) = (
    "specs/school.yaml",
    include_str!("../../templates/init/school.yaml"),
);
const SCHEMA: &str = "specs/relata.schema.json";
const BUILD: (&str, &str) = ("build.rs", include_str!("../../templates/init/build.rs"));
const MAIN: (&str, &str) = ("src/main.rs", include_str!("../../templates/init/main.rs"));
const MANIFEST: (&str, &str) = (
    "Cargo.toml",
    include_str!("../../templates/init/Cargo.toml.txt"),
);

/// What came of it.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) folder: PathBuf,
    pub(super) written: Vec<PathBuf>,
    /// Files that were there.
    pub(super) kept: Vec<PathBuf>,
    pub(super) additions: Vec<Addition>,
    /// The command for then.
    pub(super) next: String,
}

/// Lines that people are to add.
#[derive(Debug)]
pub(super) struct Addition {
    pub(super) file: String,
    pub(super) how: &'static str,
    pub(super) text: String,
}

pub(super) fn init(arguments: &Init, console: &mut Console) -> Result<(), Failure> {
    let place = Place::look(&arguments.folder)?;
    let (manifest, schema) = (place.manifest(), relata::json_schema());
    let mut files = vec![SPEC, (SCHEMA, schema.as_str())];
    let mut kept = Vec::new();
    for (name, text) in [(MANIFEST.0, manifest.as_str()), BUILD, MAIN] {
        if place.has(name) {
            kept.push(place.shown(name));
        } else if name != MAIN.0 || !place.has_sources() {
            files.push((name, text));
        }
    }
    output::create(&arguments.folder, &files).map_err(relata::Error::from)?;
    console.initialized(&Made {
        folder: arguments.folder.clone(),
        written: files.iter().map(|(name, _)| place.shown(name)).collect(),
        kept,
        additions: place.additions(),
        next: place.next(),
    })
}
