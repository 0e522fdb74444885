/// Many keys, or other values, that are one parameter.
type List = String;

/// Writes a [`List`]: a JSON array for `json_each`, of arrays where a key has several columns.
///
/// JSON has no blobs: they travel as hexadecimal text, and the statement reads them with `unhex`.
/// SQLite reads decimal numbers exactly unless they are at the edges of the range of `f64` (below 1e-20, above 1e20).
#[derive(Default)]
struct KeyList {
    json: String,
    fields: usize,
}

impl KeyList {
    fn of<T>(rows: impl IntoIterator<Item = T>, put: impl Fn(T, &mut Params<'_>)) -> Result<List> {
        let mut list = Self::default();
        list.json.push('[');
        for row in rows {
            if list.json.len() > 1 {
                list.json.push(',');
            }
            let start = list.json.len();
            list.fields = 0;
            fill(&mut list, |to| put(row, to))?;
            if list.fields != 1 {
                list.json.insert(start, '[');
                list.json.push(']');
            }
        }
        list.json.push(']');
        Ok(list.json)
    }

    /// Where the next field goes.
    fn next(&mut self) -> &mut String {
        if self.fields > 0 {
            self.json.push(',');
        }
        self.fields += 1;
        &mut self.json
    }
}

impl Sink for KeyList {
    fn null(&mut self) -> Result<()> {
        self.next().push_str("null");
        Ok(())
    }

    fn integer(&mut self, number: i64) -> Result<()> {
        let json = self.next();
        json.push_str(if number < 0 { "-" } else { "" });
        push_number(json, number.unsigned_abs());
        Ok(())
    }

    fn real(&mut self, number: f64) -> Result<()> {
        // JSON has no infinity; SQLite reads what is beyond the range as such.
        let text = match number {
            f64::INFINITY => "9e999".to_owned(),
            f64::NEG_INFINITY => "-9e999".to_owned(),
            number => format!("{number:?}"),
        };
        self.next().push_str(&text);
        Ok(())
    }

    fn text(&mut self, text: &[u8]) -> Result<()> {
        push_json_text(self.next(), utf8(text)?);
        Ok(())
    }

    fn blob(&mut self, bytes: &[u8]) -> Result<()> {
        let json = self.next();
        json.push('"');
        push_hex(json, bytes);
        json.push('"');
        Ok(())
    }
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
