//! The types that `specs/user_types.yaml` and others name, as a user writes them: nothing here knows a driver.

use std::fmt;

/// An address with an `@`; no more is derived than columns need.
#[derive(Debug, Clone, PartialEq)]
pub struct Email(String);

/// A text that is no address.
#[derive(Debug, PartialEq, Eq)]
pub struct NoEmail(String);

impl fmt::Display for NoEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} has no @", self.0)
    }
}

impl std::error::Error for NoEmail {}

impl TryFrom<String> for Email {
    type Error = NoEmail;

    fn try_from(text: String) -> Result<Self, NoEmail> {
        if text.contains('@') {
            Ok(Self(text))
        } else {
            Err(NoEmail(text))
        }
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

/// The number of a member: a whole number that can be no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberId(pub i32);

impl From<i32> for MemberId {
    fn from(number: i32) -> Self {
        Self(number)
    }
}

impl From<MemberId> for i32 {
    fn from(id: MemberId) -> Self {
        id.0
    }
}

/// What is paid, never negative; its error is a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price(pub rust_decimal::Decimal);

impl TryFrom<rust_decimal::Decimal> for Price {
    type Error = String;

    fn try_from(amount: rust_decimal::Decimal) -> Result<Self, String> {
        if amount < rust_decimal::Decimal::ZERO {
            return Err(format!("{amount} is no price"));
        }
        Ok(Self(amount))
    }
}

impl From<Price> for rust_decimal::Decimal {
    fn from(price: Price) -> Self {
        price.0
    }
}

/// A ticket's number, made anew for each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token(pub uuid::Uuid);

impl From<uuid::Uuid> for Token {
    fn from(number: uuid::Uuid) -> Self {
        Self(number)
    }
}

impl From<Token> for uuid::Uuid {
    fn from(token: Token) -> Self {
        token.0
    }
}

/// The day of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day(pub chrono::NaiveDate);

impl From<chrono::NaiveDate> for Day {
    fn from(date: chrono::NaiveDate) -> Self {
        Self(date)
    }
}

impl From<Day> for chrono::NaiveDate {
    fn from(day: Day) -> Self {
        day.0
    }
}

/// When something was changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment(pub chrono::DateTime<chrono::Utc>);

impl From<chrono::DateTime<chrono::Utc>> for Moment {
    fn from(moment: chrono::DateTime<chrono::Utc>) -> Self {
        Self(moment)
    }
}

impl From<Moment> for chrono::DateTime<chrono::Utc> {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Color(pub [u8; 3]);

impl TryFrom<Vec<u8>> for Color {
    type Error = &'static str;

    fn try_from(bytes: Vec<u8>) -> Result<Self, &'static str> {
        let bytes = bytes.try_into().map_err(|_| "a color has three bytes")?;
        Ok(Self(bytes))
    }
}

impl From<Color> for Vec<u8> {
    fn from(color: Color) -> Self {
        color.0.to_vec()
    }
}

/// A switch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Switch {
    /// Stored as true.
    On,
    /// Stored as false.
    Off,
}

impl From<bool> for Switch {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}

impl From<Switch> for bool {
    fn from(switch: Switch) -> Self {
        switch == Switch::On
    }
}

/// What a member has set, in a shape of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings(pub Vec<i64>);

impl TryFrom<serde_json::Value> for Settings {
    type Error = serde_json::Error;

    fn try_from(json: serde_json::Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(json).map(Self)
    }
}

impl From<Settings> for serde_json::Value {
    fn from(settings: Settings) -> Self {
        settings.0.into()
    }
}

/// How often a row was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Revision(pub i64);

impl From<i64> for Revision {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

impl From<Revision> for i64 {
    fn from(revision: Revision) -> Self {
        revision.0
    }
}

/// A share between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(pub f64);

impl From<f64> for Share {
    fn from(share: f64) -> Self {
        Self(share)
    }
}

impl From<Share> for f64 {
    fn from(share: Share) -> Self {
        share.0
    }
}

/// The address of a machine, whose type is another crate's.
///
/// # Errors
///
/// When `text` is none.
#[allow(
    clippy::needless_pass_by_value,
    reason = "a function that `from` names is given the base"
)]
pub fn machine(text: String) -> Result<std::net::IpAddr, std::net::AddrParseError> {
    text.parse()
}

/// An instant that converts from and into the types of every crate: microseconds since 1970, in the years that all have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant(pub i64);

impl From<chrono::DateTime<chrono::Utc>> for Instant {
    fn from(instant: chrono::DateTime<chrono::Utc>) -> Self {
        Self(instant.timestamp_micros())
    }
}

impl From<Instant> for chrono::DateTime<chrono::Utc> {
    fn from(instant: Instant) -> Self {
        Self::from_timestamp_micros(instant.0).unwrap_or_default()
    }
}

impl TryFrom<time::OffsetDateTime> for Instant {
    type Error = std::num::TryFromIntError;

    fn try_from(instant: time::OffsetDateTime) -> Result<Self, Self::Error> {
        i64::try_from(instant.unix_timestamp_nanos() / 1000).map(Self)
    }
}

impl From<Instant> for time::OffsetDateTime {
    fn from(instant: Instant) -> Self {
        let nanoseconds = i128::from(instant.0) * 1000;
        Self::from_unix_timestamp_nanos(nanoseconds).unwrap_or(Self::UNIX_EPOCH)
    }
}

impl From<jiff::Timestamp> for Instant {
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant.as_microsecond())
    }
}

impl From<Instant> for jiff::Timestamp {
    fn from(instant: Instant) -> Self {
        Self::from_microsecond(instant.0).unwrap_or_default()
    }
}
