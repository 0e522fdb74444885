//! Whether there is anything to do: what a run leaves for the next one, and when that is believed.

use std::path::Path;
use std::{env, fs};

use super::input::Input;
use super::{Builder, Error, Rendered};
use crate::output::{self, Made, Summary};
use crate::source::Sources;

impl Builder {
    /// What a run would keep in `folder`, when there is nothing to do: an earlier one [left word](Rendered::remember) that this
    /// program was asked for the same, and every file that it read and every file that it made still has the same bytes.
    /// All of them are read and compared; no time of a file is trusted. `None` whenever anything is in doubt.
    ///
    /// Takes a tenth of what rendering takes. The command line asks for it; build scripts have no use for it, since cargo
    /// runs them only when the spec was changed.
    #[must_use]
    pub fn unchanged(&self, folder: &Path) -> Option<Summary> {
        output::unchanged(folder, &self.spec.stem(), self.asked()?)
    }

    /// What everything but the files of the spec comes to: the program, where it runs, and every setting.
    fn asked(&self) -> Option<u64> {
        let program = program()?;
        // Relative paths are those of this folder.
        let here = env::current_dir().ok()?;
        Some(output::hash(&(program, here, format!("{self:?}"))))
    }

    /// What is made of `sources`, as the next run has to find it.
    pub(super) fn made(&self, sources: &Sources) -> Option<Made> {
        let read = sources.read()?;
        let Input::File(origin) = &self.spec else {
            return None;
        };
        let read = read.map(|(path, text)| (path.to_owned(), output::hash(text.as_bytes())));
        Some(Made {
            asked: self.asked()?,
            origin: origin.clone(),
            read: read.collect(),
        })
    }
}

impl Rendered {
    /// Refuses to take away from `folder` what another spec is the source of, when that is still there and a run
    /// [left word](Rendered::remember) of it.
    ///
    /// # Errors
    ///
    /// [`Error::Output`] with [`OutputError::OfAnother`](crate::output::OutputError::OfAnother).
    pub fn refuse_others(&self, folder: &Path) -> Result<(), Error> {
        match &self.made {
            Some(made) => Ok(self.output.refuse_others(folder, &made.origin)?),
            None => Ok(()),
        }
    }

    /// Leaves word in `folder`, in a folder `.relata` that keeps itself out of git, of what these files were made of, for
    /// [`Builder::unchanged`]. Nothing is left where there are warnings, which the next run has to tell again, and where the
    /// spec is no file.
    ///
    /// # Errors
    ///
    /// [`Error::Output`] when the system refuses something.
    pub fn remember(&self, folder: &Path) -> Result<(), Error> {
        match &self.made {
            Some(made) if self.warnings.is_empty() => {
                Ok(self.output.remember(folder, &self.stem, made)?)
            }
            _ => Ok(()),
        }
    }
}

/// What tells this build of the program from another one, as far as files can tell without being read.
fn program() -> Option<impl std::hash::Hash> {
    let found = fs::metadata(env::current_exe().ok()?).ok()?;
    Some((found.len(), found.modified().ok()?, changed(&found)))
}

/// What no user sets: when a file was changed last, whatever is said of its content, and which one it is.
#[cfg(unix)]
fn changed(found: &fs::Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino(), found.ctime(), found.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(found: &fs::Metadata) -> Option<std::time::SystemTime> {
    found.created().ok()
}
