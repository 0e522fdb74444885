//! The spec that a builder is given.

use std::ffi::OsStr;
use std::path::PathBuf;

use crate::source::{Sources, Texts};
use crate::spec::PARTS;

#[derive(Debug, Clone)]
pub(super) enum Input {
    File(PathBuf),
    Text { name: String, bytes: Vec<u8> },
}

impl Input {
    /// Reads the spec and what it includes.
    pub(super) fn read(&self) -> Sources {
        match self {
            Self::Text { name, bytes } => Sources::of_text(name, bytes, &PARTS),
            Self::File(path) => Sources::of_file(path, &PARTS),
        }
    }

    /// The same, files having `texts` in place of what is on the disk.
    pub(super) fn read_with(&self, texts: &Texts) -> Sources {
        match self {
            Self::Text { name, bytes } => Sources::of_text_with(name, bytes, &PARTS, texts),
            Self::File(path) => Sources::of_file_with(path, &PARTS, texts),
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
