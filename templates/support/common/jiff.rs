// Dates and times of the crate `jiff`.

moments!(
    jiff::civil::Date,
    jiff::civil::Time,
    jiff::civil::DateTime,
    jiff::Timestamp
);

impl Moment for jiff::civil::Date {
    const FORM: Form = Form::DATE;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let (year, month, day) = numbers.date;
        let year = year.try_into().ok()?;
        Self::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
    }

    fn numbers(&self) -> Numbers {
        let number = |number: i8| number.unsigned_abs().into();
        Numbers {
            date: (self.year().into(), number(self.month()), number(self.day())),
            ..Numbers::default()
        }
    }
}

impl Moment for jiff::civil::Time {
    const FORM: Form = Form::TIME;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let (hour, minute, second, nanosecond) = numbers.time;
        let number = |number: u32| i8::try_from(number).ok();
        let nanosecond = nanosecond.try_into().ok()?;
        Self::new(number(hour)?, number(minute)?, number(second)?, nanosecond).ok()
    }

    fn numbers(&self) -> Numbers {
        let number = |number: i8| number.unsigned_abs().into();
        let (hour, minute, second) = (self.hour(), self.minute(), self.second());
        let nanosecond = self.subsec_nanosecond().unsigned_abs();
        Numbers {
            time: (number(hour), number(minute), number(second), nanosecond),
            ..Numbers::default()
        }
    }
}

impl Moment for jiff::civil::DateTime {
    const FORM: Form = Form::DATETIME;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let date = Moment::from_numbers(numbers)?;
        Some(Self::from_parts(date, Moment::from_numbers(numbers)?))
    }

    fn numbers(&self) -> Numbers {
        Numbers {
            date: self.date().numbers().date,
            ..self.time().numbers()
        }
    }
}

/// Its last instants are in the evening of 9999-12-30: what is stored beyond them cannot be read.
impl Moment for jiff::Timestamp {
    const FORM: Form = Form::TIMESTAMP;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let utc = Moment::from_numbers(numbers)?;
        jiff::tz::Offset::UTC.to_timestamp(utc).ok()
    }

    fn numbers(&self) -> Numbers {
        jiff::tz::Offset::UTC.to_datetime(*self).numbers()
    }
}
