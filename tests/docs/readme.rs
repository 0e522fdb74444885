//! README's crate builds and prints what README says, and facts that documents state are right.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::nested::{cargo, lock, root, run, write};
use crate::{Block, blocks, document};

/// README's crate, written as README says, with the path to relata filled in.
pub fn readme_crate(place: &Path) {
    let mut files = BTreeMap::new();
    for block in blocks(&document("README.md")) {
        if let Some(path) = block.path {
            files.insert(path, block.text);
        }
    }
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["Cargo.toml", "build.rs", "specs/school.yaml", "src/main.rs"]
    );
    for (path, text) in &files {
        let mut text = text.clone();
        if path == "Cargo.toml" {
            let shown = "path = \"../relata\"";
            assert!(text.contains(shown), "README names relata by {shown}");
            text = text.replace(shown, &format!("path = '{}'", root().display()));
        }
        write(&place.join(path), &text);
    }
    lock(place);
}

#[test]
fn the_crate_of_the_readme_prints_what_the_readme_says() {
    let place = tempfile::tempdir().expect("a folder");
    readme_crate(place.path());
    let main = fs::read_to_string(place.path().join("src/main.rs")).expect("the program");
    write(
        &place.path().join("src/main.rs"),
        &format!("#![deny(warnings)]\n{main}"),
    );
    let printed = run(&mut cargo(place.path(), &["run", "--quiet"]));
    let said: Vec<Block> = blocks(&document("README.md"))
        .into_iter()
        .filter(|block| block.language == "text")
        .collect();
    assert_eq!(said.len(), 1, "README has one block of output");
    assert_eq!(printed, said[0].text);
}

#[test]
fn the_readme_tells_the_tutorial_of_specs() {
    let data = |text: &str| {
        let builder = relata::Builder::from_reader("school.yaml", text.as_bytes()).expect("a spec");
        let rendered = builder.render().unwrap_or_else(|error| panic!("{error}"));
        rendered
            .output
            .get("schema.sql")
            .expect("the SQL")
            .to_owned()
    };
    let spec = blocks(&document("README.md"))
        .into_iter()
        .find(|block| block.language == "yaml");
    assert_eq!(
        data(&spec.expect("a spec").text),
        data(&document("specs/school.yaml"))
    );
}

#[test]
fn the_version_of_rust_is_said_once_and_right() {
    let manifest = document("Cargo.toml");
    let line = manifest
        .lines()
        .find(|line| line.starts_with("rust-version = "));
    let version = line
        .and_then(|line| line.split('"').nth(1))
        .expect("a version");
    assert!(document("README.md").contains(&format!("Rust {version} or later")));
}

#[test]
fn the_number_of_crates_is_right_and_small() {
    let arguments = "tree -e normal --no-default-features --prefix none --package relata";
    let tree = run(&mut cargo(
        &root(),
        &arguments.split(' ').collect::<Vec<_>>(),
    ));
    let name = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let crates: BTreeSet<String> = tree
        .lines()
        .filter(|line| !line.is_empty())
        .map(name)
        .collect();
    let number = crates.len();
    assert!(number <= 28, "{number} crates: {crates:?}");
    let said = format!("made of {number} crates");
    assert!(
        document("ARCHITECTURE.md").contains(&said),
        "ARCHITECTURE.md says `{said}`"
    );
}
