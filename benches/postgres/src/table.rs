//! The table that is printed.

use std::fmt;

use crate::clock::Times;
use side::School;

/// A line of the table: the generated code against a form by hand.
pub struct Line {
    label: String,
    by_hand: String,
    generated: String,
    ratio: f64,
    limit: Option<f64>,
    note: String,
}

impl Line {
    /// A job of `count` rows or calls, in which the first side of `times` is by hand and the second one generated.
    pub fn of(label: &str, count: usize, times: &Times, limit: Option<f64>) -> Self {
        let ratio = times.ratio(1, 0);
        let above = limit.is_some_and(|limit| ratio > limit);
        Self {
            label: label.to_owned(),
            by_hand: rate(count, times.seconds(0)),
            generated: rate(count, times.seconds(1)),
            ratio,
            limit,
            note: if above { "ABOVE THE LIMIT" } else { "" }.to_owned(),
        }
    }

    /// For information: the same job against another form by hand, which is the side `place`.
    pub fn beside(label: &str, count: usize, times: &Times, place: usize) -> Self {
        Self {
            label: format!("  by hand, {label}"),
            by_hand: rate(count, times.seconds(place)),
            generated: rate(count, times.seconds(1)),
            ratio: times.ratio(1, place),
            limit: None,
            note: format!("itself {:.2} of the first form", times.ratio(place, 0)),
        }
    }
}

/// What stands above the lines.
pub fn head(school: &School, place: &str, pairs: usize) -> String {
    format!(
        "{} students, {} courses, {} links, {place}; medians of {pairs} pairs; ratio of times, relata to by hand\n\
         {:<34} {:>12} {:>12} {:>6} {:>6}",
        grouped(school.students.len().to_string()),
        grouped(school.courses.len().to_string()),
        grouped(school.links().to_string()),
        "job",
        "by hand/s",
        "relata/s",
        "ratio",
        "limit",
    )
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let limit = self
            .limit
            .map_or("-".to_owned(), |limit| format!("{limit:.2}"));
        let line = format!(
            "{:<34} {:>12} {:>12} {:>6.2} {limit:>6}  {}",
            self.label, self.by_hand, self.generated, self.ratio, self.note
        );
        f.write_str(line.trim_end())
    }
}

fn rate(count: usize, seconds: f64) -> String {
    let count = u32::try_from(count).map_or(f64::INFINITY, f64::from);
    grouped(format!("{:.0}", count / seconds))
}

/// A number with its thousands apart.
fn grouped(mut digits: String) -> String {
    for place in (1..digits.len())
        .rev()
        .filter(|place| (digits.len() - place).is_multiple_of(3))
        .collect::<Vec<_>>()
    {
        digits.insert(place, ',');
    }
    digits
}
