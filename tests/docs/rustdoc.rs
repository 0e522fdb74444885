//! The tutorial of the library's documentation is a crate that works. Its doctests are run as such; what needs a build script
//! is run here.

use crate::nested::{cargo, lock, root, run, write};
use crate::{Block, blocks, document};

#[test]
fn the_tutorial_of_the_library_works() {
    let lines: Vec<String> = document("src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned())
        .collect();
    let blocks = blocks(&lines.join("\n"));
    let of = |language: &'static str| {
        let texts = blocks
            .iter()
            .filter(move |block| block.language == language);
        texts.map(|Block { text, .. }| text)
    };
    let first = |language| of(language).next().expect("a block");

    let place = tempfile::tempdir().expect("a folder");
    let place = place.path();
    write(&place.join("specs/school.yaml"), first("yaml"));
    write(&place.join("build.rs"), first("no_run"));
    let shown = "path = \"../relata\"";
    let manifest = first("toml");
    assert!(manifest.contains(shown), "relata is named by {shown}");
    let manifest = manifest.replace(shown, &format!("path = '{}'", root().display()));
    // Not README's name: cargo would take the one for the other, in the target folder that they share.
    let package = "[package]\nname = \"tutorial\"\nedition = \"2024\"\n\n";
    write(&place.join("Cargo.toml"), &format!("{package}{manifest}"));
    let [include, usage] = [0, 1].map(|number| of("text").nth(number).expect("a block"));
    write(
        &place.join("src/main.rs"),
        &format!(
            "#![deny(warnings)]\n{include}\nfn main() -> Result<(), models::Error> {{\n{usage}\nOk(())\n}}\n"
        ),
    );
    lock(place);
    let printed = run(&mut cargo(place, &["run", "--quiet"]));
    assert_eq!(printed, "Alice Li\nAlice Li takes 1 courses\n");
}
