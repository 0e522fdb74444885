//! `relata fix`, and what the other commands say of it.

use std::path::Path;

use relata::{Builder, Error};

use super::arguments::Fix;
use super::commands;
use super::console::{Console, Failure};

pub(super) fn fix(arguments: &Fix, console: &mut Console) -> Result<(), Failure> {
    for spec in &arguments.specs {
        // Each spec is mended, whatever the others have.
        if let Err(failure) = one(spec, arguments.check, console) {
            console.failure(failure)?;
        }
    }
    Ok(())
}

fn one(spec: &Path, check: bool, console: &mut Console) -> Result<(), Failure> {
    let fixed = commands::spec(spec)?.fix()?;
    if check {
        return console.fixable(spec, &fixed);
    }
    if spec == Path::new("-") {
        console.fixed_text(spec, &fixed)?;
    } else {
        fixed.write()?;
        console.fixed(spec, &fixed)?;
    }
    if fixed.report.errors() > 0 {
        return Err(Error::Spec(Box::new(fixed.report)).into());
    }
    console.report(&fixed.report)
}

/// The failure of a command for `error`; where that is a report, with how many of its problems are mended for the
/// asking, and how.
pub(super) fn failure(builder: &Builder, error: Error) -> Failure {
    let Error::Spec(report) = error else {
        return error.into();
    };
    let mendable = report
        .findings()
        .iter()
        .any(|found| !found.edits.is_empty());
    let fixed = mendable.then(|| builder.fix()).and_then(Result::ok);
    let help = fixed.and_then(|fixed| {
        let left = |code, message: &str| {
            let mut left = fixed.report.findings().iter();
            left.any(|found| (found.code, found.message.as_str()) == (code, message))
        };
        let gone = report.findings().iter();
        let gone = gone
            .filter(|found| !left(found.code, &found.message))
            .count();
        let mends = match (gone, report.findings().len()) {
            (0, _) => return None,
            (1, 1) => "it".to_owned(),
            (gone, all) if gone == all => "all of these".to_owned(),
            (gone, _) => format!("{gone} of these"),
        };
        Some(format!("`{}` mends {mends}", fixed.command()))
    });
    Failure::Spec(report, help)
}
