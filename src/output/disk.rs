//! The single steps on the disk, each with an error that names the path.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::error::NO_REGULAR_FILE;
use super::{OutputError, carries_mark};
use crate::threads;

/// Makes `folder` and waits until no other run writes to it; the lock goes when the value does, or the process.
pub(super) fn prepare(folder: &Path) -> Result<Option<File>, OutputError> {
    make_folder(folder)?;
    Ok(lock(folder))
}

/// Not every system can open or lock a folder. Without the lock two runs at once are still whole, file by file; one of them
/// may fail.
fn lock(folder: &Path) -> Option<File> {
    let lock = File::open(folder).ok();
    lock.filter(|folder| folder.lock().is_ok())
}

/// Makes `folder` and those above it.
pub(super) fn make_folder(folder: &Path) -> Result<(), OutputError> {
    require_folder(folder)?;
    fs::create_dir_all(folder).map_err(OutputError::io("make the folder", folder))
}

/// Nothing has to stand at `path`, where a file can be made.
pub(super) fn require_free(path: &Path) -> Result<(), OutputError> {
    if fs::symlink_metadata(path).is_ok() {
        let path = path.to_owned();
        return Err(OutputError::Exists { path });
    }
    path.parent().map_or(Ok(()), require_folder)
}

/// Nothing or a folder has to stand there.
pub(super) fn require_folder(folder: &Path) -> Result<(), OutputError> {
    // The nearest ancestor that exists is the one that may be a file.
    for place in folder.ancestors() {
        let what = match fs::metadata(place) {
            Ok(found) if found.is_dir() => return Ok(()),
            Ok(found) if found.is_file() => "a file",
            Ok(_) => "no folder",
            Err(_) if !is_link(place) => continue,
            Err(error) if error.kind() == io::ErrorKind::NotFound => LEADS_NOWHERE,
            Err(error) => return Err(OutputError::io("read", place)(error)),
        };
        let path = place.to_owned();
        return Err(OutputError::NotAFolder { path, what });
    }
    Ok(())
}

pub(super) fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

const LEADS_NOWHERE: &str = "a symbolic link that leads nowhere";

/// The bytes of the file at `path`, through a link if it is one; `None` when nothing is there.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, OutputError> {
    let Some(found) = metadata(path)? else {
        return Ok(None);
    };
    require_file(path, &found)?;
    let bytes = fs::read(path).map_err(OutputError::io("read", path))?;
    Ok(Some(bytes))
}

/// Where the mark is, if a file has it: the first bytes of the file at `path`; none when it is gone. Files of other people are
/// looked at too, and may be of any size.
pub(super) fn head(path: &Path) -> Result<Vec<u8>, OutputError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(OutputError::io("read", path)(error)),
    };
    let mut bytes = Vec::new();
    let read = file.take(HEAD).read_to_end(&mut bytes);
    read.map_err(OutputError::io("read", path))?;
    Ok(bytes)
}

/// What is `found` at `path` has to be a file: a rename would put a device away, and whoever reads a pipe may wait without end.
fn require_file(path: &Path, found: &Metadata) -> Result<(), OutputError> {
    let what = match found {
        found if found.is_file() => return Ok(()),
        found if found.is_dir() => "a folder",
        _ => NO_REGULAR_FILE,
    };
    let path = path.to_owned();
    Err(OutputError::NotAFile { path, what })
}

fn metadata(path: &Path) -> Result<Option<Metadata>, OutputError> {
    match fs::metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if is_link(path) {
                let path = path.to_owned();
                let what = LEADS_NOWHERE;
                return Err(OutputError::NotAFile { path, what });
            }
            Ok(None)
        }
        Err(error) => Err(OutputError::io("read", path)(error)),
    }
}

