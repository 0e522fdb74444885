//! Folders, specs and runs of the program for all tests of faults.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The files below a folder by their paths, each with its bytes; links and the like are left out.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What the folder of temporary files is told by.
pub const TEMPORARY: &str = ".relata-tmp-";

/// How often the short form of a test is done.
pub fn rounds() -> usize {
    let rounds = std::env::var("RELATA_ROUNDS").ok();
    rounds.map_or(1, |rounds| rounds.parse().expect("a number"))
}

/// Random numbers that need no crate: xorshift.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Specs whose every file differs, with entities that only one of them has.
pub fn version(number: usize) -> String {
    let mut spec = String::from("entities:\n");
    for entity in number..number + 4 {
        let doc = format!("Version {number}. {}", "Words. ".repeat(200));
        write!(
            spec,
            "  Thing{entity}:\n    doc: \"{doc}\"\n    columns:\n      id: {{ type: integer, primary_key: true }}\n      \
             name{number}: string\n"
        )
        .expect("a String takes everything");
    }
    spec
}

/// All files in `folder` and below it.
pub fn files(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let entry = entry.expect("an entry");
            let kind = entry.file_type().expect("a kind");
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                let name = path.strip_prefix(folder).expect("below the folder");
                let name = name.to_string_lossy().into_owned();
                files.insert(name, fs::read(path).expect("bytes"));
            }
        }
    }
    files
}

/// The files in `folder` that people know of: without records, and what killed runs left.
pub fn known_files(folder: &Path) -> Files {
    let mut files = files(folder);
    files.retain(|name, _| !name.split('/').any(|part| part.starts_with('.')));
    files
}

/// Nothing that was to become another file is left in `folder`.
pub fn assert_no_leftovers(folder: &Path, when: &str) {
    let left: Vec<String> = files(folder).into_keys().collect();
    let temporary = left.iter().find(|name| name.contains(TEMPORARY));
    assert_eq!(temporary, None, "{when}");
    if left.iter().any(|name| name.ends_with(".record")) {
        let ignored = left.iter().any(|name| name.ends_with(".relata/.gitignore"));
        assert!(ignored, "the record keeps itself out of git {when}");
    }
}

/// What a run said, and how it ended.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The program with arguments.
pub fn relata(folder: &Path, arguments: &[&OsStr]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
    command.current_dir(folder).args(arguments);
    command
}

/// Arguments of a line; what has spaces is no such.
pub fn words(line: &str) -> Vec<&OsStr> {
    line.split(' ').map(OsStr::new).collect()
}

/// Runs to the end, which comes within a minute.
pub fn ran(command: &mut Command) -> Run {
    let streams = command.stdin(Stdio::null()).stderr(Stdio::piped());
    ran_to(streams.stdout(Stdio::piped()))
}

/// The same where the streams are set.
pub fn ran_to(command: &mut Command) -> Run {
    let mut child = command.spawn().expect("the program");
    let (out, err) = (text_of(child.stdout.take()), text_of(child.stderr.take()));
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a state") {
            break status;
        }
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().expect("killed");
            panic!("{command:?} hangs");
        }
        thread::sleep(Duration::from_millis(1));
    };
    let run = Run {
        code: status.code(),
        out: out.join().expect("a text"),
        err: err.join().expect("a text"),
    };
    assert!(!run.err.contains("panicked"), "{command:?}: {run:?}");
    run
}

/// Reads all that comes, so that nobody waits for a reader.
fn text_of(stream: Option<impl Read + Send + 'static>) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        if let Some(mut stream) = stream {
            stream.read_to_string(&mut text).expect("UTF-8");
        }
        text
    })
}

/// Runs what has to succeed.
pub fn done(command: &mut Command) -> Run {
    let run = ran(command);
    assert_eq!(run.code, Some(0), "{command:?}: {run:?}");
    run
}
