//! The specs that the documents show, and the Rust that goes with those of `docs/spec.md`.

use std::fmt::Write as _;
use std::path::Path;

use relata::{Builder, Layout};

use crate::nested::{cargo, lock, run, write};
use crate::{Block, CODES, DOCUMENTS, blocks, document};

const PAGE: &str = "docs/spec.md";

/// The versions are those that relata's own tests use.
const MANIFEST: &str = r#"
[package]
name = "spec_page"
edition = "2024"

[dependencies]
chrono = { version = "0.4", default-features = false }
jiff = { version = "1", default-features = false }
rusqlite = { version = "0.39", features = ["bundled"] }
rust_decimal = { version = "1", default-features = false, features = ["std"] }
serde_json = "1"
uuid = { version = "1", features = ["v4"] }
"#;

/// A spec that a document shows, with the statements in Rust that follow it.
struct Example {
    builder: Builder,
    name: String,
    statements: String,
}

/// The whole specs of `blocks`, which are written to `place`: below the path that the document gives, or by number. A file
/// that another one includes is read with that one.
fn examples(place: &Path, blocks: &[Block]) -> Vec<Example> {
    let is_yaml = |block: &&Block| block.language == "yaml";
    let included = |path: &str| {
        let mut roots = blocks.iter().filter(is_yaml);
        roots.any(|root| {
            let file = root.text.lines().next();
            let file = file.and_then(|line| line.strip_prefix("include: "));
            file.is_some_and(|file| path.ends_with(file))
        })
    };
    let mut examples: Vec<Example> = Vec::new();
    for block in blocks {
        let rust = block.language == "rust" && block.path.is_none();
        if let (true, Some(example)) = (rust, examples.last_mut()) {
            example.statements.push_str(&block.text);
        }
        if !is_yaml(&block) {
            continue;
        }
        let name = format!("example_{}", examples.len());
        let path = block.path.clone();
        let path = path.unwrap_or_else(|| format!("specs/{name}.yaml"));
        write(&place.join(&path), &block.text);
        if included(&path) {
            continue;
        }
        let stem = Path::new(&path).file_stem().expect("a name");
        examples.push(Example {
            builder: Builder::new(place.join(&path)).layout(Layout::Single),
            name: stem.to_str().expect("UTF-8").to_owned(),
            statements: String::new(),
        });
    }
    examples
}

#[test]
fn every_spec_shown_is_accepted_without_warnings() {
    for name in DOCUMENTS.iter().filter(|name| **name != CODES) {
        let place = tempfile::tempdir().expect("a folder");
        for example in examples(place.path(), &blocks(&document(name))) {
            let found = example.builder.validate();
            let found = found.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            assert!(found.is_empty(), "{name}: {found:?}");
        }
    }
}

/// A module with what is generated from the spec, and a test of the statements.
fn module(example: &Example) -> String {
    let Example {
        name, statements, ..
    } = example;
    format!(
        "mod {name} {{\n\
             mod models {{ include!(\"{name}.rs\"); }}\n\
             use models::*;\n\
             #[test]\n\
             fn runs() -> Result<(), Box<dyn std::error::Error>> {{\n\
                 let conn = rusqlite::Connection::open_in_memory()?;\n\
                 configure(&conn)?;\n\
                 create_tables(&conn)?;\n\
                 {statements}\
                 Ok(())\n\
             }}\n\
         }}\n"
    )
}

/// With the tests that a spec asks for.
#[test]
fn the_rust_of_the_page_of_examples_runs() {
    let place = tempfile::tempdir().expect("a folder");
    let place = place.path();
    let shown = blocks(&document(PAGE));
    let mut library = "#![allow(dead_code, unused)]\n".to_owned();
    for block in shown.iter().filter(|block| block.language == "rust") {
        if let Some(path) = &block.path {
            let stem = Path::new(path).file_stem().expect("a name");
            // Writing to a String cannot fail.
            let _ = writeln!(library, "mod {};", stem.display());
            write(&place.join(path), &block.text);
        }
    }
    let examples = examples(place, &shown);
    for example in &examples {
        let rendered = example.builder.render();
        let rendered = rendered.unwrap_or_else(|error| panic!("{error:?}"));
        rendered.output.write(&place.join("src")).expect("written");
        library.push_str(&module(example));
    }
    write(&place.join("src/lib.rs"), &library);
    write(&place.join("Cargo.toml"), MANIFEST);
    lock(place);
    let said = run(&mut cargo(place, &["test", "--lib"]));
    for Example { name, .. } in &examples {
        assert!(
            said.contains(&format!("test {name}::runs ... ok")),
            "{said}"
        );
    }
}