/// The names of the regular files in `folder`, links to them included, sorted. A name that is no Unicode is none of ours.
pub(super) fn file_names(folder: &Path) -> Result<Vec<String>, OutputError> {
    let refused = || OutputError::io("list the folder", folder);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(refused()(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(refused())?;
        if fs::metadata(entry.path()).is_ok_and(|found| found.is_file()) {
            names.extend(entry.file_name().into_string());
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// How much of a file is looked at for the mark, which stands in its first three lines.
const HEAD: u64 = 4096;

const TEMPORARY: &str = ".relata-tmp-";

/// The file that `.NAME.relata-tmp-PID` was to become.
fn destined_for(temporary: &str) -> Option<&str> {
    let (name, process) = temporary.strip_prefix('.')?.rsplit_once(TEMPORARY)?;
    let digits = !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit());
    digits.then_some(name)
}

/// Whether the name is one that files have before they are put into their place.
pub(super) fn is_temporary(name: &str) -> bool {
    destined_for(name).is_some()
}

/// Removes what killed runs left of files whose names `ours` tells. What has bytes but not the mark is none of theirs.
pub(super) fn clear_temporaries(
    folder: &Path,
    ours: impl Fn(&str) -> bool,
) -> Result<(), OutputError> {
    for path in temporaries(folder, ours)? {
        let bytes = head(&path)?;
        if bytes.is_empty() || carries_mark(&bytes) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Waits until nobody else writes in the folders of `files`, and clears what killed runs left there of them. The locks go when
/// the value does.
pub(super) fn take(files: &[&Path]) -> Result<Vec<File>, OutputError> {
    // In one order, so that no two runs wait for each other.
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    let locks = folders.into_iter().filter_map(lock).collect();
    clear(files)?;
    Ok(locks)
}

/// Removes what killed runs left of `files`, with the mark or without.
pub(super) fn clear(files: &[&Path]) -> Result<(), OutputError> {
    let mut folders: BTreeMap<&Path, BTreeSet<&OsStr>> = BTreeMap::new();
    for file in files {
        if let (Some(folder), Some(name)) = (file.parent(), file.file_name()) {
            folders.entry(folder).or_default().insert(name);
        }
    }
    for (folder, names) in folders {
        for path in temporaries(folder, |name| names.contains(OsStr::new(name)))? {
            remove(&path)?;
        }
    }
    Ok(())
}

/// What was to become one of the files whose names `ours` tells.
fn temporaries(folder: &Path, ours: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, OutputError> {
    let mut names = file_names(folder)?;
    names.retain(|name| destined_for(name).is_some_and(&ours));
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}

/// Removes the file; a link, not what it leads to.
pub(super) fn remove(path: &Path) -> Result<(), OutputError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(OutputError::io("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// A text that stands on the disk under a temporary name beside its file. Gone when dropped before [`Staged::put`].
pub(super) struct Staged {
    temporary: PathBuf,
    file: PathBuf,
    put: bool,
}

/// [`stage`] for each of `texts`, in order. Making files is most of what writing costs, so threads share it.
pub(super) fn stage_all(texts: &[(PathBuf, &str)]) -> Result<Vec<Staged>, OutputError> {
    let staged = threads::map(texts, threads::available(), |(path, text)| {
        stage(path, text)
    });
    // All are waited for before the first error drops, and so removes, what was staged.
    staged.into_iter().collect()
}

/// Puts `text` beside the file at `path`, with that file's permissions.
fn stage(path: &Path, text: &str) -> Result<Staged, OutputError> {
    let existing = metadata(path)?;
    if let Some(found) = &existing {
        require_file(path, found)?;
    }
    let file = match existing {
        // A rename would replace a link, and whoever made it wants the text where it leads.
        Some(_) => fs::canonicalize(path).map_err(OutputError::io("follow", path))?,
        None => path.to_owned(),
    };
    if is_link(path) {
        // Nobody else looks into the folder where the link leads.
        clear(&[&file])?;
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let process = std::process::id();
    let temporary = file.with_file_name(format!(".{name}{TEMPORARY}{process}"));
    let handle = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&temporary);
    let mut handle = handle.map_err(OutputError::io("write", &file))?;

    let staged = Staged {
        temporary,
        file,
        put: false,
    };
    let refused = || OutputError::io("write", &staged.file);
    handle.write_all(text.as_bytes()).map_err(refused())?;
    if let Some(existing) = existing {
        let permissions = existing.permissions();
        handle.set_permissions(permissions).map_err(refused())?;
    }
    Ok(staged)
}

impl Staged {
    /// Makes the text the file's, at once.
    pub(super) fn put(mut self) -> Result<(), OutputError> {
        fs::rename(&self.temporary, &self.file).map_err(OutputError::io("replace", &self.file))?;
        self.put = true;
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.put {
            // A leftover that cannot be removed is cleared by the next run.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::destined_for;

    #[test]
    fn temporary_names_are_recognised() {
        assert_eq!(destined_for(".mod.rs.relata-tmp-17"), Some("mod.rs"));
        assert_eq!(destined_for("mod.rs.relata-tmp-17"), None);
        assert_eq!(destined_for(".mod.rs.relata-tmp-"), None);
        assert_eq!(destined_for(".mod.rs.relata-tmp-x1"), None);
        assert_eq!(destined_for(".mod.rs.swp"), None);
    }
}
