/// The length of the literal, quoted name or comment that `text` begins with, or of its first character; what comes before it
/// makes no difference.
fn token_length(_before: &str, text: &str) -> usize {
    let (open, end) = match text.as_bytes() {
        [b'\'', ..] => (1, "'"),
        [b'"', ..] => (1, "\""),
        [b'`', ..] => (1, "`"),
        [b'[', ..] => (1, "]"),
        [b'-', b'-', ..] => (2, "\n"),
        [b'/', b'*', ..] => (2, "*/"),
        _ => return 1,
    };
    text[open..]
        .find(end)
        .map_or(text.len(), |at| open + at + end.len())
}

/// What stands behind the parameter that has this value: nothing, as SQLite looks at the value.
fn cast(_value: &Value) -> &'static str {
    ""
}
