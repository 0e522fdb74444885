/// The length of the literal, quoted name or comment that `text` begins with, or of its first character. `before` is what
/// comes before it (chapter 4.1 of the manual).
fn token_length(before: &str, text: &str) -> usize {
    let until = |open: usize, end: &str| {
        let found = text[open..].find(end);
        found.map_or(text.len(), |at| open + at + end.len())
    };
    match text.as_bytes() {
        [b'\'', ..] if has_escapes(before) => escaped_length(text),
        [b'\'', ..] => until(1, "'"),
        [b'"', ..] => until(1, "\""),
        [b'-', b'-', ..] => until(2, "\n"),
        [b'/', b'*', ..] => comment_length(text),
        [b'$', ..] if !before.ends_with(is_of_name) => match dollar_tag(text) {
            Some(tag) => until(tag.len(), tag),
            None => 1,
        },
        _ => text.chars().next().map_or(0, char::len_utf8),
    }
}

/// Whether a backslash escapes what is behind it in a literal behind `before`: one that an E by itself stands before.
fn has_escapes(before: &str) -> bool {
    let rest = before.strip_suffix(['e', 'E']);
    rest.is_some_and(|rest| !rest.ends_with(is_of_name))
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$') || !c.is_ascii()
}

fn escaped_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\'' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Comments stand in one another.
fn comment_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(mark) = text.get(at..).and_then(|rest| rest.find(['/', '*'])) {
        at += mark;
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// What stands at both ends of a literal: `$$`, or `$name$`.
fn dollar_tag(text: &str) -> Option<&str> {
    let end = text[1..].find('$')? + 1;
    let name = &text[1..end];
    let is_name = !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c != '$' && is_of_name(c));
    is_name.then(|| &text[..=end])
}

/// What stands behind the parameter that has this value: its type, so that the server takes it for no other; it knows which
/// enum is meant.
fn cast(value: &Value) -> &'static str {
    match value {
        // A list of values of a column is told by what it is compared with.
        Written::Null | Written::Label(_) | Written::Array(_) => "",
        Written::Bool(_) => "::boolean",
        Written::Int2(_) => "::smallint",
        Written::Int4(_) => "::integer",
        Written::Int8(_) => "::bigint",
        Written::Float4(_) => "::real",
        Written::Float8(_) => "::double precision",
        Written::Numeric(_) => "::numeric",
        Written::Text(_) => "::text",
        Written::Bytes(_) => "::bytea",
        Written::Uuid(_) => "::uuid",
        Written::Date(_) => "::date",
        Written::Time(_) => "::time",
        Written::Timestamp(_) => "::timestamp",
        Written::TimestampTz(_) => "::timestamptz",
        Written::Json(_) => "::jsonb",
    }
}
