//! Everything that the program says.
//!
//! For people: results on standard output, problems on standard error. For tools (`--format json`): one object per line
//! on standard output, nothing else anywhere.

mod fixes;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use relata::diagnostic::{self, Code, Report};
use relata::output::{Change, Summary};
use relata::{Error, Stale};
use serde_json::{Map, Value, json};

use super::arguments::{Color, Common, Format};
use super::{diff, explain};

/// Where words go, and which of them are wanted.
#[derive(Debug)]
pub(super) struct Console {
    json: bool,
    volume: Volume,
    failed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Volume {
    /// Problems alone.
    Quiet,
    /// A line for what was done.
    Normal,
    /// A line for each file too.
    Verbose,
}

/// Why a command ends.
#[derive(Debug)]
pub(super) enum Failure {
    /// The library's reason.
    Library(Error),
    /// A report, and what mends some of it.
    Spec(Box<Report>, Option<String>),
    /// A reason in one sentence.
    Message(String),
    /// Words could not be written.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Console {
    pub(super) fn new(common: &Common) -> Self {
        let choice = match common.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        choice.write_global();
        Self {
            json: common.format == Format::Json,
            volume: match (common.quiet, common.verbose) {
                (true, _) => Volume::Quiet,
                (false, false) => Volume::Normal,
                (false, true) => Volume::Verbose,
            },
            failed: false,
        }
    }

    /// Whether something failed that the program should not go without telling by its status.
    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Says what was found in a spec.
    pub(super) fn report(&mut self, report: &Report) -> Result<(), Failure> {
        if report.is_empty() || (self.volume == Volume::Quiet && report.errors() == 0) {
            return Ok(());
        }
        if !self.json {
            let mut text = diagnostic::human(report, true);
            if self.volume != Volume::Quiet {
                text.push_str(&reference(report));
            }
            return complain(&text);
        }
        for found in diagnostic::json(report) {
            let line = serde_json::to_string(&found).map_err(io::Error::from)?;
            say(&format!("{line}\n"))?;
        }
        Ok(())
    }

    /// Says why a command ends, and remembers that it failed.
    pub(super) fn failure(&mut self, failure: Failure) -> Result<(), Failure> {
        self.failed = true;
        match failure {
            Failure::Library(Error::Spec(report)) => self.report(&report),
            Failure::Spec(report, mends) => {
                self.report(&report)?;
                self.mends(mends.as_deref())
            }
            Failure::Library(Error::Stale(stale)) => self.stale(&stale),
            Failure::Library(error) => self.error(&error.to_string()),
            Failure::Message(message) => self.error(&format!("error: {message}")),
            Failure::Output(error) => complain(&format!(
                "error: cannot write to standard output: {error}\n"
            )),
        }
    }

    /// Says what a run did.
    pub(super) fn summary(&mut self, place: &Path, summary: &Summary) -> Result<(), Failure> {
        let Summary {
            written,
            kept,
            removed,
            ..
        } = summary;
        if self.json {
            let (written, kept, removed) = (names(written), names(kept), names(removed));
            let object = json!({
                "event": "generated",
                "out": place.to_string_lossy(),
                "written": written,
                "kept": kept,
                "removed": removed,
            });
            return self.status(&object.to_string());
        }
        let (w, k, r) = (written.len(), kept.len(), removed.len());
        self.status(&format!(
            "{}: {w} written, {k} kept, {r} removed",
            place.display()
        ))?;
        if self.volume == Volume::Verbose {
            for (did, paths) in [("written", written), ("kept", kept), ("removed", removed)] {
                for path in paths {
                    self.status(&format!("  {did} {}", path.display()))?;
                }
            }
        }
        Ok(())
    }

    /// Says that the files in `folder` are as they would be generated.
    pub(super) fn current(&mut self, folder: &Path) -> Result<(), Failure> {
        self.state("current", "out", folder)
    }

    /// Says that `spec` has no errors.
    pub(super) fn valid(&mut self, spec: &Path) -> Result<(), Failure> {
        self.state("valid", "file", spec)
    }

