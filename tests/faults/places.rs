//! Odd things where a file or a folder is to be written: the message names the path, nothing is lost, nothing hangs.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::place::{Files, Run, TEMPORARY, done, files, ran, ran_to, relata, version, words};

/// A folder with a spec, one with a mistake, and odd things.
fn odd() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| dir.path().join(name);
    fs::write(at("spec.yaml"), version(0)).expect("a spec");
    fs::write(at("wrong.yaml"), WRONG).expect("a spec");
    fs::create_dir(at("folder")).expect("a folder");
    fs::write(at("mine.rs"), "struct Mine;\n").expect("a file");
    fs::write(at("mine.sql"), "SELECT 1;\n").expect("a file");
    symlink("mine.rs", at("to_file")).expect("a link");
    symlink("mine.sql", at("to_mine.sql")).expect("a link");
    symlink("folder", at("to_folder")).expect("a link");
    symlink("nowhere", at("dangling")).expect("a link");
    symlink("loop_b", at("loop_a")).expect("a link");
    symlink("loop_a", at("loop_b")).expect("a link");
    assert!(
        Command::new("mkfifo")
            .arg(at("pipe"))
            .status()
            .expect("the program")
            .success(),
        "a pipe"
    );
    dir
}

const WRONG: &str = "entities:\n  A: { colums: { id: { type: integer, primary_key: true } } }\n";

/// What `command` says with `place` for an odd thing, and that it has changed nothing.
fn refused(dir: &Path, before: &Files, command: &str, place: &OsStr, shown: &str) -> Run {
    let mut arguments = words(command);
    arguments.push(place);
    let run = ran(&mut relata(dir, &arguments));
    let what = format!("{command} {}: {run:?}", place.display());
    assert_eq!(run.code, Some(1), "{what}");
    assert!(run.err.contains(shown), "{what}");
    // Nobody knows the file by the name that it has before it is whole.
    assert!(!run.err.contains(TEMPORARY), "{what}");
    let mut lines = run.err.lines();
    assert!(
        lines.next().is_some_and(|line| line.starts_with("error")),
        "{what}"
    );
    assert!(
        !run.err.contains(|c: char| c.is_control() && c != '\n'),
        "{what}"
    );
    assert!(files(dir) == *before, "{what}");
    run
}

#[test]
fn what_is_no_folder_is_named() {
    let dir = odd();
    let before = files(dir.path());
    for (place, words) in [
        ("mine.rs", "`mine.rs` is a file"),
        ("to_file", "`to_file` is a file"),
        ("mine.rs/models", "`mine.rs` is a file"),
        ("to_file/models", "`to_file` is a file"),
        ("pipe", "`pipe` is no folder"),
        ("pipe/models", "`pipe` is no folder"),
        ("/dev/null", "`/dev/null` is no folder"),
        ("/dev/full/models", "`/dev/full` is no folder"),
        (
            "dangling",
            "`dangling` is a symbolic link that leads nowhere",
        ),
        (
            "dangling/models",
            "`dangling` is a symbolic link that leads nowhere",
        ),
        ("loop_a", "`loop_a`"),
        ("loop_a/models", "`loop_a`"),
    ] {
        for command in [
            "generate spec.yaml --out",
            "generate spec.yaml --layout single --out",
            "init",
        ] {
            refused(dir.path(), &before, command, OsStr::new(place), words);
        }
        let command = "ddl spec.yaml --out";
        let file = format!("{place}/schema.sql");
        refused(dir.path(), &before, command, OsStr::new(&file), words);
    }
}

#[test]
fn what_is_no_file_is_named() {
    let dir = odd();
    let before = files(dir.path());
    for (place, words) in [
        ("folder", "/folder` is a folder"),
        ("folder/", "/folder` is a folder"),
        ("to_folder", "/to_folder` is a folder"),
        ("mine.sql", "/mine.sql` was not generated"),
        ("to_mine.sql", "/to_mine.sql` was not generated"),
        ("pipe", "/pipe` is no regular file"),
        ("/dev/null", "`/dev/null` is no regular file"),
        ("/dev/full", "`/dev/full` is no regular file"),
        (
            "dangling",
            "/dangling` is a symbolic link that leads nowhere",
        ),
        ("loop_a", "/loop_a`"),
        (".", "`.` "),
        ("..", "`..` "),
        ("/", "`/` "),
    ] {
        let shown = refused(
            dir.path(),
            &before,
            "ddl spec.yaml --out",
            OsStr::new(place),
            words,
        );
        assert!(
            !shown.err.contains("move it away") || !place.starts_with('/'),
            "{shown:?}"
        );
    }
}

