/// A value as PostgreSQL writes it and reads it, bytes as hexadecimal digits. Of NULL and lists there is none.
fn words(value: &Written<'_>) -> Option<String> {
    Some(match value {
        Written::Null | Written::Array(_) => return None,
        Written::Bool(value) => value.to_string(),
        Written::Int2(number) => number.to_string(),
        Written::Int4(number) => number.to_string(),
        Written::Int8(number) => number.to_string(),
        Written::Float4(number) => format!("{number:?}"),
        Written::Float8(number) => format!("{number:?}"),
        Written::Numeric(number) => number.to_string(),
        Written::Text(text) | Written::Label(text) | Written::Json(text) => text.to_string(),
        Written::Bytes(bytes) => hex(bytes),
        // PostgreSQL needs no hyphens, but writes them.
        Written::Uuid(bytes) => {
            let digits = hex(bytes);
            let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
            parts.map(|part| &digits[part]).join("-")
        }
        Written::Date(days) => {
            let (date, era) = date_words((*days).into());
            date + era
        }
        Written::Time(microseconds) => time_words(*microseconds),
        Written::Timestamp(microseconds) => moment_words(*microseconds, ""),
        Written::TimestampTz(microseconds) => moment_words(*microseconds, "+00"),
    })
}

/// A date, whatever the order of its parts is set to, and what stands behind it and the time that is with it: year 0 is the
/// first one before Christ.
fn date_words(days: i64) -> (String, &'static str) {
    let (year, month, day) = civil(days);
    let (year, era) = if year > 0 {
        (year, "")
    } else {
        (1 - year, " BC")
    };
    (format!("{year:04}-{month:02}-{day:02}"), era)
}

fn time_words(microseconds: i64) -> String {
    let (hour, minute, second, nanosecond) = time_of_day(microseconds);
    let microsecond = nanosecond / 1000;
    format!("{hour:02}:{minute:02}:{second:02}.{microsecond:06}")
}

fn moment_words(microseconds: i64, zone: &str) -> String {
    let (date, era) = date_words(microseconds.div_euclid(DAY));
    let time = time_words(microseconds.rem_euclid(DAY));
    format!("{date} {time}{zone}{era}")
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// A stored value in words.
fn shown(stored: ValueRef<'_>) -> String {
    let Some(bytes) = stored.bytes else {
        return "NULL".to_owned();
    };
    let number = |wrap: fn(i64) -> Written<'static>| {
        let number = i64::from_be_bytes(bytes.try_into().ok()?);
        Some(wrap(number))
    };
    let value = match stored.oid {
        Oid::BOOL => bool::read(stored).ok().map(Written::Bool),
        Oid::INT2 | Oid::INT4 | Oid::INT8 => i64::read(stored).ok().map(Written::Int8),
        Oid::FLOAT4 | Oid::FLOAT8 => f64::read(stored).ok().map(Written::Float8),
        Oid::NUMERIC => Numeric::decode(stored).ok().map(Written::Numeric),
        Oid::UUID => stored.fixed(bytes).ok().map(Written::Uuid),
        Oid::DATE => {
            let days = stored.fixed(bytes).ok().map(i32::from_be_bytes);
            days.map(Written::Date)
        }
        Oid::TIME => number(Written::Time),
        Oid::TIMESTAMP => number(Written::Timestamp),
        Oid::TIMESTAMPTZ => number(Written::TimestampTz),
        _ => stored.text().ok().map(|text| Written::Text(text.into())),
    };
    value
        .and_then(|value| words(&value))
        .unwrap_or_else(|| hex(bytes))
}
