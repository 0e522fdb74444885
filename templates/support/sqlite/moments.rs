/// What stands in the text that a moment is stored as, in this order. It is of fixed width, so that the order of texts is that
/// of the moments.
struct Form {
    date: bool,
    time: bool,
    end: &'static str,
}

impl Form {
    const DATE: Self = Self {
        date: true,
        time: false,
        end: "",
    };
    const TIME: Self = Self {
        date: false,
        time: true,
        end: "",
    };
    const DATETIME: Self = Self {
        date: true,
        time: true,
        end: "",
    };
    const TIMESTAMP: Self = Self {
        date: true,
        time: true,
        end: "Z",
    };

    fn read(&self, text: &str) -> Option<Numbers> {
        let mut rest = Digits(text.strip_suffix(self.end)?.as_bytes());
        let mut numbers = Numbers::default();
        if self.date {
            numbers.date = rest.date()?;
        }
        if self.date && self.time {
            rest.pass(b' ')?;
        }
        if self.time {
            numbers.time = rest.time()?;
        }
        rest.0.is_empty().then_some(numbers)
    }

    fn write(&self, numbers: Numbers) -> Result<String, Mismatch> {
        use std::fmt::Write as _;

        let (year, month, day) = numbers.date;
        let (hour, minute, second, nanosecond) = numbers.time;
        if !(0..=9999).contains(&year) {
            return Err(format!("the year {year} is not between 0000 and 9999").into());
        }
        if nanosecond >= 1_000_000_000 {
            return Err("SQLite knows no leap second".into());
        }
        let mut text = String::with_capacity(27);
        // Writing to a String cannot fail.
        if self.date {
            let _ = write!(text, "{year:04}-{month:02}-{day:02}");
        }
        if self.date && self.time {
            text.push(' ');
        }
        if self.time {
            let microsecond = nanosecond / 1000;
            let _ = write!(text, "{hour:02}:{minute:02}:{second:02}.{microsecond:06}");
        }
        text.push_str(self.end);
        Ok(text)
    }
}

/// What is still to be read of a text.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn date(&mut self) -> Option<(i32, u32, u32)> {
        let year = i32::try_from(self.number(4)?).ok()?;
        self.pass(b'-')?;
        let month = self.number(2)?;
        self.pass(b'-')?;
        Some((year, month, self.number(2)?))
    }

    /// SQL of the user's own may have fewer digits behind the point than six, or no point, or more.
    fn time(&mut self) -> Option<(u32, u32, u32, u32)> {
        let hour = self.number(2)?;
        self.pass(b':')?;
        let minute = self.number(2)?;
        self.pass(b':')?;
        let second = self.number(2)?;
        let nanosecond = match self.pass(b'.') {
            Some(()) => self.fraction()?,
            None => 0,
        };
        Some((hour, minute, second, nanosecond))
    }

    /// The number that the next `count` digits make.
    fn number(&mut self, count: u32) -> Option<u32> {
        (0..count).try_fold(0, |number, _| Some(number * 10 + self.digit()?))
    }

    /// All digits that follow, as nanoseconds.
    fn fraction(&mut self) -> Option<u32> {
        let mut unit = 100_000_000;
        let mut nanosecond = self.digit()? * unit;
        while let Some(digit) = self.digit() {
            unit /= 10;
            nanosecond += digit * unit;
        }
        Some(nanosecond)
    }

    fn digit(&mut self) -> Option<u32> {
        let (first, rest) = self.0.split_first()?;
        let digit = char::from(*first).to_digit(10)?;
        self.0 = rest;
        Some(digit)
    }

    /// Goes on behind `byte`.
    fn pass(&mut self, byte: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == byte).then(|| self.0 = rest)
    }
}

macro_rules! moments {
    ($($value:ty),+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = Self;

            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                let text = stored.as_str()?;
                let value = Self::FORM.read(text).and_then(Moment::from_numbers);
                value.ok_or_else(|| format!("{text:?} is no {}", stringify!($value)).into())
            }

            fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
                let text = Self::FORM.write(value.numbers())?;
                Ok(Written::from(text))
            }

            fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
                Self::write(value)
            }
        }

        impl Settable for $value {}

        ref_from!($value);
    )+};
}
