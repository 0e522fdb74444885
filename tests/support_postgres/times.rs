//! Dates and times: the types of every crate are stored as the same numbers.

use super::bytes::{encoded, read};
use super::*;
use proptest::prelude::*;

/// Each number is read as a value, which is written as the number again.
fn kept<K: ColumnType>(oid: u32, numbers: &[i64]) {
    for number in numbers {
        let bytes = bytes_of(oid, *number);
        let value = read::<K>(oid, &bytes).unwrap_or_else(|error| panic!("{number}: {error}"));
        let written = K::write(&value).expect("it fits");
        assert_eq!((written.oid(), encoded(&written)), (oid, bytes));
    }
}

/// Why each number is no value.
fn refused<K: ColumnType<Value: std::fmt::Debug>>(oid: u32, numbers: &[(i64, &str)]) {
    for (number, words) in numbers {
        let told = read::<K>(oid, &bytes_of(oid, *number)).expect_err("no value");
        assert_eq!(told.to_string(), *words, "{number}");
    }
    for other in [
        Oid::DATE,
        Oid::TIME,
        Oid::TIMESTAMP,
        Oid::TIMESTAMPTZ,
        Oid::TEXT,
    ] {
        if other != oid {
            let told = read::<K>(other, &bytes_of(other, 0)).expect_err("another type");
            let words = format!(
                "it is stored as {}, and not as {}",
                Oid::name(other),
                Oid::name(oid)
            );
            assert_eq!(told.to_string(), words);
        }
    }
    assert!(read::<K>(oid, &[0; 7]).is_err());
}

fn bytes_of(oid: u32, number: i64) -> Vec<u8> {
    if oid == Oid::DATE {
        return i32::try_from(number).expect("days").to_be_bytes().into();
    }
    number.to_be_bytes().into()
}

/// 0000-01-01 and 9999-12-31.
const FIRST: i64 = -730_485;
const LAST: i64 = 2_921_939;

const DAYS: [i64; 7] = [FIRST, FIRST + 59, -10_957, -1, 0, 59, LAST];
const TIMES: [i64; 4] = [0, 29_700_000_005, 68_340_500_000, DAY - 1];

fn both(days: &[i64]) -> Vec<i64> {
    let with = |day: &i64| {
        let day = *day;
        TIMES.iter().map(move |time| day * DAY + time)
    };
    days.iter().flat_map(with).collect()
}

/// The four types of a crate, whose instants are on `days`.
fn same_numbers<D, T, L, I>(days: &[i64])
where
    D: ColumnType<Value: std::fmt::Debug>,
    T: ColumnType<Value: std::fmt::Debug>,
    L: ColumnType<Value: std::fmt::Debug>,
    I: ColumnType<Value: std::fmt::Debug>,
{
    kept::<D>(Oid::DATE, &DAYS);
    kept::<T>(Oid::TIME, &TIMES);
    kept::<L>(Oid::TIMESTAMP, &both(&DAYS));
    kept::<I>(Oid::TIMESTAMPTZ, &both(days));

    let (before, behind) = (
        "the year -1 is not between 0000 and 9999",
        "the year 10000 is not between 0000 and 9999",
    );
    let (least, most) = (i32::MIN.into(), i32::MAX.into());
    let infinite = "infinity is no moment";
    refused::<D>(
        Oid::DATE,
        &[
            (least, infinite),
            (most, infinite),
            (FIRST - 1, before),
            (LAST + 1, behind),
        ],
    );
    refused::<T>(
        Oid::TIME,
        &[
            (DAY, "the time 24:00:00 is that of no day"),
            (-1, "these bytes are no time"),
            (DAY + 1, "these bytes are no time"),
        ],
    );
    let moments = [
        (i64::MIN, infinite),
        (i64::MAX, infinite),
        (FIRST * DAY - 1, before),
        ((LAST + 1) * DAY, behind),
    ];
    refused::<L>(Oid::TIMESTAMP, &moments);
    refused::<I>(Oid::TIMESTAMPTZ, &moments);
}

