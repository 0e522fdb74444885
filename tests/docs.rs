//! What the documents say is true: commands run, README's crate builds and prints what README says, numbers agree.

#[path = "docs/book.rs"]
mod book;
#[path = "docs/examples.rs"]
mod examples;
#[path = "nested/cargo.rs"]
mod nested;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use nested::{cargo, lock, root, run, write};

const DOCUMENTS: &[&str] = &[
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "docs/connections.md",
    "docs/introduction.md",
    "docs/portability.md",
    "docs/round_trips.md",
    "docs/spec.md",
    "docs/sqlalchemy.md",
];

/// How a command of the documents is exercised.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// By this script, which must hold it as a step.
    Script(&'static str, &'static str),
    /// By [`the_program_installs_and_runs_as_shown`], in README's crate.
    Here,
    /// It is a script of the repository that hosts run; it must be there and be executable.
    Itself(&'static str),
    /// It wants Docker, which not everyone has; what it says of servers must be what `compose.yaml` says.
    Compose,
    /// By these tests, which are run so when they are told to and whose texts say it.
    Accept(&'static [(&'static str, &'static str)]),
}

/// Every command that a document may show.
const COMMANDS: &[(&str, How)] = &[
    (
        "cargo run -p generated-example",
        How::Script("tests/run", "step cargo run --package generated-example"),
    ),
    (
        "tests/run --install",
        How::Script(".ci/run", "step tests/run --install"),
    ),
    (
        "tests/with postgres cargo run -p generated-example --features postgres --bin postgres",
        How::Script(
            "tests/run",
            "step tests/with postgres cargo run -p generated-example --features postgres --bin postgres",
        ),
    ),
    ("tests/run", How::Itself("tests/run")),
    (".ci/run", How::Itself(".ci/run")),
    ("tests/galera", How::Itself("tests/galera")),
    ("docker compose up --wait", How::Compose),
    (
        "RELATA_POSTGRES_URL=postgres://postgres:relata@127.0.0.1:54329/postgres \
         RELATA_MYSQL_URL=mysql://root:relata@127.0.0.1:33069/ tests/run",
        How::Compose,
    ),
    (
        "RELATA_ACCEPT=1 cargo test --test golden --test invalid",
        How::Accept(&[
            ("tests/golden.rs", "{ACCEPT}=1 cargo test --test golden"),
            ("tests/invalid.rs", "{ACCEPT}=1 cargo test --test invalid"),
        ]),
    ),
    (
        "RELATA_ACCEPT=1 cargo test -p generated-example --test current",
        How::Accept(&[("generated-example/tests/current.rs", "RELATA_ACCEPT")]),
    ),
    (
        "RELATA_ACCEPT=1 cargo test -p generated-example --test compile_fail",
        How::Accept(&[("generated-example/tests/compile_fail.rs", "RELATA_ACCEPT")]),
    ),
    ("cargo install --path .", How::Here),
    ("relata check specs/school.yaml", How::Here),
    ("relata ddl specs/school.yaml", How::Here),
    ("relata ddl specs/school.yaml --dialect postgres", How::Here),
    (
        "relata generate specs/school.yaml --out src/models",
        How::Here,
    ),
    (
        "relata generate specs/school.yaml --out src/models --check",
        How::Here,
    ),
];

fn document(name: &str) -> String {
    let text = fs::read_to_string(root().join(name));
    text.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A fenced block: its language, its text, and the path in bold that the paragraph before it begins with.
struct Block {
    language: String,
    text: String,
    path: Option<String>,
}

fn blocks(document: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut path = None;
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(Block {
                language: language.to_owned(),
                text: text.join("\n") + "\n",
                path: path.take(),
            });
        } else if let Some(begin) = line.strip_prefix("**`") {
            path = begin.split_once("`**").map(|(path, _)| path.to_owned());
        }
    }
    blocks
}

/// The commands that the documents show, in order, each once.
fn shown() -> Vec<String> {
    let mut shown = Vec::new();
    for name in DOCUMENTS {
        for block in blocks(&document(name)) {
            if matches!(block.language.as_str(), "console" | "sh") {
                shown.extend(block.text.lines().map(str::to_owned));
            }
        }
    }
    let mut seen = BTreeSet::new();
    shown.retain(|command| seen.insert(command.clone()));
    shown
}

