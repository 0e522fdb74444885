//! The pages of build scripts and of checked-in files: their files make crates that build, their commands are run in order,
//! and their hooks and jobs name what there is.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_yaml::Value;

use crate::nested::{cargo, root, run, write};
use crate::readme::readme_crate;
use crate::{Block, blocks, document};

const BUILD_SCRIPTS: &str = "docs/build_scripts.md";
const CHECKED_IN: &str = "docs/golden_tests.md";

/// README's crate by another name, so that cargo does not take it for that one, which another test builds.
fn named(place: &Path, name: &str) {
    readme_crate(place);
    edit(
        &place.join("Cargo.toml"),
        "\"school\"",
        &format!("\"{name}\""),
    );
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a text");
    assert!(text.contains(from), "{} has `{from}`", path.display());
    fs::write(path, text.replace(from, to)).expect("a text");
}

/// Where relata is, in place of where the pages have it.
fn here(text: &str) -> String {
    text.replace("\"../relata\"", &format!("'{}'", root().display()))
}

#[test]
fn the_build_scripts_shown_build() {
    let place = tempfile::tempdir().expect("a folder");
    let place = place.path();
    named(place, "build_scripts");
    let spec = document("specs/school.yaml");
    write(&place.join("specs/shop.yaml"), &spec);
    let main = fs::read_to_string(place.join("src/main.rs")).expect("the program");
    let shown: Vec<Block> = blocks(&document(BUILD_SCRIPTS));
    let mut scripts = 0;
    for (number, block) in shown.iter().enumerate() {
        if block.path.as_deref() != Some("build.rs") {
            continue;
        }
        write(&place.join("build.rs"), &block.text);
        // The program that is shown behind it, else README's.
        let next = shown.get(number + 1);
        let program = next.filter(|next| next.path.as_deref() == Some("src/main.rs"));
        let program = program.map_or(&main, |program| &program.text);
        write(&place.join("src/main.rs"), program);
        run(&mut cargo(place, &["check", "--all-targets"]));
        scripts += 1;
    }
    assert_eq!(scripts, 2);
    let manifest = fs::read_to_string(place.join("Cargo.toml")).expect("the manifest");
    let toml = shown.iter().find(|block| block.language == "toml");
    assert!(manifest.contains(&here(&toml.expect("a dependency").text)));
}

/// The crate of the page of checked-in files, before its commands.
fn checked_in(place: &Path) {
    named(place, "checked_in");
    let manifest = place.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("the manifest");
    let (text, _) = text.split_once("[build-dependencies]").expect("them");
    let text = text.to_owned();
    fs::remove_file(place.join("build.rs")).expect("removed");
    for block in blocks(&document(CHECKED_IN)) {
        match block.path.as_deref() {
            Some("Cargo.toml") => write(&manifest, &format!("{text}{}", here(&block.text))),
            Some(path) => write(&place.join(path), &block.text),
            None if block.language == "rust" => edit(
                &place.join("src/main.rs"),
                "mod models {\n    include!(concat!(env!(\"OUT_DIR\"), \"/school.rs\"));\n}\n",
                &block.text,
            ),
            None => {}
        }
    }
}

/// Runs a command of the page as it is shown, but for where relata is and where it is installed.
fn runs(command: &str, krate: &Path, bin: &Path) {
    let words: Vec<&str> = command.split(' ').collect();
    match words[..] {
        ["cargo", "install", .., "../relata"] => {
            let mut install = cargo(krate, &words[1..words.len() - 1]);
            install.arg(root()).args(["--debug", "--root"]).arg(bin);
            run(&mut install);
        }
        ["relata", ..] => {
            let relata = bin.join("bin/relata");
            run(Command::new(relata).args(&words[1..]).current_dir(krate));
        }
        ["RELATA_ACCEPT=1", "cargo", ..] => {
            run(cargo(krate, &words[2..]).env("RELATA_ACCEPT", "1"));
        }
        ["cargo", ..] => {
            run(cargo(krate, &words[1..]).env_remove("RELATA_ACCEPT"));
        }
        _ => panic!("`{command}`: nobody knows how to run it"),
    }
}

