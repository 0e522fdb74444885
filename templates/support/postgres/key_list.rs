/// Many keys as one parameter: a list where a key has one column; else a JSON array of arrays, whose fields the statement
/// casts to the types of the columns.
struct KeyList;

impl KeyList {
    fn of<T>(rows: impl IntoIterator<Item = T>, put: impl Fn(T, &mut Params<'_>)) -> Result<Value> {
        let mut list = List::default();
        let mut json = String::new();
        for row in rows {
            let key = stored(|to| put(row, to))?;
            if let [value] = &*key {
                list.push(value)
                    .map_err(|source| Error::Encode { column: "", source })?;
                continue;
            }
            json.push(if json.is_empty() { '[' } else { ',' });
            json.push('[');
            for (place, value) in key.iter().enumerate() {
                json.push_str(if place > 0 { "," } else { "" });
                push_field(&mut json, value);
            }
            json.push(']');
        }
        if json.is_empty() {
            return Ok(Written::List(std::borrow::Cow::Owned(list)));
        }
        json.push(']');
        Ok(Written::Json(json.into()))
    }
}

/// A column of a key as JSON: of most types PostgreSQL's text of the value, which `->>` gives as it is.
fn push_field(json: &mut String, value: &Value) {
    use std::fmt::Write as _;
    let mut quoted = |text: &str| push_json_text(json, text);
    match value {
        Written::Text(text) | Written::Label(text) | Written::Json(text) => quoted(text),
        Written::Bytes(bytes) => {
            let mut hex = String::new();
            push_hex(&mut hex, bytes);
            quoted(&hex);
        }
        Written::Numeric(number) => quoted(&number.to_string()),
        Written::Float4(number) => quoted(&format!("{number:?}")),
        Written::Float8(number) => quoted(&format!("{number:?}")),
        Written::Uuid(bytes) => {
            let mut hex = String::new();
            push_hex(&mut hex, bytes);
            // PostgreSQL needs no hyphens.
            quoted(&hex);
        }
        Written::Date(days) => {
            let mut text = String::new();
            push_date(&mut text, (*days).into());
            text.push_str(era((*days).into()));
            quoted(&text);
        }
        Written::Time(microseconds) => {
            let mut text = String::new();
            push_time(&mut text, *microseconds);
            quoted(&text);
        }
        Written::Timestamp(microseconds) => quoted(&moment_text(*microseconds, "")),
        Written::TimestampTz(microseconds) => quoted(&moment_text(*microseconds, "+00")),
        Written::Null | Written::List(_) => json.push_str("null"),
        Written::Bool(value) => json.push_str(if *value { "true" } else { "false" }),
        // Writing to a String cannot fail.
        Written::Int2(number) => drop(write!(json, "{number}")),
        Written::Int4(number) => drop(write!(json, "{number}")),
        Written::Int8(number) => drop(write!(json, "{number}")),
    }
}

fn moment_text(microseconds: i64, zone: &str) -> String {
    let days = microseconds.div_euclid(DAY);
    let mut text = String::new();
    push_date(&mut text, days);
    text.push(' ');
    push_time(&mut text, microseconds.rem_euclid(DAY));
    text.push_str(zone);
    text.push_str(era(days));
    text
}

fn push_hex(text: &mut String, bytes: &[u8]) {
    use std::fmt::Write as _;
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
}

fn push_json_text(json: &mut String, text: &str) {
    use std::fmt::Write as _;
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            c if c < ' ' => {
                // Writing to a String cannot fail.
                let _ = write!(json, "\\u{:04x}", u32::from(c));
            }
            c => json.push(c),
        }
    }
    json.push('"');
}
