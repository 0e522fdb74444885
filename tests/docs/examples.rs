//! The specs that the documents show, the Rust that goes with them, and the pictures of what that has made of the tables.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use relata::{Builder, Layout};
use rusqlite::Connection;

use crate::nested::{cargo, lock, root, run, write};
use crate::pictures::draw;
use crate::{Block, CODES, DOCUMENTS, blocks, document};

/// The pages whose Rust is run. One crate is made of all of them, which is built once.
const PAGES: &[&str] = &[
    "docs/spec.md",
    "docs/cookbook.md",
    "docs/diesel_seaorm.md",
    "docs/api.md",
];

/// Its specs are wrong on purpose: `tests/mistakes.rs` holds what is said of them.
const BROKEN: &str = "docs/mistakes.md";

/// The versions are those that relata's own tests use.
const MANIFEST: &str = r#"
[package]
name = "pages"
edition = "2024"

[dependencies]
chrono = { version = "0.4", default-features = false }
jiff = { version = "1", default-features = false }
rusqlite = { version = "0.39", features = ["bundled"] }
rust_decimal = { version = "1", default-features = false, features = ["std"] }
serde_json = "1"
uuid = { version = "1", features = ["v4"] }
"#;

/// Set to accept the pictures as they are drawn now.
const ACCEPT: &str = "RELATA_ACCEPT";

/// Fences of a picture, which is behind a spec and shows its tables as they are at that place of the statements.
const PICTURE: [&str; 2] = ["```text\n", "```"];

/// A spec that a document shows, with the statements in Rust that follow it.
struct Example {
    builder: Builder,
    name: String,
    statements: String,
}

/// The whole specs of `blocks`, which are written to `place`: below the path that the document gives, or by number. A file
/// that another one includes is read with that one. Where a picture stands, the statements keep the database in `place`.
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
    let mut pictures = 0;
    for block in blocks {
        if let (None, Some(example)) = (&block.path, examples.last_mut()) {
            match block.language.as_str() {
                "rust" => example.statements.push_str(&block.text),
                "text" => {
                    let kept = picture(place, pictures);
                    pictures += 1;
                    // Writing to a String cannot fail.
                    let _ = writeln!(
                        example.statements,
                        "conn.execute(\"VACUUM INTO ?1\", [{:?}])?;",
                        kept.to_str().expect("UTF-8")
                    );
                }
                _ => {}
            }
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
        examples.push(Example {
            builder: Builder::new(place.join(&path)).layout(Layout::Single),
            name: stem(&path).to_owned(),
            statements: String::new(),
        });
    }
    examples
}

/// Where the database of a page's picture is kept.
fn picture(place: &Path, number: usize) -> PathBuf {
    place.join(format!("{number}.sqlite"))
}

#[test]
fn every_spec_shown_is_accepted_without_warnings() {
    let whole = |name: &&&str| ![CODES, BROKEN].contains(*name);
    for name in DOCUMENTS.iter().filter(whole) {
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

/// The name of a file without its ending. That of a page is a folder and a module of the crate.
fn stem(path: &str) -> &str {
    let stem = Path::new(path).file_stem().and_then(|stem| stem.to_str());
    stem.expect("UTF-8")
}

/// Writes the sources of a page, with the tests that a spec asks for, and gives what a run of them says. Files that the page
/// names are modules of the crate's root, so that specs can name what is in them.
fn write_page(place: &Path, page: &str, shown: &[Block], library: &mut String) -> Vec<String> {
    for block in shown.iter().filter(|block| block.language == "rust") {
        if let Some(path) = &block.path {
            let _ = writeln!(library, "mod {};", stem(path));
            write(&place.join(path), &block.text);
        }
    }
    let _ = writeln!(library, "mod {page};");
    let mut modules = String::new();
    let mut said = Vec::new();
    let source = place.join("src").join(page);
    for example in examples(&place.join(page), shown) {
        let rendered = example.builder.render();
        let rendered = rendered.unwrap_or_else(|error| panic!("{error:?}"));
        rendered.output.write(&source).expect("written");
        modules.push_str(&module(&example));
        said.push(format!("test {page}::{}::runs ... ok", example.name));
    }
    write(&source.join("mod.rs"), &modules);
    said
}

/// Holds that the pictures of a page are true, or makes them so.
fn compare_pictures(place: &Path, page: &str) {
    let text = document(page);
    let mut pieces = text.split(PICTURE[0]);
    let mut drawn = pieces.next().unwrap_or_default().to_owned();
    for (number, piece) in pieces.enumerate() {
        let (_, behind) = piece.split_once(PICTURE[1]).expect("an end");
        let kept = Connection::open(picture(&place.join(stem(page)), number));
        let tables = kept.and_then(|conn| draw(&conn)).expect("tables");
        let _ = write!(drawn, "{}{tables}{}{behind}", PICTURE[0], PICTURE[1]);
    }
    if drawn == text {
        return;
    }
    if std::env::var_os(ACCEPT).is_some() {
        fs::write(root().join(page), drawn).expect("written");
        return;
    }
    let mut lines = drawn.lines().zip(text.lines());
    let other = lines.find(|(drawn, shown)| drawn != shown);
    let (drawn, shown) = other.unwrap_or_default();
    panic!(
        "{page}: a picture is not what the tables are\n  drawn: {drawn}\n  shown: {shown}\n\
         {ACCEPT}=1 cargo test --test docs accepts what is drawn"
    );
}

#[test]
fn the_rust_of_the_pages_runs_and_their_pictures_are_true() {
    let place = tempfile::tempdir().expect("a folder");
    let place = place.path();
    let mut library = "#![allow(dead_code, unused)]\n".to_owned();
    // README's files are a crate of their own (readme.rs).
    let mut readme = blocks(&document("README.md"));
    readme.retain(|block| block.path.is_none());
    let mut said = write_page(place, "readme", &readme, &mut library);
    for page in PAGES {
        let shown = blocks(&document(page));
        said.extend(write_page(place, stem(page), &shown, &mut library));
    }
    write(&place.join("src/lib.rs"), &library);
    write(&place.join("Cargo.toml"), MANIFEST);
    lock(place);
    let output = run(&mut cargo(place, &["test", "--lib"]));
    for said in &said {
        assert!(output.contains(said), "{said}: {output}");
    }
    for page in PAGES {
        compare_pictures(place, page);
    }
}
