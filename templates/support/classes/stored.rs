/// A value in its stored form.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// A text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// The same, borrowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ValueRef<'a> {
    /// NULL.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// A text.
    Text(&'a [u8]),
    /// Bytes.
    Blob(&'a [u8]),
}

impl<'a> ValueRef<'a> {
    fn as_i64(self) -> Result<i64, Mismatch> {
        match self {
            Self::Integer(number) => Ok(number),
            other => Err(other.is_no("INTEGER")),
        }
    }

    fn as_f64(self) -> Result<f64, Mismatch> {
        match self {
            Self::Real(number) => Ok(number),
            other => Err(other.is_no("REAL")),
        }
    }

    fn as_str(self) -> Result<&'a str, Mismatch> {
        match self {
            Self::Text(text) => Ok(std::str::from_utf8(text)?),
            other => Err(other.is_no("TEXT")),
        }
    }

    fn as_blob(self) -> Result<&'a [u8], Mismatch> {
        match self {
            Self::Blob(bytes) => Ok(bytes),
            other => Err(other.is_no("BLOB")),
        }
    }

    #[cold]
    fn is_no(self, wanted: &str) -> Mismatch {
        let found = match self {
            Self::Null => "NULL",
            Self::Integer(_) => "INTEGER",
            Self::Real(_) => "REAL",
            Self::Text(_) => "TEXT",
            Self::Blob(_) => "BLOB",
        };
        format!("the stored value is {found}, not {wanted}").into()
    }
}

impl<'a> From<&'a Value> for ValueRef<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Integer(number) => Self::Integer(*number),
            Value::Real(number) => Self::Real(*number),
            Value::Text(text) => Self::Text(text.as_bytes()),
            Value::Blob(bytes) => Self::Blob(bytes),
        }
    }
}

/// The stored form of a value, borrowed from it where it is the same.
pub enum Written<'a> {
    /// It is in the value.
    Borrowed(ValueRef<'a>),
    /// It was made of it.
    Owned(Value),
}

macro_rules! written_from {
    ($($from:ty: $into:ident),+) => {$(
        impl From<$from> for Written<'_> {
            fn from(value: $from) -> Self {
                Self::Owned(Value::$into(value.into()))
            }
        }
    )+};
}

written_from!(bool: Integer, i16: Integer, i32: Integer, i64: Integer, f32: Real, f64: Real, String: Text);

impl Params<'_> {
    fn push(&mut self, column: &'static str, value: Result<Written<'_>, Mismatch>) {
        match value {
            Ok(Written::Borrowed(value)) => self.stored(value),
            Ok(Written::Owned(value)) => self.stored((&value).into()),
            Err(source) => self.fail(Error::Encode { column, source }),
        }
    }
}

/// A written value as an operand that is held.
fn held(written: Written<'_>) -> Result<Held> {
    Ok(match written {
        Written::Borrowed(value) => Held::new(value),
        Written::Owned(value) => Held::Value(value),
    })
}

/// A written value by itself.
fn owned(value: Written<'_>) -> Result<Value> {
    match value {
        Written::Borrowed(value) => owned_ref(value),
        Written::Owned(value) => Ok(value),
    }
}

fn owned_ref(value: ValueRef<'_>) -> Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(utf8(text)?.to_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_owned()),
    })
}

fn utf8(text: &[u8]) -> Result<&str> {
    std::str::from_utf8(text).map_err(|error| DriverError::Decode(error.into()).into())
}
