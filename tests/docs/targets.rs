//! `docs/targets.md` names every target with its dialect, and its Rust compiles.

use relata::{Builder, Layout, Target};

use crate::nested::{cargo, lock, root, run, write};
use crate::{blocks, document};

const PAGE: &str = "docs/targets.md";

/// What the page says a crate needs for `target`.
fn dependency(target: Target) -> String {
    let begin = format!("| `{}` | `", target.as_str());
    let page = document(PAGE);
    let section = page.split("\n## In `Cargo.toml`\n").nth(1);
    let row = section.and_then(|section| section.split(&begin).nth(1));
    let dependency = row.and_then(|row| row.split('`').next());
    dependency.expect("a dependency").to_owned()
}

#[test]
fn every_target_has_its_dialect() {
    let page = document(PAGE);
    for target in Target::ALL {
        let begin = format!("| `{}` | ", target.as_str());
        let end = format!(" | `{}` |", target.dialect().as_str());
        let row = page.lines().find(|line| line.starts_with(&begin));
        let row = row.unwrap_or_else(|| panic!("{PAGE}: `{}`", target.as_str()));
        assert!(row.ends_with(&end), "{PAGE}: {row}");
    }
}

#[test]
fn the_rust_of_the_page_of_targets_compiles() {
    let place = tempfile::tempdir().expect("a folder");
    let place = place.path();
    let models = Builder::new(root().join("specs/school.yaml"))
        .target(Target::TokioPostgres)
        .layout(Layout::Single)
        .render()
        .unwrap_or_else(|error| panic!("{error}"));
    models.output.write(&place.join("src")).expect("written");
    let blocks = blocks(&document(PAGE));
    let rust = blocks.iter().find(|block| block.language == "rust");
    let rust = &rust.expect("Rust").text;
    write(
        &place.join("src/lib.rs"),
        &format!("#![deny(warnings)]\nmod models {{ include!(\"school.rs\"); }}\n{rust}"),
    );
    let package = "[package]\nname = \"page_of_targets\"\nedition = \"2024\"\n";
    let tokio = "tokio = { version = \"1\", features = [\"rt\"] }";
    let driver = dependency(Target::TokioPostgres);
    write(
        &place.join("Cargo.toml"),
        &format!("{package}\n[dependencies]\n{tokio}\n{driver}\n"),
    );
    lock(place);
    run(&mut cargo(place, &["build", "--lib"]));
}
