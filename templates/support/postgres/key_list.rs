/// Many keys, or other values, that are one parameter.
type List = Value;

/// The number of keys from which on a list is a long one.
const LONG: i32 = 500;

fn is_long_list(value: &Value) -> bool {
    matches!(value, Written::Array(list) if list.count >= LONG)
}

/// Whether a query is to be planned for these parameters. The server plans a prepared statement for any, and takes lists to
/// be short: for a thousand keys it would go to an index a thousand times where it could read the tables once.
fn is_planned_anew(sql: &str, values: &[Value]) -> bool {
    sql.starts_with("SELECT") && values.iter().any(is_long_list)
}

/// Makes a [`List`]: an array where a key has one column; else a JSON array of arrays, whose fields the statement casts to the
/// types of the columns.
struct KeyList;

impl KeyList {
    fn of<T>(rows: impl IntoIterator<Item = T>, put: impl Fn(T, &mut Params<'_>)) -> Result<List> {
        let mut array = Array::default();
        let mut json = String::new();
        for row in rows {
            let key = stored(|to| put(row, to))?;
            if let [value] = &*key {
                let pushed = array.push(value);
                pushed.map_err(|source| Error::Encode { column: "", source })?;
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
            return Ok(Written::Array(std::borrow::Cow::Owned(array)));
        }
        json.push(']');
        Ok(Written::Json(json.into()))
    }
}

/// A column of a key as JSON: of most types the text of the value, which `->>` gives as it is.
fn push_field(json: &mut String, value: &Value) {
    match (value, words(value)) {
        (_, None) => json.push_str("null"),
        (
            Written::Bool(_) | Written::Int2(_) | Written::Int4(_) | Written::Int8(_),
            Some(plain),
        ) => json.push_str(&plain),
        (_, Some(words)) => push_json_text(json, &words),
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
