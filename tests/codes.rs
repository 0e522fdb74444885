//! Every code has a page, `src/diagnostic/codes/CODE.md`, which `relata explain` prints: what it means, wrong specs and
//! right ones. Each wrong spec is run and has that code and no other; each right one is run and has none.
//!
//! A spec stands below `## Wrong` or `## Right`, with words behind them where a page has several: one block of YAML, or
//! several with a path in bold above each, of which the first is the root. The last line of a block `yaml repeat=N`
//! stands there N times.
//!
//! `docs/codes.md` is all pages in one; `RELATA_ACCEPT=1 cargo test --test codes` accepts what is new or different.
#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use relata::diagnostic::{Code, Report, human};
use relata::{Builder, Error};

const ACCEPT: &str = "RELATA_ACCEPT";

/// What the prose of a page has at least: less is no explanation.
const WORDS: usize = 60;

/// The width that terminals have, and the one of specs, which no reader wraps.
const WIDTH: usize = 80;
const WIDTH_OF_SPECS: usize = 88;

/// A spec of a page: its files, the root first.
struct Spec {
    wrong: bool,
    /// The heading above it.
    heading: String,
    files: Vec<(String, String)>,
}

/// What a page is made of.
struct Page {
    code: Code,
    prose: Vec<&'static str>,
    specs: Vec<Spec>,
}

fn pages() -> impl Iterator<Item = Page> {
    Code::ALL.iter().map(|code| page(*code))
}

/// Reads the page of `code`; what is no page ends the test.
fn page(code: Code) -> Page {
    let name = code.as_str();
    let (mut prose, mut specs) = (Vec::new(), Vec::<Spec>::new());
    let mut path = None;
    let mut lines = code.explanation().lines();
    let heading = format!("# {name}: {}", code.title());
    assert_eq!(lines.next(), Some(heading.as_str()), "{name} has a heading");
    while let Some(line) = lines.next() {
        if let Some(words) = line.strip_prefix("## ") {
            let wrong = words.starts_with("Wrong");
            assert!(wrong || words.starts_with("Right"), "{name}: {line}");
            specs.push(Spec {
                wrong,
                heading: words.to_owned(),
                files: Vec::new(),
            });
        } else if let Some(language) = line.strip_prefix("```") {
            let written: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let spec = specs.last_mut();
            let spec = spec.unwrap_or_else(|| panic!("{name}: a spec is wrong or right"));
            let text = text(language, &written).unwrap_or_else(|| panic!("{name}: {line}"));
            let path = path.take().unwrap_or_else(|| "spec.yaml".to_owned());
            spec.files.push((path, text));
        } else {
            if let Some(begin) = line.strip_prefix("**`") {
                path = begin.split_once("`**").map(|(path, _)| path.to_owned());
            }
            prose.push(line);
        }
    }
    Page { code, prose, specs }
}

/// The text of a block of `language`.
fn text(language: &str, written: &[&str]) -> Option<String> {
    let whole = written.join("\n") + "\n";
    let Some(times) = language.strip_prefix("yaml repeat=") else {
        return (language == "yaml").then_some(whole);
    };
    let last = format!("{}\n", written.last()?);
    Some(whole + &last.repeat(times.parse::<usize>().ok()? - 1))
}

/// What relata says of `spec`.
fn report(spec: &Spec) -> Report {
    let place = tempfile::tempdir().expect("a folder");
    for (path, text) in &spec.files {
        let path = place.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a spec");
    }
    match Builder::new(place.path().join(&spec.files[0].0)).validate() {
        Ok(warnings) => warnings,
        Err(Error::Spec(report)) => *report,
        Err(other) => panic!("{other}"),
    }
}

fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn wrong_specs_have_the_code_and_right_ones_have_none() {
    let mut problems = Vec::new();
    for Page { code, specs, .. } in pages() {
        for spec in &specs {
            let report = report(spec);
            let found: BTreeSet<Code> = report.findings().iter().map(|each| each.code).collect();
            let expected = if spec.wrong {
                BTreeSet::from([code])
            } else {
                BTreeSet::new()
            };
            if found != expected {
                let (code, heading) = (code.as_str(), &spec.heading);
                let shown = human(&report, false);
                problems.push(format!("{code}, {heading}: {shown}"));
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn pages_explain() {
    let mut problems = Vec::new();
    for page in pages() {
        let found = faults_of_prose(&page).into_iter();
        let found = found.chain(faults_of_specs(&page));
        problems.extend(found.map(|fault| format!("{}: {fault}", page.code.as_str())));
    }
    assert_none(&problems);
}

fn faults_of_prose(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let words = page.prose.iter().flat_map(|line| line.split_whitespace());
    let words = words.count();
    if words < WORDS {
        faults.push(format!("explains in {words} words"));
    }
    let title = page.code.title();
    if title.is_empty() || title.ends_with('.') {
        faults.push("has a title of another form".to_owned());
    }
    for line in &page.prose {
        if line.chars().count() > WIDTH {
            faults.push(format!("is wider than {WIDTH}: {line}"));
        }
        // What `explain` would show as it is written, and not as it is meant.
        if line.contains("](") || line.matches('`').count() % 2 == 1 {
            faults.push(format!("has a link, or code that goes on: {line}"));
        }
    }
    for word in named(page.code.explanation()) {
        if Code::from_word(word).is_none() {
            faults.push(format!("names `{word}`, which is no code"));
        }
    }
    if let Some((_, times)) = page.code.explanation().split_once(" repeat=") {
        let times = times.lines().next().unwrap_or_default();
        if !page.prose.iter().any(|line| line.contains(times)) {
            faults.push(format!("does not say that a line stands {times} times"));
        }
    }
    faults
}

fn faults_of_specs(page: &Page) -> Vec<String> {
    let (pairs, rest) = page.specs.as_chunks::<2>();
    let mut faults = Vec::new();
    if pairs.is_empty() || !rest.is_empty() {
        faults.push("has no pairs of a wrong and a right spec".to_owned());
    }
    for [one, two] in pairs {
        if !one.wrong || two.wrong || one.files.is_empty() || two.files.is_empty() {
            faults.push(format!("`{}` is followed by no right spec", one.heading));
        }
        if one.files == two.files {
            faults.push(format!("`{}` and `{}` are one", one.heading, two.heading));
        }
    }
    let headings: BTreeSet<&str> = page
        .specs
        .iter()
        .map(|spec| spec.heading.as_str())
        .collect();
    if headings.len() < page.specs.len() {
        faults.push("has a heading twice".to_owned());
    }
    let files = page.specs.iter().flat_map(|spec| &spec.files);
    for line in files.flat_map(|(_, text)| text.lines().take(100)) {
        if line.chars().count() > WIDTH_OF_SPECS || line.trim_end() != line {
            faults.push(format!("has a spec with a line that is too long: {line}"));
        }
    }
    faults
}

/// The words of `text` that look like codes.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| {
        let number = word.strip_prefix(['E', 'W']).unwrap_or_default();
        number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[test]
fn every_page_is_that_of_a_code() {
    let folder = manifest_dir().join("src/diagnostic/codes");
    for entry in fs::read_dir(folder).expect("pages") {
        let path = entry.expect("a page").path();
        let stem = path.file_stem().expect("a name").to_string_lossy();
        assert!(Code::from_word(&stem).is_some(), "{}", path.display());
    }
}

#[test]
fn the_page_of_all_codes_is_current() {
    let path = manifest_dir().join("docs/codes.md");
    let found = fs::read_to_string(&path).unwrap_or_default();
    let expected = all();
    if found == expected {
        return;
    }
    if env::var_os(ACCEPT).is_some() {
        fs::write(&path, expected).expect("written");
        return;
    }
    panic!("docs/codes.md is not current: {ACCEPT}=1 cargo test --test codes");
}

/// All pages as one, each a level lower.
fn all() -> String {
    let mut text = HEAD.to_owned();
    // Writing to a String cannot fail.
    for code in Code::ALL {
        let (name, kind, title) = (code.as_str(), code.severity().as_str(), code.title());
        let heading = format!("{name}: {title}").to_lowercase();
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        let anchor: String = heading.chars().filter(kept).collect();
        let anchor = anchor.replace(' ', "-");
        let _ = writeln!(text, "| [{name}](#{anchor}) | {kind} | {title} |");
    }
    for code in Code::ALL {
        text.push('\n');
        let mut in_spec = false;
        for line in code.explanation().lines() {
            in_spec ^= line.starts_with("```");
            let lower = if line.starts_with('#') && !in_spec {
                "#"
            } else {
                ""
            };
            let _ = writeln!(text, "{lower}{line}");
        }
    }
    text
}

const HEAD: &str = "\
# The codes of diagnostics

Every problem that relata finds in a spec has a code, which stays the same from release to release: an error, with which
nothing is generated, begins with `E`, a warning with `W`. `relata explain E0103` prints what stands here, `relata explain`
the list. `allow: [W0201]` in the spec silences a warning that is meant, and `--deny warnings` makes errors of all others.

Tests run every spec of this page: a wrong one has the code of its section and no other, a right one has none. The page
is made of the texts in `src/diagnostic/codes`, by `RELATA_ACCEPT=1 cargo test --test codes`.

| code | | what is wrong |
|---|---|---|
";

/// The package that the test is run for. Asked when it runs: a test binary from a shared build directory may have been
/// compiled for another checkout, and must not accept anything there.
fn manifest_dir() -> PathBuf {
    let compiled = Path::new(env!("CARGO_MANIFEST_DIR"));
    if let Some(running) = env::var_os("CARGO_MANIFEST_DIR") {
        let message = "this test was compiled for another checkout";
        assert_eq!(Path::new(&running), compiled, "{message}");
    }
    compiled.to_owned()
}
