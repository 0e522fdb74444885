//! Files that something else was made of, which is still there: a run does not take them away without being asked.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::record::{Record, records};
use super::{Output, OutputError, disk, same_text};

impl Output {
    /// Refuses to replace or remove in `folder` what a run has left word of that was made of another file than `origin`, when
    /// that file is still there. Without word nothing is known, and nothing refused.
    ///
    /// # Errors
    ///
    /// [`OutputError::OfAnother`].
    pub(crate) fn refuse_others(&self, folder: &Path, origin: &Path) -> Result<(), OutputError> {
        let own = fs::canonicalize(origin).ok();
        for Record { files, origin, .. } in records(folder) {
            let other = origin.and_then(|origin| fs::canonicalize(folder.join(origin)).ok());
            let Some(other) = other.filter(|other| Some(other) != own.as_ref()) else {
                continue;
            };
            if let Some((name, _)) = files.iter().find(|(name, _)| self.takes(folder, name)) {
                return Err(OutputError::OfAnother {
                    path: folder.join(name),
                    other,
                });
            }
        }
        Ok(())
    }

    /// Whether the file `name` in `folder` would be replaced or removed.
    fn takes(&self, folder: &Path, name: &str) -> bool {
        let Ok(Some(found)) = disk::read(&folder.join(name)) else {
            return false;
        };
        match self.get(name) {
            Some(text) => !same_text(&found, text),
            None => self.claims(name),
        }
    }
}

/// How `origin` is found from `folder`, wherever both are moved together; `None` where there is no way.
pub(super) fn way(folder: &Path, origin: &Path) -> Option<PathBuf> {
    let (folder, origin) = (
        fs::canonicalize(folder).ok()?,
        fs::canonicalize(origin).ok()?,
    );
    let (mut from, mut to) = (
        folder.components().peekable(),
        origin.components().peekable(),
    );
    let mut shared = 0;
    while let (Some(one), Some(other)) = (from.peek(), to.peek())
        && one == other
    {
        from.next();
        to.next();
        shared += 1;
    }
    let up = from.map(|_| Component::ParentDir);
    // Nothing in common: another disk of a system that has letters for them.
    (shared > 0).then(|| up.chain(to).collect())
}

#[cfg(test)]
mod tests {
    use super::way;
    use std::path::Path;

    #[test]
    fn the_way_leads_up_and_down() {
        let folder = Path::new("src/output");
        assert_eq!(
            way(folder, Path::new("src/output.rs")),
            Some("../output.rs".into())
        );
        assert_eq!(
            way(folder, Path::new("src/output/error.rs")),
            Some("error.rs".into())
        );
        assert_eq!(
            way(folder, Path::new("src/source/path.rs")),
            Some("../source/path.rs".into())
        );
        assert_eq!(way(folder, Path::new("src/nowhere.rs")), None);
    }
}
