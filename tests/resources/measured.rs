//! Runs of the program, each with the time that it took and the most memory that it had.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a run may have, in MiB.
const MEMORY: u64 = 200;

/// What a spec may have that is within the limits and near them: it is read to its end, right or wrong.
const MEMORY_AT_LIMITS: u64 = 300;

/// What a run may take: a second, or as much longer as a program takes that is not optimized, on a machine with other work.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });

/// A spec, and what is said of it.
pub struct Case {
    pub name: &'static str,
    pub spec: String,
    /// `check`, `ddl`, `fix` or `generate`.
    pub command: &'static str,
    /// The code of the first problem; empty where there is none.
    pub code: &'static str,
    /// Whether it is nearly as large as a spec may be.
    pub at_limits: bool,
}

/// A case of `relata check`.
pub fn case(name: &'static str, code: &'static str, spec: impl Into<String>) -> Case {
    Case {
        name,
        spec: spec.into(),
        command: "check",
        code,
        at_limits: false,
    }
}

impl Case {
    pub fn by(mut self, command: &'static str) -> Self {
        self.command = command;
        self
    }

    pub fn at_limits(mut self) -> Self {
        self.at_limits = true;
        self
    }
}

/// How many things are many: as many as a hostile spec can have, or a part of it that takes no time to be tried.
pub fn many() -> usize {
    let rounds = std::env::var("RELATA_ROUNDS").ok();
    let rounds: usize = rounds.map_or(1, |rounds| rounds.parse().expect("a number"));
    (10_000 * rounds).min(100_000)
}

/// An entity, with further columns and what else there is to say.
pub fn entity(name: &str, more: &str) -> String {
    format!("  {name}:\n    columns:\n      id: {{ type: integer, primary_key: true }}\n{more}")
}

/// A spec of an entity `A`.
pub fn one(more: &str) -> String {
    format!("entities:\n{}", entity("A", more))
}

/// What `each` makes of as many numbers, one after the other.
pub fn lines(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

pub fn check(cases: impl IntoIterator<Item = Case>) {
    for case in cases {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("spec.yaml"), &case.spec).expect("a spec");
        run(&case, dir.path());
    }
}

/// Runs the case in `folder`, whose `spec.yaml` is there.
pub fn run(case: &Case, folder: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
    command
        .current_dir(folder)
        .arg(case.command)
        .arg("spec.yaml");
    match case.command {
        "fix" => drop(command.arg("--check")),
        "generate" => drop(command.args(["--out", "models"])),
        _ => {}
    }
    let stream = |name: &str| File::create(folder.join(name)).expect("a file");
    command
        .stdin(Stdio::null())
        .stdout(stream("out"))
        .stderr(stream("err"));
    let measured = measure(&mut command);
    let said = fs::read_to_string(folder.join("err")).expect("UTF-8");
    let first = said.lines().next().unwrap_or_default().to_owned();
    let first: String = first.chars().take(150).collect();
    let words = format!("{}: {measured:?}, {first}", case.name);
    println!("{words}");

    let is_wrong = !case.code.is_empty() && !case.code.starts_with('W');
    // With something to mend, `fix --check` fails.
    let expected = i32::from(is_wrong || case.command == "fix");
    assert_eq!(measured.code, Some(expected), "{words}");
    assert!(
        case.code.is_empty() || said.contains(&format!("[{}]", case.code)),
        "{words}"
    );
    let memory = if case.at_limits {
        MEMORY_AT_LIMITS
    } else {
        MEMORY
    };
    assert!(measured.mebibytes <= memory, "{words}");
    assert!(measured.time <= TIME, "{words}");
}

#[derive(Debug)]
struct Measured {
    code: Option<i32>,
    time: Duration,
    mebibytes: u64,
}

fn measure(command: &mut Command) -> Measured {
    let begun = Instant::now();
    let mut child = command.spawn().expect("the program");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        // What it has had at most so far; there is no word of it any more when it has ended.
        let found = fs::read_to_string(&status).unwrap_or_default();
        most = most.max(kibibytes(&found).unwrap_or_default());
        if let Some(ended) = child.try_wait().expect("a state") {
            return Measured {
                code: ended.code(),
                time: begun.elapsed(),
                mebibytes: most / 1024,
            };
        }
        if begun.elapsed() > 4 * TIME || most / 1024 > 2 * MEMORY_AT_LIMITS {
            child.kill().expect("killed");
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn kibibytes(status: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
