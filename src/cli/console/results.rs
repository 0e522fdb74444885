//! What the commands say of what they did: a line for people, an object for tools.

use std::io;
use std::path::{Path, PathBuf};

use relata::Stale;
use relata::output::Summary;
use serde_json::json;

use super::{Console, Failure, Volume, complain, redraws, shown};
use crate::cli::diff;
use crate::cli::init::{Addition, Made};

/// How many files of a kind are named where it is not asked for each.
const SCREEN: usize = 10;

impl Console {
    /// Says what a run did.
    pub(in crate::cli) fn summary(
        &mut self,
        place: &Path,
        summary: &Summary,
    ) -> Result<(), Failure> {
        let Summary {
            written,
            kept,
            removed,
            ..
        } = summary;
        if self.json {
            let (written, kept, removed) = (names(written), names(kept), names(removed));
            let object = json!({
                "event": "generated",
                "out": place.to_string_lossy(),
                "written": written,
                "kept": kept,
                "removed": removed,
            });
            return self.status(&object.to_string());
        }
        let (w, k, r) = (written.len(), kept.len(), removed.len());
        self.status(&format!(
            "{}: {w} written, {k} kept, {r} removed",
            shown(place)
        ))?;
        if self.volume != Volume::Verbose {
            // Whoever has put work of their own there learns of it.
            return self.list("removed", removed, SCREEN);
        }
        self.list("written", written, usize::MAX)?;
        self.list("kept", kept, usize::MAX)?;
        self.list("removed", removed, usize::MAX)
    }

    /// Says which files are new, as many as fit on a screen, where [`Console::summary`] has not done so.
    pub(in crate::cli) fn changes(&mut self, summary: &Summary) -> Result<(), Failure> {
        if self.json || self.volume == Volume::Verbose {
            return Ok(());
        }
        self.list("written", &summary.written, SCREEN)
    }

    /// Says that the next change of one of `files` is waited for. Where lines are only added, people read it when
    /// these are other files than before.
    pub(in crate::cli) fn watching(
        &mut self,
        files: &[PathBuf],
        others: bool,
    ) -> Result<(), Failure> {
        if self.json {
            let object = json!({ "event": "watching", "files": names(files) });
            return self.status(&object.to_string());
        }
        if !others && !redraws(&io::stdout()) {
            return Ok(());
        }
        let files: Vec<String> = files.iter().map(|path| shown(path)).collect();
        self.status(&format!("watching {}; Ctrl-C ends it", files.join(", ")))
    }

    /// Says which files `init` made and left alone, and what people are to add to those.
    pub(in crate::cli) fn initialized(&mut self, made: &Made) -> Result<(), Failure> {
        let Made {
            folder,
            written,
            kept,
            additions,
            next,
        } = made;
        if self.json {
            let addition = |addition: &Addition| {
                let Addition { file, how, text } = addition;
                json!({ "file": file, "how": how, "text": text })
            };
            let object = json!({
                "event": "initialized",
                "folder": folder.to_string_lossy(),
                "written": names(written),
                "kept": names(kept),
                "add": additions.iter().map(addition).collect::<Vec<_>>(),
                "next": next,
            });
            return self.status(&object.to_string());
        }
        self.list("written", written, usize::MAX)?;
        self.list("kept", kept, usize::MAX)?;
        for Addition { file, how, text } in additions {
            self.status(&format!("\n{file}, {how}:\n"))?;
            for line in text.lines() {
                self.status(format!("    {line}").trim_end())?;
            }
        }
        let when = if additions.is_empty() {
            "next"
        } else {
            "with all of that"
        };
        self.status(&format!("\n{when}: {next}"))
    }

    fn list(&mut self, did: &str, paths: &[PathBuf], most: usize) -> Result<(), Failure> {
        for path in paths.iter().take(most) {
            self.status(&format!("  {did} {}", shown(path)))?;
        }
        match paths.len().saturating_sub(most) {
            0 => Ok(()),
            more => self.status(&format!("  {did} {more} more")),
        }
    }

    /// Says that the files in `folder` are as they would be generated.
    pub(in crate::cli) fn current(&mut self, folder: &Path) -> Result<(), Failure> {
        self.state("current", "out", folder)
    }

    /// Says that `spec` has no errors.
    pub(in crate::cli) fn valid(&mut self, spec: &Path) -> Result<(), Failure> {
        self.state("valid", "file", spec)
    }

    /// A result about a path: `path: state`.
    fn state(&mut self, state: &str, key: &str, path: &Path) -> Result<(), Failure> {
        if self.json {
            let object = json!({ "event": state, key: path.to_string_lossy() });
            return self.status(&object.to_string());
        }
        self.status(&format!("{}: {state}", shown(path)))
    }

    pub(super) fn stale(&mut self, stale: &Stale) -> Result<(), Failure> {
        for difference in &stale.differences {
            let path = difference.path.to_string_lossy();
            let change = &difference.change;
            let shown = shown(&difference.path);
            let diff = diff::of_change(&shown, change);
            if self.json {
                let object = json!({
                    "event": change.as_str(),
                    "file": path,
                    "diff": diff,
                    "help": stale.mend,
                });
                self.say(&format!("{object}\n"))?;
            } else {
                self.say(&format!("{shown}: {}\n", change.as_str()))?;
                self.say(&diff::colored(&diff))?;
            }
        }
        if self.json {
            return Ok(());
        }
        complain(&format!(
            "error: the generated files are not current\nhelp: {}\n",
            stale.mend
        ))
    }
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    let text = |path: &PathBuf| path.to_string_lossy().into_owned();
    paths.iter().map(text).collect()
}
