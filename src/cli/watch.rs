//! `relata generate --watch`: the same again whenever a file of the spec is saved. The only file that knows `notify`.
//!
//! A change is what is different in a file's time or length. Events only say when to look, so that neither those of other files
//! nor those that a system loses matter: there is a look each second anyway, which finds what comes back with its folder, what a
//! link leads to, and what happens on other machines.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use notify::{RecursiveMode, Watcher};
use relata::{Builder, Error, Rendered};

use super::console::{Console, Failure};
use super::fix;

/// How often there is a look without an event.
const LOOK: Duration = Duration::from_secs(1);

/// How long files must not change to be whole.
const QUIET: Duration = Duration::from_millis(20);

/// How long a file that has lost its text, or its name, may take to get another one: editors write in several steps.
const REWRITE: Duration = Duration::from_millis(250);

/// A file's time and length; `None` when it is not there.
type Stamp = Option<(SystemTime, u64)>;

/// The files that matter, as they were before they were read.
type Seen = BTreeMap<PathBuf, Stamp>;

/// Generates now and after each change, until nobody reads the results any more.
pub(super) fn generate(
    builder: &Builder,
    spec: &Path,
    out: &Path,
    console: &mut Console,
) -> Result<(), Failure> {
    let mut seen = look([spec.to_owned()]);
    let mut before = Vec::new();
    loop {
        console.begin(spec);
        let (files, rendered) = console.during("rendering", || render(builder, &mut seen, console));
        console.clear()?;
        match rendered.and_then(|rendered| write(&rendered, out, console)) {
            Err(failure @ Failure::Output(_)) => return Err(failure),
            Err(failure) => console.failure(failure)?,
            Ok(()) => {}
        }
        console.watching(&files, files != before)?;
        if console.is_closed() {
            return Ok(());
        }
        before = files;
        wait(&mut seen);
    }
}

/// Renders what is there now; `seen` is then the files of the spec as they were before they were read.
fn render(
    builder: &Builder,
    seen: &mut Seen,
    console: &Console,
) -> (Vec<PathBuf>, Result<Rendered, Failure>) {
    loop {
        let rendered = builder.render();
        let files = match &rendered {
            Ok(rendered) => rendered.sources.clone(),
            Err(Error::Spec(report)) => report.sources().paths().to_vec(),
            Err(_) => seen.keys().cloned().collect(),
        };
        if files.iter().all(|file| seen.contains_key(file)) {
            seen.retain(|file, _| files.contains(file));
            return (
                files,
                rendered.map_err(|error| fix::failure(builder, error, console)),
            );
        }
        // Of a file that is new here it is not known whether it has changed since it was read.
        *seen = look(files);
    }
}

fn write(rendered: &Rendered, out: &Path, console: &mut Console) -> Result<(), Failure> {
    console.report(&rendered.warnings)?;
    let summary = console.during("writing", || rendered.output.write(out));
    let summary = summary.map_err(Error::from)?;
    console.summary(out, &summary)?;
    console.changes(&summary)
}

/// Returns when a file is not as it was `seen`, and has been left alone for a moment.
fn wait(seen: &mut Seen) {
    let (sender, events) = mpsc::channel();
    // A system that cannot watch, or a folder that is not there, leaves the look of each second.
    let mut watcher = notify::recommended_watcher(sender).ok();
    for folder in folders(seen.keys()) {
        if let Some(watcher) = &mut watcher {
            let _ = watcher.watch(&folder, RecursiveMode::NonRecursive);
        }
    }
    let mut now = look(seen.keys().cloned());
    while now == *seen {
        match events.recv_timeout(LOOK) {
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => sleep(LOOK),
        }
        now = look(seen.keys().cloned());
    }
    let begun = Instant::now();
    loop {
        sleep(QUIET);
        let later = look(seen.keys().cloned());
        if later == now && (begun.elapsed() >= REWRITE || !has_lost_text(seen, &later)) {
            *seen = later;
            return;
        }
        now = later;
    }
}

fn has_lost_text(before: &Seen, after: &Seen) -> bool {
    let has_text = |stamp: &Stamp| stamp.is_some_and(|(_, length)| length > 0);
    let mut files = before.iter();
    files.any(|(path, stamp)| has_text(stamp) && !after.get(path).is_some_and(has_text))
}

/// The folders of `files`, and of what they are links to: editors replace a file by another of its name.
fn folders<'a>(files: impl Iterator<Item = &'a PathBuf>) -> Vec<PathBuf> {
    let places = files.flat_map(|file| [Some(file.clone()), fs::canonicalize(file).ok()]);
    let folder = |file: PathBuf| match file.parent() {
        Some(parent) if parent == Path::new("") => Some(PathBuf::from(".")),
        parent => parent.map(Path::to_owned),
    };
    let mut folders: Vec<PathBuf> = places.flatten().filter_map(folder).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}

fn look(files: impl IntoIterator<Item = PathBuf>) -> Seen {
    let stamped = |file: PathBuf| {
        let stamp = stamp(&file);
        (file, stamp)
    };
    files.into_iter().map(stamped).collect()
}

fn stamp(path: &Path) -> Stamp {
    let found = fs::metadata(path).ok()?;
    Some((found.modified().ok()?, found.len()))
}
