//! Reading a file and all that it includes: depth first, each file once, within one budget.
//!
//! What a file includes is told by one key of its top mapping; a path is relative to the folder of the file that has it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use super::files::{FileId, Parts, Sources};
use super::limits::{self, Budget};
use super::{FaultKind, Path, Place, Shape, Source};

/// How many failures are worth a look into the folder.
const FOLDERS: usize = 64;

/// Texts that are read in place of what the disk has, by the one path that each file has.
pub type Texts = BTreeMap<PathBuf, String>;

/// Something that could not be included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The file that includes it.
    pub file: FileId,
    /// The item that names it, where a list does.
    pub item: Option<usize>,
    /// The path that was looked for.
    pub path: PathBuf,
    /// Why.
    pub failure: Failure,
}

/// Why something could not be included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is nothing of that name, but these files are in its folder, sorted; unless they are many, or many files
    /// are missing.
    Missing(Vec<String>),
    /// It is a folder.
    Folder,
    /// It is a device, a pipe or the like.
    NoRegularFile,
    /// The system's reason.
    Unreadable(String),
    /// With it the files have more bytes than [`limits::SPEC_BYTES`].
    TooLarge,
    /// It is one more than [`limits::FILES`].
    TooMany,
    /// It stands deeper than [`limits::INCLUDE_DEPTH`].
    TooDeep,
    /// The same list has it before, as this item.
    Repeated(usize),
    /// It includes, by the entries at these places, the file that includes it; none when that is the same file.
    Circle(Vec<Place>),
}

impl Failure {
    /// Whether something that the spec should have is missing from it.
    #[must_use]
    pub const fn is_loss(&self) -> bool {
        !matches!(self, Self::Repeated(_) | Self::Circle(_))
    }
}

impl Sources {
    /// The spec in the file at `path`, with all that it includes.
    #[must_use]
    pub fn of_file(path: &std::path::Path, parts: &Parts) -> Self {
        Self::of_file_with(path, parts, &Texts::new())
    }

    /// The same, files having `texts` in place of what is on the disk.
    #[must_use]
    pub fn of_file_with(path: &std::path::Path, parts: &Parts, texts: &Texts) -> Self {
        let mut reading = Reading::new(parts, texts);
        let identity = identity(path).ok();
        let text = identity.as_ref().and_then(|identity| texts.get(identity));
        let name = path.display().to_string();
        let source = if let Some(text) = text {
            Source::within(name, text.as_bytes(), &mut reading.budget)
        } else {
            match File::open(path) {
                Ok(file) => Source::from_reader(name, file, &mut reading.budget),
                Err(error) => Source::unreadable(name, error.to_string()),
            }
        };
        if let Some(identity) = identity {
            reading.known.insert(identity, FileId::ROOT);
        }
        reading.paths.push(path.to_owned());
        reading.read.push((path.to_owned(), FileId::ROOT));
        reading.root_is_file = true;
        reading.enter(source, path);
        reading.end()
    }

    /// The spec `bytes` that messages call `name`; what it includes is relative to the current folder.
    #[must_use]
    pub fn of_text(name: &str, bytes: &[u8], parts: &Parts) -> Self {
        Self::of_text_with(name, bytes, parts, &Texts::new())
    }

    /// The same, files having `texts` in place of what is on the disk.
    #[must_use]
    pub fn of_text_with(name: &str, bytes: &[u8], parts: &Parts, texts: &Texts) -> Self {
        let mut reading = Reading::new(parts, texts);
        let source = Source::within(name, bytes, &mut reading.budget);
        reading.enter(source, std::path::Path::new(""));
        reading.end()
    }
}

/// The place of an entry of `include`.
fn place(parts: &Parts, file: FileId, item: Option<usize>) -> Place {
    let path = Path::root().key(parts.include);
    let path = item.map_or(path.clone(), |item| path.index(item));
    path.at_value().within(file)
}

