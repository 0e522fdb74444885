//! What a folder has and what it should have.

use std::fmt;
use std::path::PathBuf;

use crate::visible;

/// A file that is not as it would be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file, with the folder in front.
    pub path: PathBuf,
    /// What is wrong with it.
    pub change: Change,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is not there.
    Missing {
        /// The text to be generated.
        expected: String,
    },
    /// It has another text.
    Different {
        /// The text on the disk.
        found: String,
        /// The text to be generated.
        expected: String,
    },
    /// It is of an earlier run and no longer generated.
    Superfluous {
        /// The text on the disk.
        found: String,
    },
}

impl Change {
    /// `missing`, `different` or `superfluous`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Different { .. } => "different",
            Self::Superfluous { .. } => "superfluous",
        }
    }

    /// The text on the disk; empty when the file is not there.
    #[must_use]
    pub fn found(&self) -> &str {
        match self {
            Self::Missing { .. } => "",
            Self::Different { found, .. } | Self::Superfluous { found } => found,
        }
    }

    /// The text to be generated; empty when there is none.
    #[must_use]
    pub fn expected(&self) -> &str {
        match self {
            Self::Superfluous { .. } => "",
            Self::Missing { expected } | Self::Different { expected, .. } => expected,
        }
    }

    /// The first line that differs, counted from 1, as it is on the disk and as it should be.
    fn first_line(&self) -> (usize, Option<&str>, Option<&str>) {
        let (mut found, mut expected) = (self.found().lines(), self.expected().lines());
        let mut number = 1;
        loop {
            match (found.next(), expected.next()) {
                (Some(a), Some(b)) if a == b => number += 1,
                (a, b) => return (number, a, b),
            }
        }
    }
}

/// The file and the first line that differs, without a last line end.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = visible::path(&self.path);
        match &self.change {
            Change::Missing { .. } => write!(f, "{path}: missing"),
            Change::Superfluous { .. } => write!(f, "{path}: no longer generated"),
            Change::Different { .. } => {
                let (number, found, expected) = self.change.first_line();
                write!(f, "{path}:{number}: not as it would be generated")?;
                if found.is_none() && expected.is_none() {
                    return write!(f, "\n  (the ends of lines differ)");
                }
                let end = "(end of file)";
                write!(f, "\n  -{}", found.unwrap_or(end))?;
                write!(f, "\n  +{}", expected.unwrap_or(end))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Difference};

    fn shown(found: &str, expected: &str) -> String {
        let change = Change::Different {
            found: found.to_owned(),
            expected: expected.to_owned(),
        };
        let path = "models/mod.rs".into();
        Difference { path, change }.to_string()
    }

    #[test]
    fn the_first_differing_line_is_shown() {
        let head = "not as it would be generated";
        assert_eq!(
            shown("a\nb\nc\n", "a\nB\nc\n"),
            format!("models/mod.rs:2: {head}\n  -b\n  +B")
        );
        assert_eq!(
            shown("a\nb\n", "a\n"),
            format!("models/mod.rs:2: {head}\n  -b\n  +(end of file)")
        );
        assert_eq!(
            shown("a", "a\n"),
            format!("models/mod.rs:2: {head}\n  (the ends of lines differ)")
        );
    }
}
