// Dates and times of the crate `chrono`.

moments!(
    chrono::NaiveDate,
    chrono::NaiveTime,
    chrono::NaiveDateTime,
    chrono::DateTime<chrono::Utc>
);

impl Moment for chrono::NaiveDate {
    const FORM: Form = Form::DATE;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let (year, month, day) = numbers.date;
        Self::from_ymd_opt(year, month, day)
    }

    fn numbers(&self) -> Numbers {
        use chrono::Datelike as _;

        Numbers {
            date: (self.year(), self.month(), self.day()),
            ..Numbers::default()
        }
    }
}

impl Moment for chrono::NaiveTime {
    const FORM: Form = Form::TIME;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let (hour, minute, second, nanosecond) = numbers.time;
        Self::from_hms_nano_opt(hour, minute, second, nanosecond)
    }

    fn numbers(&self) -> Numbers {
        use chrono::Timelike as _;

        Numbers {
            time: (self.hour(), self.minute(), self.second(), self.nanosecond()),
            ..Numbers::default()
        }
    }
}

impl Moment for chrono::NaiveDateTime {
    const FORM: Form = Form::DATETIME;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        let date = chrono::NaiveDate::from_numbers(numbers)?;
        Some(date.and_time(Moment::from_numbers(numbers)?))
    }

    fn numbers(&self) -> Numbers {
        Numbers {
            date: self.date().numbers().date,
            ..self.time().numbers()
        }
    }
}

impl Moment for chrono::DateTime<chrono::Utc> {
    const FORM: Form = Form::TIMESTAMP;

    fn from_numbers(numbers: Numbers) -> Option<Self> {
        chrono::NaiveDateTime::from_numbers(numbers).map(|utc| utc.and_utc())
    }

    fn numbers(&self) -> Numbers {
        self.naive_utc().numbers()
    }
}