struct Reading<'p> {
    parts: &'p Parts,
    texts: &'p Texts,
    budget: Budget,
    files: Vec<Source>,
    order: Vec<FileId>,
    failed: Vec<Failed>,
    paths: Vec<PathBuf>,
    /// Each path that a file was found under.
    read: Vec<(PathBuf, FileId)>,
    /// Files by the path that each has one of.
    known: BTreeMap<PathBuf, FileId>,
    /// The files whose includes are being read, outermost first, each with the entry that is at hand.
    chain: Vec<(FileId, Option<usize>)>,
    /// How many entries there were.
    entries: usize,
    /// Whether nothing more is read, which has been told.
    full: bool,
    /// Whether the root file is one of the disk.
    root_is_file: bool,
}

impl<'p> Reading<'p> {
    fn new(parts: &'p Parts, texts: &'p Texts) -> Self {
        Self {
            parts,
            texts,
            budget: Budget::default(),
            files: Vec::new(),
            order: Vec::new(),
            failed: Vec::new(),
            paths: Vec::new(),
            read: Vec::new(),
            known: BTreeMap::new(),
            chain: Vec::new(),
            entries: 0,
            full: false,
            root_is_file: false,
        }
    }

    fn end(self) -> Sources {
        let Self {
            files,
            order,
            failed,
            paths,
            parts,
            root_is_file,
            known,
            read,
            ..
        } = self;
        let places = known.into_iter().map(|(path, file)| (file, path));
        Sources::new(files, order, failed, paths, parts).with_root(
            root_is_file,
            places.collect(),
            read,
        )
    }

    /// Takes the file that was read from `path`, and what it includes.
    fn enter(&mut self, source: Source, path: &std::path::Path) {
        let file = FileId::new(self.files.len());
        let beyond = |kind: &FaultKind| {
            matches!(
                kind,
                FaultKind::TooManyNodes | FaultKind::TooManyMarks | FaultKind::AliasGrowth
            )
        };
        self.full |= source.faults().iter().any(|fault| beyond(&fault.kind));
        let entries = entries(&source, self.parts);
        self.files.push(source);
        let folder = path.parent().unwrap_or(path);
        let mut listed = BTreeMap::new();
        for (item, written) in entries {
            if self.full {
                break;
            }
            // As people write it themselves.
            let written = std::path::Path::new(&written);
            let path = folder.join(written.strip_prefix(".").unwrap_or(written));
            self.chain.push((file, item));
            let included = self.include(&path, &mut listed);
            self.chain.pop();
            if let Err(failure) = included {
                self.fail(file, item, path, failure);
            }
        }
        self.order.push(file);
    }

    /// Includes the file at `path` by the last entry of the chain; those before in the same list are `listed`.
    fn include(
        &mut self,
        path: &std::path::Path,
        listed: &mut BTreeMap<PathBuf, usize>,
    ) -> Result<(), Failure> {
        self.entries += 1;
        if self.entries > limits::FILES {
            return Err(Failure::TooMany);
        }
        if self.chain.len() > limits::INCLUDE_DEPTH {
            return Err(Failure::TooDeep);
        }
        let identity = identity(path)?;
        let (_, item) = self.chain[self.chain.len() - 1];
        let item = item.unwrap_or_default();
        if let Some(first) = listed.get(&identity) {
            return Err(Failure::Repeated(*first));
        }
        listed.insert(identity.clone(), item);
        if let Some(file) = self.known.get(&identity) {
            self.read.push((path.to_owned(), *file));
            return match self.circle(*file) {
                Some(circle) => Err(Failure::Circle(circle)),
                None => Ok(()),
            };
        }
        let name = path.display().to_string();
        let source = if let Some(text) = self.texts.get(&identity) {
            Source::within(name, text.as_bytes(), &mut self.budget)
        } else {
            let read = File::open(path).map_err(|error| reason(&error))?;
            let stored = read.metadata().map_err(|error| reason(&error))?.len();
            let source = Source::from_reader(name, read, &mut self.budget);
            // What says that it has no bytes, and gives some, is made up by the system at that moment: `/proc/self/environ`.
            if stored == 0 && !source.text().is_empty() {
                return Err(Failure::NoRegularFile);
            }
            source
        };
        for fault in source.faults() {
            match &fault.kind {
                FaultKind::Unreadable(reason) => return Err(Failure::Unreadable(reason.clone())),
                FaultKind::TooLarge => return Err(Failure::TooLarge),
                _ => {}
            }
        }
        let file = FileId::new(self.files.len());
        self.known.insert(identity, file);
        self.read.push((path.to_owned(), file));
        self.paths.push(path.to_owned());
        self.enter(source, path);
        Ok(())
    }

