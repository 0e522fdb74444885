//! The JSON Schema of the spec language, asked by a validator that is no part of relata: it takes every spec that relata
//! takes, and refuses every broken one whose mistake a schema can see.
//!
//! `RELATA_ACCEPT=1 cargo test --test schema` accepts the schema of `specs/` as it is made now.
#![cfg(feature = "cli")]

#[path = "schema/codes.rs"]
mod codes;
#[path = "schema/mistakes.rs"]
mod mistakes;
#[path = "schema/writings.rs"]
mod writings;
#[path = "schema/yaml.rs"]
mod yaml;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use codes::{CODES, Sees};
use jsonschema::Validator;
use relata::diagnostic::Code;
use serde_json::Value as Json;

const ACCEPT: &str = "RELATA_ACCEPT";

/// The copy for the specs of the repository, and for whoever reads it there.
const COPY: &str = "specs/relata.schema.json";

/// Where specs without mistakes are.
const SPECS: &[&str] = &[
    "specs",
    "specs/includes",
    "generated-example/specs",
    "generated-example/tests/specs",
    "generated-example/tests/usage",
    "tests",
    "tests/targets/live",
    "tests/targets/tokio_postgres",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn schema() -> Json {
    serde_json::from_str(&relata::json_schema()).expect("the schema is JSON")
}

/// The validator, which checks the schema itself first.
fn validator() -> Validator {
    let schema = schema();
    jsonschema::draft7::meta::validate(&schema).expect("a schema of draft 7");
    jsonschema::draft7::new(&schema).expect("a schema")
}

/// What is wrong with `spec`, a line each.
fn faults(validator: &Validator, spec: &Json) -> String {
    let mut faults = String::new();
    for error in validator.iter_errors(spec) {
        // Writing to a String cannot fail.
        let _ = writeln!(faults, "    {}: {error}", error.instance_path());
    }
    faults
}

/// The files of `folder` with this ending, sorted.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    paths.sort();
    paths
}

/// The specs of `folder` and of the folders in it.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut specs = files(folder, "yaml");
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            specs.extend(below(&path));
        }
    }
    specs
}

#[test]
fn the_copy_is_current() {
    let path = root().join(COPY);
    let made = relata::json_schema();
    if env::var_os(ACCEPT).is_some() {
        fs::write(&path, &made).expect("the schema is written");
    }
    let copy = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        copy.replace("\r\n", "\n") == made,
        "{COPY} is not what `relata schema` prints\nIf this is what is meant: {ACCEPT}=1 cargo test --test schema"
    );
    assert!(made.ends_with("}\n") && !made.ends_with("\n\n"));
}

#[test]
fn the_command_prints_it() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
    let run = command.arg("schema").output().expect("the program runs");
    assert!(run.status.success() && run.stderr.is_empty(), "{run:?}");
    assert_eq!(String::from_utf8_lossy(&run.stdout), relata::json_schema());
}

