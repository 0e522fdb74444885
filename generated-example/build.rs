//! Generates Rust and SQL from specs; the sources include what this writes.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    // The tutorial, which `src/main.rs` tells.
    relata::Builder::new("../specs/school.yaml")
        .target(relata::Target::Rusqlite)
        .layout(relata::Layout::Single)
        .generate()?;
    // What the tests need besides; every default will do.
    for spec in [
        "../specs/between_rows_of_one.yaml",
        "../specs/chinook.yaml",
        "../specs/computed.yaml",
        "../specs/extras.yaml",
        "../specs/includes.yaml",
        "../specs/private.yaml",
        "../specs/northwind.yaml",
        "../specs/nullable_keys.yaml",
        "../specs/overlapping_keys.yaml",
        "../specs/payload.yaml",
        "../specs/sakila.yaml",
        "../specs/several_ways.yaml",
        "../specs/shared_ends.yaml",
        "../specs/through.yaml",
        "../specs/tree.yaml",
        "../specs/mixins.yaml",
        "../specs/user_types.yaml",
        "../specs/versions.yaml",
        "../specs/conditions.yaml",
        "tests/specs/corners.yaml",
        "tests/specs/enums.yaml",
        "tests/specs/symmetric.yaml",
        "tests/specs/units.yaml",
        "tests/specs/writes.yaml",
    ] {
        relata::generate(spec)?;
    }
    // The patterns of SQLAlchemy's documentation, each with its tests.
    for pattern in [
        "adjacency_list",
        "alternate_joins",
        "association_object",
        "cascades",
        "composite_adjacency_list",
        "composite_keys",
        "enums",
        "favorites",
        "followers",
        "friends",
        "join_paths",
        "keys_that_change",
        "many_to_many",
        "mutual_rows",
        "one_to_many",
        "one_to_one",
        "order_by",
        "overlapping_keys",
        "payload",
        "row_limited",
        "rows_of_themselves",
        "several_secondaries",
        "through",
        "unidirectional",
        "values",
        "versions",
    ] {
        relata::generate(format!("../specs/pattern_{pattern}.yaml"))?;
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    // The same tables with the types of each crate of dates and times, whatever the spec says.
    for time in relata::Time::ALL {
        relata::Builder::new("../specs/times_jiff.yaml")
            .time(time)
            .out_dir(out.join(time.as_str()))
            .generate()?;
    }
    // The programs of the contract, in a folder of their own, so that names do not clash.
    for program in ["library", "school", "setlist"] {
        relata::Builder::new(format!("tests/usage/{program}.yaml"))
            .layout(relata::Layout::Single)
            .out_dir(out.join("usage"))
            .generate()?;
    }
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