    /// Prints `text` itself, which is what was asked for: nothing in it is taken for a color and left out.
    #[allow(
        clippy::unused_self,
        reason = "the console is the one place that prints"
    )]
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        whole(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    /// Prints what `codes` mean.
    pub(super) fn explanations(&mut self, codes: &[Code]) -> Result<(), Failure> {
        if self.json {
            return objects(codes);
        }
        let pages: Vec<&str> = codes.iter().map(|code| code.explanation()).collect();
        let text = pages.join("\n");
        match AutoStream::choice(&io::stdout()) {
            // Whoever keeps it has Markdown.
            ColorChoice::Never => self.text(&text),
            _ => say(&explain::colored(&text)),
        }
    }

    /// Lists `codes`, each with its title.
    pub(super) fn codes(&mut self, codes: &[Code]) -> Result<(), Failure> {
        if self.json {
            return objects(codes);
        }
        let line = |code: &Code| format!("{}  {}\n", code.as_str(), code.title());
        let lines: Vec<String> = codes.iter().map(line).collect();
        self.text(&lines.concat())
    }

    /// A result about a path: `path: state`.
    fn state(&mut self, state: &str, key: &str, path: &Path) -> Result<(), Failure> {
        if self.json {
            let object = json!({ "event": state, key: path.to_string_lossy() });
            return self.status(&object.to_string());
        }
        self.status(&format!("{}: {state}", path.display()))
    }

    fn stale(&mut self, stale: &Stale) -> Result<(), Failure> {
        for difference in &stale.differences {
            let path = difference.path.to_string_lossy();
            let change = &difference.change;
            let diff = match change {
                Change::Different { found, expected } => {
                    Some(diff::unified(&path, found, ("as generated", expected)))
                }
                // Of a file as a whole its name says all.
                Change::Missing { .. } | Change::Superfluous { .. } => None,
            };
            if self.json {
                let object = json!({
                    "event": change.as_str(),
                    "file": path,
                    "diff": diff,
                    "help": stale.mend,
                });
                say(&format!("{object}\n"))?;
            } else {
                say(&format!("{path}: {}\n", change.as_str()))?;
                say(&diff::colored(&diff.unwrap_or_default()))?;
            }
        }
        if self.json {
            return Ok(());
        }
        complain(&format!(
            "error: the generated files are not current\nhelp: {}\n",
            stale.mend
        ))
    }

    /// Says an error that is not about words of a spec.
    fn error(&mut self, message: &str) -> Result<(), Failure> {
        if !self.json {
            return complain(&format!("{message}\n"));
        }
        let message = message.strip_prefix("error: ").unwrap_or(message);
        let object = json!({ "code": null, "severity": "error", "message": message });
        say(&format!("{object}\n"))
    }

    /// A line that `--quiet` is spared.
    fn status(&mut self, line: &str) -> Result<(), Failure> {
        if self.volume == Volume::Quiet {
            return Ok(());
        }
        say(&format!("{line}\n"))
    }
}

/// A line for tools.
fn object<const N: usize>(fields: [(&str, Value); N]) -> String {
    let fields = fields.into_iter();
    let fields: Map<String, Value> = fields.map(|(key, value)| (key.to_owned(), value)).collect();
    Value::from(fields).to_string()
}

/// One object for each of `codes`.
fn objects(codes: &[Code]) -> Result<(), Failure> {
    for code in codes {
        let object = json!({
            "code": code.as_str(),
            "severity": code.severity().as_str(),
            "title": code.title(),
            "explanation": code.explanation(),
        });
        say(&format!("{object}\n"))?;
    }
    Ok(())
}

/// The most codes that a reference names.
const NAMED: usize = 3;

/// Where to read on about what was found.
fn reference(report: &Report) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for finding in report.findings() {
        let code = finding.code.as_str();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let named = codes[..codes.len().min(NAMED)].join(" ");
    let each = match codes.len() {
        1 => "",
        ..=NAMED => " for each",
        _ => " for each of the first three codes",
    };
    format!(
        "\x1b[1;96mhelp\x1b[0m: `relata explain {named}` shows a wrong and a right spec{each}\n"
    )
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    let text = |path: &PathBuf| path.to_string_lossy().into_owned();
    paths.iter().map(text).collect()
}

fn say(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    whole(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

fn complain(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stderr().lock();
    whole(out.write_all(text.as_bytes()))
}

/// Whoever reads us may have read enough: a closed pipe is no failure.
fn whole(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}
