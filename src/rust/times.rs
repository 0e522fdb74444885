//! The crates of dates and times: a row for each.

use crate::model::Time;

/// The types of a crate, as paths.
pub(super) struct Times {
    pub(super) date: &'static str,
    pub(super) time: &'static str,
    pub(super) datetime: &'static str,
    pub(super) timestamp: &'static str,
}

/// The row of a crate. What is stored of each type is its support part's business.
pub(super) const fn times(of: Time) -> Times {
    match of {
        Time::Chrono => Times {
            date: "chrono::NaiveDate",
            time: "chrono::NaiveTime",
            datetime: "chrono::NaiveDateTime",
            timestamp: "chrono::DateTime<chrono::Utc>",
        },
        Time::Time => Times {
            date: "time::Date",
            time: "time::Time",
            datetime: "time::PrimitiveDateTime",
            timestamp: "time::OffsetDateTime",
        },
        Time::Jiff => Times {
            date: "jiff::civil::Date",
            time: "jiff::civil::Time",
            datetime: "jiff::civil::DateTime",
            timestamp: "jiff::Timestamp",
        },
    }
}
