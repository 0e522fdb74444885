//! What the program says of mended specs.

use std::path::Path;

use relata::{Fixed, FixedPlace};

use super::{Console, Failure, Volume, complain, object, shown};
use crate::cli::diff;

/// Whether files have been written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Fixed,
    ToFix,
}

impl Console {
    /// Says what was mended in `spec`.
    pub(in crate::cli) fn fixed(&mut self, spec: &Path, fixed: &Fixed) -> Result<(), Failure> {
        let lines = self.fixes(spec, fixed, State::Fixed);
        self.status(&lines)
    }

    /// The same beside the text of the spec, which is what was asked for.
    pub(in crate::cli) fn fixed_text(&mut self, spec: &Path, fixed: &Fixed) -> Result<(), Failure> {
        match &fixed.text {
            Some(text) if self.json => {
                self.say(&format!(
                    "{}\n",
                    object([("event", "text".into()), ("text", text.as_str().into())])
                ))?;
            }
            Some(text) => self.text(text)?,
            None => {}
        }
        if self.json || self.volume == Volume::Quiet {
            return self.fixed(spec, fixed);
        }
        complain(&format!("{}\n", self.fixes(spec, fixed, State::Fixed)))
    }

    /// Says what could be mended in `spec`, with the difference; that is a failure where there is something.
    pub(in crate::cli) fn fixable(&mut self, spec: &Path, fixed: &Fixed) -> Result<(), Failure> {
        self.failed |= fixed.mended > 0 || fixed.report.errors() > 0;
        for file in &fixed.files {
            let diff = diff::unified(
                &shown(file.name.as_ref()),
                &file.before,
                ("as fixed", &file.after),
            );
            if self.json {
                let name = file.name.as_str();
                let fields = [
                    ("event", "diff".into()),
                    ("file", name.into()),
                    ("diff", diff.into()),
                ];
                self.say(&format!("{}\n", object(fields)))?;
            } else {
                self.say(&diff::colored(&diff))?;
            }
        }
        let lines = self.fixes(spec, fixed, State::ToFix);
        self.status(&lines)
    }

    /// Says what mends some of the problems of a report, to people.
    pub(super) fn mends(&self, mends: Option<&str>) -> Result<(), Failure> {
        match mends {
            Some(mends) if self.says_what_mends() => {
                complain(&format!("\x1b[1;96mhelp\x1b[0m: {mends}\n"))
            }
            _ => Ok(()),
        }
    }

    /// Whether that is said at all: it takes long to find out.
    pub(in crate::cli) fn says_what_mends(&self) -> bool {
        !self.json && self.volume != Volume::Quiet
    }

    /// A line for each change, and one for all.
    fn fixes(&self, spec: &Path, fixed: &Fixed, state: State) -> String {
        let changes = fixed.places.iter().map(|place| {
            if self.json {
                change(place, state)
            } else {
                let FixedPlace {
                    file,
                    line,
                    column,
                    message,
                    ..
                } = place;
                let file = shown(file.as_ref());
                format!(
                    "{file}:{line}:{column}: {message} ({})",
                    place.code.as_str()
                )
            }
        });
        let all = if self.json {
            object([
                ("event", "summary".into()),
                ("file", spec.to_string_lossy().into()),
                ("mended", fixed.mended.into()),
                ("errors", fixed.report.errors().into()),
                ("warnings", fixed.report.warnings().into()),
            ])
        } else {
            format!("{}: {}", shown(spec), summary(fixed, state))
        };
        changes.chain([all]).collect::<Vec<_>>().join("\n")
    }
}

fn change(place: &FixedPlace, state: State) -> String {
    let event = match state {
        State::Fixed => "fixed",
        State::ToFix => "fixable",
    };
    object([
        ("event", event.into()),
        ("file", place.file.as_str().into()),
        ("line", place.line.into()),
        ("column", place.column.into()),
        ("code", place.code.as_str().into()),
        ("message", place.message.as_str().into()),
    ])
}

/// `2 fixed, 1 error left`.
fn summary(fixed: &Fixed, state: State) -> String {
    let done = match (fixed.mended, state) {
        (0, _) => "nothing to fix".to_owned(),
        (mended, State::Fixed) => format!("{mended} fixed"),
        (mended, State::ToFix) => format!("{mended} to fix"),
    };
    match fixed.report.errors() {
        0 => done,
        1 => format!("{done}, 1 error left"),
        errors => format!("{done}, {errors} errors left"),
    }
}