#[test]
fn every_spec_is_valid() {
    let validator = validator();
    let mut wrong = String::new();
    for folder in SPECS {
        let specs = files(&root().join(folder), "yaml");
        assert!(!specs.is_empty(), "{folder} has specs");
        for spec in specs {
            let text = fs::read_to_string(&spec).expect("a spec");
            let json = yaml::json(text.as_bytes()).expect("YAML");
            let faults = faults(&validator, &json);
            if !faults.is_empty() {
                let _ = writeln!(wrong, "{}\n{faults}", spec.display());
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The specs that the documents show. On the page of mistakes and on those of the codes they are wrong on purpose, but
/// for the right ones.
#[test]
fn every_spec_of_the_documents_is_valid() {
    let validator = validator();
    let mut texts = Vec::new();
    let mut pages = files(&root().join("docs"), "md");
    pages.retain(|page| !page.ends_with("codes.md") && !page.ends_with("mistakes.md"));
    pages.push(root().join("README.md"));
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page");
        texts.push((page, text));
    }
    for page in files(&root().join("src/diagnostic/codes"), "md") {
        let text = fs::read_to_string(&page).expect("a page");
        let sections = text
            .split("\n## ")
            .filter(|section| section.starts_with("Right"));
        texts.extend(sections.map(|section| (page.clone(), section.to_owned())));
    }
    let mut seen = 0;
    let mut wrong = String::new();
    for (page, text) in texts {
        for block in text.split("```yaml\n").skip(1) {
            let block = block.split("```").next().unwrap_or_default();
            seen += 1;
            let json = yaml::json(block.as_bytes()).expect("YAML");
            let faults = faults(&validator, &json);
            if !faults.is_empty() {
                let _ = writeln!(wrong, "{}\n{block}{faults}", page.display());
            }
        }
    }
    assert!(seen > 80, "{seen} specs were found");
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A broken spec: its name, the codes that relata finds, and the bytes of its files, the root before others.
struct Broken {
    name: String,
    codes: Vec<String>,
    files: Vec<Vec<u8>>,
}

fn broken() -> Vec<Broken> {
    let folder = root().join("tests/invalid");
    let mut all = Vec::new();
    for told in files(&folder, "stderr") {
        let name = told.file_stem().expect("a name").to_string_lossy();
        let case = folder.join(&*name);
        let mut paths = vec![folder.join(format!("{name}.yaml"))];
        if case.is_dir() {
            paths = below(&case);
            paths.sort_by_key(|path| !path.ends_with("main.yaml"));
        }
        let files: Vec<Vec<u8>> = paths
            .iter()
            .map(|path| fs::read(path).expect("a spec"))
            .collect();
        let text = String::from_utf8_lossy(&files[0]);
        let first = text.trim_start_matches('\u{feff}').lines().next();
        let codes = first.and_then(|line| line.strip_prefix("# expect:"));
        let codes = codes.unwrap_or_else(|| panic!("{name} says what it expects"));
        all.push(Broken {
            codes: codes.split_whitespace().map(str::to_owned).collect(),
            name: name.into_owned(),
            files,
        });
    }
    all
}

fn sees(code: &str) -> Sees {
    let row = CODES.iter().find(|(known, _)| *known == code);
    row.unwrap_or_else(|| panic!("{code} has a row")).1
}

/// Whether a schema sees the mistake of `sees` in the spec `name`.
fn is_seen(sees: Sees, name: &str) -> bool {
    let named = |cases: &[(&str, &str)]| cases.iter().any(|(case, _)| *case == name);
    match sees {
        Sees::Yes(but) => !named(but),
        Sees::Rarely(_, but) => named(but),
        Sees::No(_) | Sees::Text => false,
    }
}

#[test]
fn every_code_is_sorted_with_a_reason() {
    let sorted: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
    let all: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(sorted, all);
    let broken = broken();
    for (code, sees) in CODES {
        let (reason, cases): (_, &[_]) = match sees {
            Sees::Yes(but) => ("as a rule it is seen", but),
            Sees::Rarely(reason, but) => (*reason, but),
            Sees::No(reason) => (*reason, &[]),
            Sees::Text => continue,
        };
        assert!(reason.contains(' '), "{code} has a reason");
        for (name, reason) in cases {
            assert!(reason.contains(' '), "{code} in {name} has a reason");
            let case = broken.iter().find(|case| case.name == *name);
            let expects = case.is_some_and(|case| case.codes.iter().any(|found| found == code));
            assert!(expects, "{name} expects {code}");
        }
    }
}

/// The specs that are read by no reader of YAML alone, though what is expected of them is something else.
const NO_YAML: &[&str] = &["include_nothing_to_read", "no_utf8"];

#[test]
fn a_mistake_that_a_schema_can_see_is_seen_and_no_other() {
    let validator = validator();
    let mut wrong = String::new();
    let (mut refused, mut taken, mut no_yaml) = (0, 0, 0);
    for Broken { name, codes, files } in broken() {
        let sorted = || codes.iter().map(|code| sees(code));
        let visible = sorted().any(|sees| is_seen(sees, &name));
        let of_text = sorted().any(|sees| matches!(sees, Sees::Text));
        let read: Result<Vec<Json>, _> = files.iter().map(|file| yaml::json(file)).collect();
        let specs = match read {
            Ok(specs) if visible || !of_text => specs,
            // No YAML, or something of which two readers make two things: no validator is asked.
            _ => {
                assert!(of_text || NO_YAML.contains(&&*name), "{name} is read");
                no_yaml += 1;
                continue;
            }
        };
        let found: String = specs.iter().map(|spec| faults(&validator, spec)).collect();
        match (visible, found.is_empty()) {
            (true, false) => refused += 1,
            (false, true) => taken += 1,
            (true, true) => {
                let _ = writeln!(wrong, "{name} {codes:?}: nothing is seen");
            }
            (false, false) => {
                let _ = writeln!(wrong, "{name} {codes:?}: a schema cannot see that\n{found}");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let counted = format!("{refused} refused, {taken} taken, {no_yaml} no YAML");
    assert!(refused > 40 && taken > 60 && no_yaml > 15, "{counted}");
    println!("{counted}");
}
