//! Why nothing was generated, as a person reads it.

use std::{error, fmt};

use crate::diagnostic::{Report, human};
use crate::output::{Difference, OutputError};
use crate::render::RenderError;

/// Why nothing was generated.
///
/// `Display` is the whole report over several lines. So is `Debug`, on a line of its own: it is what `main` prints of
/// an error, and `unwrap`.
#[non_exhaustive]
pub enum Error {
    /// The spec has errors, or cannot be read.
    Spec(Box<Report>),
    /// Files could not be read or written.
    Output(OutputError),
    /// A valid spec could not be rendered.
    Render(RenderError),
    /// The files on the disk are not those that would be generated; only [`Builder::check`](super::Builder::check)
    /// says so.
    Stale(Stale),
    /// There is no folder to write to: neither set nor in the environment.
    NoFolder,
}

/// Files on the disk that are not as they would be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stale {
    /// The files, sorted; at least one.
    pub differences: Vec<Difference>,
    /// The command that makes them current.
    pub mend: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(report) => f.write_str(human(report, false).trim_end()),
            Self::Output(error) => write!(f, "error: {error}"),
            Self::Render(error) => write!(f, "error: {error}"),
            Self::Stale(stale) => stale.fmt(f),
            Self::NoFolder => f.write_str(
                "error: no folder to write to\n  help: call `out_dir` on the builder, or run it in a build script, \
                 where cargo sets `OUT_DIR`",
            ),
        }
    }
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("error: the generated files are not current\n")?;
        for difference in &self.differences {
            writeln!(f, "{difference}")?;
        }
        write!(f, "help: {}", self.mend)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What stands before it on the line (`Error: `) would move the first line away from its underline.
        write!(f, "\n{self}")
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Output(error) => Some(error),
            Self::Render(error) => Some(error),
            Self::Spec(_) | Self::Stale(_) | Self::NoFolder => None,
        }
    }
}

impl From<OutputError> for Error {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl From<RenderError> for Error {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}
