/// The length of the literal, quoted name or comment that `text` begins with, or of its first character; what comes before it
/// makes no difference. A backslash escapes what is behind it in a literal, as the server has it unless it is told otherwise
/// (chapter 11.1.1 of the manual).
fn token_length(_before: &str, text: &str) -> usize {
    let until = |open: usize, end: &str| {
        let found = text[open..].find(end);
        found.map_or(text.len(), |at| open + at + end.len())
    };
    match text.as_bytes() {
        [b'\'' | b'"', ..] => literal_length(text),
        [b'`', ..] => until(1, "`"),
        [b'#', ..] => until(1, "\n"),
        [b'-', b'-'] => until(2, "\n"),
        [b'-', b'-', next, ..] if next.is_ascii_whitespace() || next.is_ascii_control() => {
            until(2, "\n")
        }
        [b'/', b'*', ..] => until(2, "*/"),
        _ => text.chars().next().map_or(0, char::len_utf8),
    }
}

fn literal_length(text: &str) -> usize {
    let mut chars = text.char_indices();
    let quote = chars.next().map(|(_, quote)| quote);
    let mut escaped = false;
    for (at, c) in chars {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if Some(c) == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// What stands behind the parameter that has this value: nothing, as it brings its type with it.
fn cast(_value: &Value) -> &'static str {
    ""
}
