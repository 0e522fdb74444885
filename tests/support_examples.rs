//! The examples in the support code's documentation compile without warnings and run, over a school and its songs.
//!
//! They are fenced as `text`, because the documentation tests of a user's crate would compile them over another schema.

#[path = "nested/cargo.rs"]
mod nested;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use relata::{Builder, Layout};

/// Where the support code of rusqlite is, below the root; what is not emitted as it is written there stands in [`BLOCKING`].
const SUPPORT: &str = "templates/support";

/// The folders of it.
const FOLDERS: [&str; 5] = ["calls", "classes", "common", "rusqlite", "sqlite"];

/// The same in the words of the blocking target.
const BLOCKING: &str = "tests/blocking";

const MANIFEST: &str = r#"
[package]
name = "support_examples"
edition = "2024"

[[bin]]
name = "support_examples"
path = "main.rs"

[dependencies]
rusqlite = { version = "0.39", features = ["bundled"] }

[workspace]
"#;

/// What an example finds in scope: a connection and the rows of [`MAIN`]. It takes the place of the line that opens the
/// fence.
const PREAMBLE: &str = "\
    use rusqlite::Connection; use std::sync::Arc; \
    use crate::models::{self, *}; use crate::models::support::Query; \
    let conn = crate::school()?; \
    let [alice, bob] = crate::sorted(Student::query().order_by(student::NAME.asc()).all(&conn)?); \
    let [math, science] = crate::sorted(Course::query().order_by(course::TITLE.asc()).all(&conn)?); \
    let friday = Setlist::query().one(&conn)?; let bell = Song::query().one(&conn)?;";

/// The program around the examples. It runs them all, each over a database of its own, and names those that failed.
const MAIN: &str = "
use models::{
    Course, Error, NewCourse, NewSetlist, NewSetlistSong, NewSong, NewStudent, Setlist, Song, Student,
};

