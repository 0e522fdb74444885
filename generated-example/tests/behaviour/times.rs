//! Dates and times in the types of each crate, over the same tables: what one writes, the others read.

use crate::db::{self, Connection};

use crate::on_both;
use crate::own::Instant;

/// Year, month, day, hour, minute, second, microsecond.
type Numbers = (i32, u8, u8, u8, u8, u8, u32);

/// Moments in their order, each with the text of its date, of its time of day and of both.
const MOMENTS: [(Numbers, &str); 8] = [
    ((0, 1, 1, 0, 0, 0, 0), "0000-01-01 00:00:00.000000"),
    ((1582, 10, 10, 12, 0, 0, 0), "1582-10-10 12:00:00.000000"),
    (
        (1969, 12, 31, 23, 59, 59, 999_999),
        "1969-12-31 23:59:59.999999",
    ),
    ((1970, 1, 1, 0, 0, 0, 0), "1970-01-01 00:00:00.000000"),
    ((1970, 1, 1, 0, 0, 0, 1), "1970-01-01 00:00:00.000001"),
    (
        (2024, 2, 29, 8, 15, 0, 500_000),
        "2024-02-29 08:15:00.500000",
    ),
    // The last hour of a timestamp of jiff.
    (
        (9999, 12, 30, 21, 59, 59, 999_999),
        "9999-12-30 21:59:59.999999",
    ),
    ((9999, 12, 30, 22, 0, 0, 0), "9999-12-30 22:00:00.000000"),
];

/// The last moment that is stored, which no timestamp of jiff is.
const LAST: Numbers = (9999, 12, 31, 23, 59, 59, 999_999);

mod of_chrono {
    use super::*;

    mod models {
        include!(concat!(env!("OUT_DIR"), "/chrono/times_jiff.rs"));
    }

    type Values = (
        chrono::NaiveDate,
        chrono::NaiveTime,
        chrono::NaiveDateTime,
        chrono::DateTime<chrono::Utc>,
    );

    fn values((year, month, day, hour, minute, second, microsecond): Numbers) -> Values {
        let day = chrono::NaiveDate::from_ymd_opt(year, month.into(), day.into()).unwrap();
        let (hour, minute, second) = (hour.into(), minute.into(), second.into());
        let local = day.and_hms_micro_opt(hour, minute, second, microsecond);
        let local = local.unwrap();
        (day, local.time(), local, local.and_utc())
    }

    include!("times/each.rs");

    /// A thousand nanoseconds are a microsecond.
    fn finer(instant: chrono::DateTime<chrono::Utc>) -> chrono::DateTime<chrono::Utc> {
        instant + chrono::TimeDelta::nanoseconds(999)
    }

    fn before_all() -> (chrono::NaiveDate, chrono::DateTime<chrono::Utc>) {
        let day = chrono::NaiveDate::from_ymd_opt(-1, 12, 31).unwrap();
        (day, chrono::NaiveDateTime::from(day).and_utc())
    }
}

mod of_time {
    use super::*;

    mod models {
        include!(concat!(env!("OUT_DIR"), "/time/times_jiff.rs"));
    }

    type Values = (
        time::Date,
        time::Time,
        time::PrimitiveDateTime,
        time::OffsetDateTime,
    );

    fn values((year, month, day, hour, minute, second, microsecond): Numbers) -> Values {
        let month = time::Month::try_from(month).unwrap();
        let day = time::Date::from_calendar_date(year, month, day).unwrap();
        let clock = time::Time::from_hms_micro(hour, minute, second, microsecond).unwrap();
        let local = time::PrimitiveDateTime::new(day, clock);
        (day, clock, local, local.assume_utc())
    }

    include!("times/each.rs");

    fn finer(instant: time::OffsetDateTime) -> time::OffsetDateTime {
        instant + time::Duration::nanoseconds(999)
    }

    fn before_all() -> (time::Date, time::OffsetDateTime) {
        let day = time::Date::from_calendar_date(-1, time::Month::December, 31).unwrap();
        (day, day.midnight().assume_utc())
    }

    #[test]
    fn an_instant_of_any_offset_is_found_and_comes_back_in_utc() {
        on_tables(|conn| {
            let utc = at(5).3;
            let there = utc.to_offset(time::UtcOffset::from_hms(-7, 30, 0).unwrap());
            let stored = Jiff::insert(
                conn,
                NewJiff {
                    at: there,
                    after: None,
                },
            );
            let stored = stored.unwrap();
            assert_eq!(stored.at.offset(), time::UtcOffset::UTC);
            assert_eq!(stored.at, utc);
            assert_eq!(Jiff::get(conn, there).unwrap(), stored);
            if db::SQLITE {
                let texts = db::texts(conn, "SELECT at FROM jiffs");
                assert_eq!(texts, ["2024-02-29 08:15:00.500000Z"]);
            }
        });
    }
}

