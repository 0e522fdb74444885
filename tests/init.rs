//! `relata init` as a user meets it: into an empty folder, into a crate, and into one that has things already; what comes
//! of it is built and run by cargo.
#![cfg(feature = "cli")]

#[path = "nested/cargo.rs"]
mod nested;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use nested::{cargo, lock, root, run, write};
use serde_json::Value;
use tempfile::TempDir;

const STORY: &str = "Alice takes Math, Science\nBob takes Math\nAlice is in Math\nBob is in Math\n";

const HELLO: &str = "fn main() {\n    println!(\"Hello, world!\");\n}\n";

/// What a run left: status, standard output, standard error.
type Run = (Option<i32>, String, String);

fn relata(place: &Path, arguments: &[&str]) -> Run {
    let run = Command::new(env!("CARGO_BIN_EXE_relata"))
        .args(arguments)
        .current_dir(place)
        .stdin(Stdio::null())
        .output()
        .expect("run");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (run.status.code(), text(run.stdout), text(run.stderr))
}

/// A run without problems: what it said.
fn said(place: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = relata(place, arguments);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    out
}

/// Every file below `folder`, with its text.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(folder).expect("below");
            let text = fs::read_to_string(&path).expect("a text");
            files.insert(below.to_string_lossy().replace('\\', "/"), text);
        }
    }
    files
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

/// A folder of this name in a new one. Names differ by test, for the builds share their target folder.
fn folder(name: &str) -> (TempDir, std::path::PathBuf) {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join(name);
    fs::create_dir(&folder).expect("a folder");
    (place, folder)
}

/// `cargo new`, without what it adds for git.
fn new_crate(folder: &Path, root: &str, text: &str) {
    let name = folder.file_name().expect("a name").to_string_lossy();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join(root), text);
}

/// What `init` says is to be added: file, how, lines.
fn additions(said: &str) -> Vec<(String, String, String)> {
    let mut additions: Vec<(String, String, String)> = Vec::new();
    for line in said.lines() {
        if let Some((file, how)) = line
            .strip_suffix(':')
            .and_then(|head| head.split_once(", "))
            && !line.starts_with(' ')
        {
            additions.push((file.to_owned(), how.to_owned(), String::new()));
        } else if let Some((_, _, text)) = additions.last_mut()
            && !line.starts_with("with all of that: ")
        {
            text.push_str(line.strip_prefix("    ").unwrap_or(line));
            text.push('\n');
        }
    }
    for (_, _, text) in &mut additions {
        *text = format!("{}\n", text.trim());
    }
    additions
}

/// Does what a person does with lines of a manifest: below a table that is there, or with its head at the end.
fn add_to_manifest(path: &Path, lines: &str) {
    let mut manifest = fs::read_to_string(path).expect("a manifest");
    for table in lines.split("\n\n") {
        let (head, lines) = table.split_once('\n').expect("a table");
        let lines = format!("{}\n", lines.trim_end());
        match manifest.find(&format!("{head}\n")) {
            Some(at) => manifest.insert_str(at + head.len() + 1, &lines),
            None => manifest = format!("{manifest}\n{head}\n{lines}"),
        }
    }
    fs::write(path, manifest).expect("a manifest");
}

/// Does all that `init` says, and gives what was for which file.
fn follow(folder: &Path, said: &str) -> Vec<(String, String)> {
    let mut done = Vec::new();
    for (file, how, text) in additions(said) {
        let path = folder.join(&file);
        match how.as_str() {
            "to add" if file == "Cargo.toml" => add_to_manifest(&path, &text),
            "to add" => {
                let there = fs::read_to_string(&path).expect("a text");
                fs::write(&path, format!("{text}{there}")).expect("a file");
            }
            "to add in `main`" => {
                let there = fs::read_to_string(&path).expect("a text");
                let head = "fn main() {\n";
                fs::write(&path, there.replacen(head, &format!("{head}{text}"), 1))
                    .expect("a file");
            }
            "in place of what is there" => fs::write(&path, text).expect("a file"),
            "an example of its use" => {}
            other => panic!("{other}"),
        }
        done.push((file, how));
    }
    done
}

