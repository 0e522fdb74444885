//! The rules of ARCHITECTURE.md that a machine can hold: who imports whom, who knows which outside crate, how long a
//! file may be, what does not stand in one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The import table: a stage, and the stages it may name. Layer by layer; every stage stands here.
const IMPORTS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("naming", &[]),
    ("model", &[]),
    ("threads", &[]),
    ("visible", &[]),
    ("output", &["threads", "visible"]),
    ("diagnostic", &["source", "visible"]),
    ("spec", &["source", "diagnostic"]),
    ("sql", &["model", "naming", "visible"]),
    ("rust", &["model", "naming", "sql", "visible"]),
    (
        "resolve",
        &["spec", "source", "diagnostic", "naming", "model", "visible"],
    ),
    (
        "render",
        &["model", "output", "sql", "rust", "threads", "visible"],
    ),
    (
        "schema",
        &[
            "diagnostic",
            "model",
            "naming",
            "render",
            "resolve",
            "rust",
            "spec",
        ],
    ),
    (
        "builder",
        &[
            "diagnostic",
            "model",
            "output",
            "render",
            "resolve",
            "rust",
            "source",
            "spec",
            "sql",
            "threads",
        ],
    ),
    ("cli", &[]),
];

/// The outside crates, as they are called in source, and where each may be named: in a file, or in a stage (`stage/`).
/// Plain data (`indexmap`) may be named anywhere.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("serde_yaml", &["src/spec/tree.rs"]),
    ("saphyr_parser", &["src/source/events.rs"]),
    ("minijinja", &["src/render/templates.rs"]),
    ("prettyplease", &["src/render/format.rs"]),
    ("syn", &["src/render/format.rs"]),
    ("annotate_snippets", &["src/diagnostic/human.rs"]),
    ("strsim", &["src/diagnostic/suggest.rs"]),
    ("heck", &["src/naming/rust.rs"]),
    ("clap", &["src/cli/arguments.rs"]),
    ("clap_complete", &["src/cli/completions.rs"]),
    ("anstream", &["src/cli/console/"]),
    ("mimalloc", &["src/main.rs"]),
    ("notify", &["src/cli/watch.rs"]),
    ("similar", &["src/cli/diff.rs"]),
    (
        "serde_json",
        &["src/cli/console/", "src/schema/", "src/spec/schema.rs"],
    ),
    ("schemars", &["src/spec/"]),
    (
        "serde",
        &[
            "src/spec/",
            "src/sql/",
            "src/rust/",
            "src/diagnostic/json.rs",
            "src/render/",
        ],
    ),
];

/// The lines that a file of source or template may have.
const LINES: usize = 400;

/// What does not stand in source.
const NEVER: &[&str] = &["todo!(", "unimplemented!(", "dbg!("];

/// What prints, and who may. The cargo directives of build scripts are printed by the builder.
const PRINTS: &[&str] = &["println!(", "print!(", "eprintln!(", "eprint!("];
const PRINTERS: &[&str] = &[
    "src/builder/directives.rs",
    "src/main.rs",
    "src/cli.rs",
    "src/cli/",
    "templates/init/main.rs",
];

/// A file: its path below the root with `/`, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The lines without comments.
    fn code(&self) -> String {
        let lines = self
            .text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The code without the tests at its end.
    fn body(&self) -> String {
        let code = self.code();
        code.split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// The stage it belongs to: `render` of `src/render/format.rs`.
    fn stage(&self) -> &str {
        let below = self
            .path
            .strip_prefix("src/")
            .unwrap_or_else(|| panic!("{} in src", self.path));
        below.split(['/', '.']).next().unwrap_or(below)
    }

    fn is_rust(&self) -> bool {
        let ending = Path::new(&self.path).extension();
        ending.is_some_and(|ending| ending == "rs")
    }

    /// Whether only tests are made of it: such files look at more than their stage may.
    fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }
}

fn files(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("a folder");
        let mut paths: Vec<PathBuf> = entries
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(root).expect("below the root");
            let below: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            files.push(File {
                path: below.join("/"),
                // Some cases of tests are no text.
                text: String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned(),
            });
        }
    }
    assert!(files.len() > 10, "{folder} was found");
    files
}

fn sources() -> Vec<File> {
    let mut files = files("src");
    files.retain(File::is_rust);
    files
}

