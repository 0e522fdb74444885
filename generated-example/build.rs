//! Generates Rust and SQL from specs; the sources include what this writes.

fn main() -> Result<(), relata::Error> {
    // The tutorial, which `src/main.rs` tells.
    relata::Builder::new("../specs/school.yaml")
        .target(relata::Target::Rusqlite)
        .layout(relata::Layout::Single)
        .generate()?;
    // The corners of the language, for the tests; every default will do.
    relata::generate("tests/specs/corners.yaml")?;
    Ok(())
}
