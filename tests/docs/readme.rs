//! README's crate builds and prints what README says, and facts that documents state are right.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::nested::{cargo, lock, root, run, write};
use crate::{Block, blocks, document};

/// The files of README's crate, with the path to relata filled in.
fn files() -> BTreeMap<String, String> {
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
    let shown = "path = \"../relata\"";
    let manifest = files.get_mut("Cargo.toml").expect("a manifest");
    assert!(manifest.contains(shown), "README names relata by {shown}");
    *manifest = manifest.replace(shown, &format!("path = '{}'", root().display()));
    files
}

/// README's crate, written as README says.
pub fn readme_crate(place: &Path) {
    for (path, text) in files() {
        write(&place.join(path), &text);
    }
    lock(place);
}

/// `text` without its comments and what is empty then; YAML and TOML have the same.
fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.split_once("# ").map_or(line, |(line, _)| line);
        line.trim_end().trim_end_matches('#')
    });
    let lines: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
    lines.join("\n")
}

/// What `relata init` has written in `folder` is what README shows, but for comments of the spec and how relata is named.
pub fn is_the_crate_of_the_readme(folder: &Path) {
    for (path, shown) in files() {
        let written = fs::read_to_string(folder.join(&path)).expect("a file of relata init");
        match path.as_str() {
            "specs/school.yaml" => {
                assert_eq!(
                    without_comments(&written),
                    without_comments(&shown),
                    "{path}"
                );
            }
            "Cargo.toml" => {
                let up_to_relata = |text: &str| text.split("\nrelata = ").next().map(str::to_owned);
                assert_eq!(up_to_relata(&written), up_to_relata(&shown), "{path}");
            }
            _ => assert_eq!(written, shown, "{path}"),
        }
    }
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
