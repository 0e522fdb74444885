//! Specs that were right are broken at one place, and are right again, byte for byte, or are left alone.

use std::fs;
use std::ops::Range;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use relata::diagnostic::{Report, Severity};
use relata::{Builder, Error};

use super::{entries, fixed, text};

/// The keys whose values are names or words, which one letter more or less makes wrong.
const VALUES: [&str; 11] = [
    "target",
    "secondary",
    "back_populates",
    "references",
    "type",
    "kind",
    "on_delete",
    "foreign_key",
    "order_by",
    "through",
    "time",
];

/// Keys of the language.
const KEYS: [&str; 18] = [
    "entities",
    "secondary",
    "columns",
    "relationships",
    "indexes",
    "checks",
    "foreign_keys",
    "primary_key",
    "nullable",
    "references",
    "target",
    "back_populates",
    "on_delete",
    "unique",
    "default",
    "mixins",
    "enums",
    "generate",
];

/// The specs of the project, each a single file.
fn specs() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let texts = entries(&folder, ".yaml")
        .into_iter()
        .map(|path| fs::read_to_string(path).expect("a spec"));
    let texts: Vec<String> = texts
        .filter(|text| !text.contains("\ninclude:") && !text.starts_with("include:"))
        .collect();
    assert!(texts.len() > 30, "the specs were found");
    texts
}

/// The words of four letters or more that a misspelling can be of: keys of the language, and what stands behind a key.
fn words(text: &str) -> Vec<Range<usize>> {
    let part = |c: char| c == '_' || c.is_ascii_alphanumeric();
    let mut words = Vec::new();
    let mut start = 0;
    let mut key = "";
    for line in text.split_inclusive('\n') {
        let code = line.split(" #").next().unwrap_or(line);
        let mut at = 0;
        while let Some(begin) = code[at..].find(part) {
            let begin = at + begin;
            let length = code[begin..]
                .find(|c| !part(c))
                .unwrap_or(code.len() - begin);
            let word = &code[begin..begin + length];
            at = begin + length;
            let is_key = code[at..].starts_with(": ") || code[at..].trim_end() == ":";
            let wanted = if is_key {
                KEYS.contains(&word)
            } else {
                VALUES.contains(&key)
            };
            if wanted && word.len() > 3 && word.chars().all(|c| !c.is_ascii_digit()) {
                words.push(start + begin..start + at);
            }
            key = if is_key { word } else { "" };
        }
        start += line.len();
    }
    words
}

/// What fingers do to a word.
#[derive(Debug, Clone, Copy)]
enum Slip {
    Swap,
    Drop,
    Double,
    Other,
}

/// `word` with a slip at one of its inner letters, counted from 0.
fn misspelt(word: &str, slip: Slip, place: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + place;
    match slip {
        Slip::Swap => letters.swap(at, at + 1),
        Slip::Drop => drop(letters.remove(at)),
        Slip::Double => letters.insert(at, letters[at]),
        Slip::Other => letters[at] = if letters[at] == 'q' { 'w' } else { 'q' },
    }
    letters.into_iter().collect()
}

fn problems(text: &str) -> Report {
    let builder = Builder::from_reader("spec.yaml", text.as_bytes()).expect("memory can be read");
    match builder.validate() {
        Ok(warnings) => warnings,
        Err(Error::Spec(report)) => *report,
        Err(other) => panic!("{other}"),
    }
}

/// All that is generated.
fn generated(text: &str) -> Vec<(String, String)> {
    let builder = Builder::from_reader("spec.yaml", text.as_bytes()).expect("memory can be read");
    let rendered = builder
        .render()
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    let files = rendered.output.iter();
    files
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}

/// The bytes to leave out for each `back_populates`: with the comma before it, or its line.
fn back_populations(text: &str) -> Vec<Range<usize>> {
    let found = text.match_indices("back_populates: ").map(|(at, _)| at);
    let ranges = found.filter_map(|at| {
        let end = at + text[at..].find([',', ' ', '}', '\n']).unwrap_or(0);
        let value = end + 1;
        let end = value + text[value..].find(|c: char| c != '_' && !c.is_alphanumeric())?;
        let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
        if text[line..at].trim().is_empty() && text[end..].starts_with('\n') {
            return Some(line..end + 1);
        }
        text[..at].ends_with(", ").then(|| at - 2..end)
    });
    ranges.collect()
}

