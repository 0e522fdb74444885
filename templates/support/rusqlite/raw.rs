/// A condition or a value in SQL: see [`raw`].
#[derive(Debug, Clone, PartialEq)]
#[must_use = "it does nothing until it is part of a query"]
pub struct Raw {
    sql: String,
    args: Result<Vec<Value>, String>,
}

/// SQL of your own, as a condition of a query or as the value that [`Column::set`] gives. Each `?` stands for one of
/// `args`, in order: an array or a tuple of values, or `()`. Values take the form in which columns of their type are
/// stored. Columns are called by their names in the database.
///
/// The text goes into the statement as it is. Never build it from what others may write: that is what `args` are for.
///
/// ```text
/// let short = Student::query().filter(raw("length(name) < ?", [4])).all(&conn)?;
/// let of_both = course::TITLE.eq("Math").or(raw("title = upper(title)", ()));
/// ```
pub fn raw(sql: impl Into<String>, args: impl RawArgs) -> Raw {
    Raw {
        sql: sql.into(),
        args: args.values(),
    }
}

impl Raw {
    /// Both conditions.
    #[must_use]
    pub fn and<T>(self, other: impl Condition<T>) -> Filter<T> {
        self.filter().and(other)
    }

    /// One of the conditions, or both.
    #[must_use]
    pub fn or<T>(self, other: impl Condition<T>) -> Filter<T> {
        self.filter().or(other)
    }

    /// Puts the text into `sql`, its parameters numbered, and its arguments behind `params`.
    fn push(self, sql: &mut String, params: &mut Vec<Value>) -> Result<()> {
        let args = self.args.map_err(|source| Error::Encode {
            column: "raw",
            source: source.into(),
        })?;
        let placeholders = numbered(&self.sql, params.len(), sql);
        if placeholders != args.len() {
            return Err(rusqlite::Error::InvalidParameterCount(args.len(), placeholders).into());
        }
        params.extend(args);
        Ok(())
    }
}

/// Puts `text` behind `sql` with a number for each `?`, the first being `before + 1`; how many values they stand for.
/// `?2` is the second. What stands in literals, quoted names and comments is left alone.
fn numbered(text: &str, before: usize, sql: &mut String) -> usize {
    use std::fmt::Write as _;
    let mut count = 0;
    let mut rest = text;
    while let Some(at) = rest.find(['?', '\'', '"', '`', '[', '-', '/']) {
        let (plain, special) = rest.split_at(at);
        sql.push_str(plain);
        if let Some(behind) = special.strip_prefix('?') {
            let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
            let number = behind[..digits].parse().unwrap_or(count + 1);
            count = count.max(number);
            // Writing to a String cannot fail.
            let _ = write!(sql, "?{}", before + number);
            rest = &behind[digits..];
            continue;
        }
        let (token, behind) = special.split_at(token_length(special));
        sql.push_str(token);
        rest = behind;
    }
    sql.push_str(rest);
    count
}

/// The length of the literal, quoted name or comment that `text` begins with, or of its first character.
fn token_length(text: &str) -> usize {
    let (open, end) = match text.as_bytes() {
        [b'\'', ..] => (1, "'"),
        [b'"', ..] => (1, "\""),
        [b'`', ..] => (1, "`"),
        [b'[', ..] => (1, "]"),
        [b'-', b'-', ..] => (2, "\n"),
        [b'/', b'*', ..] => (2, "*/"),
        _ => return 1,
    };
    text[open..]
        .find(end)
        .map_or(text.len(), |at| open + at + end.len())
}

/// The arguments of [`raw`]: an array, a tuple of up to eight, or `()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no arguments of raw SQL",
    note = "write an array `[a, b]`, a tuple `(a, \"b\")`, or `()`"
)]
pub trait RawArgs {
    /// The stored forms.
    ///
    /// # Errors
    ///
    /// What cannot be stored, in words.
    fn values(self) -> Result<Vec<Value>, String>;
}

/// An argument of [`raw`].
#[diagnostic::on_unimplemented(message = "`{Self}` is no argument of raw SQL")]
pub trait RawArg {
    /// The stored form.
    ///
    /// # Errors
    ///
    /// What cannot be stored, in words.
    fn value(self) -> Result<Value, String>;
}

impl<V: ColumnType<Value = V>> RawArg for V {
    fn value(self) -> Result<Value, String> {
        let value = V::write(&self).map_err(|source| source.to_string())?;
        owned(value).map_err(|source| source.to_string())
    }
}

impl RawArg for &str {
    fn value(self) -> Result<Value, String> {
        Ok(Value::Text(self.to_owned()))
    }
}

impl RawArg for &[u8] {
    fn value(self) -> Result<Value, String> {
        Ok(Value::Blob(self.to_owned()))
    }
}

impl RawArgs for () {
    fn values(self) -> Result<Vec<Value>, String> {
        Ok(Vec::new())
    }
}

impl<A: RawArg, const N: usize> RawArgs for [A; N] {
    fn values(self) -> Result<Vec<Value>, String> {
        self.into_iter().map(RawArg::value).collect()
    }
}

impl<T: RawArg> RawArgs for Vec<T> {
    fn values(self) -> Result<Vec<Value>, String> {
        self.into_iter().map(RawArg::value).collect()
    }
}

macro_rules! raw_args_of_tuples {
    ($(($($arg:ident),+))+) => {$(
        impl<$($arg: RawArg),+> RawArgs for ($($arg,)+) {
            #[expect(non_snake_case, reason = "the names of the type parameters serve as variables")]
            fn values(self) -> Result<Vec<Value>, String> {
                let ($($arg,)+) = self;
                Ok(vec![$($arg.value()?),+])
            }
        }
    )+};
}

raw_args_of_tuples! {
    (A)
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
    (A, B, C, D, E, F, G)
    (A, B, C, D, E, F, G, H)
}
