//! What can go wrong between memory and disk.

use std::path::PathBuf;
use std::{error, fmt, io};

use crate::visible;

/// Files could not be written or read.
#[derive(Debug)]
#[non_exhaustive]
pub enum OutputError {
    /// A file without the generated mark stands where a generated one would.
    Unmarked {
        /// The file.
        path: PathBuf,
    },
    /// A file was changed after it had been read.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A file that may not be written.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// A file of an earlier run that was made of something else, which is still there.
    OfAnother {
        /// The file.
        path: PathBuf,
        /// What it was made of.
        other: PathBuf,
    },
    /// Something stands where a file would be made that is not generated again.
    Exists {
        /// The thing.
        path: PathBuf,
    },
    /// Something else than a file stands where a file would.
    NotAFile {
        /// The thing.
        path: PathBuf,
        /// What it is: `a folder`.
        what: &'static str,
    },
    /// Something else than a folder stands where the folder would.
    NotAFolder {
        /// The thing.
        path: PathBuf,
        /// What it is: `a file`.
        what: &'static str,
    },
    /// The system refused.
    Io {
        /// What was attempted: `read`.
        attempt: &'static str,
        /// With what.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
}

/// What devices, pipes and the like are.
pub(super) const NO_REGULAR_FILE: &str = "no regular file";

impl OutputError {
    pub(super) fn io<'a>(
        attempt: &'static str,
        path: &'a std::path::Path,
    ) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| Self::Io {
            attempt,
            path: path.to_owned(),
            source,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unmarked { path } => write!(
                f,
                "`{}` was not generated (no `{}` at its top) and is not overwritten; move it away, or choose another \
                 place",
                visible::path(path),
                super::MARK,
            ),
            Self::Changed { path } => write!(
                f,
                "`{}` was changed while it was being read and is not overwritten; run it again",
                visible::path(path),
            ),
            Self::ReadOnly { path } => write!(
                f,
                "`{}` is read-only and is not overwritten; make it writable first",
                visible::path(path),
            ),
            Self::OfAnother { path, other } => write!(
                f,
                "`{}` was generated from `{}`, and this run would take it away, so nothing was written; choose another \
                 folder, or, if nothing is to be generated from that here any more, remove the folder `.relata` beside it",
                visible::path(path),
                visible::path(other),
            ),
            Self::Exists { path } => write!(
                f,
                "`{}` is there already and is not overwritten, so nothing was written; move it away, or choose another \
                 folder",
                visible::path(path),
            ),
            Self::NotAFile { path, what } => {
                // A device is where it belongs.
                let away = if *what == NO_REGULAR_FILE {
                    ""
                } else {
                    "move it away, or "
                };
                write!(
                    f,
                    "`{}` is {what}, and a file is to be written there; {away}choose another place",
                    visible::path(path),
                )
            }
            Self::NotAFolder { path, what } => write!(
                f,
                "`{}` is {what}, and the folder to write to was expected there",
                visible::path(path),
            ),
            Self::Io {
                attempt,
                path,
                source,
            } => write!(f, "cannot {attempt} `{}`: {source}", visible::path(path)),
        }
    }
}

impl error::Error for OutputError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
