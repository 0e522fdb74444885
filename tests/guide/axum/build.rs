fn main() -> Result<(), relata::Error> {
    relata::generate("specs/events.yaml")?;
    Ok(())
}