#[test]
fn specs_that_are_no_files_are_named() {
    let dir = odd();
    let before = files(dir.path());
    for place in [
        "folder",
        "to_folder",
        "dangling",
        "loop_a",
        "nowhere",
        "mine.sql/spec.yaml",
    ] {
        for command in ["check", "fix", "ddl", "generate --out models"] {
            let shown = format!("{place}: ");
            refused(dir.path(), &before, command, OsStr::new(place), &shown);
        }
    }
    // There is nothing in it, and it is not mended.
    for command in ["check", "fix", "ddl"] {
        refused(
            dir.path(),
            &before,
            command,
            OsStr::new("/dev/null"),
            "/dev/null",
        );
    }
    // A spec that comes through a pipe is read, and is no file to write again.
    let feed = || {
        let pipe = dir.path().join("pipe");
        std::thread::spawn(move || fs::write(pipe, WRONG).expect("a reader"))
    };
    let writer = feed();
    let run = refused(dir.path(), &before, "check", OsStr::new("pipe"), "pipe:2:");
    writer.join().expect("written");
    assert!(run.err.contains("colums"), "{run:?}");
    let writer = feed();
    refused(dir.path(), &before, "fix", OsStr::new("pipe"), "pipe:2:");
    writer.join().expect("written");
}

#[test]
fn a_linked_spec_is_mended_where_the_link_leads() {
    let dir = odd();
    fs::create_dir(dir.path().join("real")).expect("a folder");
    fs::rename(
        dir.path().join("wrong.yaml"),
        dir.path().join("real/spec.yaml"),
    )
    .expect("moved");
    symlink("real/spec.yaml", dir.path().join("wrong.yaml")).expect("a link");
    done(&mut relata(dir.path(), &words("fix wrong.yaml")));
    let link = fs::symlink_metadata(dir.path().join("wrong.yaml")).expect("a link");
    assert!(link.is_symlink());
    let text = fs::read_to_string(dir.path().join("real/spec.yaml")).expect("a spec");
    assert_eq!(text, WRONG.replace("colums", "columns"));
}

/// Paths that a terminal would obey, or that are no text, or too long for the system, and how messages show them.
fn unspeakable() -> Vec<(OsString, String)> {
    let long = "x".repeat(300);
    let deep = "x/".repeat(3000) + "x";
    vec![
        ("new\nline".into(), "new␊line".into()),
        ("\x1b[31mred\r".into(), "␛[31mred␍".into()),
        (
            OsStr::from_bytes(b"no\xffunicode").into(),
            "no\u{fffd}unicode".into(),
        ),
        (long.clone().into(), long),
        (deep.clone().into(), "x/x/x".into()),
    ]
}

#[test]
fn paths_that_cannot_be_shown_are_shown_so() {
    let dir = odd();
    for (place, shown) in unspeakable() {
        let below = |name: &str| {
            let mut path = place.clone();
            path.push(name);
            path
        };
        let short = place.len() < 100;
        if short {
            // They are names of files, and something stands in their place.
            fs::write(dir.path().join(&place), "mine").expect("a file");
            fs::write(dir.path().join(below(".sql")), "mine").expect("a file");
            fs::write(dir.path().join(below(".yaml")), "mine: \n").expect("a file");
        }
        let before = files(dir.path());
        for command in ["generate spec.yaml --out", "init"] {
            refused(dir.path(), &before, command, &place, &shown);
        }
        refused(
            dir.path(),
            &before,
            "ddl spec.yaml --out",
            &below(".sql"),
            &shown,
        );
        for command in ["check", "fix", "ddl", "generate --out models"] {
            refused(dir.path(), &before, command, &below(".yaml"), &shown);
        }
        if !short {
            continue;
        }
        // What is generated from a spec of that name is nothing that its name says.
        fs::write(dir.path().join(below(".yaml")), version(0)).expect("a spec");
        let spec = below(".yaml");
        for layout in ["modules", "single"] {
            let mut arguments = words("generate --out models --layout");
            arguments.extend([OsStr::new(layout), &spec]);
            done(&mut relata(dir.path(), &arguments));
            for (name, text) in files(&dir.path().join("models")) {
                let text = String::from_utf8(text).expect("UTF-8");
                let head = format!("@generated by relata from {shown}.yaml.");
                let first = text.lines().next().expect("a line");
                assert!(first.contains(&head), "{name}: {text}");
            }
            fs::remove_dir_all(dir.path().join("models")).expect("removed");
        }
        // As folders and files they are as good as others, and the lines that tell of them are lines.
        fs::remove_file(dir.path().join(&place)).expect("removed");
        for line in [
            ["generate", "spec.yaml", "-v", "--out"],
            ["generate", "spec.yaml", "-v", "--out"],
        ] {
            let mut arguments: Vec<&OsStr> = line.iter().map(OsStr::new).collect();
            arguments.push(&place);
            let run = done(&mut relata(dir.path(), &arguments));
            assert!(run.out.starts_with(&shown), "{run:?}");
            let mut files = run.out.lines().skip(1);
            let is_whole = |line: &str| line.starts_with("  ") && line.contains(&shown);
            assert!(files.all(is_whole), "{run:?}");
        }
    }
}

