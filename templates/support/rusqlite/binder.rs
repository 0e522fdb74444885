/// The parameters of a prepared statement.
struct Binder<'a, 'c> {
    statement: &'a mut rusqlite::Statement<'c>,
    next: usize,
}

impl Binder<'_, '_> {
    #[inline]
    fn bind(&mut self, value: ValueRef<'_>) -> Result<()> {
        let value = Written::Borrowed(value);
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

#[allow(
    clippy::inline_always,
    reason = "it folds to a call where it stands, and to copies where it does not"
)]
impl Params<'_> {
    #[inline(always)]
    fn push(&mut self, column: &'static str, value: Result<Written<'_>, Mismatch>) {
        match value {
            Ok(Written::Borrowed(value)) => self.stored(value),
            Ok(Written::Owned(value)) => self.stored((&value).into()),
            Ok(_) => self.fail(no_plain_value()),
            Err(source) => self.fail(Error::Encode { column, source }),
        }
    }
}

/// A written value as an operand that is held.
#[inline]
fn held(written: Written<'_>) -> Result<Held> {
    match written {
        Written::Borrowed(value) => Ok(Held::new(value)),
        Written::Owned(value) => Ok(Held::Value(value)),
        _ => Err(no_plain_value()),
    }
}

/// A written value by itself.
fn owned(value: Written<'_>) -> Result<Value> {
    match value {
        Written::Borrowed(value) => owned_ref(value),
        Written::Owned(value) => Ok(value),
        _ => Err(no_plain_value()),
    }
}

fn owned_ref(value: ValueRef<'_>) -> Result<Value> {
    Ok(value.try_into().map_err(rusqlite::Error::from)?)
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
