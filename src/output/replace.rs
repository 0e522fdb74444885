//! Files of a person's, of which some words are replaced.

use std::fs;
use std::path::{Path, PathBuf};

use super::{OutputError, disk};

/// Writes other texts to files: path, the text that it has, the text to write.
///
/// All stand on the disk under temporary names before the first file is replaced, and each replacement is one rename.
/// Files keep their permissions, and links lead where they led.
///
/// # Errors
///
/// Nothing is written when a file has not the text any more that it should have, is read-only or no file. Or the
/// system refuses something.
pub(crate) fn replace(files: &[(&Path, &str, &str)]) -> Result<(), OutputError> {
    for (path, found, _) in files {
        is_as_found(path, found)?;
        let metadata = fs::metadata(path).map_err(OutputError::io("read", path))?;
        if metadata.permissions().readonly() {
            let path = (*path).to_owned();
            return Err(OutputError::ReadOnly { path });
        }
    }
    let texts: Vec<(PathBuf, &str)> = (files.iter())
        .map(|(path, _, text)| (real(path), *text))
        .collect();
    let paths: Vec<&Path> = texts.iter().map(|(path, _)| path.as_path()).collect();
    let _locks = disk::take(&paths)?;
    let staged = disk::stage_all(&texts)?;
    // Making them has taken a while.
    for (path, found, _) in files {
        is_as_found(path, found)?;
    }
    for file in staged {
        file.put()?;
    }
    Ok(())
}

/// Where a link leads.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn is_as_found(path: &Path, found: &str) -> Result<(), OutputError> {
    match disk::read(path)? {
        Some(bytes) if bytes == found.as_bytes() => Ok(()),
        _ => Err(OutputError::Changed {
            path: path.to_owned(),
        }),
    }
}
