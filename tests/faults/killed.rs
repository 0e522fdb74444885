//! A run that is killed leaves every file old or new, and none is lost.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::place::{
    Files, Random, TEMPORARY, assert_no_leftovers, done, files, known_files, relata, rounds,
    version, words,
};

/// How many kills are followed by a run that finishes what is left.
const FINISHED: usize = 8;

/// What is killed, and what holds whenever it was.
struct Victim<'a> {
    /// Where it writes.
    folder: &'a Path,
    /// Prepares the round of this number, and is the run to kill.
    run: &'a dyn Fn(usize) -> Command,
    /// The two versions that every file may have.
    known: [&'a Files; 2],
    /// Which of them a round makes when nobody kills it.
    makes: fn(usize) -> usize,
    /// What else holds after it.
    after: &'a dyn Fn(usize),
}

impl Victim<'_> {
    /// Kills `wanted` runs: one half at any moment, the other while they write.
    fn kill(&self, wanted: usize) {
        let begun = Instant::now();
        done(&mut (self.run)(0));
        // Files are written at the end of a run; a little beyond it lets some runs be done.
        let window = u64::try_from(begun.elapsed().as_micros()).expect("a short run") * 3 / 2;
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let (mut killed, mut round) = (0, 0);
        while killed < wanted {
            round += 1;
            assert!(
                round < 25 * wanted,
                "only {killed} of {round} runs were killed before they ended"
            );
            let mut child = (self.run)(round).spawn().expect("run");
            if random.below(2) == 0 {
                std::thread::sleep(Duration::from_micros(random.below(window)));
            } else {
                writes(&mut child, self.folder);
                std::thread::sleep(Duration::from_micros(random.below(600)));
            }
            child.kill().expect("killed, or done");
            killed += usize::from(!child.wait().expect("an end").success());
            self.assert_whole(round);
            if random.below(FINISHED as u64) == 0 {
                done(&mut (self.run)(round));
                self.assert_finished(round);
            }
        }
        done(&mut (self.run)(0));
        self.assert_finished(0);
    }

    fn assert_whole(&self, round: usize) {
        let found = known_files(self.folder);
        for (name, text) in &found {
            let whole = self.known.iter().any(|known| known.get(name) == Some(text));
            assert!(whole, "`{name}` is torn in round {round}");
        }
        let [one, other] = self.known;
        let mut in_both = one.keys().filter(|name| other.contains_key(*name));
        let lost = in_both.find(|name| !found.contains_key(*name));
        assert_eq!(lost, None, "lost in round {round}");
    }

    fn assert_finished(&self, round: usize) {
        let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        let (found, known) = (known_files(self.folder), self.known[(self.makes)(round)]);
        assert_eq!(names(&found), names(known), "after round {round}");
        assert!(found == *known, "another text after round {round}");
        assert_no_leftovers(self.folder, &format!("after round {round}"));
        (self.after)(round);
    }
}

/// Waits until `child` has a file in `folder` that is to become another one, or has ended.
fn writes(child: &mut Child, folder: &Path) {
    let id = child.id().to_string();
    let is_its = |name: &str| name.contains(TEMPORARY) && name.ends_with(&id);
    while child.try_wait().expect("a state").is_none() {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        if names.any(|name| is_its(&name)) {
            return;
        }
    }
}

/// A folder with two versions of a spec.
fn versions() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().expect("a folder");
    for number in 0..2 {
        let spec = dir.path().join(format!("v{number}.yaml"));
        fs::write(spec, version(number)).expect("a spec");
    }
    let models = dir.path().join("models");
    (dir, models)
}

fn generating(layout: &str, kills: usize) {
    let (dir, models) = versions();
    // One name, so that it is the same spec that was changed.
    let spec = dir.path().join("spec.yaml");
    let line = format!("generate -q --layout {layout} spec.yaml --out models");
    let run = |number: usize| {
        fs::write(&spec, version(number % 2)).expect("a spec");
        relata(dir.path(), &words(&line))
    };
    let known = [0, 1].map(|number| {
        done(&mut run(number));
        let known = known_files(&models);
        fs::remove_dir_all(&models).expect("removed");
        known
    });
    done(&mut run(0));
    Victim {
        folder: &models,
        run: &run,
        known: [&known[0], &known[1]],
        makes: |round| round % 2,
        after: &|_| {
            done(&mut relata(dir.path(), &words(&format!("{line} --check"))));
        },
    }
    .kill(kills);
}

#[test]
fn modules_that_are_generated_are_never_torn() {
    generating("modules", 200 * rounds());
}

#[test]
fn a_single_file_that_is_generated_is_never_torn() {
    generating("single", 50 * rounds());
}

#[test]
fn ddl_that_is_written_is_never_torn() {
    let (dir, models) = versions();
    let run = |number: usize| {
        let line = format!("ddl -q v{}.yaml --out models/schema.sql", number % 2);
        relata(dir.path(), &words(&line))
    };
    let known = [0, 1].map(|number| {
        done(&mut run(number));
        known_files(&models)
    });
    Victim {
        folder: &models,
        run: &run,
        known: [&known[0], &known[1]],
        makes: |round| round % 2,
        after: &|_| {},
    }
    .kill(50 * rounds());
}

/// A spec of two files with as many mistakes as a run needs to take its time; `relata fix` mends all.
fn mistaken() -> [(&'static str, String); 2] {
    let entity = |name: String| {
        format!("  {name}:\n    colums:\n      id: {{ type: integer, primary_key: true }}\n")
    };
    let entities =
        |name: &str| -> String { (0..6).map(|n| entity(format!("{name}{n}"))).collect() };
    let own = format!("include: more.yaml\nentities:\n{}", entities("Thing"));
    let more = format!("entities:\n{}", entities("Other"));
    [("spec.yaml", own), ("more.yaml", more)]
}

#[test]
fn a_spec_that_is_mended_is_never_torn_or_lost() {
    let dir = tempfile::tempdir().expect("a folder");
    let write = || {
        for (name, text) in mistaken() {
            fs::write(dir.path().join(name), text).expect("a spec");
        }
    };
    write();
    let old = files(dir.path());
    let fix = || relata(dir.path(), &words("fix -q spec.yaml"));
    done(&mut fix());
    let new = files(dir.path());
    assert!(old.iter().all(|(name, text)| new[name] != *text));
    Victim {
        folder: dir.path(),
        run: &|_| {
            // What a killed run has left of one file or the other is what the next one begins with, now and then.
            if known_files(dir.path()) == new {
                write();
            }
            fix()
        },
        known: [&old, &new],
        makes: |_| 1,
        after: &|_| {},
    }
    .kill(50 * rounds());
}
