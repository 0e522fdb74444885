//! The section of the page about compiling.

use std::fmt::Write as _;
use std::path::Path;

use crate::Result;
use crate::compile::{Job, Measured, rustc};
use crate::compile_crates::Writer;
use crate::generation::Results;
use crate::generation_table::times;
use crate::timed::LIMIT;

pub fn section(
    work: &Path,
    measured: &[Measured],
    cold: Option<&[Results; 2]>,
    rounds: usize,
) -> Result<String> {
    let mut text = format!(
        "Crates of what was generated, 100 entities and 50 association tables, with the dependencies built. `check` and `build` \
         are of the whole crate without incremental compilation; an edit adds a column to one entity or takes it away, with \
         incremental compilation. Medians of {rounds} rounds, in which all take turns; of three where one takes more than ten \
         seconds. In parentheses the seconds of all cores together; the ratio, of the time on the clock, is to the plain functions.\n\n"
    );
    if !measured.is_empty() {
        text += "| rustc | check | check after an edit | build |\n|---|--:|--:|--:|\n";
    }
    for one in measured {
        write!(text, "| {} |", one.of.label)?;
        let plain = measured
            .iter()
            .find(|other| other.of.writer == Writer::Plain && other.of.count == one.of.count);
        for (place, results) in one.jobs.iter().enumerate() {
            let ratio = plain.and_then(|plain| results.ratio(&plain.jobs[place]));
            let wall = results.median(|cost| cost.wall);
            let cores = results.median(|cost| cost.cores).unwrap_or_default();
            match (wall, ratio) {
                _ if results.given_up => write!(text, " over {LIMIT} s |")?,
                (Some(wall), Some(ratio)) if one.of.writer != Writer::Plain => {
                    write!(text, " {wall:.2} s ({cores:.2}), {} |", times(ratio))?;
                }
                (Some(wall), _) => write!(text, " {wall:.2} s ({cores:.2}) |")?,
                (None, _) => write!(text, " - |")?,
            }
        }
        writeln!(text)?;
    }
    writeln!(text, "\n| | budget | measured |\n|---|--:|--:|")?;
    for (label, limit, measured, unit) in budgets(measured, cold) {
        let mark = if measured > limit { ", **above**" } else { "" };
        writeln!(
            text,
            "| {label} | {limit}{unit} | {measured:.2}{unit}{mark} |"
        )?;
    }
    if let Some([relata, bare]) = cold {
        let took = |results: &Results| {
            let wall = results.median(|cost| cost.wall).unwrap_or_default();
            let cores = results.median(|cost| cost.cores).unwrap_or_default();
            format!("{wall:.1} s ({cores:.1})")
        };
        writeln!(
            text,
            "\nCold is `cargo build` in an empty folder, everything downloaded: {} of a crate whose build script generates with \
             relata (`default-features = false`), {} of one that has relata's dependencies and an empty build script.",
            took(relata),
            took(bare),
        )?;
    }
    write!(text, "\n{}", rustc()?)?;
    for one in measured.iter().filter(|one| one.of.count == 100) {
        let dependency = match one.of.writer {
            Writer::Relata => continue,
            Writer::Plain => "rusqlite",
            Writer::SeaOrm => "sea-orm",
            Writer::Diesel => "diesel",
        };
        write!(text, "; {dependency} {}", one.of.version(work, dependency)?)?;
    }
    writeln!(text, ".")?;
    Ok(text)
}

fn budgets(
    measured: &[Measured],
    cold: Option<&[Results; 2]>,
) -> Vec<(String, f64, f64, &'static str)> {
    let of = |name: &str, job: Job| {
        let one = measured.iter().find(|one| one.of.name == name)?;
        Some(&one.jobs[job as usize])
    };
    let ratio = |a: &str, b: &str, job: Job| of(a, job)?.ratio(of(b, job)?);
    let edit = of("relata", Job::Edit).and_then(|results| results.median(|cost| cost.wall));
    let rows = [
        (
            "check, to the plain functions",
            1.5,
            ratio("relata", "plain", Job::Check),
            "",
        ),
        (
            "check, to SeaORM",
            0.25,
            ratio("relata", "sea-orm", Job::Check),
            "",
        ),
        ("check after an edit", 1.0, edit, " s"),
        // What does not depend on the schema is in both, so that linear is less than 4.
        (
            "check of N=400, to N=100",
            4.0,
            ratio("relata-400", "relata", Job::Check),
            "",
        ),
        (
            "cold, to the dependencies alone",
            1.4,
            cold.and_then(|[relata, bare]| relata.ratio(bare)),
            "",
        ),
    ];
    rows.into_iter()
        .filter_map(|(label, limit, measured, unit)| {
            Some((label.to_owned(), limit, measured?, unit))
        })
        .collect()
}
