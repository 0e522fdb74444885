//! Several runs on one folder at once: the files are those of one of them, or of all where they share nothing.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::place::{
    Files, assert_no_leftovers, done, known_files, ran, relata, rounds, version, words,
};

/// Starts all `lines` in `folder`, waits for them, and wants each to succeed.
fn at_once(folder: &Path, lines: &[String]) {
    let start = |line: &String| -> (Command, Child) {
        let mut command = relata(folder, &words(line));
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let child = command.spawn().expect("the program");
        (command, child)
    };
    let children: Vec<(Command, Child)> = lines.iter().map(start).collect();
    for (command, child) in children {
        let output = child.wait_with_output().expect("an end");
        assert!(output.status.success(), "{command:?}: {output:?}");
    }
}

/// What each of `lines` makes when it is alone.
fn alone(folder: &Path, lines: &[String]) -> Vec<Files> {
    let made = |line: &String| {
        let _ = fs::remove_dir_all(folder.join("models"));
        done(&mut relata(folder, &words(line)));
        known_files(&folder.join("models"))
    };
    lines.iter().map(made).collect()
}

fn lines(many: usize, of: impl Fn(usize) -> String) -> Vec<String> {
    (0..many).map(of).collect()
}

/// Runs `lines` at once, again and again, and hands over what came of it each time.
fn again(folder: &Path, lines: &[String], check: impl Fn(&Files)) {
    for round in 0..5 * rounds() {
        if round % 2 == 0 {
            let _ = fs::remove_dir_all(folder.join("models"));
        }
        at_once(folder, lines);
        check(&known_files(&folder.join("models")));
        assert_no_leftovers(&folder.join("models"), &format!("after round {round}"));
    }
}

#[test]
fn runs_of_one_spec_at_once_make_what_one_makes() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("spec.yaml"), version(0)).expect("a spec");
    for (many, layout) in [(2, "modules"), (8, "modules"), (8, "single")] {
        let line = format!("generate -q --layout {layout} spec.yaml --out models");
        let lines = lines(many, |_| line.clone());
        let alone = alone(dir.path(), &lines[..1]);
        again(dir.path(), &lines, |found| assert!(*found == alone[0]));
        done(&mut relata(dir.path(), &words(&format!("{line} --check"))));
    }
}

#[test]
fn single_files_of_several_specs_at_once_are_all_there() {
    let dir = tempfile::tempdir().expect("a folder");
    for many in [2, 8] {
        for number in 0..many {
            let spec = dir.path().join(format!("v{number}.yaml"));
            fs::write(spec, version(number)).expect("a spec");
        }
        let lines = lines(many, |number| {
            format!("generate -q --layout single v{number}.yaml --out models")
        });
        let all: Files = alone(dir.path(), &lines).into_iter().flatten().collect();
        assert_eq!(all.len(), 2 * many);
        again(dir.path(), &lines, |found| assert!(*found == all));
    }
}

/// Modules of another version of the same spec: the one that came last has won, whole.
#[test]
fn modules_of_several_versions_at_once_are_those_of_one() {
    let dir = tempfile::tempdir().expect("a folder");
    for many in [2, 8] {
        for number in 0..many {
            let folder = dir.path().join(format!("{number}"));
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(folder.join("spec.yaml"), version(number)).expect("a spec");
        }
        let lines = lines(many, |number| {
            format!("generate -q --no-record {number}/spec.yaml --out models")
        });
        let each = alone(dir.path(), &lines);
        again(dir.path(), &lines, |found| assert!(each.contains(found)));
        let found = known_files(&dir.path().join("models"));
        for (line, made) in lines.iter().zip(&each) {
            let current = ran(&mut relata(dir.path(), &words(&format!("{line} --check"))));
            assert_eq!(current.code == Some(0), found == *made, "{current:?}");
        }
        let line = lines.last().expect("a line");
        done(&mut relata(dir.path(), &words(line)));
        assert!(known_files(&dir.path().join("models")) == *each.last().expect("files"));
    }
}

#[test]
fn a_spec_that_is_mended_by_several_at_once_is_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let spec = dir.path().join("models/spec.yaml");
    fs::create_dir(dir.path().join("models")).expect("a folder");
    let text = "entities:\n  A: { colums: { id: { type: integer, primary_key: true } } }\n";
    for _ in 0..5 * rounds() {
        fs::write(&spec, text).expect("a spec");
        let mut children: Vec<Child> = (0..4)
            .map(|_| {
                let mut fix = relata(dir.path(), &words("fix -q models/spec.yaml"));
                fix.stderr(Stdio::null()).spawn().expect("the program")
            })
            .collect();
        // One of them may find that another was there before, and says so.
        let ended = children
            .iter_mut()
            .map(|child| child.wait().expect("an end"));
        assert!(ended.filter(std::process::ExitStatus::success).count() > 0);
        let found = fs::read_to_string(&spec).expect("a spec");
        assert_eq!(found, text.replace("colums", "columns"));
        assert_no_leftovers(&dir.path().join("models"), "after several at once");
    }
}