#[test]
fn the_page_of_checked_in_files_does_what_it_says() {
    let place = tempfile::tempdir().expect("a folder");
    let krate = place.path().join("school");
    checked_in(&krate);
    for block in blocks(&document(CHECKED_IN)) {
        if matches!(block.language.as_str(), "console" | "sh") {
            for command in block.text.lines() {
                runs(command, &krate, place.path());
            }
        }
    }
    run(&mut cargo(&krate, &["run", "--quiet"]));

    // What the test says of a change, and that its way out is one.
    edit(
        &krate.join("specs/school.yaml"),
        "title: string",
        "title: string(200)",
    );
    let test = ["test", "--quiet", "--test", "current"];
    let output = cargo(&krate, &test).output().expect("cargo starts");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let said: Vec<&str> = said.lines().map(str::trim_end).collect();
    let shown = blocks(&document(CHECKED_IN));
    let shown = shown.iter().find(|block| block.language == "text");
    let shown = &shown.expect("what the test says").text;
    let shown: Vec<&str> = shown.lines().collect();
    assert!(
        said.windows(shown.len()).any(|lines| lines == shown),
        "{said:#?}"
    );
    run(cargo(&krate, &test).env("RELATA_ACCEPT", "1"));
    run(&mut cargo(&krate, &test));
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

fn list(value: &Value) -> &[Value] {
    value.as_sequence().expect("a list")
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is a text"))
}

fn shown(path: &str) -> Value {
    let blocks = blocks(&document(CHECKED_IN));
    let block = blocks
        .iter()
        .find(|block| block.path.as_deref() == Some(path));
    yaml(&block.unwrap_or_else(|| panic!("{path} is shown")).text)
}

#[test]
fn the_job_of_ci_is_the_script_below_it() {
    let job = shown(".github/workflows/models.yml");
    let steps = list(&job["jobs"]["models"]["steps"]);
    let steps = steps.iter().filter_map(|step| step["run"].as_str());
    let blocks = blocks(&document(CHECKED_IN));
    let script = blocks.iter().find(|block| block.language == "sh");
    let script = script.expect("a script").text.lines();
    assert_eq!(steps.collect::<Vec<_>>(), script.collect::<Vec<_>>());
}

/// pre-commit runs `entry`, then `args`, then the names of files unless there are to be none.
#[cfg(feature = "cli")]
fn hook(hook: &Value, configured: &Value, files: &[&str], krate: &Path) -> Option<i32> {
    let mut words: Vec<&str> = text(hook, "entry").split(' ').collect();
    let arguments = configured["args"].as_sequence();
    words.extend(arguments.into_iter().flatten().filter_map(Value::as_str));
    if hook["pass_filenames"] != Value::Bool(false) {
        words.extend(files);
    }
    assert_eq!(words[0], "relata");
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
    let output = command.args(&words[1..]).current_dir(krate).output();
    output.expect("relata starts").status.code()
}

#[test]
#[cfg(feature = "cli")]
fn the_hooks_find_what_they_are_for() {
    let hooks = yaml(&document(".pre-commit-hooks.yaml"));
    let config = shown(".pre-commit-config.yaml");
    let repository = &config["repos"][0];
    assert_eq!(
        text(repository, "rev"),
        concat!("v", env!("CARGO_PKG_VERSION"))
    );
    let configured = list(&repository["hooks"]);
    let ids = |hooks: &[Value]| -> BTreeSet<String> {
        hooks
            .iter()
            .map(|hook| text(hook, "id").to_owned())
            .collect()
    };
    assert_eq!(ids(list(&hooks)), ids(configured));

    let place = tempfile::tempdir().expect("a folder");
    checked_in(place.path());
    let spec = "specs/school.yaml";
    let generate = ["generate", spec, "--out", "src/models"];
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
    run(command.args(generate).current_dir(place.path()));
    let statuses = || {
        let found = list(&hooks).iter().map(|found| {
            assert_eq!(text(found, "language"), "rust");
            let id = text(found, "id");
            let configured = configured
                .iter()
                .find(|configured| text(configured, "id") == id);
            let configured = configured.expect("it is shown");
            (id, hook(found, configured, &[spec], place.path()))
        });
        found.collect::<Vec<_>>()
    };
    let (check, current) = ("relata-check", "relata-generate-check");
    assert_eq!(statuses(), [(check, Some(0)), (current, Some(0))]);
    let path = place.path().join(spec);
    edit(&path, "title: string", "title: string?");
    assert_eq!(statuses(), [(check, Some(0)), (current, Some(1))]);
    edit(&path, "title: string?", "title: strin");
    assert_eq!(statuses(), [(check, Some(1)), (current, Some(1))]);
}
