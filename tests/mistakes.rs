//! docs/mistakes.md is true: its specs are those of `tests/mistakes`, relata says of them what the page says, its table is
//! right of relata, and what it quotes of others is what they said (`tests/mistakes/said`).
//!
//! `RELATA_ACCEPT=1 cargo test --test mistakes` writes specs and messages of relata to the page.

#[path = "mistakes/cases.rs"]
mod cases;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use cases::{MISTAKES, Mistake};
use relata::diagnostic::{Report, human};

const ACCEPT: &str = "RELATA_ACCEPT";

const PAGE: &str = "docs/mistakes.md";

/// The mistakes that are put beside another one, and their words.
const BESIDE: [(&str, &str); 2] = [("type", "txet"), ("key", "Keyless")];

fn read(path: &str) -> String {
    let text = fs::read_to_string(root().join(path));
    let text = text.unwrap_or_else(|error| panic!("{path}: {error}"));
    text.replace("\r\n", "\n")
}

fn spec(name: &str) -> String {
    read(&format!("tests/mistakes/{name}.yaml"))
}

fn check(name: &str, text: &str) -> Report {
    let builder = relata::Builder::from_reader(format!("{name}.yaml"), text.as_bytes());
    match builder.expect("memory can be read").validate() {
        Ok(warnings) => warnings,
        Err(relata::Error::Spec(report)) => *report,
        Err(other) => panic!("{other}"),
    }
}

/// The words that the problems of `text` are pointed out at.
fn words(name: &str, text: &str) -> Vec<String> {
    let report = check(name, text);
    let places = report.findings().iter().map(|finding| &finding.primary);
    places
        .map(|place| text[place.start..place.end].to_owned())
        .collect()
}

/// Whether everything is told where the mistakes of [`BESIDE`] are beside this one.
fn all(mistake: &Mistake) -> &'static str {
    let told = BESIDE.iter().filter(|(other, word)| {
        let other = read(&format!("tests/mistakes/beside/{other}.yaml"));
        let text = spec(mistake.name).replace("entities:\n", &format!("entities:\n{other}"));
        let found = words(mistake.name, &text);
        let mut wanted = mistake.words.iter().chain([word]);
        wanted.all(|word| found.iter().any(|found| found == word))
    });
    amount(told.count())
}

fn amount(told: usize) -> &'static str {
    ["no", "some", "yes"][told]
}

#[test]
fn relata_points_to_the_word() {
    for mistake in MISTAKES {
        let found = words(mistake.name, &spec(mistake.name));
        assert_eq!(found, mistake.words, "{}", mistake.name);
    }
}

#[test]
fn what_relata_says_to_write_is_right() {
    for Mistake {
        name, says, edits, ..
    } in MISTAKES
    {
        let mut text = spec(name);
        let said = human(&check(name, &text), false);
        for says in *says {
            let mut help = said.lines().filter(|line| line.contains("= help: "));
            assert!(help.any(|help| help.contains(says)), "{name}: {says}");
        }
        for (from, to) in *edits {
            assert!(text.contains(from), "{name}: {from}");
            text = text.replace(from, to);
        }
        let left = check(name, &text);
        assert!(
            left.findings().is_empty(),
            "{name}: {}",
            human(&left, false)
        );
    }
}

/// The page says which mistakes `relata fix` mends, by their numbers.
#[test]
fn what_is_mended_is_said() {
    let mended = |mistake: &Mistake| {
        let text = spec(mistake.name);
        let builder = relata::Builder::from_reader("spec.yaml", text.as_bytes());
        let fixed = builder.expect("memory can be read").fix();
        fixed
            .expect("a spec can be mended")
            .report
            .findings()
            .is_empty()
    };
    let numbers = (1..).zip(MISTAKES).filter(|(_, mistake)| mended(mistake));
    let mut numbers: Vec<String> = numbers.map(|(number, _)| number.to_string()).collect();
    let last = numbers.pop().expect("some are mended");
    let said = format!("`relata fix` mends {} and {last}", numbers.join(", "));
    assert!(read(PAGE).contains(&said), "{PAGE}: {said}");
}

/// The rows of the table: number, mistake, and three answers each for relata, Prisma and SQLAlchemy.
fn table(page: &str) -> Vec<Vec<&str>> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("| "));
    let rows = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    rows.filter(|row| row[0].parse::<usize>().is_ok()).collect()
}

/// What Prisma and SQLAlchemy said, and SQLAlchemy on PostgreSQL where SQLite takes everything.
fn said(name: &str) -> [String; 3] {
    [".prisma", ".py", ".postgres"].map(|suffix| {
        let path = root().join(format!("tests/mistakes/said/{name}{suffix}.txt"));
        fs::read_to_string(path).unwrap_or_default()
    })
}

/// In which runs of `said/all.tsv` both mistakes were told, for Prisma and for SQLAlchemy.
fn said_of_all() -> BTreeMap<String, [&'static str; 2]> {
    let text = read("tests/mistakes/said/all.tsv");
    let rows = text.lines().skip(1).map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let told = |cells: &[&str]| amount(cells.iter().filter(|cell| **cell == "yes").count());
        let both = [told(&cells[1..3]), told(&cells[3..5])];
        (cells[0].to_owned(), both)
    });
    rows.collect()
}

