/// The microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// The days from 0000-03-01 to 2000-01-01, which PostgreSQL counts from. Years that begin in March have their odd day at the
/// end.
const EPOCH: i64 = 730_425;

/// The days of 400 years: all come again after them.
const CYCLE: i64 = 146_097;

/// The days from 2000-01-01 to a date of the Gregorian calendar.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // Five months from March on, and from August on, have 153 days.
    year * 365 + leap + (153 * month + 2) / 5 + day - 1 - EPOCH
}

/// Year, month and day of the date so many days after 2000-01-01.
fn civil(days: i64) -> (i64, u32, u32) {
    let days = days.saturating_add(EPOCH);
    let in_cycle = days.rem_euclid(CYCLE);
    let leap = in_cycle / 1460 - in_cycle / 36_524 + in_cycle / (CYCLE - 1);
    let year_of_cycle = (in_cycle - leap) / 365;
    let in_year = in_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month = (5 * in_year + 2) / 153;
    let day = in_year - (153 * month + 2) / 5 + 1;
    let (later, month) = if month < 10 {
        (0, month + 3)
    } else {
        (1, month - 9)
    };
    let year = days.div_euclid(CYCLE) * 400 + year_of_cycle + later;
    let small = |number: i64| u32::try_from(number).unwrap_or_default();
    (year, small(month), small(day))
}

/// Hour, minute, second and nanosecond of so many microseconds of a day.
fn time_of_day(microseconds: i64) -> (u32, u32, u32, u32) {
    let part = |unit: i64, most: i64| u32::try_from(microseconds / unit % most).unwrap_or_default();
    let (second, minute) = (1_000_000, 60_000_000);
    (
        part(minute * 60, 24),
        part(minute, 60),
        part(second, 60),
        part(1, second) * 1000,
    )
}
