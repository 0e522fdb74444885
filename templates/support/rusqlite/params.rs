/// Takes the parameters of a statement, one after another. There is a method for each storage class, so that a value goes
/// from its field to the driver in registers: an enum is copied from hand to hand, which takes longer than all else here.
trait Sink {
    fn null(&mut self) -> Result<()>;
    fn integer(&mut self, number: i64) -> Result<()>;
    fn real(&mut self, number: f64) -> Result<()>;
    fn text(&mut self, text: &[u8]) -> Result<()>;
    fn blob(&mut self, bytes: &[u8]) -> Result<()>;
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
    clippy::inline_always,
    reason = "fields are given as they stand; `as_ref` at every call would cost each user's compiler. What is inlined \
              folds to a call where it stands, and to copies where it does not"
)]
impl Params<'_> {
    /// The value of a field.
    pub fn value<T, K: ColumnType>(&mut self, column: Column<T, K>, value: &K::Value) {
        self.put::<K>(column.name, value);
    }

    /// A value or, for `None`, what the statement's text says (`COALESCE`).
    pub fn or_default<T, K: ColumnType>(&mut self, column: Column<T, K>, value: &Option<K::Value>) {
        match value {
            Some(value) => self.put::<K>(column.name, value),
            None => self.null(),
        }
    }

    /// Whether there is a value, and the value, where NULL is a value too (`CASE WHEN`).
    pub fn given<T, K: ColumnType>(&mut self, column: Column<T, K>, value: &Option<K::Value>) {
        self.is_given(value);
        self.or_default(column, value);
    }

    /// Whether there is a value.
    pub fn is_given<V>(&mut self, value: &Option<V>) {
        self.stored(ValueRef::Integer(value.is_some().into()));
    }

    /// The key that a reference holds.
    pub fn reference<T, K, E>(&mut self, column: Column<T, K>, reference: &Ref<E>)
    where
        K: ColumnType,
        E: Entity<Key = <K::Base as ColumnType>::Value>,
    {
        match reference.key(self.pending) {
            Ok(key) => self.put::<K::Base>(column.name, key),
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
        self.is_given(reference);
        match reference {
            Some(reference) => self.optional_reference(column, reference),
            None => self.null(),
        }
    }

    fn null(&mut self) {
        self.stored(ValueRef::Null);
    }

    /// The value of a field; compiled once for a type, and not for every table that has columns of it.
    fn put<K: ColumnType>(&mut self, column: &'static str, value: &K::Value) {
        self.push(column, K::write(value));
    }

    #[inline(always)]
    fn push(&mut self, column: &'static str, value: Result<ToSqlOutput<'_>, Mismatch>) {
        match value {
            Ok(ToSqlOutput::Borrowed(value)) => self.stored(value),
            Ok(ToSqlOutput::Owned(value)) => self.stored((&value).into()),
            Ok(_) => self.fail(no_plain_value()),
            Err(source) => self.fail(Error::Encode { column, source }),
        }
    }

    /// A value in its stored form.
    #[inline(always)]
    fn stored(&mut self, value: ValueRef<'_>) {
        if self.failed.is_some() {
            return;
        }
        let pushed = match value {
            ValueRef::Null => self.sink.null(),
            ValueRef::Integer(number) => self.sink.integer(number),
            ValueRef::Real(number) => self.sink.real(number),
            ValueRef::Text(text) => self.sink.text(text),
            ValueRef::Blob(bytes) => self.sink.blob(bytes),
        };
        if let Err(error) = pushed {
            self.fail(error);
        }
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
        to.stored(value.into());
    }
}

/// The parameters of a prepared statement.
struct Binder<'a, 'c> {
    statement: &'a mut rusqlite::Statement<'c>,
    next: usize,
}

impl Binder<'_, '_> {
    #[inline]
    fn bind(&mut self, value: ValueRef<'_>) -> Result<()> {
        let value = ToSqlOutput::Borrowed(value);
        self.statement.raw_bind_parameter(self.next, value)?;
        self.next += 1;
        Ok(())
    }
}

impl Sink for Binder<'_, '_> {
    fn null(&mut self) -> Result<()> {
        self.bind(ValueRef::Null)
    }

    fn integer(&mut self, number: i64) -> Result<()> {
        self.bind(ValueRef::Integer(number))
    }

    fn real(&mut self, number: f64) -> Result<()> {
        self.bind(ValueRef::Real(number))
    }

    fn text(&mut self, text: &[u8]) -> Result<()> {
        self.bind(ValueRef::Text(text))
    }

    fn blob(&mut self, bytes: &[u8]) -> Result<()> {
        self.bind(ValueRef::Blob(bytes))
    }
}

impl Sink for Vec<Value> {
    fn null(&mut self) -> Result<()> {
        self.push(Value::Null);
        Ok(())
    }

    fn integer(&mut self, number: i64) -> Result<()> {
        self.push(Value::Integer(number));
        Ok(())
    }

    fn real(&mut self, number: f64) -> Result<()> {
        self.push(Value::Real(number));
        Ok(())
    }

    fn text(&mut self, text: &[u8]) -> Result<()> {
        self.push(Value::Text(utf8(text)?.to_owned()));
        Ok(())
    }

    fn blob(&mut self, bytes: &[u8]) -> Result<()> {
        self.push(Value::Blob(bytes.to_owned()));
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
    #[inline]
    fn new(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Value(Value::Null),
            ValueRef::Integer(number) => Self::Value(Value::Integer(number)),
            ValueRef::Real(number) => Self::Value(Value::Real(number)),
            ValueRef::Blob(bytes) => Self::Value(Value::Blob(bytes.to_owned())),
            ValueRef::Text(text) => Self::text(text),
        }
    }

    fn text(long: &[u8]) -> Self {
        let mut text = [0; 22];
        match (u8::try_from(long.len()), text.get_mut(..long.len())) {
            (Ok(length), Some(short)) => {
                short.copy_from_slice(long);
                Self::Short { length, text }
            }
            _ => Self::Text(long.into()),
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
        _ => Err(no_plain_value()),
    }
}

#[cold]
fn no_plain_value() -> Error {
    rusqlite::Error::ToSqlConversionFailure("no plain value".into()).into()
}

fn utf8(text: &[u8]) -> Result<&str> {
    Ok(ValueRef::Text(text)
        .as_str()
        .map_err(rusqlite::Error::from)?)
}
