//! What fuzzing holds (`fuzz/`), over its seeds and over texts that are broken at random: the short form, without a fuzzer.

#[path = "../fuzz/src/lib.rs"]
mod holds;

use std::path::Path;

use holds::{builder, can_be_shown, is_mended, is_whole, may_have_sql};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// Every spec of the project, right or wrong.
fn seeds() -> Vec<Vec<u8>> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("specs")];
    folders.extend(
        ["invalid", "fix", "random_specs/found"].map(|name| folders[0].join("../tests").join(name)),
    );
    let mut seeds = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                seeds.push(std::fs::read(path).expect("a spec"));
            }
        }
    }
    assert!(seeds.len() > 200, "the seeds were found");
    seeds
}

/// What the fuzz targets `check`, `text` and `fix` ask of bytes.
fn holds(bytes: &[u8]) {
    match builder(bytes).render() {
        Ok(rendered) => is_whole(bytes, &rendered, !may_have_sql(bytes)),
        Err(error) => can_be_shown(&error),
    }
    is_mended(bytes);
}

/// What is put into a text that was right.
const PIECES: [&str; 24] = [
    "\"", "'", "\\", "\n", "  ", "\t", "{", "}", "[", "]", ": ", "- ", "&a ", "*a", "#", "? ",
    "|\n", ">\n", "\0", "\u{feff}", "\u{202e}", "null", "!!str ", "---\n",
];

#[derive(Debug, Clone)]
enum Change {
    /// A part is taken away.
    Cut(Index, Index),
    /// A part comes to another place.
    Copy(Index, Index, Index),
    /// A piece comes to a place.
    Piece(Index, Index),
    /// A byte becomes another.
    Byte(Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        (at(), at()).prop_map(|(from, length)| Change::Cut(from, length)),
        (at(), at(), at()).prop_map(|(from, length, to)| Change::Copy(from, length, to)),
        (at(), at()).prop_map(|(to, piece)| Change::Piece(to, piece)),
        (at(), any::<u8>()).prop_map(|(place, byte)| Change::Byte(place, byte)),
    ]
}

fn changed(text: &mut Vec<u8>, change: &Change) {
    if text.is_empty() {
        return;
    }
    let part = |from: &Index, length: &Index, text: &[u8]| {
        let from = from.index(text.len());
        from..(from + length.index(80)).min(text.len())
    };
    match change {
        Change::Cut(from, length) => drop(text.drain(part(from, length, text))),
        Change::Copy(from, length, to) => {
            let copied = text[part(from, length, text)].to_vec();
            let to = to.index(text.len());
            text.splice(to..to, copied);
        }
        Change::Piece(to, piece) => {
            let to = to.index(text.len());
            text.splice(to..to, piece.get(&PIECES).bytes());
        }
        Change::Byte(place, byte) => {
            let place = place.index(text.len());
            text[place] = *byte;
        }
    }
}

#[test]
fn every_seed_is_refused_or_whole() {
    for seed in seeds() {
        holds(&seed);
    }
}

#[test]
fn what_was_right_and_is_broken_is_refused_or_whole() {
    let seeds = seeds();
    let config = ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    };
    let cases = (any::<Index>(), vec(change(), 1..4));
    let done = proptest::test_runner::TestRunner::new(config).run(&cases, |(seed, changes)| {
        let mut text = seed.get(&seeds).clone();
        for change in &changes {
            changed(&mut text, change);
        }
        holds(&text);
        Ok(())
    });
    done.unwrap_or_else(|error| panic!("{error}"));
}
