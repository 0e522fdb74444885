//! A run that is killed leaves every file old or new.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

fn listing(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("an entry");
        entry.file_name().into_string().expect("a name")
    };
    let mut names: Vec<String> = entries.map(name).collect();
    // The record, of which it does not matter whether it is there.
    names.retain(|name| name != ".relata");
    names.sort();
    names
}

/// Random numbers that need no crate: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Specs whose every file differs, with entities that only one of them has.
fn version(number: usize) -> String {
    use std::fmt::Write;
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

#[test]
fn killed_at_any_moment_no_file_is_torn() {
    let dir = tempfile::tempdir().expect("a folder");
    let models = dir.path().join("models");
    let relata = |number: usize| {
        let spec = dir.path().join(format!("v{number}.yaml"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
        command
            .args(["generate", "-q", "--out"])
            .arg(&models)
            .arg(spec);
        command
    };
    let mut known = [BTreeMap::new(), BTreeMap::new()];
    let mut shortest = Duration::MAX;
    for (number, known) in known.iter_mut().enumerate() {
        let spec = dir.path().join(format!("v{number}.yaml"));
        fs::write(spec, version(number)).expect("a spec");
        let start = Instant::now();
        assert!(relata(number).status().expect("run").success());
        shortest = shortest.min(start.elapsed());
        for name in listing(&models) {
            let text = fs::read(models.join(&name)).expect("a text");
            known.insert(name, text);
        }
    }

    // Files are written at the end of a run; a little beyond it lets some runs be done.
    let window = u64::try_from(shortest.as_micros()).expect("a short run") * 3 / 2;
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut killed, mut round) = (0, 0);
    while killed < 200 {
        round += 1;
        assert!(
            round < 5_000,
            "only {killed} of {round} runs were killed before they ended"
        );
        let mut child = relata(round % 2).spawn().expect("run");
        std::thread::sleep(Duration::from_micros(random.below(window)));
        child.kill().expect("killed, or done");
        killed += usize::from(!child.wait().expect("an end").success());
        for name in listing(&models) {
            if name.starts_with('.') {
                continue;
            }
            let text = fs::read(models.join(&name)).expect("a text");
            let whole = known.iter().any(|known| known.get(&name) == Some(&text));
            assert!(whole, "`{name}` is torn in round {round}");
        }
    }
    assert!(relata(0).status().expect("run").success());
    assert_eq!(
        listing(&models),
        known[0].keys().cloned().collect::<Vec<_>>()
    );
}
