//! The generated Rust as downstream crates have it, in both editions: included at the root of a crate, in modules,
//! several times, as modules of files, and in a program that uses a part of it. Warnings are errors.

#[path = "nested/cargo.rs"]
mod nested;

use std::fmt::Write as _;
use std::path::Path;

use relata::{Builder, Layout, Visibility};

/// The versions are those that relata's own tests use. Dates and times need no feature of their crate.
const MANIFEST: &str = r#"
[dependencies]
chrono = { version = "0.4", default-features = false }
jiff = { version = "1", default-features = false }
rusqlite = { version = "0.39", features = ["bundled"] }
rust_decimal = { version = "1", default-features = false, features = ["std"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
time = { version = "0.3", default-features = false }
uuid = { version = "1", features = ["v4"] }
"#;

const PROGRAM: &str = "\
//! Uses a part of the generated code.
#![deny(warnings)]

mod models {
    include!(\"school.rs\");
}

fn main() -> Result<(), models::Error> {
    let conn = rusqlite::Connection::open_in_memory()?;
    models::create_tables(&conn)?;
    println!(\"{}\", models::Student::query().count(&conn)?);
    Ok(())
}
";

/// A program of what it sees alone, at its root.
const ROOT: &str = "\
//! Everything at the root of a program, and nothing of it public.
#![deny(warnings)]

include!(\"../private/school.rs\");

fn main() -> Result<(), Error> {
    let conn = self::support::Connection::open_in_memory()?;
    create_tables(&conn)?;
    println!(\"{}\", Student::query().count(&conn)?);
    Ok(())
}
";

/// A program of what its modules see.
const HIDDEN: &str = "\
//! What only the crate sees, and what only the module sees that includes it.
#![deny(warnings)]

mod models {
    include!(\"../crate/school.rs\");
}

mod inner {
    include!(\"../private/school.rs\");

    pub fn rows(conn: &self::support::Connection) -> Result<u64, Error> {
        create_tables(conn)?;
        Course::query().count(conn)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let conn = models::support::Connection::open_in_memory()?;
    println!(\"{}\", inner::rows(&conn)?);
    println!(\"{}\", models::Student::query().count(&conn)?);
    Ok(())
}
";

/// Writes the school as it is with `visibility` into a folder of its own.
fn school(package: &Path, visibility: Visibility, folder: &str) {
    let builder = Builder::new(nested::root().join("specs/school.yaml"));
    let rendered = builder.visibility(visibility).render();
    let rendered = rendered.unwrap_or_else(|error| panic!("{error}"));
    let folder = package.join("src").join(folder);
    rendered.output.write(&folder).expect("written");
}

/// The library: every case in both layouts, the school at the root as well.
fn library(package: &Path) -> String {
    let own = nested::root().join("tests/own_types/own.rs");
    let mut text = format!(
        "//! Everything that is generated.\n#![deny(warnings, missing_docs)]\n#![forbid(unsafe_code)]\n\ninclude!(\"school.rs\");\n\
         \n#[path = {:?}]\npub mod own;\n",
        own.to_str().expect("a path in UTF-8"),
    );
    for spec in std::fs::read_dir(nested::root().join("specs")).expect("specs") {
        let spec = spec.expect("a spec").path();
        if spec.extension().is_none_or(|ending| ending != "yaml") {
            continue; // What specs include, and the schema.
        }
        let case = spec
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let src = package.join("src");
        for (layout, folder) in [
            (Layout::Single, src.clone()),
            (Layout::Modules, src.join(format!("tree_{case}"))),
        ] {
            let rendered = Builder::new(&spec).layout(layout).render();
            let rendered = rendered.unwrap_or_else(|error| panic!("{error}"));
            rendered.output.write(&folder).expect("written");
        }
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "\n/// Included.\npub mod included_{case} {{\n    include!(\"{case}.rs\");\n}}\n\
             \n/// A tree of files.\npub mod tree_{case};"
        );
    }
    text
}

#[test]
fn generated_code_is_welcome_in_every_crate() {
    let place = tempfile::tempdir().expect("a folder");
    let members = ["2021", "2024"];
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"golden_2021\", \"golden_2024\"]\n";
    nested::write(&place.path().join("Cargo.toml"), manifest);
    nested::lock(place.path());
    for edition in members {
        let package = place.path().join(format!("golden_{edition}"));
        let head = format!("[package]\nname = \"golden_{edition}\"\nedition = \"{edition}\"\n");
        nested::write(&package.join("Cargo.toml"), &format!("{head}{MANIFEST}"));
        nested::write(&package.join("src/lib.rs"), &library(&package));
        nested::write(&package.join("src/main.rs"), PROGRAM);
        school(&package, Visibility::Private, "private");
        school(&package, Visibility::Crate, "crate");
        nested::write(&package.join("src/bin/root.rs"), ROOT);
        nested::write(&package.join("src/bin/hidden.rs"), HIDDEN);
    }
    nested::run(&mut nested::cargo(place.path(), &["check", "--workspace"]));
}
