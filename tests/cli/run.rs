//! Runs of the program in a folder of their own.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const SCHOOL: &str = include_str!("../../specs/school.yaml");

/// A spec with one error: an unknown key at line 3, column 5.
pub(crate) const BROKEN: &str = "entities:\n  Student:\n    colums: { id: integer }\n";

/// What a run left.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn json(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("one object per line"))
            .collect()
    }
}

/// A folder with a spec, `school.yaml`.
pub(crate) fn place(spec: &str) -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    fs::write(place.path().join("school.yaml"), spec).expect("a spec");
    place
}

pub(crate) fn command(place: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
    command.args(arguments.split_whitespace());
    command
        .current_dir(place)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE");
    command.stdin(Stdio::null());
    command
}

pub(crate) fn ran(output: Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Run {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

pub(crate) fn relata(place: &TempDir, arguments: &str) -> Run {
    ran(command(place.path(), arguments).output().expect("run"))
}

pub(crate) fn relata_reading(place: &TempDir, arguments: &str, input: &[u8]) -> Run {
    let mut command = command(place.path(), arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("run");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input).expect("written");
    drop(stdin);
    ran(child.wait_with_output().expect("run"))
}

/// Every file of a folder with its text, sorted; the record of a run is in a folder below it.
pub(crate) fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("a folder");
    let file = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("an entry");
        let name = entry.file_name().into_string().expect("a name");
        (name != ".relata").then(|| (name, fs::read_to_string(entry.path()).expect("a text")))
    };
    let mut files: Vec<_> = entries.filter_map(file).collect();
    files.sort();
    files
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    files(folder).into_iter().map(|(name, _)| name).collect()
}
