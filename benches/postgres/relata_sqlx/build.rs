//! Generates what is measured.

fn main() -> Result<(), relata::Error> {
    relata::Builder::new("../../../specs/school.yaml")
        .target(relata::Target::SqlxPostgres)
        .layout(relata::Layout::Single)
        .generate()?;
    Ok(())
}
