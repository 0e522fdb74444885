/// Takes the parameters of a statement, one after another.
trait Sink {
    fn push(&mut self, value: ToSqlOutput<'_>) -> Result<()>;
}

/// Where generated code puts the values of a row, in the order of the statement's parameters. A value that its column
/// cannot hold is told when the statement is run, so that no call needs a `?`.
pub struct Params<'a> {
    sink: &'a mut dyn Sink,
    /// The keys of pending rows, inside a unit of work.
    pending: Option<&'a Keys>,
    failed: Option<Box<Error>>,
}

#[allow(
    clippy::option_option,
    clippy::ref_option,
    reason = "fields are given as they stand; `as_ref` at every call would cost each user's compiler"
)]
impl Params<'_> {
    /// The value of a field.
    pub fn value<T, K: ColumnType>(&mut self, column: Column<T, K>, value: &K::Value) {
        self.push(column.name, K::write(value));
    }

    /// A value or, for `None`, what the statement's text says (`COALESCE`).
    pub fn or_default<T, K: ColumnType>(&mut self, column: Column<T, K>, value: &Option<K::Value>) {
        match value {
            Some(value) => self.value(column, value),
            None => self.null(),
        }
    }

    /// Whether there is a value, and the value, where NULL is a value too (`CASE WHEN`).
    pub fn given<T, K: ColumnType>(&mut self, column: Column<T, K>, value: &Option<K::Value>) {
        self.push(column.name, Ok(ToSqlOutput::from(value.is_some())));
        self.or_default(column, value);
    }

    /// The key that a reference holds.
    pub fn reference<T, K, E>(&mut self, column: Column<T, K>, reference: &Ref<E>)
    where
        K: ColumnType,
        E: Entity<Key = <K::Base as ColumnType>::Value>,
    {
        match reference.key(self.pending) {
            Ok(key) => self.push(column.name, K::Base::write(key)),
            Err(error) => self.fail(error),
        }
    }

    /// The key that a reference holds, or NULL.
    pub fn optional_reference<T, K, E>(&mut self, column: Column<T, K>, reference: &Option<Ref<E>>)
    where
        K: ColumnType,
        E: Entity<Key = <K::Base as ColumnType>::Value>,
    {
        match reference {
            Some(reference) => self.reference(column, reference),
            None => self.null(),
        }
    }

    /// Whether there is a reference, and its key, where NULL is a value too (`CASE WHEN`).
    pub fn given_reference<T, K, E>(
        &mut self,
        column: Column<T, K>,
        reference: &Option<Option<Ref<E>>>,
    ) where
        K: ColumnType,
        E: Entity<Key = <K::Base as ColumnType>::Value>,
    {
        self.push(column.name, Ok(ToSqlOutput::from(reference.is_some())));
        match reference {
            Some(reference) => self.optional_reference(column, reference),
            None => self.null(),
        }
    }

    fn null(&mut self) {
        self.push("", Ok(ToSqlOutput::Borrowed(ValueRef::Null)));
    }

    fn push(&mut self, column: &'static str, value: Result<ToSqlOutput<'_>, Mismatch>) {
        if self.failed.is_some() {
            return;
        }
        let pushed = match value {
            Ok(value) => self.sink.push(value),
            Err(source) => Err(Error::Encode { column, source }),
        };
        self.failed = pushed.err().map(Box::new);
    }

    #[cold]
    fn fail(&mut self, error: Error) {
        self.failed.get_or_insert_with(|| Box::new(error));
    }
}

/// Lets `put` give its parameters to `sink`.
fn fill(sink: &mut dyn Sink, put: impl FnOnce(&mut Params<'_>)) -> Result<()> {
    fill_with(sink, None, put)
}

/// The same where `pending` has the keys of pending rows.
fn fill_with(
    sink: &mut dyn Sink,
    pending: Option<&Keys>,
    put: impl FnOnce(&mut Params<'_>),
) -> Result<()> {
    let mut params = Params {
        sink,
        pending,
        failed: None,
    };
    put(&mut params);
    params.failed.map_or(Ok(()), |error| Err(*error))
}

/// The values that `put` gives, each in its stored form.
fn stored(put: impl FnOnce(&mut Params<'_>)) -> Result<Vec<Value>> {
    let mut values = Vec::new();
    fill(&mut values, put)?;
    Ok(values)
}

/// Gives values that are in their stored form.
fn put_stored(values: &[Value], to: &mut Params<'_>) {
    for value in values {
        to.push("", Ok(ToSqlOutput::Borrowed(value.into())));
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

/// An operand of a condition, in its stored form, until the statement runs. Most texts that are looked for are short, and
/// need no memory of their own.
#[derive(Clone)]
enum Held {
    Value(Value),
    Text(Box<[u8]>),
    Short { length: u8, text: [u8; 22] },
}

impl Held {
    fn new(value: ToSqlOutput<'_>) -> Result<Self> {
        let ToSqlOutput::Borrowed(ValueRef::Text(long)) = value else {
            return owned(value).map(Self::Value);
        };
        let mut text = [0; 22];
        match (u8::try_from(long.len()), text.get_mut(..long.len())) {
            (Ok(length), Some(short)) => {
                short.copy_from_slice(long);
                Ok(Self::Short { length, text })
            }
            _ => Ok(Self::Text(long.into())),
        }
    }

    fn stored(&self) -> ValueRef<'_> {
        match self {
            Self::Value(value) => value.into(),
            Self::Text(text) => ValueRef::Text(text),
            Self::Short { length, text } => {
                ValueRef::Text(text.get(..usize::from(*length)).unwrap_or_default())
            }
        }
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
    fn of<T>(
        rows: impl IntoIterator<Item = T>,
        put: impl Fn(T, &mut Params<'_>),
    ) -> Result<String> {
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
        Value::Integer(number) => {
            json.push_str(if *number < 0 { "-" } else { "" });
            push_number(json, number.unsigned_abs());
            Ok(())
        }
        // JSON has no infinity; SQLite reads what is beyond the range as such.
        Value::Real(number) if number.is_infinite() => {
            json.write_str(if *number > 0.0 { "9e999" } else { "-9e999" })
        }
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
