//! `relata fix`, and what the other commands say of it.

use std::collections::BTreeSet;
use std::path::Path;

use relata::diagnostic::Report;
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
    let builder = commands::spec(spec)?;
    console.begin(spec);
    let fixed = console.during("mending", || builder.fix())?;
    if check {
        console.fixable(spec, &fixed)?;
        // Where something is to fix, what is left has its places in a text that is not there yet.
        if fixed.mended > 0 {
            return Ok(());
        }
    } else if spec == Path::new("-") {
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

/// The most problems of a report, times the bytes of its spec, of which it is counted how many are mended: that may read
/// the spec as often as there are problems.
const COUNTED: usize = 1 << 20;

/// The failure of a command for `error`; where that is a report, with how many of its problems are mended for the
/// asking, and how, if people are told.
pub(super) fn failure(builder: &Builder, error: Error, console: &Console) -> Failure {
    let Error::Spec(report) = error else {
        return error.into();
    };
    if !console.says_what_mends() {
        return Failure::Spec(report, None);
    }
    let command = builder.fix_command();
    let help = mends(builder, &report).map(|what| format!("`{command}` mends {what}"));
    Failure::Spec(report, help)
}

/// Which problems of `report` can be mended, in words.
fn mends(builder: &Builder, report: &Report) -> Option<String> {
    let found = report.findings();
    if found.iter().all(|found| found.edits.is_empty()) {
        return None;
    }
    let sources = report.sources();
    let bytes = sources.order().iter();
    let bytes: usize = bytes.map(|file| sources.file(*file).text().len()).sum();
    if found.len().saturating_mul(bytes) > COUNTED {
        return Some("what is certain of these".to_owned());
    }
    let fixed = builder.fix().ok()?;
    let left: BTreeSet<_> = (fixed.report.findings().iter())
        .map(|found| (found.code, &found.message))
        .collect();
    let gone = found
        .iter()
        .filter(|found| !left.contains(&(found.code, &found.message)));
    match (gone.count(), found.len()) {
        (0, _) => None,
        (1, 1) => Some("it".to_owned()),
        (gone, all) if gone == all => Some("all of these".to_owned()),
        (gone, _) => Some(format!("{gone} of these")),
    }
}
