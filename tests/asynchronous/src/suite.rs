//! A folder of tests, turned as a whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::names::Own;
use crate::waited::{Place, waited};

/// The Rust of a folder, by its path in it.
#[derive(Debug)]
pub struct Suite {
    files: BTreeMap<PathBuf, String>,
}

/// The text of a file; the error names it.
///
/// # Errors
///
/// When it cannot be read.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

impl Suite {
    /// Reads all Rust files of a folder and of those in it.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        gather(folder, Path::new(""), &mut files)?;
        Ok(Self { files })
    }

    /// Writes what the files become into another folder, but for those of modules that the target has no use for.
    ///
    /// # Errors
    ///
    /// When a file cannot be turned or written.
    pub fn write(&self, folder: &Path, place: Place<'_>) -> Result<()> {
        let mut own = Own::default();
        for text in self.files.values() {
            own.add(text)?;
        }
        for (path, text) in &self.files {
            let top = Path::new(path.iter().next().unwrap_or_default());
            let module = top.file_stem().and_then(|stem| stem.to_str());
            if module
                .is_some_and(|name| place.left_out.contains(&name) || place.roots.contains(&name))
            {
                continue;
            }
            let name = |error| format!("{}: {error}", path.display());
            let turned = waited(text, &own, place).map_err(name)?;
            write(&folder.join(path), &turned)?;
        }
        Ok(())
    }
}

fn gather(folder: &Path, inside: &Path, files: &mut BTreeMap<PathBuf, String>) -> Result<()> {
    let name = |error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(name)? {
        let path = entry.map_err(name)?.path();
        let relative = inside.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            gather(&path, &relative, files)?;
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.insert(relative, read(&path)?);
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    let name = |error| format!("{}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(name)?;
    }
    fs::write(path, text).map_err(name)
}
