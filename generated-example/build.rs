//! Generates Rust and SQL from specs; the sources include what this writes.

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The tutorial, which `src/main.rs` tells.
    relata::Builder::new("../specs/school.yaml")
        .target(relata::Target::Rusqlite)
        .layout(relata::Layout::Single)
        .generate()?;
    // What the tests need besides; every default will do.
    for spec in [
        "../specs/between_rows_of_one.yaml",
        "../specs/computed.yaml",
        "../specs/extras.yaml",
        "../specs/private.yaml",
        "../specs/nullable_keys.yaml",
        "../specs/overlapping_keys.yaml",
        "../specs/payload.yaml",
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
    // The programs of the contract, in a folder of their own, so that names do not clash.
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    for program in ["library", "school", "setlist"] {
        relata::Builder::new(format!("tests/usage/{program}.yaml"))
            .layout(relata::Layout::Single)
            .out_dir(out.join("usage"))
            .generate()?;
    }
    Ok(())
}
