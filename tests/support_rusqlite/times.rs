//! Tests of dates and times: the types of every crate are stored as the same texts.

use super::inside::written;
use super::*;
use ::{chrono, jiff, time};

const DATES: [&str; 6] = [
    "0000-01-01",
    "0004-02-29",
    "1969-12-31",
    "1970-01-01",
    "2024-02-29",
    "9999-12-31",
];

const TIMES: [&str; 4] = [
    "00:00:00.000000",
    "08:15:00.000005",
    "18:59:00.500000",
    "23:59:59.999999",
];

/// What is no date, and what is no time of day.
const NO_DATES: [&str; 14] = [
    "",
    "2023-02-29",
    "1900-02-29",
    "2026-13-01",
    "2026-00-01",
    "2026-01-00",
    "2026-1-01",
    "26-01-01",
    "+026-01-01",
    "-001-01-01",
    "12026-01-01",
    "2026/01/01",
    " 2026-01-01",
    "2026-01-01 ",
];
const NO_TIMES: [&str; 12] = [
    "",
    "24:00:00",
    "08:60:00",
    "23:59:60",
    "08:15",
    "8:15:00",
    "08:15:00.",
    "08:15:00,5",
    "08:15:00.5x",
    "08:15:00 ",
    "+8:15:00",
    "٠٨:15:00",
];

fn read<K: ColumnType>(text: &str) -> Result<K::Value, Mismatch> {
    let conn = Connection::open_in_memory().expect("a database");
    let value: Value = conn
        .query_row("SELECT ?1", [text], |row| row.get(0))
        .expect("a text");
    K::read(ValueRef::from(&value))
}

/// Each text is read, and written again byte for byte.
fn kept<K: ColumnType>(texts: &[String]) {
    for text in texts {
        let value = read::<K>(text).unwrap_or_else(|error| panic!("{error}"));
        let again = written::<K>(value).expect("fits");
        assert_eq!(again, Value::Text(text.clone()));
    }
}

fn refused<K: ColumnType>(texts: &[String]) {
    for text in texts {
        assert!(read::<K>(text).is_err(), "{text:?} was read");
    }
    for stored in [
        ValueRef::Null,
        ValueRef::Integer(2_461_368),
        ValueRef::Blob(b"2026-11-23"),
    ] {
        assert!(K::read(stored).is_err());
    }
}

