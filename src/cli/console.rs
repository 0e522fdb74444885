//! Everything that the program says.
//!
//! For people: results on standard output, problems on standard error. For tools (`--format json`): one object per line
//! on standard output, nothing else anywhere.

mod explained;
mod fixes;
mod results;

use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use anstream::ColorChoice;
use relata::Error;
use relata::diagnostic::{self, Report};
use serde_json::{Map, Value, json};

use super::arguments::{Color, Common, Format};
use super::progress::{PATIENCE, Progress};

/// Where words go, and which of them are wanted.
#[derive(Debug)]
pub(super) struct Console {
    json: bool,
    volume: Volume,
    failed: bool,
    closed: bool,
    /// What is at work, by the name that people know, and since when.
    work: (String, Instant),
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
            closed: false,
            work: (String::new(), Instant::now()),
        }
    }

    /// Whether something failed that the program should not go without telling by its status.
    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Whether nobody reads standard output any more.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// From now on, it is `spec` that is waited for.
    pub(super) fn begin(&mut self, spec: &Path) {
        let name = spec.file_name().unwrap_or(spec.as_os_str());
        self.work = (name.to_string_lossy().into_owned(), Instant::now());
    }

    /// Does `work`; when people wait for long, a line on their terminal says so: `school.yaml: rendering, 3 s`.
    pub(super) fn during<T>(&self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let wanted = !self.json && self.volume != Volume::Quiet && redraws(&io::stderr());
        let (name, begun) = &self.work;
        let _progress =
            wanted.then(|| Progress::start(name, stage, *begun, PATIENCE, io::stderr()));
        work()
    }

    /// Empties the terminal for the next result; what has scrolled away stays. Elsewhere lines are only added.
    pub(super) fn clear(&mut self) -> Result<(), Failure> {
        if !self.json && redraws(&io::stdout()) {
            return self.write("\x1b[2J\x1b[H");
        }
        Ok(())
    }

    /// Says what was found in a spec.
    pub(super) fn report(&mut self, report: &Report) -> Result<(), Failure> {
        if report.is_empty() || (self.volume == Volume::Quiet && report.errors() == 0) {
            return Ok(());
        }
        if !self.json {
            let mut text = diagnostic::human(report, true);
            if self.volume != Volume::Quiet {
                text.push_str(&explained::reference(report));
            }
            return complain(&text);
        }
        for found in diagnostic::json(report) {
            let line = serde_json::to_string(&found).map_err(io::Error::from)?;
            self.say(&format!("{line}\n"))?;
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
            Failure::Output(error) => {
                unsaid(&error);
                Ok(())
            }
        }
    }

    /// Prints `text` itself, which is what was asked for: nothing in it is taken for a color and left out. A terminal shows what
    /// it would obey.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        if io::stdout().is_terminal() {
            return self.write(&shown_lines(text));
        }
        self.write(text)
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        self.said(written)
    }

    /// Says an error that is not about words of a spec.
    fn error(&mut self, message: &str) -> Result<(), Failure> {
        if !self.json {
            return complain(&format!("{message}\n"));
        }
        let message = message.strip_prefix("error: ").unwrap_or(message);
        let object = json!({ "code": null, "severity": "error", "message": message });
        self.say(&format!("{object}\n"))
    }

    /// A line that `--quiet` is spared.
    fn status(&mut self, line: &str) -> Result<(), Failure> {
        if self.volume == Volume::Quiet {
            return Ok(());
        }
        self.say(&format!("{line}\n"))
    }

    fn say(&mut self, text: &str) -> Result<(), Failure> {
        let mut out = anstream::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        self.said(written)
    }

    /// Whoever reads us may have read enough: a closed pipe is no failure.
    fn said(&mut self, written: io::Result<()>) -> Result<(), Failure> {
        self.closed |= matches!(&written, Err(error) if error.kind() == io::ErrorKind::BrokenPipe);
        whole(written)
    }
}

/// A line for tools.
fn object<const N: usize>(fields: [(&str, Value); N]) -> String {
    let fields = fields.into_iter();
    let fields: Map<String, Value> = fields.map(|(key, value)| (key.to_owned(), value)).collect();
    Value::from(fields).to_string()
}

fn complain(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stderr().lock();
    whole(out.write_all(text.as_bytes()))
}

/// Says that standard output takes nothing. Where nothing can be told at all, the status does.
pub(super) fn unsaid(error: &io::Error) {
    let _ = complain(&format!(
        "error: cannot write to standard output: {error}\n"
    ));
}

fn whole(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

/// A path as people read it.
pub(super) fn shown(path: &Path) -> String {
    diagnostic::shown(&path.to_string_lossy())
}

/// A text of several lines as people read it.
pub(super) fn shown_lines(text: &str) -> String {
    let line = |line: &str| {
        let (words, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        let words: Vec<String> = words.split('\t').map(diagnostic::shown).collect();
        words.join("\t") + end
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Whether what was printed there can be replaced.
fn redraws(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && env::var_os("TERM").is_none_or(|kind| kind != "dumb")
}
