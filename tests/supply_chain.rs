//! What SECURITY.md promises of generation: no process, no connection, nothing unsafe.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below `folder` that end so.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

/// What a source would name to reach out of the process.
const REACHING: [&str; 7] = [
    "std::net",
    "process::Command",
    "Command::new",
    "TcpStream",
    "UdpSocket",
    "UnixStream",
    "extern \"C\"",
];

#[test]
fn the_source_names_nothing_that_reaches_out() {
    let mut sources = Vec::new();
    files(&root().join("src"), ".rs", &mut sources);
    files(&root().join("templates"), ".rs", &mut sources);
    assert!(sources.len() > 200, "the sources were found");
    for path in sources {
        let text = fs::read_to_string(&path).expect("a source");
        // Tests may do what they like.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if path
            .components()
            .any(|part| part.as_os_str().to_string_lossy().starts_with("tests"))
        {
            continue;
        }
        for word in REACHING {
            assert!(!code.contains(word), "{} names `{word}`", path.display());
        }
    }
}

#[test]
fn every_crate_forbids_what_is_unsafe() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    let (_, members) = manifest.split_once("members = [").expect("members");
    let (members, _) = members.split_once(']').expect("their end");
    let members = members
        .split(',')
        .map(|member| member.trim().trim_matches('"'));
    let mut seen = 0;
    for member in members
        .filter(|member| !member.is_empty())
        .chain([".", "fuzz"])
    {
        let manifest =
            fs::read_to_string(root().join(member).join("Cargo.toml")).expect("a manifest");
        let forbids = manifest.contains("unsafe_code = \"forbid\"")
            || manifest.contains("[lints]\nworkspace = true");
        assert!(forbids, "`{member}` forbids nothing");
        seen += 1;
    }
    assert!(seen > 8, "the members were found");
}

/// The system calls of a command and of its threads that start a process or open a connection, by name.
#[cfg(all(feature = "cli", target_os = "linux"))]
fn reaching_out(folder: &Path, arguments: &[&str]) -> BTreeSet<String> {
    use std::process::Command;
    let log = folder.join("calls");
    let mut command = Command::new("strace");
    command.args(["--follow-forks", "--trace=process,network", "--output"]);
    command
        .arg(&log)
        .arg(env!("CARGO_BIN_EXE_relata"))
        .args(arguments)
        .current_dir(folder);
    let ended = command.output().expect("strace starts");
    assert!(
        ended.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&ended.stderr)
    );
    let calls = fs::read_to_string(&log).expect("the calls");
    assert!(
        calls.contains("execve(") && calls.contains("exit_group("),
        "{calls}"
    );
    let mut found = BTreeSet::new();
    for line in calls.lines() {
        let Some((name, _)) = line.split_once('(') else {
            continue;
        };
        let name = name.split_whitespace().last().unwrap_or_default();
        let thread = name.starts_with("clone") && line.contains("CLONE_THREAD");
        if !thread && !matches!(name, "exit" | "exit_group" | "wait4" | "waitid") {
            found.insert(name.to_owned());
        }
    }
    found
}

#[cfg(all(feature = "cli", target_os = "linux"))]
#[test]
#[ignore = "needs strace: tests/run --install brings it"]
fn no_command_starts_a_process_or_connects_seen_by_strace() {
    let folder = tempfile::tempdir().expect("a folder");
    let spec = "\
include: other.yaml
generate: { dialects: [sqlite, postgres, mysql], tests: true }
entities:
  Student:
    columns: { id: { type: integer, primary_key: true }, name: string }
    relationships: { courses: { target: Course, secondary: student_course } }
";
    let other = "\
entities: { Course: { columns: { id: { type: integer, primary_key: true } } } }
secondary: { student_course: [Student, Course] }
";
    fs::write(folder.path().join("spec.yaml"), spec).expect("a file");
    fs::write(folder.path().join("other.yaml"), other).expect("a file");
    let commands: [&[&str]; 9] = [
        &["check", "spec.yaml"],
        &["generate", "spec.yaml", "--out", "modules"],
        &["generate", "spec.yaml", "--out", "modules", "--check"],
        &[
            "generate",
            "spec.yaml",
            "--out",
            "single",
            "--layout",
            "single",
        ],
        &["ddl", "spec.yaml", "--dialect", "postgres"],
        &["fix", "spec.yaml"],
        &["schema"],
        &["explain", "E0101"],
        &["init", "new"],
    ];
    for arguments in commands {
        let found = reaching_out(folder.path(), arguments);
        // The first is strace's own: it starts the program that it looks at.
        assert_eq!(
            found,
            BTreeSet::from(["execve".to_owned()]),
            "{arguments:?}"
        );
    }
}
