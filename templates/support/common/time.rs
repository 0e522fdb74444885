// Dates and times of the crate `time`.

moments!(
    time::Date,
    time::Time,
    time::PrimitiveDateTime,
    time::OffsetDateTime
);

impl Moment for time::Date {
    const FORM: Form = Form::DATE;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let (year, month, day) = numbers.date;
        let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
        Self::from_calendar_date(year, month, day.try_into().ok()?).ok()
    }

    fn numbers(&self) -> Numbers {
        let (year, month, day) = self.to_calendar_date();
        Numbers {
            date: (year, u8::from(month).into(), day.into()),
            ..Numbers::default()
        }
    }
}

impl Moment for time::Time {
    const FORM: Form = Form::TIME;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let (hour, minute, second, nanosecond) = numbers.time;
        let number = |number: u32| u8::try_from(number).ok();
        Self::from_hms_nano(number(hour)?, number(minute)?, number(second)?, nanosecond).ok()
    }

    fn numbers(&self) -> Numbers {
        let (hour, minute, second, nanosecond) = self.as_hms_nano();
        Numbers {
            time: (hour.into(), minute.into(), second.into(), nanosecond),
            ..Numbers::default()
        }
    }
}

impl Moment for time::PrimitiveDateTime {
    const FORM: Form = Form::DATETIME;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let date = Moment::from_numbers(numbers)?;
        Some(Self::new(date, Moment::from_numbers(numbers)?))
    }

    fn numbers(&self) -> Numbers {
        Numbers {
            date: self.date().numbers().date,
            ..self.time().numbers()
        }
    }
}

impl Moment for time::OffsetDateTime {
    const FORM: Form = Form::TIMESTAMP;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        time::PrimitiveDateTime::from_numbers(numbers).map(time::PrimitiveDateTime::assume_utc)
    }

    fn numbers(&self) -> Numbers {
        match self.checked_to_offset(time::UtcOffset::UTC) {
            Some(utc) => time::PrimitiveDateTime::new(utc.date(), utc.time()).numbers(),
            // In UTC it is in the year behind the last one of the crate, or before the first.
            None => Numbers {
                date: (self.year() + self.year().signum(), 1, 1),
                ..Numbers::default()
            },
        }
    }
}