mod of_jiff {
    use super::*;

    mod models {
        include!(concat!(env!("OUT_DIR"), "/jiff/times_jiff.rs"));
    }

    type Values = (
        jiff::civil::Date,
        jiff::civil::Time,
        jiff::civil::DateTime,
        jiff::Timestamp,
    );

    fn values((year, month, day, hour, minute, second, microsecond): Numbers) -> Values {
        let small = |number: u8| i8::try_from(number).unwrap();
        let year = i16::try_from(year).unwrap();
        let day = jiff::civil::Date::new(year, small(month), small(day)).unwrap();
        let nanosecond = i32::try_from(microsecond).unwrap() * 1000;
        let local = day.at(small(hour), small(minute), small(second), nanosecond);
        let instant = jiff::tz::Offset::UTC.to_timestamp(local);
        (day, local.time(), local, instant.unwrap())
    }

    include!("times/each.rs");

    fn finer(instant: jiff::Timestamp) -> jiff::Timestamp {
        instant + jiff::SignedDuration::from_nanos(999)
    }

    fn before_all() -> (jiff::civil::Date, jiff::Timestamp) {
        let day = jiff::civil::date(-1, 12, 31);
        let instant = jiff::tz::Offset::UTC.to_timestamp(day.at(0, 0, 0, 0));
        (day, instant.unwrap())
    }

    #[test]
    fn what_is_stored_behind_the_last_timestamp_is_no_value() {
        on_tables(|conn| {
            super::of_chrono::write(conn, &[LAST]);
            match Reading::query().all(conn) {
                Err(Error::Decode {
                    entity: "Reading",
                    column: "moment",
                    key,
                    source,
                }) => {
                    assert_eq!(key, "1");
                    let told = source.to_string();
                    assert!(told.ends_with(" is no jiff::Timestamp"), "{told}");
                    assert!(!db::SQLITE || told.starts_with("\"9999-12-31 23:59:59.999999Z\""));
                }
                other => panic!("{other:?}"),
            }
            // It sorts and counts, which is the database's business.
            let behind = Reading::query().filter(reading::MOMENT.gt(jiff::Timestamp::MAX));
            assert_eq!(behind.count(conn).unwrap(), 1);
        });
    }
}

/// What is stored of [`MOMENTS`], all columns of a row in one text.
fn stored() -> [String; MOMENTS.len()] {
    MOMENTS.map(|(_, text)| {
        let (day, clock) = text.split_once(' ').unwrap();
        format!("{day}|{clock}|{text}|{text}Z")
    })
}

/// What the generated code of a crate does.
#[derive(Clone, Copy)]
struct Crate {
    name: &'static str,
    open: fn(&Connection),
    write: fn(&Connection, &[Numbers]),
    written: fn(&Connection, &[Numbers]),
}

macro_rules! crates {
    ($($module:ident),+) => {
        [$(Crate {
            name: stringify!($module),
            open: $module::open,
            write: $module::write,
            written: $module::written,
        }),+]
    };
}

#[test]
fn what_one_writes_the_others_read() {
    let crates = crates!(of_chrono, of_time, of_jiff);
    let numbers = MOMENTS.map(|(numbers, _)| numbers);
    for writer in crates {
        on_both(writer.open, |conn| {
            (writer.write)(conn, &numbers);
            for reader in crates {
                (reader.written)(conn, &numbers);
                let sql = "SELECT day || '|' || clock || '|' || local || '|' || moment FROM readings ORDER BY id";
                if db::SQLITE {
                    let texts = db::texts(conn, sql);
                    assert_eq!(texts, stored(), "{}, {}", writer.name, reader.name);
                }
            }
        });
    }
    // Of the last day of all, where jiff has no instant.
    on_both(of_time::open, |conn| {
        of_time::write(conn, &[LAST]);
        of_chrono::written(conn, &[LAST]);
        of_time::written(conn, &[LAST]);
    });
}

#[test]
fn the_schema_is_the_same_with_every_crate() {
    assert_eq!(of_chrono::schema(), of_time::schema());
    assert_eq!(of_chrono::schema(), of_jiff::schema());
}