#[test]
fn every_crate_has_the_same_numbers() {
    same_numbers::<
        ::chrono::NaiveDate,
        ::chrono::NaiveTime,
        ::chrono::NaiveDateTime,
        ::chrono::DateTime<::chrono::Utc>,
    >(&DAYS);
    same_numbers::<::time::Date, ::time::Time, ::time::PrimitiveDateTime, ::time::OffsetDateTime>(
        &DAYS,
    );
    // The instants of `jiff` end a day earlier.
    same_numbers::<
        ::jiff::civil::Date,
        ::jiff::civil::Time,
        ::jiff::civil::DateTime,
        ::jiff::Timestamp,
    >(&DAYS[..6]);
    let last = (LAST * DAY + TIMES[3]).to_be_bytes();
    let told = read::<::jiff::Timestamp>(Oid::TIMESTAMPTZ, &last).expect_err("beyond the crate");
    assert_eq!(
        told.to_string(),
        "\"9999-12-31 23:59:59.999999+00\" is no jiff::Timestamp"
    );
}

#[test]
fn what_is_finer_than_microseconds_is_cut_off() {
    let time = |nanosecond| {
        ::chrono::NaiveTime::from_hms_nano_opt(23, 59, 59, nanosecond).expect("a time")
    };
    let written =
        |time: &::chrono::NaiveTime| <::chrono::NaiveTime>::write(time).map(Written::into_value);
    assert_eq!(
        written(&time(999_999_999)).expect("a time"),
        Written::Time(DAY - 1)
    );
    assert_eq!(
        written(&time(999)).expect("a time"),
        Written::Time(DAY - 1_000_000)
    );
    let date = ::chrono::NaiveDate::from_ymd_opt(1999, 12, 31).expect("a date");
    let before = date.and_time(time(999_999_999));
    let written = <::chrono::NaiveDateTime as ColumnType>::write(&before).expect("a moment");
    assert_eq!(
        written,
        Written::Timestamp(-1),
        "away from the moments behind it"
    );
}

#[test]
fn leap_seconds_and_other_years_are_refused() {
    let leap = ::chrono::NaiveTime::from_hms_nano_opt(23, 59, 59, 1_000_000_000).expect("a time");
    let told = <::chrono::NaiveTime>::write(&leap).expect_err("a leap second");
    assert_eq!(told.to_string(), "PostgreSQL knows no leap second");
    for (year, words) in [(-1, "the year -1 "), (10_000, "the year 10000 ")] {
        let date = ::chrono::NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
        let told = <::chrono::NaiveDate>::operand(&date)
            .expect_err("too far")
            .to_string();
        assert_eq!(told, format!("{words}is not between 0000 and 9999"));
    }
    let east = ::time::OffsetDateTime::new_in_offset(
        ::time::Date::from_calendar_date(0, ::time::Month::January, 1).expect("a date"),
        ::time::Time::MIDNIGHT,
        ::time::UtcOffset::from_hms(1, 0, 0).expect("an offset"),
    );
    let told = <::time::OffsetDateTime>::write(&east).expect_err("it is a year earlier in UTC");
    assert!(told.to_string().starts_with("the year -1 "));
}

#[test]
fn days_are_counted_as_the_calendar_has_them() {
    let mut date = ::chrono::NaiveDate::from_ymd_opt(-401, 1, 1).expect("a date");
    let mut days = days_of(-401, 1, 1);
    while days < LAST + 500 {
        use ::chrono::Datelike as _;
        let (year, month, day) = (i64::from(date.year()), date.month(), date.day());
        assert_eq!(civil(days), (year, month, day));
        assert_eq!(days_of(year, month.into(), day.into()), days);
        date = date.succ_opt().expect("a date");
        days += 1;
    }
    assert_eq!(days_of(2000, 1, 1), 0);
}

proptest! {
    #[test]
    fn moments_come_back(days in FIRST..=LAST, time in 0..DAY) {
        kept::<::chrono::NaiveDateTime>(Oid::TIMESTAMP, &[days * DAY + time]);
        kept::<::time::OffsetDateTime>(Oid::TIMESTAMPTZ, &[days * DAY + time]);
        kept::<::jiff::civil::DateTime>(Oid::TIMESTAMP, &[days * DAY + time]);
    }
}
