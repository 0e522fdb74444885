//! docs/portability.md and these tests say the same: each row has a test or a manual, each test a row.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("docs/portability.md")).expect("the page")
}

/// The cells of the rows below `heading`, or of all. A pipe inside a cell is escaped.
pub fn rows(heading: &str) -> Vec<Vec<String>> {
    let page = page();
    let begin = page.find(&format!("\n## {heading}"));
    let section = &page[begin.expect("the heading")..];
    let end = match heading {
        "" => None,
        _ => section[1..].find("\n## "),
    };
    let section = &section[..end.map_or(section.len(), |end| end + 1)];
    let lines: Vec<&str> = section.lines().collect();
    let mut rows = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let heads = lines
            .get(at + 1)
            .is_some_and(|next| next.starts_with("|--"));
        let Some(row) = line.strip_prefix("| ") else {
            continue;
        };
        if heads {
            continue;
        }
        let row = row.strip_suffix('|').expect("an end of the row");
        let cells = row.replace("\\|", "\0");
        let cells = cells.split('|').map(|cell| cell.trim().replace('\0', "|"));
        rows.push(cells.collect());
    }
    rows
}

/// What stands in backticks in the last cell of `row`.
fn named(row: &[String]) -> impl Iterator<Item = &str> {
    let last = row.last().map_or("", String::as_str);
    last.split('`').skip(1).step_by(2)
}

/// The tests of the folder, but those of this file about the page.
fn tests() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("tests/portability")).expect("the folder");
    let paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    let mut tests = BTreeSet::new();
    for path in paths.iter().filter(|path| !path.ends_with("page.rs")) {
        let text = fs::read_to_string(path).expect("a text");
        for behind in text.split("#[test]\n").skip(1) {
            let (_, function) = behind.split_once("fn ").expect("a test");
            let name = function.split('(').next().unwrap_or_default();
            tests.insert(name.to_owned());
        }
    }
    tests.extend(tests_of_targets());
    tests
}

/// What is tested of the generated code of each target.
fn tests_of_targets() -> Vec<String> {
    let text = fs::read_to_string(root().join("tests/targets/live/refused.rs")).expect("a text");
    let (_, list) = text.split_once("tests! {").expect("a list");
    let (list, _) = list.split_once('}').expect("its end");
    let names = list.split(',').map(str::trim);
    let names = names.filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

#[test]
fn every_row_says_how_it_is_known() {
    let tests = tests();
    let rows = rows("");
    assert!(rows.len() > 90, "{}", rows.len());
    for row in rows {
        assert_eq!(row.len(), 6, "six cells: {row:?}");
        let last = row.last().map_or("", String::as_str);
        let named: Vec<&str> = named(&row).collect();
        let manual = last
            .split_once("manual: ")
            .is_some_and(|(_, chapter)| !chapter.is_empty());
        assert!(manual || !named.is_empty(), "nobody knows: {row:?}");
        for name in named {
            assert!(tests.contains(name), "no test is called {name}: {row:?}");
        }
    }
}

#[test]
fn every_test_has_a_row() {
    let rows = rows("");
    let named: BTreeSet<&str> = rows.iter().flat_map(|row| named(row)).collect();
    for test in tests() {
        assert!(named.contains(test.as_str()), "no row names {test}");
    }
}

#[test]
fn the_version_of_sqlite_is_named() {
    let said = format!("SQLite {},", rusqlite::version());
    assert!(page().contains(&said), "the page says {said}");
}
