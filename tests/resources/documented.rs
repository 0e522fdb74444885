//! The limits are told to users, each of them as it is.

use std::fs;
use std::path::Path;

/// The constants of a source, each with its value.
fn constants(source: &str) -> Vec<(String, u64)> {
    let lines = source
        .lines()
        .filter_map(|line| line.strip_prefix("pub const "));
    let constant = |line: &str| {
        let (name, rest) = line.split_once(": ").expect("a type");
        let value = rest
            .split_once(" = ")
            .expect("a value")
            .1
            .trim_end_matches(';');
        let number = |digits: &str| digits.replace('_', "").parse::<u64>().expect("a number");
        let value = match value.split_once(" << ") {
            Some((value, bits)) => number(value) << number(bits),
            None => number(value),
        };
        (name.to_owned(), value)
    };
    lines.map(constant).collect()
}

/// As people write it: `16 MiB`, `100,000`.
fn written(value: u64) -> String {
    if value >= 1 << 20 && value.is_multiple_of(1 << 20) {
        return format!("{} MiB", value >> 20);
    }
    let digits = value.to_string();
    let from_end = |(place, digit): (usize, char)| {
        let comma = place > 0 && (digits.len() - place).is_multiple_of(3);
        if comma { vec![',', digit] } else { vec![digit] }
    };
    digits.chars().enumerate().flat_map(from_end).collect()
}

#[test]
fn every_limit_is_in_the_reference_of_the_language() {
    let read = |path: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        fs::read_to_string(path).expect("a text")
    };
    let constants = constants(&read("src/source/limits.rs"));
    assert!(constants.len() > 15, "{constants:?}");
    let page = read("docs/spec.md");
    let section = page.split("\n## Limits\n").nth(1).expect("a section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows: Vec<&str> = section
        .lines()
        .filter(|line| line.starts_with("| "))
        .collect();
    // The head and the line below it are no limits.
    assert_eq!(
        rows.len() - 1,
        constants.len(),
        "a row for each of {constants:?}"
    );
    for ((name, value), row) in constants.iter().zip(&rows[1..]) {
        let cell = format!("| {} |", written(*value));
        assert!(row.contains(&cell), "`{name}` is{cell} and not{row}");
    }
}
