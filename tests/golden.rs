//! Golden files: every spec in `specs/` is a case, and its whole output tree under `tests/golden` is compared.
//!
//! `RELATA_ACCEPT=1 cargo test --test golden` accepts what is generated now. What the trees are worth as Rust and SQL
//! is the business of `golden_compiles.rs`, which compiles and runs them.
//!
//! The support code is the same for every schema, so a tree does not hold a copy of it: its `support.rs` includes the
//! sources that the generated file is made of, one after another. `golden_single/school.rs` shows it whole.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use relata::output::Output;
use relata::{Builder, Dialect, Layout, Target};

const ACCEPT: &str = "RELATA_ACCEPT";

/// Where the sources of the support code are, below the root: as they are written, and as the blocking target has them.
const SOURCES: [&str; 8] = [
    "templates/support/common",
    "templates/support/calls",
    "templates/support/classes",
    "templates/support/sqlite",
    "templates/support/rusqlite",
    "tests/blocking/calls",
    "tests/blocking/classes",
    "tests/blocking/common",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The names of the cases, sorted.
fn cases() -> BTreeSet<String> {
    let folder = root().join("specs");
    let specs = entries(&folder);
    let cases: BTreeSet<String> = specs
        .iter()
        // Folders hold what specs include; the schema is the only other file.
        .filter(|name| !folder.join(name).is_dir() && *name != "relata.schema.json")
        .map(|name| {
            let case = name.strip_suffix(".yaml");
            case.unwrap_or_else(|| panic!("specs/{name} is no spec"))
        })
        .map(str::to_owned)
        .collect();
    assert!(cases.contains("school"), "the tutorial is a case");
    cases
}

/// The names in a folder; none when it is not there.
fn entries(folder: &Path) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return BTreeSet::new();
    };
    entries
        .map(|entry| {
            let name = entry.expect("a readable folder").file_name();
            name.into_string().expect("a name in UTF-8")
        })
        .collect()
}

fn accepts() -> bool {
    std::env::var_os(ACCEPT).is_some()
}

/// The sources of the support code, whose joined texts `text` is byte for byte: their paths below the root, in order.
/// `words` are what a target says otherwise than the sources.
fn sources_of(text: &str, folders: &[&str], words: &[(&str, &str)]) -> Vec<String> {
    let mut sources = Vec::new();
    for folder in folders {
        for name in entries(&root().join(folder)) {
            let path = format!("{folder}/{name}");
            let mut text = fs::read_to_string(root().join(&path)).expect("a source");
            for (word, other) in words {
                text = text.replace(word, other);
            }
            sources.push((path, text.trim_end().to_owned()));
        }
    }
    let mut paths = Vec::new();
    let mut rest = text.strip_suffix('\n').expect("a line's end");
    loop {
        let fitting = sources.iter().filter(|(_, text)| {
            let behind = rest.strip_prefix(text.as_str());
            behind.is_some_and(|behind| behind.is_empty() || behind.starts_with("\n\n"))
        });
        let Some((path, text)) = fitting.max_by_key(|(_, text)| text.len()) else {
            let line = rest.lines().next().unwrap_or_default();
            panic!("no source begins as here: {line}");
        };
        paths.push(path.clone());
        match rest[text.len()..].strip_prefix("\n\n") {
            Some(behind) => rest = behind,
            None => return paths,
        }
    }
}

/// Says of the support code which sources it is made of, in the place of their texts: as a `line` for each.
fn name_sources(
    output: &mut Output,
    folders: &[&str],
    words: &[(&str, &str)],
    line: impl Fn(&str) -> String,
) {
    let text = output.get("support.rs").expect("support code");
    let (banner, text) = text.split_once("\n\n").expect("a banner");
    let mut list = format!("{banner}\n// The text of each of these, a blank line in between.\n\n");
    for path in sources_of(text, folders, words) {
        // Writing to a String cannot fail.
        let _ = writeln!(list, "{}", line(&path));
    }
    output.insert("support.rs", list);
}

/// What is generated for `case`, with the SQL of every dialect that can say it.
fn generated(case: &str, layout: Layout) -> Result<Output, relata::Error> {
    let spec = root().join("specs").join(format!("{case}.yaml"));
    let builder = Builder::new(spec).layout(layout);
    let can_say = |dialect: &Dialect| builder.clone().dialects([*dialect]).validate().is_ok();
    let dialects: Vec<Dialect> = Dialect::ALL.into_iter().filter(can_say).collect();
    Ok(builder.dialects(dialects).render()?.output)
}

