/// How a moment is stored: years 0000 to 9999, microseconds; what is finer is cut off, in conditions too: a row is found by
/// the moment that it was stored with.
struct Form {
    oid: u32,
    date: bool,
    time: bool,
}

impl Form {
    const DATE: Self = Self {
        oid: Oid::DATE,
        date: true,
        time: false,
    };
    const TIME: Self = Self {
        oid: Oid::TIME,
        date: false,
        time: true,
    };
    const DATETIME: Self = Self {
        oid: Oid::TIMESTAMP,
        date: true,
        time: true,
    };
    const TIMESTAMP: Self = Self {
        oid: Oid::TIMESTAMPTZ,
        date: true,
        time: true,
    };

    fn read(&self, stored: ValueRef<'_>) -> Result<Numbers, Mismatch> {
        let bytes = stored.of(&[self.oid])?;
        let mut numbers = Numbers::default();
        if !self.time {
            let days = i32::from_be_bytes(stored.fixed(bytes)?);
            if matches!(days, i32::MIN | i32::MAX) {
                return Err(infinite());
            }
            numbers.date = read_date(days.into())?;
            return Ok(numbers);
        }
        let microseconds = i64::from_be_bytes(stored.fixed(bytes)?);
        if self.date {
            if matches!(microseconds, i64::MIN | i64::MAX) {
                return Err(infinite());
            }
            numbers.date = read_date(microseconds.div_euclid(DAY))?;
            numbers.time = time_of_day(microseconds.rem_euclid(DAY));
        } else if (0..DAY).contains(&microseconds) {
            numbers.time = time_of_day(microseconds);
        } else if microseconds == DAY {
            return Err("the time 24:00:00 is that of no day".into());
        } else {
            return Err(stored.damaged());
        }
        Ok(numbers)
    }

    fn write(&self, numbers: Numbers) -> Result<Written<'static>, Mismatch> {
        let (year, month, day) = numbers.date;
        let (hour, minute, second, nanosecond) = numbers.time;
        if !YEARS.contains(&year) {
            return Err(beyond(year.into()));
        }
        if nanosecond >= 1_000_000_000 {
            return Err("PostgreSQL knows no leap second".into());
        }
        let seconds = i64::from((hour * 60 + minute) * 60 + second);
        let time = seconds * 1_000_000 + i64::from(nanosecond / 1000);
        if !self.date {
            return Ok(Written::Time(time));
        }
        let days = days_of(year.into(), month.into(), day.into());
        Ok(match self.oid {
            Oid::DATE => Written::Date(i32::try_from(days)?),
            Oid::TIMESTAMP => Written::Timestamp(days * DAY + time),
            _ => Written::TimestampTz(days * DAY + time),
        })
    }
}

/// The years that can be stored in every database.
const YEARS: std::ops::RangeInclusive<i32> = 0..=9999;

#[cold]
fn infinite() -> Mismatch {
    "infinity is no moment".into()
}

#[cold]
fn beyond(year: i64) -> Mismatch {
    format!("the year {year} is not between 0000 and 9999").into()
}

fn read_date(days: i64) -> Result<(i32, u32, u32), Mismatch> {
    let (year, month, day) = civil(days);
    match i32::try_from(year) {
        Ok(year) if YEARS.contains(&year) => Ok((year, month, day)),
        _ => Err(beyond(year)),
    }
}

/// A moment is read and written by its numbers, whatever crate it is of.
macro_rules! moments {
    ($($value:ty),+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = Self;

            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                let value = Moment::from_numbers(Self::FORM.read(stored)?);
                value.ok_or_else(|| {
                    format!("{:?} is no {}", shown(stored), stringify!($value)).into()
                })
            }

            fn write(value: &Self) -> Result<Written<'_>, Mismatch> {
                Self::FORM.write(value.numbers())
            }

            fn operand(value: &Self) -> Result<Written<'_>, Mismatch> {
                Self::write(value)
            }
        }

        impl Settable for $value {}

        ref_from!($value);
    )+};
}
