//! One support module for the code of all specs: what they need of it is the same text, and to compile it for each took
//! most of the time. What a user compiles is a spec with a support module of its own, as in generated-example.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The begin of the support module, whoever may see it.
const BEGIN: &str = "mod support {\n";
const END: &str = "\n}\n";

/// Puts the support code of all files of generated code, in `folder` and in those below, into one file, `shared.rs`, with
/// `behind` at its end. Types of the user's own are known to one support module each time, so a file that has such keeps
/// its own, with `behind` at its end.
pub fn share(root: &Path, folder: &Path, behind: &str) -> Result<(), Box<dyn Error>> {
    let sources = sources(&root.join("templates/support"))?;
    let mut shared: Vec<String> = Vec::new();
    let mut types = BTreeSet::new();
    for path in generated(folder)? {
        let text = fs::read_to_string(&path)?;
        let (before, support) = text
            .split_once(BEGIN)
            .ok_or_else(|| format!("{}: no support module", path.display()))?;
        let support = support
            .strip_suffix(END)
            .ok_or_else(|| format!("{}: the support module is not last", path.display()))?;
        let own: Vec<&str> = before
            .lines()
            .filter(|line| line.starts_with("impl db::UserType for "))
            .collect();
        if own.iter().any(|own| types.contains(*own)) {
            fs::write(&path, text.clone() + behind)?;
            continue;
        }
        types.extend(own.into_iter().map(str::to_owned));
        for part in parts(support, &sources)? {
            if !shared.contains(&part) {
                shared.push(part);
            }
        }
        fs::write(
            &path,
            format!("{before}{BEGIN}pub use crate::shared::support::*;{END}"),
        )?;
    }
    let shared = shared.join("\n\n");
    let allowed = "#[allow(dead_code, unused_imports, unused_macros)]";
    fs::write(
        folder.join("shared.rs"),
        format!("{allowed}\npub {BEGIN}{shared}{END}{behind}"),
    )?;
    Ok(())
}

/// The files of generated code, sorted.
fn generated(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.ends_with("suite") || path.ends_with("suite.rs") || path.ends_with("shared.rs") {
            continue;
        }
        if path.is_dir() {
            files.extend(generated(&path)?);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The texts that support code is made of, in the words of each asynchronous target.
fn sources(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder)? {
        for file in fs::read_dir(entry?.path())? {
            let text = fs::read_to_string(file?.path())?;
            let text = text.replace("Row<'_>", "Row").replace("Row<'r>", "Row");
            let text = text.trim_end().to_owned();
            sources.push(text.replace("mut Connection", "mut Connection<'_>"));
            sources.push(text);
        }
    }
    sources.sort();
    Ok(sources)
}

/// The sources that `text` is made of, in order.
fn parts(text: &str, sources: &[String]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let fitting = sources
            .iter()
            .filter(|source| !source.is_empty() && rest.starts_with(source.as_str()));
        let part = fitting.max_by_key(|source| source.len());
        let part = part.ok_or_else(|| {
            format!(
                "no source begins as here: {}",
                rest.lines().next().unwrap_or_default()
            )
        })?;
        parts.push(part.clone());
        rest = rest[part.len()..].trim_start_matches('\n');
    }
    Ok(parts)
}
