/// What a moment has. It is sent as text, which the server makes a moment of, an instant in UTC.
struct Form {
    date: bool,
    time: bool,
}

impl Form {
    const DATE: Self = Self {
        date: true,
        time: false,
    };
    const TIME: Self = Self {
        date: false,
        time: true,
    };
    const DATETIME: Self = Self {
        date: true,
        time: true,
    };
    const TIMESTAMP: Self = Self {
        date: true,
        time: true,
    };

    /// Reads the form of the binary protocol: a length, and as many of these as are not zero: year, month, day; hour, minute,
    /// second; microsecond. A time has a sign and days before it, which no time of a day has.
    fn read(&self, bytes: &[u8]) -> Option<Numbers> {
        let mut numbers = Numbers::default();
        let (_, mut rest) = bytes.split_first()?;
        if self.date {
            let [low, high, month, day, behind @ ..] = rest else {
                return None;
            };
            let year = u16::from_le_bytes([*low, *high]);
            numbers.date = (year.into(), (*month).into(), (*day).into());
            rest = behind;
        } else if let [sign, a, b, c, d, behind @ ..] = rest {
            if [*sign, *a, *b, *c, *d] != [0; 5] {
                return None;
            }
            rest = behind;
        }
        if let [hour, minute, second, behind @ ..] = rest {
            let microsecond = match behind {
                [] => 0,
                behind => u32::from_le_bytes(behind.try_into().ok()?),
            };
            let [hour, minute, second] = [hour, minute, second].map(|part| u32::from(*part));
            numbers.time = (hour, minute, second, microsecond * 1000);
        }
        Some(numbers)
    }

    fn write(&self, numbers: Numbers) -> Result<String, Mismatch> {
        use std::fmt::Write as _;

        let (year, month, day) = numbers.date;
        let (hour, minute, second, nanosecond) = numbers.time;
        if !(0..=9999).contains(&year) {
            return Err(format!("the year {year} is not between 0000 and 9999").into());
        }
        if nanosecond >= 1_000_000_000 {
            return Err("MySQL knows no leap second".into());
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
        Ok(text)
    }
}

macro_rules! moments {
    ($($value:ty),+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = Self;

            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                let value = Self::FORM.read(stored.as_blob()?).and_then(Moment::from_numbers);
                value.ok_or_else(|| concat!("it is no ", stringify!($value)).into())
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
