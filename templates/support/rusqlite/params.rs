/// Takes the parameters of a statement, one after another.
trait Sink {
    fn push(&mut self, value: ToSqlOutput<'_>) -> Result<()>;
}

/// Where generated code puts the values of a row, in the order of the statement's parameters.
pub struct Params<'a>(&'a mut dyn Sink);

impl Params<'_> {
    /// The value of a field.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] when the column cannot hold the value.
    pub fn value<T, K: ColumnType>(
        &mut self,
        column: Column<T, K>,
        value: &K::Value,
    ) -> Result<()> {
        self.0
            .push(K::write(value).map_err(|source| column.encode_error(source))?)
    }

    /// A value or, for `None`, what the statement's text says (`COALESCE`).
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] when the column cannot hold the value.
    pub fn or_default<T, K: ColumnType>(
        &mut self,
        column: Column<T, K>,
        value: Option<&K::Value>,
    ) -> Result<()> {
        match value {
            Some(value) => self.value(column, value),
            None => self.0.push(ToSqlOutput::Borrowed(ValueRef::Null)),
        }
    }

    /// Whether there is a value, and the value, where NULL is a value too (`CASE WHEN`).
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] when the column cannot hold the value.
    pub fn given<T, K: ColumnType>(
        &mut self,
        column: Column<T, K>,
        value: Option<&K::Value>,
    ) -> Result<()> {
        self.0.push(ToSqlOutput::from(value.is_some()))?;
        self.or_default(column, value)
    }

    /// The key that a reference holds.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] when the column cannot hold the value.
    pub fn reference<T, K, E>(&mut self, column: Column<T, K>, reference: &Ref<E>) -> Result<()>
    where
        K: ColumnType,
        E: Entity<Key = <K::Base as ColumnType>::Value>,
    {
        let key = K::Base::write(&reference.key);
        self.0
            .push(key.map_err(|source| column.encode_error(source))?)
    }

    /// The key that a reference holds, or NULL.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] when the column cannot hold the value.
    pub fn optional_reference<T, K, E>(
        &mut self,
        column: Column<T, K>,
        reference: Option<&Ref<E>>,
    ) -> Result<()>
    where
        K: ColumnType,
        E: Entity<Key = <K::Base as ColumnType>::Value>,
    {
        match reference {
            Some(reference) => self.reference(column, reference),
            None => self.0.push(ToSqlOutput::Borrowed(ValueRef::Null)),
        }
    }

    /// Whether there is a reference, and its key, where NULL is a value too (`CASE WHEN`).
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] when the column cannot hold the value.
    pub fn given_reference<T, K, E>(
        &mut self,
        column: Column<T, K>,
        reference: Option<&Option<Ref<E>>>,
    ) -> Result<()>
    where
        K: ColumnType,
        E: Entity<Key = <K::Base as ColumnType>::Value>,
    {
        self.0.push(ToSqlOutput::from(reference.is_some()))?;
        match reference {
            Some(reference) => self.optional_reference(column, reference.as_ref()),
            None => self.0.push(ToSqlOutput::Borrowed(ValueRef::Null)),
        }
    }
}

/// The parameters of a prepared statement.
struct Binder<'a, 'c> {
    statement: &'a mut rusqlite::Statement<'c>,
    next: usize,
}

impl Sink for Binder<'_, '_> {
    fn push(&mut self, value: ToSqlOutput<'_>) -> Result<()> {
        self.statement.raw_bind_parameter(self.next, value)?;
        self.next += 1;
        Ok(())
    }
}

impl Sink for Vec<Value> {
    fn push(&mut self, value: ToSqlOutput<'_>) -> Result<()> {
        Self::push(self, owned(value)?);
        Ok(())
    }
}

fn owned(value: ToSqlOutput<'_>) -> Result<Value> {
    match value {
        ToSqlOutput::Borrowed(value) => Ok(value.try_into().map_err(rusqlite::Error::from)?),
        ToSqlOutput::Owned(value) => Ok(value),
        _ => Err(rusqlite::Error::ToSqlConversionFailure("no plain value".into()).into()),
    }
}

/// Many keys as one parameter: a JSON array for `json_each`, of arrays where a key has several columns.
///
/// JSON has no blobs: they travel as hexadecimal text, and the statement reads them with `unhex`.
/// SQLite reads decimal numbers exactly unless they are at the edges of the range of `f64` (below 1e-20, above 1e20).
#[derive(Default)]
struct KeyList {
    json: String,
    fields: usize,
}

impl KeyList {
    fn of<'a, T: 'a>(
        rows: impl IntoIterator<Item = &'a T>,
        put: fn(&T, &mut Params<'_>) -> Result<()>,
    ) -> Result<String> {
        let mut list = Self::default();
        list.json.push('[');
        for row in rows {
            if list.json.len() > 1 {
                list.json.push(',');
            }
            let start = list.json.len();
            list.fields = 0;
            put(row, &mut Params(&mut list))?;
            if list.fields != 1 {
                list.json.insert(start, '[');
                list.json.push(']');
            }
        }
        list.json.push(']');
        Ok(list.json)
    }
}

impl Sink for KeyList {
    fn push(&mut self, value: ToSqlOutput<'_>) -> Result<()> {
        if self.fields > 0 {
            self.json.push(',');
        }
        self.fields += 1;
        push_json(&mut self.json, &owned(value)?);
        Ok(())
    }
}

fn push_json(json: &mut String, value: &Value) {
    use std::fmt::Write as _;
    // Writing to a String cannot fail.
    let _ = match value {
        Value::Null => json.write_str("null"),
        Value::Integer(number) => write!(json, "{number}"),
        Value::Real(number) => write!(json, "{number:?}"),
        Value::Text(text) => {
            push_json_text(json, text);
            Ok(())
        }
        Value::Blob(bytes) => {
            json.push('"');
            let written = bytes.iter().try_for_each(|byte| write!(json, "{byte:02x}"));
            json.push('"');
            written
        }
    };
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