const SPEC: &str = "specs/school.yaml";
const SCHEMA: &str = "specs/relata.schema.json";

#[test]
fn an_empty_folder_becomes_a_crate_that_runs() {
    let (_place, folder) = folder("init-empty");
    let out = said(&folder, &["init"]);
    let made = ["Cargo.toml", "build.rs", SCHEMA, SPEC, "src/main.rs"];
    assert_eq!(names(&folder), made);
    for name in made {
        assert!(out.contains(&format!("  written {name}\n")), "{out}");
    }
    assert!(out.ends_with("\nnext: cargo run\n"), "{out}");
    assert_eq!(additions(&out), []);

    lock(&folder);
    assert_eq!(run(&mut cargo(&folder, &["run", "--quiet"])), STORY);

    // It is a spec without a warning, in the form in which editors find the schema.
    assert_eq!(
        said(&folder, &["check", SPEC, "--deny", "warnings"]),
        format!("{SPEC}: valid\n")
    );
    let files = files(&folder);
    assert!(files[SPEC].starts_with("# yaml-language-server: $schema=relata.schema.json\n"));
    assert_eq!(files[SCHEMA], relata::json_schema());
}

#[test]
fn a_crate_of_cargo_new_runs_with_the_lines_that_are_printed() {
    let (_place, folder) = folder("init-new");
    new_crate(&folder, "src/main.rs", HELLO);
    let before = files(&folder);
    let out = said(&folder, &["init", "."]);
    assert_eq!(
        names(&folder),
        ["Cargo.toml", "build.rs", SCHEMA, SPEC, "src/main.rs"]
    );
    let after = files(&folder);
    for (name, text) in &before {
        assert_eq!(&after[name], text, "{name}");
        assert!(out.contains(&format!("  kept {name}\n")), "{out}");
    }
    let done = follow(&folder, &out);
    let expected = [
        ("Cargo.toml", "to add"),
        ("src/main.rs", "in place of what is there"),
    ];
    assert_eq!(done, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    lock(&folder);
    assert_eq!(run(&mut cargo(&folder, &["run", "--quiet"])), STORY);
}

#[test]
fn a_crate_with_a_build_script_and_a_program_keeps_both() {
    let (_place, folder) = folder("init-old");
    let own = "fn main() {\n    println!(\"mine\");\n}\n";
    new_crate(&folder, "src/main.rs", own);
    write(
        &folder.join("build.rs"),
        "fn main() {\n    println!(\"cargo::rerun-if-env-changed=MINE\");\n}\n",
    );
    let before = files(&folder);
    let out = said(&folder, &["init"]);
    let mut expected = before.clone();
    let after = files(&folder);
    expected.insert(SPEC.to_owned(), after[SPEC].clone());
    expected.insert(SCHEMA.to_owned(), after[SCHEMA].clone());
    assert_eq!(after, expected);

    let done = follow(&folder, &out);
    let expected = [
        ("Cargo.toml", "to add"),
        ("build.rs", "to add in `main`"),
        ("src/main.rs", "to add"),
        ("src/main.rs", "an example of its use"),
    ];
    assert_eq!(done, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    lock(&folder);
    assert_eq!(run(&mut cargo(&folder, &["run", "--quiet"])), "mine\n");
}

#[test]
fn a_library_gets_the_module() {
    let (_place, folder) = folder("init-library");
    new_crate(&folder, "src/lib.rs", "pub fn mine() {}\n");
    let out = said(&folder, &["init"]);
    assert!(!folder.join("src/main.rs").exists());
    assert!(out.ends_with("\nwith all of that: cargo build\n"), "{out}");
    let done = follow(&folder, &out);
    assert_eq!(done[1], ("src/lib.rs".to_owned(), "to add".to_owned()));
    lock(&folder);
    run(&mut cargo(&folder, &["check", "--quiet"]));
}

#[test]
fn a_second_time_is_refused_and_changes_nothing() {
    let (place, folder) = folder("init-twice");
    let out = said(place.path(), &["init", "init-twice"]);
    assert!(
        out.contains("  written init-twice/specs/school.yaml\n"),
        "{out}"
    );
    assert!(
        out.ends_with("\nnext: cd init-twice && cargo run\n"),
        "{out}"
    );
    let before = files(&folder);
    let (code, out, err) = relata(&folder, &["init"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(
        err.starts_with("error: `./specs/school.yaml` is there already and is not overwritten"),
        "{err}"
    );
    assert!(err.contains("choose another folder"), "{err}");
    assert_eq!(files(&folder), before);

    // Nor is a schema without a spec, or anything else that stands in the way, a reason to write the rest.
    for blocked in [SCHEMA, "specs"] {
        let place = tempfile::tempdir().expect("a folder");
        write(&place.path().join(blocked), "mine");
        let before = files(place.path());
        let (code, out, _) = relata(place.path(), &["init"]);
        assert_eq!((code, out.as_str()), (Some(1), ""));
        assert_eq!(files(place.path()), before);
    }
}

#[test]
fn a_folder_is_made_and_names_are_made_to_fit() {
    let place = tempfile::tempdir().expect("a folder");
    for (folder, name) in [
        ("new/Café School", "caf--school"),
        ("2nd", "school-2nd"),
        ("build", "school-build"),
        ("--", "school"),
        ("under_score", "under_score"),
    ] {
        said(place.path(), &["init", "--", folder]);
        let manifest = fs::read_to_string(place.path().join(folder).join("Cargo.toml"));
        let manifest = manifest.expect("a manifest");
        assert!(
            manifest.contains(&format!("\nname = \"{name}\"\n")),
            "{manifest}"
        );
    }
}

#[test]
fn a_workspace_is_told_of_its_new_member() {
    let place = tempfile::tempdir().expect("a folder");
    write(
        &place.path().join("Cargo.toml"),
        "[workspace]\nmembers = []\n",
    );
    let (code, out, err) = relata(place.path(), &["init"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("relata init crates/school"), "{err}");
    assert_eq!(names(place.path()), ["Cargo.toml"]);

    let out = said(place.path(), &["init", "crates/school"]);
    let added = additions(&out);
    assert_eq!(added.len(), 1, "{out}");
    assert!(added[0].0.ends_with("Cargo.toml"), "{out}");
    assert_eq!(added[0].2, "\"crates/school\"\n");
}

#[test]
fn tools_are_told_in_one_object() {
    let (_place, folder) = folder("init-json");
    new_crate(&folder, "src/main.rs", HELLO);
    let out = said(&folder, &["init", "--format", "json"]);
    let told: Value = serde_json::from_str(&out).expect("one object");
    assert_eq!(told["event"], "initialized");
    let list = |key: &str| {
        let list = told[key].as_array().expect("a list").clone();
        list.iter()
            .map(|item| item.as_str().expect("a text").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(list("written"), [SPEC, SCHEMA, "build.rs"]);
    assert_eq!(list("kept"), ["Cargo.toml", "src/main.rs"]);
    let add = told["add"].as_array().expect("a list");
    assert_eq!(
        (&add[0]["file"], &add[1]["file"]),
        (&"Cargo.toml".into(), &"src/main.rs".into())
    );
    assert_eq!(add[1]["text"], include_str!("../templates/init/main.rs"));
}

#[test]
fn help_says_what_becomes_of_the_folder() {
    let help = said(&root(), &["init", "--help"]);
    for part in [
        SPEC,
        "build.rs",
        "Nothing that\nis there already is changed",
    ] {
        assert!(help.contains(part), "{help}");
    }
}

#[test]
fn the_driver_is_that_of_readme() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README");
    let line = "\nrusqlite = { version = \"0.39\", features = [\"bundled\"] }\n";
    assert!(readme.contains(line));
    assert!(include_str!("../templates/init/Cargo.toml.txt").contains(line));
}
