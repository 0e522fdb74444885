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
/// let short = Student::query().filter(raw("length(name) < ?", [4])).all(&mut conn).await?;
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

    /// The rows of which the condition is false; see [`Filter::not`].
    #[must_use]
    #[allow(
        clippy::should_implement_trait,
        reason = "`!raw` would read worse behind a chain of calls"
    )]
    pub fn not<T>(self) -> Filter<T> {
        self.filter().not()
    }

    /// Puts the text behind `sql`, its parameters numbered from the one after `before` on; how many they are.
    fn write(&self, before: u64, sql: &mut String) -> Result<u64> {
        let args = self.args.as_ref().map_err(|source| Error::Encode {
            column: "raw",
            source: source.clone().into(),
        })?;
        let placeholders = numbered(&self.sql, before, args, sql).ok_or_else(|| Error::Encode {
            column: "raw",
            source: format!("the parentheses of `{}` do not fit", self.sql).into(),
        })?;
        if usize::try_from(placeholders) == Ok(args.len()) {
            return Ok(placeholders);
        }
        Err(wrong_count(args.len(), placeholders))
    }

    fn put(&self, to: &mut Params<'_>) {
        // What could not be stored was told when the text was written.
        put_stored(self.args.as_deref().unwrap_or_default(), to);
    }
}

/// Puts `text` behind `sql` with a number for each `?`, the first being `before + 1`; how many values they stand for.
/// `?2` is the second. What stands in literals, quoted names and comments is left alone. `None` when a parenthesis has no
/// other: the text would end one of the statement's.
fn numbered(text: &str, before: u64, args: &[Value], sql: &mut String) -> Option<u64> {
    let mut count = 0;
    let mut open = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find(['?', '(', ')', '\'', '"', '`', '[', '-', '/', '$', '#']) {
        let (plain, special) = rest.split_at(at);
        sql.push_str(plain);
        if let Some(behind) = special.strip_prefix('?') {
            let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, behind) = behind.split_at(digits);
            let number = match digits {
                "" => count + 1,
                digits => digits.parse().unwrap_or(u64::MAX),
            };
            count = count.max(number);
            // The database refuses the number 0, which would be another's otherwise.
            let before = if number == 0 { 0 } else { before };
            push_placeholder(sql, before.saturating_add(number));
            let place = usize::try_from(number.wrapping_sub(1)).unwrap_or(usize::MAX);
            sql.push_str(args.get(place).map_or("", cast));
            rest = behind;
            continue;
        }
        let passed = &text[..text.len() - special.len()];
        let (token, behind) = special.split_at(token_length(passed, special));
        match token {
            "(" => open += 1,
            ")" => open = open.checked_sub(1)?,
            _ => {}
        }
        sql.push_str(token);
        rest = behind;
    }
    sql.push_str(rest);
    (open == 0).then_some(count)
}

/// The arguments of [`raw`]: an array, a tuple of up to eight, or `()`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of arguments of raw SQL",
    label = "expected an array `[a, b]`, a tuple `(a, \"b\")` of up to eight, or `()`"
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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an argument of raw SQL",
    label = "expected a value that a column can have"
)]
pub trait RawArg {
    /// The stored form.
    ///
    /// # Errors
    ///
    /// What cannot be stored, in words.
    fn value(self) -> Result<Value, String>;
}

#[diagnostic::do_not_recommend]
impl<V: ColumnType<Value = V>> RawArg for V {
    fn value(self) -> Result<Value, String> {
        let value = V::write(&self).map_err(|source| source.to_string())?;
        owned(value).map_err(|source| source.to_string())
    }
}

impl RawArg for &str {
    fn value(self) -> Result<Value, String> {
        Ok(text(self))
    }
}

impl RawArg for &String {
    fn value(self) -> Result<Value, String> {
        Ok(text(self))
    }
}

impl RawArg for &[u8] {
    fn value(self) -> Result<Value, String> {
        Ok(blob(self))
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
        #[diagnostic::do_not_recommend]
        impl<$($arg: RawArg),+> RawArgs for ($($arg,)+) {
            #[expect(non_snake_case, reason = "the names of the type parameters serve as variables")]
            fn values(self) -> Result<Vec<Value>, String> {
                let ($($arg,)+) = self;
                [$($arg.value()),+].into_iter().collect()
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