#[test]
fn what_is_right_is_left_alone() {
    for text in specs() {
        let fixed = fixed(&text);
        assert_eq!((fixed.mended, fixed.files.len()), (0, 0));
        assert_eq!(super::text(&fixed), text);
    }
}

#[test]
fn most_misspelt_words_are_mended() {
    let (mut mended, mut count) = (0, 0);
    for text in specs() {
        for word in words(&text).into_iter().step_by(97) {
            let wrong = misspelt(&text[word.clone()], Slip::Drop, 1);
            let broken = format!("{}{wrong}{}", &text[..word.start], &text[word.end..]);
            count += 1;
            mended += usize::from(super::text(&fixed(&broken)) == text);
        }
    }
    assert!(count > 20 && mended * 4 > count * 3, "{mended} of {count}");
}

/// Whatever is wrong with a spec, fixing it leaves no more wrong, and nothing to fix.
#[test]
fn nothing_gets_worse() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    let mut mended = 0;
    for path in entries(&folder, ".yaml") {
        let name = path.display();
        let bytes = fs::read(&path).expect("a spec");
        let builder = Builder::from_reader("spec.yaml", &bytes[..]).expect("memory can be read");
        let first = builder.fix().expect("fixed or left");
        let Some(after) = &first.text else {
            assert!(String::from_utf8(bytes).is_err(), "{name}");
            continue;
        };
        let before = String::from_utf8(bytes).expect("a text");
        assert!(
            first.report.errors() <= problems(&before).errors(),
            "{name}"
        );
        let unnamed = super::unnamed_in(&before, &first);
        assert!(unnamed.is_empty(), "{name}: {unnamed:?}");
        let again = fixed(after);
        assert_eq!(again.mended, 0, "{name}\n{}", super::said(&again));
        assert_eq!(first.mended == 0, *after == before, "{name}");
        mended += first.mended;
    }
    assert!(mended > 80, "{mended}");
}

#[test]
fn specs_of_several_files_get_no_worse() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    let mut count = 0;
    for folder in entries(&folder, "")
        .into_iter()
        .filter(|path| path.is_dir())
    {
        let builder = Builder::new(folder.join("main.yaml"));
        let fixed = builder.fix().expect("fixed or left");
        let Err(Error::Spec(before)) = builder.validate() else {
            panic!("{} has mistakes", folder.display());
        };
        assert!(
            fixed.report.errors() <= before.errors(),
            "{}",
            folder.display()
        );
        count += 1;
    }
    assert!(count > 5, "the specs were found");
}

proptest! {
    // `PROPTEST_CASES` says how many, 256 when it says nothing.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_misspelt_word_is_mended_or_left(
        spec in select(specs()), word in any::<Index>(), place in any::<Index>(),
        slip in select(vec![Slip::Swap, Slip::Drop, Slip::Double, Slip::Other]),
    ) {
        let words = words(&spec);
        prop_assume!(!words.is_empty());
        let word = words[word.index(words.len())].clone();
        let wrong = misspelt(&spec[word.clone()], slip, place.index(word.len() - 2));
        let broken = format!("{}{wrong}{}", &spec[..word.start], &spec[word.end..]);
        let is_error = |report: &Report| report.findings().iter().any(|found| found.severity == Severity::Error);
        prop_assume!(is_error(&problems(&broken)));
        let fixed = fixed(&broken);
        let after = text(&fixed);
        prop_assert!(
            after == spec || after == broken,
            "`{}` written `{wrong}`:\n{}", &spec[word], super::said(&fixed),
        );
    }

    #[test]
    fn a_missing_side_is_added(spec in select(specs()), side in any::<Index>()) {
        let sides = back_populations(&spec);
        prop_assume!(!sides.is_empty());
        let side = sides[side.index(sides.len())].clone();
        let broken = format!("{}{}", &spec[..side.start], &spec[side.end..]);
        prop_assume!(problems(&broken).errors() > 0);
        let fixed = fixed(&broken);
        prop_assert_eq!(generated(text(&fixed)), generated(&spec));
        // The line that had it has it again, and no other has changed.
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (before, after) = (lines(&broken), lines(text(&fixed)));
        let changed = after.iter().filter(|line| !before.contains(line)).count();
        prop_assert!(changed <= 1, "{changed}");
    }
}
