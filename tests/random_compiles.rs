//! A sample of specs that nobody wrote, compiled with warnings as errors; the tests that are generated for their relationships
//! pass.

#[path = "nested/cargo.rs"]
mod nested;

use std::fmt::Write as _;

use random_specs::Wanted;
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

/// Bytes that are the same in each run: xorshift.
fn bytes(seed: u64) -> Vec<u8> {
    let mut state = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..3_000).map(|_| next()).collect()
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
    let wanted = Wanted {
        entities: 16,
        rusqlite: true,
        ..Wanted::default()
    };
    for seed in 0..SAMPLE * rounds {
        let spec = random_specs::spec(&bytes(seed), &wanted);
        let path = place.path().join(format!("random_{seed}.yaml"));
        nested::write(&path, &spec);
        let rendered = Builder::new(&path)
            .layout(Layout::Single)
            .tests(true)
            .render();
        let rendered = rendered.unwrap_or_else(|error| panic!("{error}\n{spec}"));
        rendered
            .output
            .write(&place.path().join("src"))
            .expect("written");
        writeln!(
            library,
            "pub mod random_{seed} {{\n    include!(\"random_{seed}.rs\");\n}}"
        )
        .expect("a String takes all");
    }
    nested::write(&place.path().join("Cargo.toml"), MANIFEST);
    nested::write(&place.path().join("src/lib.rs"), &library);
    nested::lock(place.path());
    let said = nested::run(&mut nested::cargo(place.path(), &["test", "--lib"]));
    let passed = said.lines().filter(|line| line.ends_with("... ok")).count();
    println!("{} specs, {passed} tests of theirs", SAMPLE * rounds);
    assert!(passed as u64 >= SAMPLE * rounds, "{said}");
}
