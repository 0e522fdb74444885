//! The texts of all files of a spec from one reading to the next.

use std::path::{Path, PathBuf};

use super::choice::Candidate;
use super::trial::by_file;
use crate::builder::input::Input;
use crate::source::{self, FaultKind, FileId, Source, Sources};

/// What a file is known by, whatever its number is in a reading.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// The spec that a reader gave.
    Root,
    /// The one path of a file.
    Path(PathBuf),
}

impl Key {
    pub(super) fn of(sources: &Sources, file: FileId) -> Self {
        match sources.place(file) {
            Some(path) => Self::Path(path.to_owned()),
            None => Self::Root,
        }
    }

    pub(super) fn of_root(sources: &Sources) -> Self {
        Self::of(sources, FileId::ROOT)
    }

    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::Root => None,
            Self::Path(path) => Some(path),
        }
    }
}

/// The texts, each with the byte order mark that it may have.
#[derive(Debug, Clone)]
pub(super) struct Texts {
    files: source::Texts,
    /// That of the spec which a reader gave.
    root: Option<String>,
    /// Whether the root is a file, so that files may be changed.
    on_disk: bool,
}

impl Texts {
    /// None yet, of a spec from `input`.
    pub(super) fn of(input: &Input) -> Self {
        Self {
            files: source::Texts::new(),
            root: None,
            on_disk: matches!(input, Input::File(_)),
        }
    }

    /// Keeps the texts of `sources` that are not known yet.
    pub(super) fn learn(&mut self, sources: &Sources) {
        for file in sources.order() {
            let source = sources.file(*file);
            if !is_whole(source) {
                continue;
            }
            match Key::of(sources, *file) {
                Key::Path(path) => {
                    self.files.entry(path).or_insert_with(|| source.whole());
                }
                Key::Root => {
                    self.root.get_or_insert_with(|| source.whole());
                }
            }
        }
    }

    /// Keeps those of `others` that are not known yet.
    pub(super) fn learn_new(&mut self, others: &Self) {
        for (path, text) in &others.files {
            if !self.files.contains_key(path) {
                self.files.insert(path.clone(), text.clone());
            }
        }
    }

    pub(super) fn get(&self, key: &Key) -> Option<&str> {
        match key {
            Key::Root => self.root.as_deref(),
            Key::Path(path) => self.files.get(path).map(String::as_str),
        }
    }

    /// Whether a file is one to be changed: what a text from a reader includes is not.
    pub(super) fn may_change(&self, key: &Key) -> bool {
        (self.on_disk == key.path().is_some()) && self.get(key).is_some()
    }

    /// The texts with the edits of `candidates`, which are in `sources`.
    pub(super) fn with(&self, sources: &Sources, candidates: &[Candidate]) -> Self {
        let mut texts = self.clone();
        for (file, edits) in by_file(candidates) {
            let text = match &Key::of(sources, file) {
                Key::Root => texts.root.as_mut(),
                Key::Path(path) => texts.files.get_mut(path),
            };
            let Some(text) = text else { continue };
            let mark = text.len() - text.trim_start_matches('\u{feff}').len();
            let mark = mark.min('\u{feff}'.len_utf8());
            // From the end, so that the places of the others stay right.
            for edit in edits.iter().rev() {
                text.replace_range(mark + edit.start..mark + edit.end, &edit.text);
            }
        }
        texts
    }

    /// The spec from `input` as it is with these texts.
    pub(super) fn read(&self, input: &Input) -> Sources {
        match (input, &self.root) {
            (Input::Text { name, .. }, Some(text)) => {
                let (name, bytes) = (name.clone(), text.clone().into_bytes());
                Input::Text { name, bytes }.read_with(&self.files)
            }
            _ => input.read_with(&self.files),
        }
    }
}

/// Whether all bytes of the file are in the text.
fn is_whole(source: &Source) -> bool {
    let lost = |kind: &FaultKind| {
        matches!(
            kind,
            FaultKind::Unreadable(_) | FaultKind::NotUtf8 | FaultKind::TooLarge
        )
    };
    !source.faults().iter().any(|fault| lost(&fault.kind))
}