#[test]
fn standard_output_that_takes_nothing_is_told() {
    let dir = odd();
    let full = || {
        OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("a device")
    };
    for line in [
        "ddl spec.yaml",
        "check spec.yaml",
        "check --format json wrong.yaml",
        "generate spec.yaml --out models",
        "generate spec.yaml --out other --check",
        "explain E0103",
        "explain",
        "schema",
        "completions bash",
        "completions zsh",
        "init new",
        "--help",
        "--version",
    ] {
        let mut command = relata(dir.path(), &words(line));
        let run = ran_to(command.stdout(full()).stderr(Stdio::piped()));
        assert_eq!(run.code, Some(1), "{line}: {run:?}");
        assert!(
            run.err.contains("cannot write to standard output"),
            "{line}: {run:?}"
        );
    }
    // Where nothing can be told, the status does.
    for (line, code) in [("check wrong.yaml", 1), ("check --nonsense", 2)] {
        let mut command = relata(dir.path(), &words(line));
        let run = ran_to(command.stdout(full()).stderr(full()));
        assert_eq!(run.code, Some(code), "{line}: {run:?}");
    }
}

#[test]
fn a_reader_that_has_read_enough_is_no_failure() {
    let dir = odd();
    for (line, code) in [
        ("ddl spec.yaml", 0),
        ("schema", 0),
        ("explain", 0),
        ("completions bash", 0),
        ("completions zsh", 0),
        ("check spec.yaml", 0),
        ("--help", 0),
        ("--version", 0),
        ("check wrong.yaml", 1),
        ("check --format json wrong.yaml", 1),
        ("generate spec.yaml --out other --check", 1),
        ("check --nonsense", 2),
    ] {
        let closed = || {
            let (reader, writer) = std::io::pipe().expect("a pipe");
            drop(reader);
            writer
        };
        let mut command = relata(dir.path(), &words(line));
        let run = ran_to(command.stdout(closed()).stderr(Stdio::piped()));
        assert_eq!(run.code, Some(code), "{line}: {run:?}");
        let mut command = relata(dir.path(), &words(line));
        let run = ran_to(command.stdout(closed()).stderr(closed()));
        assert_eq!(run.code, Some(code), "{line}: {run:?}");
    }
}

#[test]
fn what_nobody_may_write_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = odd();
    done(&mut relata(
        dir.path(),
        &words("generate spec.yaml --out models"),
    ));
    fs::write(dir.path().join("spec.yaml"), version(1)).expect("a spec");
    let forbid = |name: &str, mode: u32| {
        let mode = fs::Permissions::from_mode(mode);
        fs::set_permissions(dir.path().join(name), mode).expect("set");
    };
    forbid("models", 0o555);
    forbid("folder", 0o000);
    forbid("wrong.yaml", 0o444);
    let before = files(dir.path());
    // For root nothing is forbidden; a spec that is read-only is one to everybody.
    let root = File::create(dir.path().join("models/probe")).is_ok();
    if root {
        fs::remove_file(dir.path().join("models/probe")).expect("removed");
    } else {
        for (command, place, shown) in [
            ("generate spec.yaml --out", "models", "models/"),
            ("generate spec.yaml --out", "models/new", "models/new`"),
            ("generate spec.yaml --out", "folder/new", "folder/new`"),
            ("ddl spec.yaml --out", "models/x.sql", "models/"),
            ("init", "models/new", "models/new"),
        ] {
            let run = refused(dir.path(), &before, command, OsStr::new(place), shown);
            assert!(run.err.contains("ermission denied"), "{run:?}");
        }
    }
    refused(
        dir.path(),
        &before,
        "fix",
        OsStr::new("wrong.yaml"),
        "wrong.yaml` is read-only",
    );
    forbid("models", 0o755);
    forbid("folder", 0o755);
}