fn all(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

/// Each date with each time of day.
fn both(dates: &[&str], times: &[&str], end: &str) -> Vec<String> {
    let with = |date: &&str| {
        let date = (*date).to_owned();
        times.iter().map(move |time| format!("{date} {time}{end}"))
    };
    dates.iter().flat_map(with).collect()
}

/// The four types of a crate, whose instants are on `days`.
fn same_texts<D, T, L, I>(days: &[&str])
where
    D: ColumnType,
    T: ColumnType,
    L: ColumnType,
    I: ColumnType,
{
    kept::<D>(&all(&DATES));
    kept::<T>(&all(&TIMES));
    kept::<L>(&both(&DATES, &TIMES, ""));
    kept::<I>(&both(days, &TIMES, "Z"));

    refused::<D>(&all(&NO_DATES));
    refused::<T>(&all(&NO_TIMES));
    refused::<D>(&both(&DATES, &TIMES, ""));
    refused::<T>(&both(&DATES, &TIMES, ""));
    for (end, other) in [("", "Z"), ("Z", ""), ("Z", "+00:00"), ("Z", "z")] {
        let mut wrong = both(&NO_DATES, &TIMES, end);
        wrong.extend(both(&DATES, &NO_TIMES, end));
        wrong.extend(both(&DATES, &TIMES, other));
        wrong.extend(all(&DATES).iter().map(|date| format!("{date}{end}")));
        wrong.push(format!("2026-11-23T08:15:00{end}"));
        wrong.push(format!("2026-11-23  08:15:00{end}"));
        match end {
            "" => refused::<L>(&wrong),
            _ => refused::<I>(&wrong),
        }
    }
}

#[test]
fn every_crate_has_the_same_texts() {
    same_texts::<
        chrono::NaiveDate,
        chrono::NaiveTime,
        chrono::NaiveDateTime,
        chrono::DateTime<chrono::Utc>,
    >(&DATES);
    same_texts::<time::Date, time::Time, time::PrimitiveDateTime, time::OffsetDateTime>(&DATES);
    // Its instants end a day early.
    let (last, days) = DATES.split_last().expect("dates");
    same_texts::<jiff::civil::Date, jiff::civil::Time, jiff::civil::DateTime, jiff::Timestamp>(
        days,
    );
    refused::<jiff::Timestamp>(&both(&[last], &TIMES, "Z"));
    kept::<jiff::Timestamp>(&["9999-12-30 22:00:00.999999Z".to_owned()]);
}

#[test]
fn what_is_read_is_what_the_text_says() {
    let text = "2026-11-23 08:15:07.000005Z";
    let local = &text[..text.len() - 1];
    let (date, clock) = local.split_once(' ').expect("both");

    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    let moment = day.and_hms_micro_opt(8, 15, 7, 5).expect("a time");
    assert_eq!(read::<chrono::NaiveDate>(date).expect("a date"), day);
    let read_time = read::<chrono::NaiveTime>(clock);
    assert_eq!(read_time.expect("a time"), moment.time());
    let read_local = read::<chrono::NaiveDateTime>(local);
    assert_eq!(read_local.expect("both"), moment);
    let read_instant = read::<chrono::DateTime<chrono::Utc>>(text);
    assert_eq!(read_instant.expect("an instant"), moment.and_utc());

    let day = time::Date::from_calendar_date(2026, time::Month::November, 23).expect("a date");
    let moment = day.with_hms_micro(8, 15, 7, 5).expect("a time");
    assert_eq!(read::<time::Date>(date).expect("a date"), day);
    assert_eq!(read::<time::Time>(clock).expect("a time"), moment.time());
    let read_local = read::<time::PrimitiveDateTime>(local);
    assert_eq!(read_local.expect("both"), moment);
    let read_instant = read::<time::OffsetDateTime>(text);
    assert_eq!(read_instant.expect("an instant"), moment.assume_utc());

    let moment = jiff::civil::date(2026, 11, 23).at(8, 15, 7, 5_000);
    assert_eq!(
        read::<jiff::civil::Date>(date).expect("a date"),
        moment.date()
    );
    assert_eq!(
        read::<jiff::civil::Time>(clock).expect("a time"),
        moment.time()
    );
    let read_local = read::<jiff::civil::DateTime>(local);
    assert_eq!(read_local.expect("both"), moment);
    let instant = jiff::tz::Offset::UTC.to_timestamp(moment).expect("fits");
    assert_eq!(read::<jiff::Timestamp>(text).expect("an instant"), instant);
}

#[test]
fn fractions_of_any_length_are_read() {
    for (text, nanosecond) in [
        ("08:15:00", 0),
        ("08:15:00.5", 500_000_000),
        ("08:15:00.123", 123_000_000),
        ("08:15:00.000000001", 1),
        ("08:15:00.9999999999999", 999_999_999),
    ] {
        let expected = chrono::NaiveTime::from_hms_nano_opt(8, 15, 0, nanosecond);
        assert_eq!(read::<chrono::NaiveTime>(text).ok(), expected, "{text}");
        let expected = time::Time::from_hms_nano(8, 15, 0, nanosecond).ok();
        assert_eq!(read::<time::Time>(text).ok(), expected, "{text}");
        let nanosecond = nanosecond.cast_signed();
        let expected = jiff::civil::Time::new(8, 15, 0, nanosecond).ok();
        assert_eq!(read::<jiff::civil::Time>(text).ok(), expected, "{text}");
    }
}

/// A value and an operand are stored as the same text.
fn stored<K: ColumnType<Value = K, Operand = K>>(value: &K) -> Result<String, String> {
    let text = |stored: Result<Written<'_>, Mismatch>| {
        let stored = stored.map_err(|error| error.to_string())?;
        match owned(stored).expect("a plain value") {
            Value::Text(text) => Ok(text),
            other => panic!("{other:?}"),
        }
    };
    let written = text(K::write(value));
    assert_eq!(text(K::operand(value)), written);
    written
}

