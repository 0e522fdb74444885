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
        self.flag(value.is_some());
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

    /// The value of a field; compiled once for a type, and not for every table that has columns of it.
    fn put<K: ColumnType>(&mut self, column: &'static str, value: &K::Value) {
        self.push(column, K::write(value));
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
        to.kept(value);
    }
}
