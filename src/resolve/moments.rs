//! Dates and times as text of fixed width, so that it sorts.

/// The word for the moment of a write.
pub(super) const NOW: &str = "now";

/// `2026-11-23`.
pub(super) fn date(text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let (year, month, day) = (
        digits(parts.next()?, 4)?,
        digits(parts.next()?, 2)?,
        digits(parts.next()?, 2)?,
    );
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let valid = parts.next().is_none() && (1..=days).contains(&day);
    valid.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `08:15:00.000000`; seconds and their fraction may be missing in `text`.
pub(super) fn time(text: &str) -> Option<String> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = clock.split(':');
    let (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let second = match parts.next() {
        Some(second) => digits(second, 2)?,
        None if clock.len() == text.len() => 0,
        None => return None,
    };
    let fraction = digits(fraction, fraction.len().clamp(1, 6)).map(|_| fraction)?;
    let valid = parts.next().is_none() && hour < 24 && minute < 60 && second < 60;
    valid.then(|| format!("{hour:02}:{minute:02}:{second:02}.{fraction:0<6}"))
}

/// `2026-11-23 08:15:00.000000`; `T` may stand for the space in `text`.
pub(super) fn datetime(text: &str) -> Option<String> {
    let (day, clock) = text.split_once([' ', 'T'])?;
    Some(format!("{} {}", date(day)?, time(clock)?))
}

/// `2026-11-23 08:15:00.000000Z`.
pub(super) fn timestamp(text: &str) -> Option<String> {
    Some(format!(
        "{}Z",
        datetime(text.strip_suffix('Z')?.trim_end())?
    ))
}

/// The number that exactly `count` digits make.
fn digits(text: &str, count: usize) -> Option<u32> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{date, datetime, time, timestamp};

    #[test]
    fn normalises() {
        assert_eq!(date("2024-02-29").as_deref(), Some("2024-02-29"));
        assert_eq!(date("0000-01-01").as_deref(), Some("0000-01-01"));
        assert_eq!(time("08:15").as_deref(), Some("08:15:00.000000"));
        assert_eq!(time("08:15:01.25").as_deref(), Some("08:15:01.250000"));
        assert_eq!(
            datetime("2026-11-23T08:15:00").as_deref(),
            Some("2026-11-23 08:15:00.000000")
        );
        assert_eq!(
            timestamp("2026-11-23 08:15:00Z").as_deref(),
            Some("2026-11-23 08:15:00.000000Z")
        );
    }

    #[test]
    fn refuses() {
        for text in [
            "2023-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "26-01-01",
            "2026-01-01-01",
            "+026-01-01",
            "",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
        for text in [
            "24:00",
            "08:60",
            "08:15:60",
            "8:15",
            "08:15:00.",
            "08:15:00.1234567",
            "08:15.5",
            "08",
            "08:15:00:00",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
        assert_eq!(datetime("2026-11-23"), None);
        assert_eq!(timestamp("2026-11-23 08:15:00"), None);
        assert_eq!(timestamp("2026-11-23 08:15:00+01:00"), None);
    }
}
