/// A stored value as the server sends it: the number of its type, and its bytes in PostgreSQL's binary format, none being
/// NULL.
#[derive(Debug, Clone, Copy)]
pub struct ValueRef<'a> {
    oid: u32,
    bytes: Option<&'a [u8]>,
}

impl<'a> ValueRef<'a> {
    /// The bytes of a value that is of one of `types`; the first of them is the one that is wanted.
    fn of(self, types: &[u32]) -> Result<&'a [u8], Mismatch> {
        let bytes = self.not_null()?;
        if types.contains(&self.oid) {
            return Ok(bytes);
        }
        Err(self.other_than(types.first().copied().unwrap_or_default()))
    }

    fn not_null(self) -> Result<&'a [u8], Mismatch> {
        self.bytes.ok_or_else(|| "it is NULL".into())
    }

    /// What is told of a value of another type than the one that is wanted.
    #[cold]
    fn other_than(self, wanted: u32) -> Mismatch {
        let (stored, wanted) = (Oid::name(self.oid), Oid::name(wanted));
        format!("it is stored as {stored}, and not as {wanted}").into()
    }

    /// What is told of bytes that no server sends.
    #[cold]
    fn damaged(self) -> Mismatch {
        format!("these bytes are no {}", Oid::name(self.oid)).into()
    }

    /// A number of so many bytes.
    fn fixed<const N: usize>(self, bytes: &[u8]) -> Result<[u8; N], Mismatch> {
        bytes.try_into().map_err(|_| self.damaged())
    }

    /// A text. Types of a schema's own are enums, and what extensions make of text; the texts of PostgreSQL have no NUL,
    /// which in nearly all other types stands somewhere.
    fn text(self) -> Result<&'a str, Mismatch> {
        let bytes = if self.oid >= Oid::FIRST_OWN {
            self.not_null()?
        } else {
            self.of(&[Oid::TEXT, Oid::VARCHAR, Oid::BPCHAR, Oid::NAME])?
        };
        if bytes.contains(&0) {
            return Err(self.other_than(Oid::TEXT));
        }
        Ok(std::str::from_utf8(bytes)?)
    }
}

/// A value for the server: what a parameter has.
#[derive(Debug, Clone, PartialEq)]
pub enum Written<'a> {
    /// NULL, of any type.
    Null,
    /// `boolean`.
    Bool(bool),
    /// `smallint`.
    Int2(i16),
    /// `integer`.
    Int4(i32),
    /// `bigint`.
    Int8(i64),
    /// `real`.
    Float4(f32),
    /// `double precision`.
    Float8(f64),
    /// `numeric`.
    Numeric(Numeric),
    /// `text`, and what is stored like it.
    Text(std::borrow::Cow<'a, str>),
    /// The text of an enum: the server knows which from the place of the parameter.
    Label(std::borrow::Cow<'a, str>),
    /// `bytea`.
    Bytes(std::borrow::Cow<'a, [u8]>),
    /// `uuid`.
    Uuid([u8; 16]),
    /// `date`: days since 2000-01-01.
    Date(i32),
    /// `time`: microseconds.
    Time(i64),
    /// `timestamp`: microseconds since 2000-01-01.
    Timestamp(i64),
    /// `timestamptz`: the same in UTC.
    TimestampTz(i64),
    /// `jsonb`: its text.
    Json(std::borrow::Cow<'a, str>),
    /// A list.
    Array(std::borrow::Cow<'a, Array>),
}

/// A value that is kept until it is written.
pub type Value = Written<'static>;

/// Whether it is NULL.
#[inline]
fn is_null(stored: ValueRef<'_>) -> bool {
    stored.bytes.is_none()
}

/// NULL.
#[inline]
fn null() -> Written<'static> {
    Written::Null
}

/// A value that outlives what it was made of.
#[allow(
    clippy::unnecessary_wraps,
    reason = "other databases have values that cannot be kept"
)]
fn owned(written: Written<'_>) -> Result<Value> {
    Ok(written.into_value())
}

/// A text, which PostgreSQL can store when it has no NUL.
fn written_text(text: &str) -> Result<Written<'_>, Mismatch> {
    if text.contains('\0') {
        return Err("PostgreSQL has no texts with the character NUL".into());
    }
    Ok(Written::Text(text.into()))
}

