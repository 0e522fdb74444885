//! The spec that a builder is given.

use std::ffi::OsStr;
use std::fs::File;
use std::path::PathBuf;

use crate::source::Source;

#[derive(Debug, Clone)]
pub(super) enum Input {
    File(PathBuf),
    Text { name: String, bytes: Vec<u8> },
}

impl Input {
    pub(super) fn read(&self) -> Source {
        match self {
            Self::Text { name, bytes } => Source::new(name, bytes),
            Self::File(path) => {
                let name = path.display().to_string();
                match File::open(path) {
                    Ok(file) => Source::from_reader(name, file),
                    Err(error) => Source::unreadable(name, error.to_string()),
                }
            }
        }
    }

    /// The files that were read.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        match self {
            Self::Text { .. } => Vec::new(),
            Self::File(path) => vec![path.clone()],
        }
    }

    /// What the files of [`Layout::Single`] are called.
    pub(super) fn stem(&self) -> String {
        let stem = match self {
            Self::Text { .. } => None,
            Self::File(path) => path.file_stem(),
        };
        stem.map_or_else(|| "schema".into(), OsStr::to_string_lossy)
            .into_owned()
    }

    /// What generated files say they come from: the same wherever the spec lies.
    pub(super) fn label(&self) -> String {
        match self {
            Self::Text { name, .. } => name.clone(),
            Self::File(path) => path
                .file_name()
                .map_or_else(|| path.to_string_lossy(), OsStr::to_string_lossy)
                .into_owned(),
        }
    }
}
