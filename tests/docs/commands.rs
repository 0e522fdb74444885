//! Commands that documents show are known and run.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::nested::{cargo, lock, root, run};
use crate::readme::is_the_crate_of_the_readme;
use crate::{COMMANDS, How, document, shown};

#[test]
fn every_command_shown_is_known_and_exercised() {
    let shown = shown();
    for command in &shown {
        let known = COMMANDS.iter().find(|(known, _)| known == command);
        let (_, how) =
            known.unwrap_or_else(|| panic!("`{command}` has no row in the table of commands"));
        let script = |name: &str| {
            document(name)
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        match how {
            How::Script(name, step) => {
                assert!(
                    script(name).iter().any(|line| line.trim_start() == *step),
                    "{name} has the step `{step}`"
                );
            }
            How::Itself(name) => assert!(is_executable(&root().join(name)), "{name} is executable"),
            How::Accept(tests) => {
                for (test, says) in *tests {
                    assert!(document(test).contains(says), "{test} says so");
                }
            }
            How::Compose => served(command),
            How::Release => released(command),
            How::Here | How::Daily | How::Tutorial => {}
        }
    }
    for (known, _) in COMMANDS {
        assert!(
            shown.iter().any(|command| command == known),
            "no document shows `{known}`"
        );
    }
}

/// What `command` calls a version is the one of Cargo.toml.
fn released(command: &str) {
    let version = env!("CARGO_PKG_VERSION");
    let words = command.split([' ', '"']);
    let versions = words.filter(|word| {
        let number = word.trim_start_matches('v');
        number.starts_with(|c: char| c.is_ascii_digit())
    });
    for word in versions {
        assert_eq!(word.trim_start_matches('v'), version, "{command}");
    }
}

/// The servers that `command` names are those of `compose.yaml`, and their variables those that `tests/servers` reads.
fn served(command: &str) {
    let compose = document("compose.yaml");
    for (variable, url) in command.split(' ').filter_map(|word| word.split_once('=')) {
        let known = document("tests/servers").contains(&format!("${{{variable}-}}"));
        assert!(known, "tests/servers reads {variable}");
        let (login, place) = url.split_once('@').expect("a login");
        let password = login.rsplit(':').next().unwrap_or_default();
        let place = place.split('/').next().unwrap_or_default();
        let service = compose
            .split("image: ")
            .find(|service| service.contains(place));
        let service = service.unwrap_or_else(|| panic!("compose.yaml serves {place}"));
        let said = format!("_PASSWORD: {password}\n");
        assert!(
            service.contains(&said),
            "compose.yaml: {place} has `{said}`"
        );
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

/// In the order of the documents, README first, which makes a crate and goes into it.
#[test]
fn the_program_installs_and_runs_as_shown() {
    let place = tempfile::tempdir().expect("a folder");
    let mut folder = place.path().to_owned();
    for command in shown() {
        if !COMMANDS.contains(&(command.as_str(), How::Here)) {
            continue;
        }
        let words: Vec<&str> = command.split(' ').collect();
        match words[..] {
            ["cargo", "install", ..] => {
                let mut install = cargo(&root(), &words[1..]);
                // Into a folder of this test, and with what is built already.
                install
                    .args(["--debug", "--locked", "--root"])
                    .arg(place.path());
                run(&mut install);
            }
            // Out of the clone, where this folder never was.
            ["cd", ".."] | [] => {}
            ["cd", name] => {
                folder.push(name);
                lock(&folder);
                is_the_crate_of_the_readme(&folder);
            }
            ["cargo", ..] => {
                run(&mut cargo(&folder, &words[1..]));
            }
            [program, ..] => {
                let installed = place.path().join("bin").join(program);
                run(Command::new(installed)
                    .args(&words[1..])
                    .current_dir(&folder));
            }
        }
    }
    assert!(folder.join("src/models/schema.sql").is_file());
}
