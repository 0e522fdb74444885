//! Makes Rust and SQL of the spec, whenever it changes.

fn main() -> Result<(), relata::Error> {
    relata::generate("specs/school.yaml")?;
    Ok(())
}