/// What is underlined in `said`, at its last place.
fn underlined(said: &str) -> Option<&str> {
    let lines: Vec<&str> = said.lines().collect();
    let is_mark = |line: &str| line.contains('^') && line.chars().all(|c| " |^~".contains(c));
    let at = lines.iter().rposition(|line| is_mark(line))?;
    let start = lines[at].find(['^', '~'])?;
    let end = lines[at].rfind('^')? + 1;
    lines[at - 1].get(start..end)
}

/// What the table calls the place of `said`: `yes` for the word alone, `near` for what it stands in, `no` for a call that
/// only begins to look.
fn points(said: &str) -> &'static str {
    if said.contains("    configure_mappers()") || said.contains("create_all(engine)") {
        return "no";
    }
    match underlined(said) {
        Some(word) if word.len() == 1 || !word.contains([' ', '(', '=']) => "yes",
        _ => "near",
    }
}

#[test]
fn the_table_is_right() {
    let page = read(PAGE);
    let rows = table(&page);
    assert_eq!(rows.len(), MISTAKES.len());
    let of_all = said_of_all();
    for (at, (row, mistake)) in rows.iter().zip(MISTAKES).enumerate() {
        let name = mistake.name;
        assert_eq!(row[0], (at + 1).to_string(), "{name}");
        let heading = format!("\n### {}. {}\n", row[0], row[1]);
        assert!(page.contains(&heading), "{PAGE} has no{heading}");
        let [prisma, python, _] = said(name);
        if name == "several" {
            let told = |said: &str| said.lines().filter(|line| line.contains("rror: ")).count();
            let count = mistake.words.len();
            let told = [count, told(&prisma), told(&python)];
            let told = told.map(|told| format!("{told} of {count}"));
            assert_eq!(
                [row[4], row[7], row[10]],
                told.each_ref().map(String::as_str)
            );
            continue;
        }
        assert_eq!(row[2..5], ["yes", "yes", all(mistake)], "relata, {name}");
        assert_eq!(
            (row[5], row[7]),
            (points(&prisma), of_all[name][0]),
            "Prisma, {name}"
        );
        // Nothing is said of what is not noticed.
        let noticed = python.contains("Error: ");
        let wanted = if noticed {
            (points(&python), of_all[name][1])
        } else {
            ("–", "–")
        };
        assert_eq!((row[8], row[10]), wanted, "SQLAlchemy, {name}");
    }
}

/// The page with the specs and messages of relata as they are.
fn renewed(page: &str) -> String {
    let mut sections = page.split("\n### ");
    let mut renewed = sections.next().unwrap_or_default().to_owned();
    for (section, mistake) in sections.zip(MISTAKES) {
        let text = spec(mistake.name);
        let message = human(&check(mistake.name, &text), false);
        let mut wanted = [("```yaml", text), ("```text", message)].into_iter();
        let mut next = wanted.next();
        renewed.push_str("\n### ");
        let mut lines = section.split_inclusive('\n');
        while let Some(line) = lines.next() {
            renewed.push_str(line);
            if let Some((fence, text)) = &next
                && line.trim_end() == *fence
            {
                let _ = lines.by_ref().find(|line| line.trim_end() == "```");
                let _ = writeln!(renewed, "{}\n```", text.trim_end());
                next = wanted.next();
            }
        }
    }
    renewed
}

#[test]
fn the_page_shows_what_relata_says() {
    let page = read(PAGE);
    let renewed = renewed(&page);
    if env::var_os(ACCEPT).is_some() {
        fs::write(root().join(PAGE), renewed).expect("the page can be written");
        return;
    }
    assert_eq!(
        page, renewed,
        "If this is what is meant: {ACCEPT}=1 cargo test --test mistakes"
    );
}

/// The fenced blocks of a section.
fn blocks(section: &str) -> Vec<String> {
    let mut lines = section.lines();
    let mut blocks = Vec::new();
    while lines.any(|line| line.starts_with("```")) {
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.push(block.join("\n"));
    }
    blocks
}

/// Every quote stands in what they said, but for what `…` stands for.
#[test]
fn the_page_quotes_what_others_said() {
    let page = read(PAGE);
    let sections: Vec<&str> = page.split("\n### ").skip(1).collect();
    assert_eq!(sections.len(), MISTAKES.len());
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (section, mistake) in sections.iter().zip(MISTAKES) {
        let said = words(&said(mistake.name).join("\n"));
        let blocks = blocks(section);
        // The first two are the spec and what relata says of it.
        let (_, quotes) = blocks.split_at(2);
        assert!(!quotes.is_empty(), "{}", mistake.name);
        for part in quotes.iter().flat_map(|quote| quote.split('…')).map(words) {
            assert!(said.contains(&part), "{}: {part}", mistake.name);
        }
    }
}

#[test]
fn the_versions_are_those_that_were_run() {
    let page = read(PAGE);
    for version in read("tests/mistakes/said/versions.txt").lines() {
        assert!(page.contains(version), "{PAGE}: {version}");
    }
}

/// The package that the test is run for, which must be the one that it was compiled for.
fn root() -> PathBuf {
    let compiled = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    if let Some(running) = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) {
        assert_eq!(
            running, compiled,
            "this test was compiled for another checkout"
        );
    }
    compiled
}
