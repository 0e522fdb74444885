/// Dates and times as text of fixed width, so that the order of texts is that of the moments. Years 0000 to 9999,
/// microseconds; what is finer is cut off, in conditions too: a row is found by the moment that it was stored with.
macro_rules! time_types {
    ($($value:ty, $format:literal, $year:expr, $read:expr;)+) => {$(
        impl ColumnType for $value {
            type Value = Self;
            type Base = Self;
            type Operand = Self;

            fn read(stored: ValueRef<'_>) -> Result<Self, Mismatch> {
                let read: fn(&str) -> chrono::ParseResult<Self> = $read;
                Ok(read(stored.as_str()?)?)
            }

            fn write(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
                let year: fn(&Self) -> i32 = $year;
                match year(value) {
                    0..=9999 => Ok(ToSqlOutput::from(value.format($format).to_string())),
                    year => Err(format!("the year {year} is not between 0000 and 9999").into()),
                }
            }

            fn operand(value: &Self) -> Result<ToSqlOutput<'_>, Mismatch> {
                Self::write(value)
            }
        }

        impl Settable for $value {}

        ref_from!($value);
    )+};
}

time_types! {
    chrono::NaiveDate, "%Y-%m-%d", chrono::Datelike::year,
        |text| Self::parse_from_str(text, "%Y-%m-%d");
    chrono::NaiveTime, "%H:%M:%S%.6f", |_| 0,
        |text| Self::parse_from_str(text, "%H:%M:%S%.f");
    chrono::NaiveDateTime, "%Y-%m-%d %H:%M:%S%.6f", chrono::Datelike::year,
        |text| Self::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f");
    chrono::DateTime<chrono::Utc>, "%Y-%m-%d %H:%M:%S%.6fZ", chrono::Datelike::year,
        |text| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.fZ").map(|time| time.and_utc());
}