/// A school of two students and two courses; Alice takes both, Bob none. Bell is sung on Friday.
fn school() -> Result<rusqlite::Connection, Error> {
    let conn = rusqlite::Connection::open_in_memory()?;
    models::configure(&conn)?;
    models::create_tables(&conn)?;
    let alice = Student::insert(&conn, NewStudent { name: \"Alice\".into() })?;
    Student::insert(&conn, NewStudent { name: \"Bob\".into() })?;
    let math = Course::insert(&conn, NewCourse { title: \"Math\".into() })?;
    let science = Course::insert(&conn, NewCourse { title: \"Science\".into() })?;
    alice.courses().add_all(&conn, [&math, &science])?;
    let friday = Setlist::insert(&conn, NewSetlist { name: \"Friday\".into() })?;
    let bell = Song::insert(&conn, NewSong { title: \"Bell\".into() })?;
    let first = NewSetlistSong { position: 1, weight: None, remark: None };
    friday.songs().add(&conn, &bell, first)?;
    Ok(conn)
}

fn sorted<T: std::fmt::Debug>(rows: Vec<T>) -> [T; 2] {
    rows.try_into().expect(\"two rows\")
}

fn main() -> std::process::ExitCode {
    let mut failed = 0;
    for (place, example) in EXAMPLES {
        let result = std::panic::catch_unwind(example);
        if !matches!(result, Ok(Ok(()))) {
            failed += 1;
            eprintln!(\"{place}: the example failed: {result:?}\");
        }
    }
    println!(\"{} examples, {failed} failed\", EXAMPLES.len());
    std::process::ExitCode::from(u8::from(failed > 0))
}
";

/// The examples of a file as Rust: each is a function, and stands on the lines on which it stands in the file, so that
/// what the compiler says of it leads there. Beside it the lines on which examples begin.
fn examples(path: &str, source: &str) -> (String, Vec<usize>) {
    let (mut code, mut begins) = (String::new(), Vec::new());
    let mut inside = false;
    for (place, line) in source.lines().enumerate() {
        let text = line.trim_start().strip_prefix("///");
        let text = text.map_or("", |text| text.strip_prefix(' ').unwrap_or(text));
        let written = match (text.strip_prefix("```"), inside) {
            (Some("text"), false) => {
                inside = true;
                begins.push(place + 1);
                let function = format!(
                    "pub fn line_{}() -> crate::models::support::Result<()>",
                    place + 1
                );
                format!("{function} {{ {PREAMBLE}")
            }
            (Some(""), true) => {
                inside = false;
                "Ok(()) }".to_owned()
            }
            (Some(language), _) => {
                panic!("{path}:{}: a fence of `{language}`, not `text`", place + 1)
            }
            (None, true) => text.to_owned(),
            (None, false) => String::new(),
        };
        code += &written;
        code.push('\n');
    }
    assert!(!inside, "{path}: a fence is not closed");
    (code, begins)
}

/// The sources of the support code below the root, sorted.
fn sources() -> Vec<PathBuf> {
    let mut sources = Vec::new();
    for folder in FOLDERS {
        let files = fs::read_dir(nested::root().join(SUPPORT).join(folder)).expect("support code");
        sources.extend(files.map(|entry| {
            let name = entry.expect("an entry").file_name();
            let worded = PathBuf::from(BLOCKING).join(folder).join(&name);
            if nested::root().join(&worded).exists() {
                worded
            } else {
                PathBuf::from(SUPPORT).join(folder).join(name)
            }
        }));
    }
    sources.sort();
    sources
}

#[test]
fn every_example_compiles_and_runs() {
    let place = tempfile::tempdir().expect("a folder");
    let spec = Builder::new(nested::root().join("tests/support_examples.yaml"));
    let rendered = spec.layout(Layout::Single).render();
    let rendered = rendered.unwrap_or_else(|error| panic!("{error}"));
    rendered.output.write(place.path()).expect("written");

    let mut modules = String::from(
        "#![deny(warnings)]\n#![allow(unused_imports, unused_variables)]\n\n\
         mod models {\n    include!(\"support_examples.rs\");\n}\n",
    );
    let mut table = String::new();
    for source in sources() {
        let path = source.display().to_string();
        let name = path.trim_end_matches(".rs").replace('/', "_");
        let text = fs::read_to_string(nested::root().join(&source)).expect("text");
        let (code, begins) = examples(&path, &text);
        if begins.is_empty() {
            continue;
        }
        nested::write(&place.path().join(&path), &code);
        // Writing to a String cannot fail.
        let _ = writeln!(modules, "#[path = {path:?}]\nmod in_{name};");
        for line in begins {
            let _ = writeln!(table, "    (\"{path}:{line}\", in_{name}::line_{line}),");
        }
    }
    assert!(!table.is_empty(), "{SUPPORT} has examples");

    let table = format!(
        "\nconst EXAMPLES: &[(&str, fn() -> models::support::Result<()>)] = &[\n{table}];\n"
    );
    nested::write(&place.path().join("main.rs"), &(modules + MAIN + &table));
    nested::write(&place.path().join("Cargo.toml"), MANIFEST);
    nested::lock(place.path());
    nested::run(&mut nested::cargo(place.path(), &["run", "--quiet"]));
}

#[test]
fn examples_keep_their_lines() {
    let source =
        "/// Words.\n///\n/// ```text\n/// let a = [\n///     1,\n/// ];\n/// ```\nfn f() {}\n";
    let (code, begins) = examples("f.rs", source);
    assert_eq!(begins, [3]);
    let lines: Vec<&str> = code.lines().collect();
    assert!(lines[2].starts_with("pub fn line_3()"));
    assert_eq!(
        lines[3..],
        ["let a = [", "    1,", "];", "Ok(()) }", ""],
        "as indented as in the source"
    );
}

#[test]
#[should_panic(expected = "f.rs:1: a fence of `rust`, not `text`")]
fn an_example_that_a_user_would_compile_is_refused() {
    examples("f.rs", "/// ```rust\n/// f();\n/// ```\n");
}
