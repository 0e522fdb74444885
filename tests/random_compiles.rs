//! A sample of specs that nobody wrote, compiled with warnings as errors; the tests that are generated for their relationships
//! pass.

#[path = "nested/cargo.rs"]
mod nested;

use std::fmt::Write as _;

use random_specs::{Wanted, numbered, spec};
use relata::{Builder, Layout};

/// The versions are those that relata's own tests use.
const MANIFEST: &str = r#"[package]
name = "random"
edition = "2024"

[workspace]

[dependencies]
chrono = { version = "0.4", default-features = false }
jiff = { version = "1", default-features = false }
rusqlite = { version = "0.39", features = ["bundled"] }
rust_decimal = { version = "1", default-features = false, features = ["std"] }
serde_json = "1"
time = { version = "0.3", default-features = false }
uuid = { version = "1", features = ["v4"] }

# Of what is compiled once and runs for a moment.
[profile.dev]
debug = false
incremental = false
"#;

/// How many specs are compiled; `RELATA_ROUNDS` multiplies it.
const SAMPLE: u64 = 4;

/// The specs that something was found with.
fn found() -> Vec<(String, String)> {
    let folder = nested::root().join("tests/random_specs/found");
    let files = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let named = paths.iter().map(|path| {
        let name = path.file_stem().expect("a name").to_string_lossy();
        (
            format!("found_{name}"),
            std::fs::read_to_string(path).expect("a spec"),
        )
    });
    named.collect()
}

#[test]
fn random_specs_compile_and_their_tests_pass() {
    let rounds =
        std::env::var("RELATA_ROUNDS").map_or(1, |rounds| rounds.parse().expect("a number"));
    let place = tempfile::tempdir().expect("a folder");
    let own = nested::root().join("tests/own_types/own.rs");
    let mut library = format!(
        "//! Generated from specs that nobody wrote.\n#![deny(warnings)]\n\n#[path = {:?}]\npub mod own;\n",
        own.to_str().expect("a path in UTF-8"),
    );
    let mut specs = found();
    let sample = (0..SAMPLE * rounds).map(|number| {
        (
            format!("random_{number}"),
            spec(&numbered(number), &Wanted::sample()),
        )
    });
    specs.extend(sample);
    for (name, text) in &specs {
        let path = place.path().join(format!("{name}.yaml"));
        nested::write(&path, text);
        let rendered = Builder::new(&path)
            .layout(Layout::Single)
            .tests(true)
            .render();
        let rendered = rendered.unwrap_or_else(|error| panic!("{error}\n{text}"));
        rendered
            .output
            .write(&place.path().join("src"))
            .expect("written");
        writeln!(
            library,
            "pub mod {name} {{\n    include!(\"{name}.rs\");\n}}"
        )
        .expect("a String takes all");
    }
    nested::write(&place.path().join("Cargo.toml"), MANIFEST);
    nested::write(&place.path().join("src/lib.rs"), &library);
    nested::lock(place.path());
    let said = nested::run(&mut nested::cargo(place.path(), &["test", "--lib"]));
    let passed = said.lines().filter(|line| line.ends_with("... ok")).count();
    println!("{} specs, {passed} tests of theirs", specs.len());
    assert!(passed >= specs.len(), "{said}");
}