/// Compares what is generated for a case with a folder, file by file, or writes it there. Gives what is wrong.
fn compare(output: &Output, folder: &Path) -> Vec<String> {
    if accepts() {
        output.write(folder).expect("goldens are written");
    }
    let mut wrong = Vec::new();
    for difference in output.check(folder).expect("a readable folder") {
        wrong.push(difference.to_string());
    }
    let made: BTreeSet<String> = output.iter().map(|(name, _)| name.to_owned()).collect();
    for name in entries(folder).difference(&made) {
        let known = wrong.iter().any(|line| line.contains(name.as_str()));
        if !known {
            wrong.push(format!("{}: superfluous", folder.join(name).display()));
        }
    }
    wrong
}

fn assert_current(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "\n{}\n\nIf the change is meant: {ACCEPT}=1 cargo test --test golden, and read the diff.\n",
        wrong.join("\n")
    );
}

#[test]
fn every_spec_generates_its_golden_tree() {
    let folder = root().join("tests/golden");
    let mut wrong = Vec::new();
    for case in cases() {
        match generated(&case, Layout::Modules) {
            Ok(mut output) => {
                name_sources(&mut output, &SOURCES, &[], |path| {
                    format!("include!(\"../../../{path}\");")
                });
                wrong.extend(compare(&output, &folder.join(case)));
            }
            Err(error) => wrong.push(error.to_string()),
        }
    }
    assert_current(&wrong);
}

/// What differs among the targets is in their statements, in words and in the files that support code is made of. It is
/// compiled and run by the crates under `tests/targets`.
#[test]
fn asynchronous_targets_generate_their_golden_trees() {
    let rows = [("Row<'_>", "Row"), ("Row<'r>", "Row")];
    let session = [rows[0], rows[1], ("mut Connection", "mut Connection<'_>")];
    let support = root().join("templates/support");
    let folders: Vec<String> = entries(&support)
        .into_iter()
        .map(|folder| format!("templates/support/{folder}"))
        .collect();
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    let mut wrong = Vec::new();
    for target in Target::ALL {
        if target == Target::Rusqlite {
            continue;
        }
        let words: &[(&str, &str)] = match target {
            Target::TokioPostgres => &session,
            _ => &rows,
        };
        for case in ["school", "payload"] {
            let spec = root().join("specs").join(format!("{case}.yaml"));
            let builder = Builder::new(spec).target(target).layout(Layout::Modules);
            let mut output = builder.render().expect("a valid spec").output;
            name_sources(&mut output, &folders, words, |path| format!("// {path}"));
            let folder = root().join("tests/golden_targets");
            let folder = folder.join(target.as_str()).join(case);
            wrong.extend(compare(&output, &folder));
        }
    }
    assert_current(&wrong);
}

#[test]
fn the_tutorial_generates_its_golden_single_file() {
    let folder = root().join("tests/golden_single");
    let output = generated("school", Layout::Single).expect("a valid spec");
    assert_current(&compare(&output, &folder));
}

#[test]
fn every_golden_tree_has_its_spec_and_is_compiled() {
    let folder = root().join("tests/golden");
    let list = folder.join("cases.rs");
    let mut text = String::from(
        "// @generated by tests/golden.rs from the names in specs. Do not edit.\n\n//! The golden trees.\n\n",
    );
    let cases = cases();
    // Writing to a String cannot fail.
    for case in &cases {
        let _ = writeln!(text, "/// From `specs/{case}.yaml`.\npub mod {case};");
    }
    text += "\n/// Every golden tree.\npub const ALL: &[super::Case] = &[\n";
    for case in &cases {
        let _ = writeln!(text, "    super::case!({case}),");
    }
    text += "];\n";
    if accepts() {
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(&list, &text).expect("the list is written");
    }
    let mut wrong = Vec::new();
    if fs::read_to_string(&list).unwrap_or_default() != text {
        wrong.push(format!("{}: not the names in specs", list.display()));
    }
    let present = entries(&folder);
    for name in present
        .iter()
        .filter(|name| *name != "cases.rs" && !cases.contains(*name))
    {
        wrong.push(format!(
            "{}: no spec of this name, remove it",
            folder.join(name).display()
        ));
    }
    assert_current(&wrong);
}
