//! What Cargo.toml says of the package: the version of Rust, the licences, the words that people find it by.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::nested::{cargo, root, run};

/// A version of Rust, as it sorts.
type Version = Vec<u32>;

fn version(text: &str) -> Version {
    let mut parts: Version = text
        .split('.')
        .map(|part| part.parse().expect("a number"))
        .collect();
    parts.resize(3, 0);
    parts
}

/// What cargo knows of the workspace, with these features of relata.
fn metadata(features: &str) -> Value {
    let mut command = cargo(
        &root(),
        &["metadata", "--format-version=1", "--locked", features],
    );
    // The manifests of crates that only other systems need are not there before somebody asks for them.
    command.env_remove("CARGO_NET_OFFLINE");
    serde_json::from_str(&run(&mut command)).expect("JSON")
}

/// The packages that relata is made of, with everything that they need, on every system, but nothing that its tests need.
fn parts(metadata: &Value) -> Vec<&Value> {
    let list = |value: &'_ Value| value.as_array().expect("a list").clone();
    let nodes: BTreeMap<String, Value> = list(&metadata["resolve"]["nodes"])
        .into_iter()
        .map(|node| (node["id"].as_str().expect("an id").to_owned(), node))
        .collect();
    let root = metadata["resolve"]["root"]
        .as_str()
        .expect("a root package");
    let mut found = BTreeSet::new();
    let mut todo = vec![root.to_owned()];
    while let Some(id) = todo.pop() {
        if !found.insert(id.clone()) {
            continue;
        }
        for dependency in list(&nodes[&id]["deps"]) {
            let kinds = list(&dependency["dep_kinds"]);
            if kinds.iter().any(|kind| kind["kind"] != "dev") {
                todo.push(dependency["pkg"].as_str().expect("an id").to_owned());
            }
        }
    }
    let packages = metadata["packages"].as_array().expect("packages");
    let is_part = |package: &&Value| package["id"].as_str().is_some_and(|id| found.contains(id));
    packages.iter().filter(is_part).collect()
}

/// The greatest version of Rust that a dependency of relata asks for.
fn needed(features: &str) -> Version {
    let metadata = metadata(features);
    let asked = parts(&metadata)
        .into_iter()
        .filter(|package| package["name"] != "relata")
        .filter_map(|package| package["rust_version"].as_str());
    asked.map(version).max().expect("a version")
}

fn manifest() -> String {
    fs::read_to_string(root().join("Cargo.toml")).expect("the manifest")
}

/// The comment in Cargo.toml says what the number is made of, so it has to be right too.
#[test]
fn the_version_of_rust_is_what_dependencies_and_std_need() {
    let declared = version(env!("CARGO_PKG_RUST_VERSION"));
    let all = needed("--all-features");
    let library = needed("--no-default-features");
    assert!(
        library <= all && all <= declared,
        "{library:?}, {all:?}, {declared:?}"
    );
    let said = format!("dependencies need {}.{},", all[0], all[1]);
    assert!(manifest().contains(&said), "Cargo.toml says `{said}`");
}

#[test]
fn clippy_holds_the_version_of_rust() {
    assert!(manifest().contains("\n[workspace.lints.clippy]\n"));
    assert!(manifest().contains("\nincompatible_msrv = \"deny\"\n"));
    let clippy = fs::read_to_string(root().join("clippy.toml")).expect("its settings");
    assert!(
        !clippy.contains("msrv"),
        "clippy takes the version from Cargo.toml"
    );
}

/// What is checked there is what users get, so it has to be run, and of the workspace only relata is anybody's dependency.
#[test]
fn cargo_deny_is_run_and_one_package_is_published() {
    let script = fs::read_to_string(root().join("tests/run")).expect("the script");
    assert!(script.contains("step \"$deny\" --offline check licenses bans sources\n"));
    let metadata = metadata("--all-features");
    let members = metadata["workspace_members"].as_array().expect("members");
    let packages = metadata["packages"].as_array().expect("packages");
    let published = packages.iter().filter(|package| {
        members.contains(&package["id"]) && package["publish"] != Value::Array(Vec::new())
    });
    let names: Vec<&str> = published
        .filter_map(|package| package["name"].as_str())
        .collect();
    assert_eq!(names, ["relata"]);
}

#[test]
fn the_package_is_described() {
    let metadata = metadata("--all-features");
    let packages = parts(&metadata);
    let relata = packages.iter().find(|package| package["name"] == "relata");
    let relata = relata.expect("the package");
    assert_eq!(relata["license"], "MIT OR Apache-2.0");
    assert_eq!(relata["readme"], "README.md");
    assert!(
        relata["description"]
            .as_str()
            .is_some_and(|text| !text.ends_with('.'))
    );
    // What crates.io takes: at most five each.
    for words in ["keywords", "categories"] {
        let words = relata[words].as_array().expect("words");
        assert!((1..=5).contains(&words.len()), "{words:?}");
    }
    for license in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(root().join(license).is_file());
    }
}
