//! Generates Rust and SQL from specs; the sources include what this writes.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "tests/specs/generate.rs"]
mod generate;

fn main() -> Result<(), Box<dyn Error>> {
    // The tutorial, which `src/main.rs` tells.
    relata::Builder::new("../specs/school.yaml")
        .target(relata::Target::Rusqlite)
        .layout(relata::Layout::Single)
        .generate()?;
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    // The same for PostgreSQL, which `src/bin/postgres.rs` tells.
    relata::Builder::new("../specs/school.yaml")
        .target(relata::Target::TokioPostgres)
        .layout(relata::Layout::Single)
        .out_dir(out.join("postgres"))
        .generate()?;
    // What the tests need besides.
    generate::generate(Path::new(".."), &out, relata::Target::Rusqlite, &[], &[])?;
    own_tests(&out.join("own_tests"))
}

/// Every spec once more, with tests of its own relationships, and a file that has them all as modules.
fn own_tests(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../specs");
    let mut specs = Vec::new();
    for entry in fs::read_dir("../specs")? {
        let path = entry?.path();
        specs.extend(
            path.extension()
                .is_some_and(|end| end == "yaml")
                .then_some(path),
        );
    }
    specs.sort();
    let mut modules = String::new();
    for spec in specs {
        let name = spec.file_stem().ok_or("no name")?.display().to_string();
        relata::Builder::new(&spec)
            .layout(relata::Layout::Single)
            .tests(true)
            .out_dir(out)
            .generate()?;
        writeln!(modules, "/// From `specs/{name}.yaml`.")?;
        writeln!(modules, "pub mod {name} {{")?;
        writeln!(modules, r#"    include!("{name}.rs");"#)?;
        writeln!(modules, "}}")?;
    }
    fs::write(out.join("all.rs"), modules)?;
    Ok(())
}
