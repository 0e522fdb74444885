//! Files for people to go on with: they carry no mark, and are never written twice.

use std::path::{Path, PathBuf};

use super::{OutputError, disk};

/// Makes `files`, each a path below `folder` and its text, and gives their paths. Folders are made as needed.
///
/// # Errors
///
/// Something stands where one of them would: nothing is written. Or the system refuses something; what was written
/// before it is taken back.
pub fn create(folder: &Path, files: &[(&str, &str)]) -> Result<Vec<PathBuf>, OutputError> {
    let files = files.iter().map(|(name, text)| (folder.join(name), *text));
    let files: Vec<(PathBuf, &str)> = files.collect();
    let free = || {
        files
            .iter()
            .try_for_each(|(path, _)| disk::require_free(path))
    };
    // Before the folder is made, and again when nobody else is at it.
    free()?;
    let _lock = disk::prepare(folder)?;
    free()?;

    for (path, _) in &files {
        disk::make_folder(path.parent().unwrap_or(folder))?;
    }
    let paths: Vec<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
    disk::clear(&paths)?;
    let mut made: Vec<PathBuf> = Vec::new();
    for (staged, (path, _)) in disk::stage_all(&files)?.into_iter().zip(files) {
        if let Err(error) = staged.put() {
            // They are ours, of a moment ago; whoever tries again finds the place as it was.
            for path in &made {
                let _ = disk::remove(path);
            }
            return Err(error);
        }
        made.push(path);
    }
    Ok(made)
}
