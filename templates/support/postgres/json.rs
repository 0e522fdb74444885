/// Stored as `jsonb`.
impl ColumnType for serde_json::Value {
    type Value = Self;
    type Base = Self;
    type Operand = Self;

    fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
        let bytes = stored.of(&[Oid::JSONB, Oid::JSON])?;
        let text = match (stored.oid, bytes.split_first()) {
            (Oid::JSON, _) => bytes,
            (_, Some((1, text))) => text,
            _ => return Err(stored.damaged()),
        };
        Ok(serde_json::from_slice(text)?)
    }

    fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
        let text = value.to_string();
        if has_nul(&text) {
            return Err("PostgreSQL has no texts with the character NUL, in JSON either".into());
        }
        Ok(Written::Json(text.into()))
    }

    fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
        Self::write(value)
    }
}

/// Whether a text in JSON has the character NUL: an escape for it, behind no backslash that is one itself.
fn has_nul(json: &str) -> bool {
    let mut rest = json;
    while let Some((_, escaped)) = rest.split_once('\\') {
        if escaped.starts_with("u0000") {
            return true;
        }
        // What is escaped is ASCII.
        rest = escaped.get(1..).unwrap_or_default();
    }
    false
}

impl Settable for serde_json::Value {}