/// The stages that `code` names behind `crate::`, in lists too.
fn named_stages(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, prefix) in code.match_indices("crate::") {
        // `$crate::`, words that only end so, and, behind a quote, what specs and generated code say.
        let other = |c: char| matches!(c, '$' | '_' | '"' | '`') || c.is_alphanumeric();
        if code[..at].ends_with(other) {
            continue;
        }
        let behind = &code[at + prefix.len()..];
        match behind.strip_prefix('{') {
            None => named.extend(word(behind)),
            Some(list) => {
                let mut depth = 0;
                let mut begins = true;
                for (place, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => begins = true,
                        c if c.is_whitespace() => {}
                        _ if begins => {
                            named.extend(word(&list[place..]));
                            begins = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    named
}

fn word(text: &str) -> Option<String> {
    let end = text.find(|c: char| c != '_' && !c.is_alphanumeric());
    let word = &text[..end.unwrap_or(text.len())];
    (!word.is_empty()).then(|| word.to_owned())
}

/// Whether `code` names the crate `name` in a path or an attribute.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let (before, behind) = (&code[..at], &code[at + name.len()..]);
        // Behind a quote it is text to generate.
        let part = |c: char| matches!(c, '_' | ':' | '"') || c.is_alphanumeric();
        let whole = !before.ends_with(part);
        whole && behind.starts_with("::")
    })
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn stages_import_in_one_direction() {
    let mut wrong = Vec::new();
    for file in sources().iter().filter(|file| !file.is_test()) {
        let (stage, path) = (file.stage(), &file.path);
        if matches!(stage, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == stage) else {
            wrong.push(format!(
                "{path}: the stage `{stage}` is not in the import table"
            ));
            continue;
        };
        let code = file.code();
        for named in named_stages(&code) {
            if named != stage && !allowed.contains(&named.as_str()) {
                wrong.push(format!("{path}: `{stage}` does not know `{named}`"));
            }
        }
        // From the file of a stage, `super` is the crate; in its test module it is the stage.
        if path.matches('/').count() == 1 && file.body().contains("super::") {
            wrong.push(format!(
                "{path}: say `crate::` for what `super::` means here"
            ));
        }
    }
    assert_none(&wrong);
}

#[test]
fn the_import_table_has_no_circle_and_no_dead_row() {
    let mut known: Vec<&str> = Vec::new();
    for (stage, allowed) in IMPORTS {
        for name in *allowed {
            assert!(known.contains(name), "`{stage}` stands above `{name}`");
        }
        known.push(stage);
    }
    let stages: BTreeSet<String> = sources()
        .iter()
        .map(|file| file.stage().to_owned())
        .collect();
    for stage in known {
        assert!(stages.contains(stage), "`{stage}` is a stage");
    }
}

#[test]
fn outside_crates_are_known_to_one_place() {
    let mut wrong = Vec::new();
    for (name, allowed) in OUTSIDE {
        let mut used = false;
        for file in sources().iter().filter(|file| !file.is_test()) {
            if !names_crate(&file.body(), name) {
                continue;
            }
            used = true;
            let stage = format!("{}/", file.path.trim_end_matches(".rs"));
            let may = |place: &&str| match place.strip_suffix('/') {
                Some(_) => file.path.starts_with(place) || stage == *place,
                None => file.path == *place,
            };
            if !allowed.iter().any(may) {
                wrong.push(format!("{}: does not know the crate `{name}`", file.path));
            }
        }
        if !used {
            wrong.push(format!("no file names the crate `{name}`"));
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_dependency_has_its_row() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    let manifest = manifest.expect("a manifest");
    let section = manifest
        .split("\n[dependencies]\n")
        .nth(1)
        .expect("dependencies");
    let section = section.split("\n[").next().unwrap_or_default();
    for line in section
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_alphabetic()))
    {
        let name = line
            .split([' ', '.'])
            .next()
            .unwrap_or(line)
            .replace('-', "_");
        let known = OUTSIDE.iter().any(|(known, _)| *known == name);
        assert!(
            known || name == "indexmap",
            "`{name}` has no row in the table of outside crates"
        );
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for file in sources().iter().chain(&files("templates")) {
        let lines = file.text.lines().count();
        if lines > LINES {
            wrong.push(format!("{}: {lines} lines, {LINES} are allowed", file.path));
        }
        if file.path.starts_with("src/") && !file.text.starts_with("//! ") {
            wrong.push(format!("{}: begins without `//!`", file.path));
        }
        if file.path.ends_with("/mod.rs") {
            wrong.push(format!(
                "{}: stands beside its folder in this house",
                file.path
            ));
        }
    }
    assert_none(&wrong);
}

#[test]
fn nothing_is_left_open_and_only_the_program_prints() {
    let mut wrong = Vec::new();
    for file in sources().iter().chain(&files("templates")) {
        let code = file.code();
        for word in NEVER.iter().filter(|word| code.contains(**word)) {
            wrong.push(format!("{}: `{word}`", file.path));
        }
        let prints = PRINTS.iter().any(|word| code.contains(word));
        let printer = |place: &&str| file.path.starts_with(place);
        if prints && !PRINTERS.iter().any(printer) {
            wrong.push(format!("{}: prints", file.path));
        }
    }
    assert_none(&wrong);
}

/// What ignored tests may need, and what of their place and name `tests/run` runs them by.
const NEEDS: &[(&str, &str)] = &[
    ("needs SQLAlchemy", "generated-example/tests/patterns/"),
    ("needs PostgreSQL and MariaDB", "tests/portability/"),
    ("needs PostgreSQL", "_on_postgres"),
    ("needs MariaDB", "_on_mysql"),
    ("needs a Galera cluster", "_on_galera"),
    ("needs strace", "_seen_by_strace"),
    ("needs to mount a disk", "_on_a_full_disk"),
    ("needs an editor's language server", "_in_an_editor"),
];

#[test]
fn what_is_ignored_is_run_by_name() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    let others = ["tests", "generated-example/tests"].map(files);
    let mut all: Vec<File> = others.into_iter().flatten().chain(sources()).collect();
    all.retain(|file| file.is_rust() && file.path != "tests/architecture.rs");
    for file in &all {
        for behind in file.text.split("#[ignore").skip(1) {
            seen += 1;
            let (reason, function) = behind.split_once("fn ").expect("a test");
            let name = format!("{} {}", file.path, word(function).unwrap_or_default());
            let need = NEEDS.iter().find(|(need, _)| reason.contains(need));
            if !need.is_some_and(|(_, by)| name.contains(by)) {
                wrong.push(format!("nothing runs the test {name}"));
            }
        }
    }
    assert!(seen > 0, "ignored tests were found");
    assert_none(&wrong);
}

#[test]
fn the_scanner_sees_what_it_should() {
    let code =
        "use crate::{a::{x, y}, b, c::z};\nlet d = crate::d::f();\n$crate::e; pub(in crate::f) fn";
    let expected = ["a", "b", "c", "d", "f"].map(str::to_owned);
    assert_eq!(named_stages(code), BTreeSet::from(expected));
    assert!(names_crate("use syn::File;", "syn"));
    assert!(!names_crate("use my_syn::File; a::syn::x", "syn"));
}
