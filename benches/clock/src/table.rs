//! A section of the page: what a contest came to.

use std::fmt::Write;

use crate::Result;
use crate::contest::{Contest, Time};
use crate::machine;
use crate::options::Options;
use crate::rounds::{Results, Row, Times};

pub fn section(contest: &Contest, results: &Results, options: &Options) -> Result<String> {
    let students = options.students.unwrap_or(contest.students);
    let courses = options.courses.unwrap_or(contest.courses);
    let pinned = contest.pinned && machine::pins();
    let mut text = String::new();
    writeln!(
        text,
        "{}: {} students, {} courses, {} links. Medians of {} rounds{}. {}; {}.\n",
        contest.title,
        grouped(students),
        grouped(courses),
        grouped(students * 5),
        options.rounds,
        if pinned {
            ", each side on one core"
        } else {
            ""
        },
        machine::words()?,
        results.load,
    )?;
    let time = match contest.time {
        Time::Clock => "time",
        Time::Processor => "time of the processor",
    };
    head(&mut text, time, "by hand, ms", results)?;
    for row in &results.rows {
        line(
            &mut text,
            row,
            &milliseconds(by_hand(row)),
            row.job.budget,
            results,
            |times, _| (times.ratio, String::new()),
        )?;
    }
    writeln!(text)?;
    head(&mut text, "peak of memory", "by hand, MiB", results)?;
    for row in &results.rows {
        let by_hand = by_hand(row);
        let first = format!("{:.0} ({:+.0})", mebibytes(by_hand.peak), growth(by_hand));
        line(
            &mut text,
            row,
            &first,
            Some(contest.memory),
            results,
            |times, by_hand| {
                let ratio = mebibytes(times.peak) / mebibytes(by_hand.peak);
                (ratio, format!(" ({:+.0})", growth(times)))
            },
        )?;
    }
    writeln!(text)?;
    for row in results.rows.iter().filter(|row| !row.forms.is_empty()) {
        let forms = row.job.forms.iter().zip(&row.forms);
        let forms = forms.map(|(form, times)| format!("{} {:.2}", form.label, times.ratio));
        let forms = forms.collect::<Vec<_>>().join("; ");
        writeln!(text, "By hand in other ways, {}: {forms}.\n", row.job.label)?;
    }
    for side in &results.sides {
        writeln!(text, "- {}: {}", side.label, side.about)?;
    }
    Ok(text)
}

fn head(text: &mut String, what: &str, by_hand: &str, results: &Results) -> Result<()> {
    write!(text, "| {what} | {by_hand} | budget |")?;
    for side in &results.sides[1..] {
        write!(text, " {} |", side.label)?;
    }
    writeln!(text, "\n|---|{}", "--:|".repeat(results.sides.len() + 1))?;
    Ok(())
}

/// A line of a table, in which `cell` says the ratio of a side to the one by hand, and what stands behind it.
fn line(
    text: &mut String,
    row: &Row,
    by_hand: &str,
    budget: Option<f64>,
    results: &Results,
    cell: impl Fn(&Times, &Times) -> (f64, String),
) -> Result<()> {
    let shown = budget.map_or("-".to_owned(), |budget| format!("{budget:.2}"));
    write!(text, "| {} | {by_hand} | {shown} |", row.job.label)?;
    for (side, times) in results.sides.iter().zip(&row.sides).skip(1) {
        let Some(times) = times else {
            write!(text, " - |")?;
            continue;
        };
        let (ratio, behind) = cell(times, self::by_hand(row));
        let shown = if ratio < 10.0 {
            format!("{ratio:.2}")
        } else {
            format!("{ratio:.0}")
        };
        if side.ours && budget.is_some_and(|budget| ratio > budget) {
            write!(text, " **{shown}{behind}, above** |")?;
        } else {
            write!(text, " {shown}{behind} |")?;
        }
    }
    writeln!(text)?;
    Ok(())
}

fn by_hand(row: &Row) -> &Times {
    row.sides[0].as_ref().expect("it has all jobs")
}

fn milliseconds(times: &Times) -> String {
    let milliseconds = times.seconds * 1e3;
    if milliseconds < 10.0 {
        format!("{milliseconds:.1}")
    } else {
        format!("{milliseconds:.0}")
    }
}

fn growth(times: &Times) -> f64 {
    mebibytes(times.peak.saturating_sub(times.before))
}

fn mebibytes(kibibytes: u64) -> f64 {
    u32::try_from(kibibytes).map_or(f64::INFINITY, f64::from) / 1024.0
}

/// A number with its thousands apart.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}
