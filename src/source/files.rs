//! The files of one spec, and which of them a path leads into.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use super::include::Failed;
use super::{Cursor, Path, Place, Segment, Source};

/// The number of one of the files of a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(u16);

impl FileId {
    /// The file that the others are included by.
    pub const ROOT: Self = Self(0);

    pub(super) fn new(count: usize) -> Self {
        // The limit of files keeps the number small.
        Self(u16::try_from(count).unwrap_or(u16::MAX))
    }

    fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// What of a file's top mapping matters to other files.
#[derive(Debug)]
pub struct Parts {
    /// The key whose scalar, or list of scalars, names files.
    pub include: &'static str,
    /// The keys whose mappings are filled by all files together.
    pub shared: &'static [&'static str],
}

/// All files of a spec.
#[derive(Debug)]
pub struct Sources {
    /// In the order in which they are named, the root file first.
    files: Vec<Source>,
    /// In the order of reading: each behind those that it includes.
    order: Vec<FileId>,
    /// What could not be included.
    failed: Vec<Failed>,
    /// The paths that were read, or would have been.
    paths: Vec<PathBuf>,
    /// Where the file of each path is: in the order of reading, some under several paths.
    read: Vec<(PathBuf, FileId)>,
    /// Whether the root file is one of the disk.
    root_is_file: bool,
    /// The one path of each file of the disk that could be found, links followed.
    places: BTreeMap<FileId, PathBuf>,
    /// Where each name of a shared mapping stands first in the order of reading; empty for a single file.
    owners: BTreeMap<&'static str, BTreeMap<String, FileId>>,
}

impl Sources {
    /// The files in both orders.
    pub(super) fn new(
        files: Vec<Source>,
        order: Vec<FileId>,
        failed: Vec<Failed>,
        paths: Vec<PathBuf>,
        parts: &Parts,
    ) -> Self {
        let mut sources = Self {
            files,
            order,
            failed,
            paths,
            read: Vec::new(),
            root_is_file: false,
            places: BTreeMap::new(),
            owners: BTreeMap::new(),
        };
        if sources.files.len() > 1 {
            sources.own(parts);
        }
        sources
    }

    /// The same, the root file being one of the disk or a text, and files having these paths.
    pub(super) fn with_root(
        self,
        root_is_file: bool,
        places: BTreeMap<FileId, PathBuf>,
        read: Vec<(PathBuf, FileId)>,
    ) -> Self {
        Self {
            read,
            root_is_file,
            places,
            ..self
        }
    }

    /// Every path under which a file was asked for, and the text that was read. `None` when one could not be read, or is
    /// no file of the disk.
    #[must_use]
    pub fn read(&self) -> Option<impl Iterator<Item = (&std::path::Path, &str)>> {
        let all = self.failed.is_empty() && self.root_is_file && self.can_be_read_again();
        let read = self.read.iter();
        all.then(|| read.map(|(path, file)| (path.as_path(), self.file(*file).text())))
    }

    /// The one path of a file of the disk, links followed.
    #[must_use]
    pub fn place(&self, file: FileId) -> Option<&std::path::Path> {
        self.places.get(&file).map(PathBuf::as_path)
    }

    /// Whether `file` is one of the disk, with a folder that its paths are relative to.
    #[must_use]
    pub fn is_on_disk(&self, file: FileId) -> bool {
        self.root_is_file || file != FileId::ROOT
    }

    /// Whether all files have the same text when they are read again; a pipe has none then.
    #[must_use]
    pub fn can_be_read_again(&self) -> bool {
        !self.root_is_file || self.places.contains_key(&FileId::ROOT)
    }

    /// The file that includes the others.
    #[must_use]
    pub fn root(&self) -> &Source {
        self.file(FileId::ROOT)
    }

    /// One of the files.
    #[must_use]
    pub fn file(&self, file: FileId) -> &Source {
        &self.files[file.index()]
    }

    /// All files, each behind those that it includes, in the order in which they are listed.
    #[must_use]
    pub fn order(&self) -> &[FileId] {
        &self.order
    }

    /// What `file` could not include.
    pub fn failed(&self, file: FileId) -> impl Iterator<Item = &Failed> {
        self.failed.iter().filter(move |failed| failed.file == file)
    }

    /// The paths of all files, also of those that could not be read but may be once they are mended.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The file in which `path` begins: for what all files fill together, the first in the order of reading that has
    /// it; else the root file.
    #[must_use]
    pub fn owner(&self, path: &Path) -> FileId {
        let owner = match path.segments() {
            [Segment::Key(part), Segment::Key(name), ..] => {
                let names = self.owners.get(part.as_str());
                names.and_then(|names| names.get(name))
            }
            _ => None,
        };
        owner.copied().unwrap_or(FileId::ROOT)
    }

    /// The file of `place` and its exact bytes there, as [`Source::span`] has them.
    #[must_use]
    pub fn locate(&self, place: &Place) -> (FileId, Range<usize>) {
        let file = place.file.unwrap_or_else(|| self.owner(&place.path));
        (file, self.file(file).span(place))
    }

    fn own(&mut self, parts: &Parts) {
        for file in &self.order {
            let Some(tree) = self.files[file.index()].tree() else {
                continue;
            };
            for part in parts.shared {
                let names = self.owners.entry(part).or_default();
                let entries = tree.entry(part).into_iter().flat_map(Cursor::children);
                for name in entries.filter_map(|entry| entry.key()) {
                    names.entry(name.to_owned()).or_insert(*file);
                }
            }
        }
    }
}

impl From<Source> for Sources {
    fn from(source: Source) -> Self {
        Self {
            files: vec![source],
            order: vec![FileId::ROOT],
            failed: Vec::new(),
            paths: Vec::new(),
            read: Vec::new(),
            root_is_file: false,
            places: BTreeMap::new(),
            owners: BTreeMap::new(),
        }
    }
}
