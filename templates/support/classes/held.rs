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

/// A text to compare with, which need not be a value of the column.
fn held_text(text: &str) -> Held {
    Held::text(text.as_bytes())
}