/// README's crate, written as README says, with the path to relata filled in.
fn readme_crate(place: &Path) {
    let mut files = BTreeMap::new();
    for block in blocks(&document("README.md")) {
        if let Some(path) = block.path {
            files.insert(path, block.text);
        }
    }
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["Cargo.toml", "build.rs", "specs/school.yaml", "src/main.rs"]
    );
    for (path, text) in &files {
        let mut text = text.clone();
        if path == "Cargo.toml" {
            let shown = "path = \"../relata\"";
            assert!(text.contains(shown), "README names relata by {shown}");
            text = text.replace(shown, &format!("path = '{}'", root().display()));
        }
        write(&place.join(path), &text);
    }
    lock(place);
}

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
            How::Here => {}
        }
    }
    for (known, _) in COMMANDS {
        assert!(
            shown.iter().any(|command| command == known),
            "no document shows `{known}`"
        );
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

#[test]
fn the_program_installs_and_runs_as_shown() {
    let place = tempfile::tempdir().expect("a folder");
    let krate = place.path().join("school");
    readme_crate(&krate);
    for command in shown() {
        if !COMMANDS.contains(&(command.as_str(), How::Here)) {
            continue;
        }
        let mut words = command.split(' ');
        let program = words.next().unwrap_or_default();
        let arguments: Vec<&str> = words.collect();
        if program == "cargo" {
            let mut install = cargo(&root(), &arguments);
            // Into a folder of this test, and with what is built already.
            install
                .args(["--debug", "--locked", "--root"])
                .arg(place.path());
            run(&mut install);
            continue;
        }
        let installed = place.path().join("bin").join(program);
        run(Command::new(installed).args(&arguments).current_dir(&krate));
    }
    assert!(krate.join("src/models/schema.sql").is_file());
}

#[test]
fn the_crate_of_the_readme_prints_what_the_readme_says() {
    let place = tempfile::tempdir().expect("a folder");
    readme_crate(place.path());
    let main = fs::read_to_string(place.path().join("src/main.rs")).expect("the program");
    write(
        &place.path().join("src/main.rs"),
        &format!("#![deny(warnings)]\n{main}"),
    );
    let printed = run(&mut cargo(place.path(), &["run", "--quiet"]));
    let said: Vec<Block> = blocks(&document("README.md"))
        .into_iter()
        .filter(|block| block.language == "text")
        .collect();
    assert_eq!(said.len(), 1, "README has one block of output");
    assert_eq!(printed, said[0].text);
}

#[test]
fn the_readme_tells_the_tutorial_of_specs() {
    let data = |text: &str| {
        let builder = relata::Builder::from_reader("school.yaml", text.as_bytes()).expect("a spec");
        let rendered = builder.render().unwrap_or_else(|error| panic!("{error}"));
        rendered
            .output
            .get("schema.sql")
            .expect("the SQL")
            .to_owned()
    };
    let spec = blocks(&document("README.md"))
        .into_iter()
        .find(|block| block.language == "yaml");
    assert_eq!(
        data(&spec.expect("a spec").text),
        data(&document("specs/school.yaml"))
    );
}

#[test]
fn the_version_of_rust_is_said_once_and_right() {
    let manifest = document("Cargo.toml");
    let line = manifest
        .lines()
        .find(|line| line.starts_with("rust-version = "));
    let version = line
        .and_then(|line| line.split('"').nth(1))
        .expect("a version");
    assert!(document("README.md").contains(&format!("Rust {version} or later")));
}

#[test]
fn the_number_of_crates_is_right_and_small() {
    let arguments = "tree -e normal --no-default-features --prefix none --package relata";
    let tree = run(&mut cargo(
        &root(),
        &arguments.split(' ').collect::<Vec<_>>(),
    ));
    let name = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let crates: BTreeSet<String> = tree
        .lines()
        .filter(|line| !line.is_empty())
        .map(name)
        .collect();
    let number = crates.len();
    assert!(number <= 28, "{number} crates: {crates:?}");
    let said = format!("made of {number} crates");
    assert!(
        document("ARCHITECTURE.md").contains(&said),
        "ARCHITECTURE.md says `{said}`"
    );
}

#[test]
fn links_lead_somewhere() {
    for name in DOCUMENTS {
        let text = document(name);
        let place = root().join(name);
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            let there = match link.strip_prefix('#') {
                Some(heading) => text.to_lowercase().contains(&format!("\n## {heading}\n")),
                None => link.starts_with("https://") || place.with_file_name(link).exists(),
            };
            assert!(there, "{name}: {link}");
        }
    }
}
