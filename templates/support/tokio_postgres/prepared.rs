/// Statements are counted where a schema has tests of its own, and not here.
#[inline]
fn note_statement() {}