#[test]
fn what_is_finer_than_a_microsecond_is_cut_off() {
    // Before the epoch as well: towards the past, as the digits are.
    for (seconds, expected) in [
        (0, "1970-01-01 00:00:00.000001Z"),
        (-1, "1969-12-31 23:59:59.000001Z"),
    ] {
        let text = Ok(expected.to_owned());
        let instant = chrono::DateTime::from_timestamp(seconds, 1_999).expect("an instant");
        assert_eq!(stored(&instant), text);
        let nanos = i128::from(seconds) * 1_000_000_000 + 1_999;
        let instant = time::OffsetDateTime::from_unix_timestamp_nanos(nanos);
        assert_eq!(stored(&instant.expect("an instant")), text);
        let instant = jiff::Timestamp::from_nanosecond(nanos).expect("an instant");
        assert_eq!(stored(&instant), text);
    }
}

#[test]
fn years_that_four_digits_do_not_write_are_refused() {
    let told = |year| Err(format!("the year {year} is not between 0000 and 9999"));
    for year in [-1, 10_000] {
        let day = chrono::NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
        assert_eq!(stored(&day), told(year));
        let moment = chrono::NaiveDateTime::from(day);
        assert_eq!(stored(&moment), told(year));
        assert_eq!(stored(&moment.and_utc()), told(year));
    }
    let day = time::Date::from_calendar_date(-1, time::Month::December, 31).expect("a date");
    assert_eq!(stored(&day), told(-1));
    assert_eq!(stored(&day.midnight()), told(-1));
    assert_eq!(stored(&day.midnight().assume_utc()), told(-1));
    let moment = jiff::civil::date(-1, 12, 31).at(0, 0, 0, 0);
    assert_eq!(stored(&moment.date()), told(-1));
    assert_eq!(stored(&moment), told(-1));
    let instant = jiff::tz::Offset::UTC.to_timestamp(moment).expect("fits");
    assert_eq!(stored(&instant), told(-1));
}

#[test]
fn an_instant_of_any_offset_is_stored_in_utc() {
    let offset = |hours| time::UtcOffset::from_hms(hours, 0, 0).expect("an offset");
    let day = |year, month, day| time::Date::from_calendar_date(year, month, day).expect("a date");
    let noon = time::Time::from_hms(12, 0, 0).expect("a time");
    let at = |date, hours| time::OffsetDateTime::new_in_offset(date, noon, offset(hours));
    let new_year = day(2026, time::Month::January, 1);
    let text = |text: &str| Ok(text.to_owned());
    assert_eq!(
        stored(&at(new_year, 2)),
        text("2026-01-01 10:00:00.000000Z")
    );
    assert_eq!(
        stored(&at(new_year, 14)),
        text("2025-12-31 22:00:00.000000Z")
    );
    // There it is a year that has four digits, in UTC it is none.
    let told = |year| Err(format!("the year {year} is not between 0000 and 9999"));
    let first = day(0, time::Month::January, 1);
    assert_eq!(stored(&at(first, 13)), told(-1));
    let last = day(9999, time::Month::December, 31);
    assert_eq!(stored(&at(last, -13)), told(10_000));
    let before = day(-9999, time::Month::January, 1);
    assert_eq!(stored(&at(before, 13)), told(-10_000));
}

#[test]
fn leap_seconds_are_refused() {
    let leap = chrono::NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000);
    let told = stored(&leap.expect("a leap second"));
    assert_eq!(told, Err("SQLite knows no leap second".to_owned()));
    let moment = chrono::NaiveDate::default().and_time(leap.expect("a leap second"));
    assert!(stored(&moment).is_err());
    assert!(stored(&moment.and_utc()).is_err());
}

#[test]
fn what_cannot_be_read_is_told_by_text_and_type() {
    let told = read::<jiff::Timestamp>("9999-12-31 00:00:00.000000Z");
    assert_eq!(
        told.expect_err("out of range").to_string(),
        "\"9999-12-31 00:00:00.000000Z\" is no jiff::Timestamp"
    );
    let told = read::<chrono::DateTime<chrono::Utc>>("now");
    assert_eq!(
        told.expect_err("no instant").to_string(),
        "\"now\" is no chrono::DateTime<chrono::Utc>"
    );
}
