//! Every mistake has its spec, `tests/invalid/NAME.yaml`, or a folder where it takes several files, of which
//! `NAME/main.yaml` is the root, and the exact text that its author sees, `NAME.stderr`.
//! The first line of a spec names the codes to expect, in order and once each: `# expect: E0010 E0011`.
//! `RELATA_ACCEPT=1 cargo test --test invalid` accepts what is new or different.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use relata::diagnostic::{Code, Report, human};

const ACCEPT: &str = "RELATA_ACCEPT";

/// The root file of a case that is a folder.
const MAIN: &str = "main.yaml";

/// The whole of what is done to a case.
fn check(spec: &Path, text: &[u8]) -> Report {
    let builder = match spec.strip_prefix(manifest_dir()) {
        // The package is the current folder, so the paths of files are the same on every machine.
        Ok(path) if spec.ends_with(MAIN) => relata::Builder::new(path),
        _ => {
            let name = spec.file_name().unwrap_or_default().to_string_lossy();
            relata::Builder::from_reader(name, text).expect("memory can be read")
        }
    };
    match builder.validate() {
        Ok(warnings) => warnings,
        Err(relata::Error::Spec(report)) => *report,
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn every_mistake_is_told_as_expected() {
    let accept = env::var_os(ACCEPT).is_some();
    let specs = specs();
    assert!(!specs.is_empty(), "no specs under tests/invalid");
    let mut problems = String::new();
    for spec in &specs {
        if let Err(problem) = run(spec, accept) {
            let _ = writeln!(problems, "{}: {problem}", spec.display());
        }
    }
    for expected in files("stderr") {
        let folder = expected.with_extension("").join(MAIN);
        if specs.contains(&expected.with_extension("yaml")) || specs.contains(&folder) {
            continue;
        }
        if accept {
            fs::remove_file(&expected).expect("a stale file can be removed");
        } else {
            let _ = writeln!(problems, "{}: no spec belongs to it", expected.display());
        }
    }
    assert!(
        problems.is_empty(),
        "{problems}\nIf this is what is meant: {ACCEPT}=1 cargo test --test invalid"
    );
}

/// Each code has a spec, but for one that would take a file of 16 MiB: the unit tests of `spec` have it.
#[test]
fn every_code_has_a_spec() {
    let codes = Code::ALL.iter().filter(|code| **code != Code::TooLarge);
    let mut missing: BTreeSet<&str> = codes.map(|code| code.as_str()).collect();
    for spec in specs() {
        let bytes = fs::read(&spec).expect("specs can be read");
        let text = String::from_utf8_lossy(&bytes);
        for code in expectation(&text) {
            missing.remove(code);
        }
    }
    assert!(
        missing.is_empty(),
        "no spec under tests/invalid expects {missing:?}"
    );
}

fn run(spec: &Path, accept: bool) -> Result<(), String> {
    let text = fs::read(spec).map_err(|error| error.to_string())?;
    let report = check(spec, &text);
    let mut found: Vec<&str> = Vec::new();
    for finding in report.findings() {
        if !found.contains(&finding.code.as_str()) {
            found.push(finding.code.as_str());
        }
    }
    let text = String::from_utf8_lossy(&text);
    let expected: Vec<&str> = expectation(&text).collect();
    if expected.is_empty() {
        return Err("its first line must say `# expect: CODE …`".to_owned());
    }
    let shown = human(&report, false);
    if found != expected {
        return Err(format!("expected {expected:?}, found {found:?}\n{shown}"));
    }
    let case = if spec.ends_with(MAIN) {
        spec.parent().unwrap_or(spec)
    } else {
        spec
    };
    let golden = case.with_extension("stderr");
    let before = fs::read_to_string(&golden)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if before == shown {
        return Ok(());
    }
    if accept {
        return fs::write(&golden, shown).map_err(|error| error.to_string());
    }
    Err(format!("expected\n{before}\nfound\n{shown}"))
}

fn expectation(text: &str) -> impl Iterator<Item = &str> {
    let first = text.trim_start_matches('\u{feff}').lines().next();
    let codes = first.and_then(|line| line.strip_prefix("# expect:"));
    codes.unwrap_or_default().split_whitespace()
}

/// The root file of every case.
fn specs() -> Vec<PathBuf> {
    let mut specs = files("yaml");
    let folders = entries().into_iter().filter(|path| path.is_dir());
    specs.extend(folders.map(|folder| folder.join(MAIN)));
    specs
}

fn files(extension: &str) -> Vec<PathBuf> {
    let mut paths = entries();
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths
}

fn entries() -> Vec<PathBuf> {
    let directory = manifest_dir().join("tests/invalid");
    let entries = fs::read_dir(directory).expect("tests/invalid exists");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let mut paths: Vec<PathBuf> = paths.collect();
    paths.sort();
    paths
}

/// The package that the test is run for. Asked when it runs: a test binary from a shared build directory may have been
/// compiled for another checkout, and must not accept anything there.
fn manifest_dir() -> PathBuf {
    let compiled = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let running = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    if let Some(running) = running {
        assert_eq!(
            running, compiled,
            "this test was compiled for another checkout"
        );
    }
    compiled
}
