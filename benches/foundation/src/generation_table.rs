//! The section of the page about generation.

use std::fmt::Write as _;

use crate::generation::{Case, Results, Side, same_tables};
use crate::timed::LIMIT;
use crate::{Result, schema};

pub fn section(
    cases: &[Case],
    refused: &[String],
    versions: Option<&str>,
    rounds: usize,
) -> Result<String> {
    let mut text = format!(
        "Whole processes, from the spec or the database to the files: structs, accessors and DDL of relata. N entities of nine \
         columns and a foreign key, and N/2 association tables; the databases are made of relata's DDL. Medians of {rounds} \
         rounds, in which all take turns; of three where one takes more than ten seconds.\n\n"
    );
    let (peers, ours): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.has(Side::Diesel));
    for (cases, sides) in [(peers, &Side::ALL[..]), (ours, &Side::ALL[..2])] {
        if cases.is_empty() {
            continue;
        }
        write!(
            text,
            "| seconds, MiB at the peak, ratio to relata's first run |"
        )?;
        for case in &cases {
            write!(text, " {} |", case.label)?;
        }
        writeln!(text, "\n|---|{}", "--:|".repeat(cases.len()))?;
        for &side in sides {
            write!(text, "| {} |", side.label())?;
            for case in &cases {
                write!(text, " {} |", cell(case, side))?;
            }
            writeln!(text)?;
        }
        writeln!(text)?;
    }
    budgets(&mut text, cases)?;
    for label in refused {
        writeln!(text, "\n{label}: relata refuses a spec of this size.")?;
    }
    if let Some(versions) = versions {
        writeln!(
            text,
            "\n{versions}. Without rustfmt, sea-orm-cli finds a `rustfmt` that does nothing, which it starts for each file all the \
             same. SQLAlchemy is measured inside of its process, without the imports."
        )?;
    }
    Ok(text)
}

impl Case {
    pub fn side(&self, side: Side) -> &Results {
        &self.sides[side as usize]
    }

    fn has(&self, side: Side) -> bool {
        let results = self.side(side);
        results.given_up || results.rounds.iter().flatten().count() > 0
    }
}

fn cell(case: &Case, side: Side) -> String {
    let results = case.side(side);
    let ratio = results.ratio(case.side(Side::First));
    match (
        results.median(|cost| cost.wall),
        results.median(|cost| cost.peak),
        ratio,
    ) {
        _ if results.given_up => format!("over {LIMIT} s"),
        (Some(wall), Some(peak), Some(ratio)) if side != Side::First => {
            format!("{wall:.3} s, {peak:.0}, {}", times(ratio))
        }
        (Some(wall), Some(peak), _) => format!("{wall:.3} s, {peak:.0}"),
        _ => "-".to_owned(),
    }
}

/// A line for each thing that is to hold.
fn budgets(text: &mut String, cases: &[Case]) -> Result<()> {
    let of = |count: usize| cases.iter().find(|case| case.count == count && !case.hub);
    let first = |case: &Case| case.side(Side::First).median(|cost| cost.wall);
    let peak = |case: &Case| case.side(Side::First).median(|cost| cost.peak);
    let mut rows: Vec<(String, f64, Option<f64>, &str)> = Vec::new();
    if let Some(thousand) = of(1_000) {
        rows.push(("N=1,000, first run".to_owned(), 0.25, first(thousand), " s"));
        rows.push(("N=1,000, memory".to_owned(), 150.0, peak(thousand), " MiB"));
        rows.push((
            "N=1,000, to sea-orm-cli without rustfmt".to_owned(),
            0.10,
            thousand
                .side(Side::First)
                .ratio(thousand.side(Side::SeaOrmUnformatted)),
            "",
        ));
        if let Some(large) = of(20_000) {
            let ratio = large.side(Side::First).ratio(thousand.side(Side::First));
            rows.push(("N=20,000, to N=1,000".to_owned(), 22.0, ratio, ""));
            rows.push(("N=20,000, memory".to_owned(), 2048.0, peak(large), " MiB"));
        }
    }
    for case in cases {
        rows.push((
            format!("{}, second run to the first", case.label),
            0.40,
            case.side(Side::Second).ratio(case.side(Side::First)),
            "",
        ));
    }
    if let (Some(hub), Some(ring)) = (cases.iter().find(|case| case.hub), of(same_tables())) {
        let (relationships, count) = (schema::RELATIONSHIPS, same_tables());
        rows.push((
            format!("{relationships} relationships on one entity, to N={count}"),
            1.10,
            hub.side(Side::First).ratio(ring.side(Side::First)),
            "",
        ));
    }
    writeln!(text, "| | budget | measured |\n|---|--:|--:|")?;
    for (label, limit, measured, unit) in rows {
        let Some(measured) = measured else { continue };
        let mark = if measured > limit { ", **above**" } else { "" };
        let digits = if limit >= 10.0 { 1 } else { 3 };
        writeln!(
            text,
            "| {label} | {limit}{unit} | {measured:.digits$}{unit}{mark} |"
        )?;
    }
    Ok(())
}

/// A ratio as people say it.
pub fn times(ratio: f64) -> String {
    if ratio < 10.0 {
        format!("{ratio:.2}")
    } else {
        format!("{ratio:.0}")
    }
}

/// A number with its thousands apart.
pub fn grouped(number: usize) -> String {
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
