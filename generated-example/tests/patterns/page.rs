//! What `docs/sqlalchemy.md` says of the patterns and of SQLAlchemy is so.

use std::collections::BTreeSet;
use std::path::Path;

use crate::beside::python;

const PAGE: &str = include_str!("../../../docs/sqlalchemy.md");

/// The names of the files in a folder that begin and end so, without both.
fn names(folder: &str, begin: &str, end: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names = entries.filter_map(|entry| {
        let name = entry.expect("an entry").file_name().into_string().ok()?;
        Some(name.strip_prefix(begin)?.strip_suffix(end)?.to_owned())
    });
    names.collect()
}

#[test]
fn every_pattern_has_its_spec_its_tests_and_its_mapping() {
    let specs = names("../specs", "pattern_", ".yaml");
    let modules: BTreeSet<String> = include_str!("main.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .filter(|module| !["beside", "db", "harness", "page"].contains(module))
        .map(str::to_owned)
        .collect();
    assert_eq!(modules, specs);
    let mut mappings = names("tests/patterns", "", ".py");
    assert!(
        mappings.remove("sqlalchemy_side"),
        "what runs them is no mapping"
    );
    assert_eq!(mappings, specs);
}

/// The first rows of cells of the table below a heading, its head left out.
fn table(heading: &str) -> Vec<Vec<&'static str>> {
    let mut lines = PAGE.lines().skip_while(|line| *line != heading);
    assert!(lines.next().is_some(), "the page has no `{heading}`");
    let rows = lines.skip_while(|line| !line.starts_with('|'));
    let rows = rows.take_while(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

#[test]
fn every_pattern_stands_in_the_page_with_files_that_exist() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let mut told = BTreeSet::new();
    for row in table("## The documented patterns") {
        let [documented, spec, tests] = row[..] else {
            panic!("a row has three cells: {row:?}");
        };
        let name = spec
            .strip_prefix("[pattern_")
            .and_then(|rest| rest.split_once("](../specs/pattern_"))
            .filter(|(name, link)| link.strip_suffix(".yaml)") == Some(name))
            .map_or_else(
                || panic!("{documented}: a link to the spec: {spec}"),
                |(name, _)| name,
            );
        let here = "../generated-example/tests/patterns";
        assert_eq!(
            tests,
            format!("[Rust]({here}/{name}.rs), [Python]({here}/{name}.py)"),
            "{documented}"
        );
        for file in [
            format!("../specs/pattern_{name}.yaml"),
            format!("{here}/{name}.rs"),
            format!("{here}/{name}.py"),
        ] {
            assert!(folder.join(&file).is_file(), "{documented}: {file}");
        }
        assert!(told.insert(name.to_owned()), "{name} stands there twice");
    }
    assert_eq!(told, names("../specs", "pattern_", ".yaml"));
}

#[test]
fn the_decorators_of_the_page_are_the_tested_ones() {
    let parts: Vec<&str> = include_str!("values.py")
        .split("# docs/sqlalchemy.md shows what stands between")
        .collect();
    let [_, shown, _] = parts[..] else {
        panic!("values.py has two such lines");
    };
    let (_, shown) = shown.split_once('\n').expect("code behind the line");
    assert!(PAGE.contains(&format!("```python\n{shown}```\n")));
}

#[test]
#[ignore = "needs SQLAlchemy: tests/run --install brings it"]
fn the_page_has_every_parameter_of_relationship_and_no_other() {
    let told: Vec<&str> = table("## The parameters of `relationship()`")
        .into_iter()
        .flat_map(|row| row[0].split(", "))
        .map(|name| name.trim_matches(['`', '*']))
        .collect();
    let print = "import inspect; from sqlalchemy.orm import relationship; \
                 print(*inspect.signature(relationship).parameters)";
    let output = python().args(["-c", print]).output().expect("Python runs");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let mut parameters: Vec<&str> = printed.split_whitespace().collect();
    assert!(parameters.len() > 30, "{printed}");
    let mut sorted = told.clone();
    sorted.sort_unstable();
    parameters.sort_unstable();
    assert_eq!(sorted, parameters);
}