    /// The entries by which `file` has led here, but for the last one; none when its includes have been read.
    fn circle(&self, file: FileId) -> Option<Vec<Place>> {
        let start = self.chain.iter().position(|(open, _)| *open == file)?;
        let entries = &self.chain[start..self.chain.len() - 1];
        let places = entries.iter();
        Some(
            places
                .map(|(file, item)| place(self.parts, *file, *item))
                .collect(),
        )
    }

    fn fail(&mut self, file: FileId, item: Option<usize>, path: PathBuf, mut failure: Failure) {
        self.full |= matches!(failure, Failure::TooLarge | Failure::TooMany);
        // What is no file is no better when its content changes.
        let may_be_mended = matches!(
            failure,
            Failure::Missing(_) | Failure::Unreadable(_) | Failure::TooLarge
        );
        if may_be_mended && !self.paths.contains(&path) {
            self.paths.push(path.clone());
        }
        if matches!(failure, Failure::Missing(_)) && self.failed.len() < FOLDERS {
            failure = Failure::Missing(beside(&path));
        }
        self.failed.push(Failed {
            file,
            item,
            path,
            failure,
        });
    }
}

/// What `source` includes: the item of the list, and the path as written. What is no scalar is left out.
fn entries(source: &Source, parts: &Parts) -> Vec<(Option<usize>, String)> {
    let entry = source.tree().and_then(|tree| tree.entry(parts.include));
    let Some(entry) = entry else {
        return Vec::new();
    };
    let path = |shape: Shape<'_>| match shape {
        // Nothing at all is no path.
        Shape::Scalar { text: "", plain } if plain => None,
        Shape::Scalar { text, .. } => Some(text.to_owned()),
        _ => None,
    };
    if let Shape::Sequence(_) = entry.shape() {
        let items = entry.children().take(limits::FILES + 1).enumerate();
        let named = items.filter_map(|(item, node)| Some((Some(item), path(node.shape())?)));
        return named.collect();
    }
    path(entry.shape())
        .map(|path| (None, path))
        .into_iter()
        .collect()
}

/// The one path of the file at `path`, which is found out without opening it: a pipe would wait for its other end.
fn identity(path: &std::path::Path) -> Result<PathBuf, Failure> {
    let found = fs::metadata(path).map_err(|error| reason(&error))?;
    if found.is_dir() {
        return Err(Failure::Folder);
    }
    if !found.is_file() {
        return Err(Failure::NoRegularFile);
    }
    fs::canonicalize(path).map_err(|error| reason(&error))
}

fn reason(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::Missing(Vec::new()),
        _ => Failure::Unreadable(error.to_string()),
    }
}

/// The names of the regular files in the folder of `path`, sorted; none of a folder with more than
/// [`limits::FILES`] entries, whose order is the system's.
fn beside(path: &std::path::Path) -> Vec<String> {
    let folder = match path.parent() {
        Some(folder) if folder != std::path::Path::new("") => folder,
        _ => std::path::Path::new("."),
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let entries: Vec<fs::DirEntry> = entries.take(limits::FILES + 1).collect();
    if entries.len() > limits::FILES {
        return Vec::new();
    }
    let files = entries.iter().filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests;