impl Written<'_> {
    /// The same, borrowed.
    fn borrowed(&self) -> Written<'_> {
        match self {
            Self::Text(text) => Written::Text((&**text).into()),
            Self::Label(text) => Written::Label((&**text).into()),
            Self::Bytes(bytes) => Written::Bytes((&**bytes).into()),
            Self::Json(text) => Written::Json((&**text).into()),
            Self::Array(list) => Written::Array(std::borrow::Cow::Borrowed(list)),
            Self::Null => Written::Null,
            Self::Bool(value) => Written::Bool(*value),
            Self::Int2(number) => Written::Int2(*number),
            Self::Int4(number) => Written::Int4(*number),
            Self::Int8(number) => Written::Int8(*number),
            Self::Float4(number) => Written::Float4(*number),
            Self::Float8(number) => Written::Float8(*number),
            Self::Numeric(number) => Written::Numeric(*number),
            Self::Uuid(bytes) => Written::Uuid(*bytes),
            Self::Date(days) => Written::Date(*days),
            Self::Time(microseconds) => Written::Time(*microseconds),
            Self::Timestamp(microseconds) => Written::Timestamp(*microseconds),
            Self::TimestampTz(microseconds) => Written::TimestampTz(*microseconds),
        }
    }

    fn into_value(self) -> Value {
        match self {
            Self::Text(text) => Written::Text(text.into_owned().into()),
            Self::Label(text) => Written::Label(text.into_owned().into()),
            Self::Bytes(bytes) => Written::Bytes(bytes.into_owned().into()),
            Self::Json(text) => Written::Json(text.into_owned().into()),
            Self::Array(list) => Written::Array(std::borrow::Cow::Owned(list.into_owned())),
            Self::Null => Written::Null,
            Self::Bool(value) => Written::Bool(value),
            Self::Int2(number) => Written::Int2(number),
            Self::Int4(number) => Written::Int4(number),
            Self::Int8(number) => Written::Int8(number),
            Self::Float4(number) => Written::Float4(number),
            Self::Float8(number) => Written::Float8(number),
            Self::Numeric(number) => Written::Numeric(number),
            Self::Uuid(bytes) => Written::Uuid(bytes),
            Self::Date(days) => Written::Date(days),
            Self::Time(microseconds) => Written::Time(microseconds),
            Self::Timestamp(microseconds) => Written::Timestamp(microseconds),
            Self::TimestampTz(microseconds) => Written::TimestampTz(microseconds),
        }
    }

    /// The number of its type; [`Oid::UNTOLD`] where only the server knows it.
    fn oid(&self) -> u32 {
        match self {
            Self::Null | Self::Label(_) => Oid::UNTOLD,
            Self::Bool(_) => Oid::BOOL,
            Self::Int2(_) => Oid::INT2,
            Self::Int4(_) => Oid::INT4,
            Self::Int8(_) => Oid::INT8,
            Self::Float4(_) => Oid::FLOAT4,
            Self::Float8(_) => Oid::FLOAT8,
            Self::Numeric(_) => Oid::NUMERIC,
            Self::Text(_) => Oid::TEXT,
            Self::Bytes(_) => Oid::BYTEA,
            Self::Uuid(_) => Oid::UUID,
            Self::Date(_) => Oid::DATE,
            Self::Time(_) => Oid::TIME,
            Self::Timestamp(_) => Oid::TIMESTAMP,
            Self::TimestampTz(_) => Oid::TIMESTAMPTZ,
            Self::Json(_) => Oid::JSONB,
            Self::Array(list) => Oid::list_of(list.item),
        }
    }

    /// Whether a parameter that the server has given the type `oid` can have this value.
    fn fits(&self, oid: u32) -> bool {
        let textual = [Oid::TEXT, Oid::VARCHAR, Oid::BPCHAR, Oid::NAME];
        match self {
            Self::Null => true,
            Self::Label(_) => oid >= Oid::FIRST_OWN || textual.contains(&oid),
            Self::Text(_) => textual.contains(&oid),
            Self::Array(list) => match Oid::item_of(oid) {
                // An array of an enum, or of what an extension makes of text.
                Oid::UNTOLD if oid >= Oid::FIRST_OWN => {
                    matches!(list.item, Oid::TEXT | Oid::UNTOLD)
                }
                Oid::UNTOLD => oid == Oid::JSONB && list.count == 0,
                item if textual.contains(&item) => {
                    list.item == Oid::TEXT || list.item == Oid::UNTOLD
                }
                item => list.item == item || list.item == Oid::UNTOLD,
            },
            _ => oid == self.oid(),
        }
    }

    /// The same for a parameter of type `oid`, an array of items of type `item` if it is one: an array without a value does
    /// not know what it is an array of, and one of an enum does not know of which.
    fn typed(self, oid: u32, item: Option<u32>) -> Self {
        match (self, item) {
            (Self::Array(array), _) if array.item == Oid::UNTOLD && oid == Oid::JSONB => {
                Self::Json("[]".into())
            }
            (Self::Array(array), Some(item)) if array.item != item => {
                let mut array = array.into_owned();
                array.item = item;
                Self::Array(std::borrow::Cow::Owned(array))
            }
            (other, _) => other,
        }
    }

    /// Appends the bytes of PostgreSQL's binary format; of NULL there are none.
    fn encode(&self, to: &mut Vec<u8>) {
        match self {
            Self::Null => {}
            Self::Bool(value) => to.push((*value).into()),
            Self::Int2(number) => to.extend_from_slice(&number.to_be_bytes()),
            Self::Int4(number) | Self::Date(number) => {
                to.extend_from_slice(&number.to_be_bytes());
            }
            Self::Int8(number)
            | Self::Time(number)
            | Self::Timestamp(number)
            | Self::TimestampTz(number) => to.extend_from_slice(&number.to_be_bytes()),
            Self::Float4(number) => to.extend_from_slice(&number.to_be_bytes()),
            Self::Float8(number) => to.extend_from_slice(&number.to_be_bytes()),
            Self::Numeric(number) => number.encode(to),
            Self::Text(text) | Self::Label(text) => to.extend_from_slice(text.as_bytes()),
            Self::Bytes(bytes) => to.extend_from_slice(bytes),
            Self::Uuid(bytes) => to.extend_from_slice(bytes),
            Self::Json(text) => {
                // The version of the format.
                to.push(1);
                to.extend_from_slice(text.as_bytes());
            }
            Self::Array(list) => list.encode(to),
        }
    }
}
