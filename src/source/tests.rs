//! Positions of every kind of node, and texts that are made to hurt.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::limits::Budget;
use super::{FaultKind, Path, Place, Source, limits};

fn words(text: &str, place: &Place) -> String {
    let source = Source::new("a.yaml", text.as_bytes());
    source.text()[source.span(place)].to_owned()
}

fn path(steps: &str) -> Path {
    let mut path = Path::root();
    for step in steps.split('.').filter(|step| !step.is_empty()) {
        path = match step.parse() {
            Ok(index) => path.index(index),
            Err(_) => path.key(step),
        };
    }
    path
}

fn kinds(text: &[u8]) -> Vec<FaultKind> {
    let source = Source::new("a.yaml", text);
    source
        .faults()
        .iter()
        .map(|fault| fault.kind.clone())
        .collect()
}

#[test]
fn underlines_exactly_the_scalar() {
    let text = "a: b   # c\n\"é q\": 'x y' # d\nm: &z  \"v\\\"al\" #\nd: !!str x \ne: >-\n  fold\n  ed\n\nf: p\n";
    for (place, expected) in [
        (path("a").at_value(), "b"),
        (path("é q").at_key(), "\"é q\""),
        (path("é q").at_value(), "'x y'"),
        (path("é q").at_words(2..3), "y"),
        (path("m").at_value(), "\"v\\\"al\""),
        (path("m").at_words(0..1), "\"v\\\"al\""),
        (path("d").at_value(), "x"),
        (path("e").at_value(), "fold\n  ed"),
        (path("f").at_value(), "p"),
        (path("f").at_words(0..9), "p"),
    ] {
        assert_eq!(words(text, &place), expected, "{place:?}");
    }
}

#[test]
fn shows_collections_by_their_key_or_first_line() {
    let text = "f: { a: [1, 2], b: }\nc:\n  d: x\nl:\n- k: v\n  w: x\n- [q]\n- {\n  n: 1 }\n";
    for (place, expected) in [
        (path("f").at_value(), "{ a: [1, 2], b: }"),
        (path("f.a").at_value(), "[1, 2]"),
        (path("f.a.1").at_key(), "2"),
        (path("f.b").at_value(), "b"),
        (path("c").at_value(), "c"),
        (path("l.0").at_value(), "k: v"),
        (path("l.1").at_key(), "[q]"),
        (path("l.2").at_value(), "{"),
        (path("c.nope.deeper").at_value(), "c"),
        (path("").at_value(), "f: { a: [1, 2], b: }"),
        (Place::span(3..4), "{"),
        (Place::span(1_000..2_000), ""),
    ] {
        assert_eq!(words(text, &place), expected, "{place:?}");
    }
}

#[test]
fn finds_keys_in_large_mappings() {
    let mut text = String::new();
    for number in (0..100).rev() {
        let _ = writeln!(text, "k{number}: v{number}");
    }
    assert_eq!(words(&text, &path("k42").at_value()), "v42");
    assert_eq!(words(&text, &path("k99").at_key()), "k99");
}

#[test]
fn leads_through_aliases() {
    let text = "base: &b\n  k: v\nuse: *b\nitems: [&s x, *s]\n*s : y\n";
    assert_eq!(words(text, &path("use").at_value()), "*b");
    assert_eq!(words(text, &path("use.k").at_value()), "v");
    assert_eq!(words(text, &path("items.1").at_words(0..1)), "*s");
    assert_eq!(words(text, &path("x").at_key()), "*s");
}

#[test]
fn counts_characters_after_mark_and_carriage_return() {
    let text = "\u{feff}a: b\r\né: ü d\r\nc: e\r\n";
    let source = Source::new("a.yaml", text.as_bytes());
    assert!(source.faults().is_empty());
    let span = source.span(&path("é").at_words(3..4));
    assert_eq!(&source.text()[span.clone()], "d");
    let position = source.position(span.start);
    assert_eq!((position.line, position.column), (2, 6));
    let span = source.span(&path("c").at_value());
    let position = source.position(span.end);
    assert_eq!((position.line, position.column), (3, 5));
}

#[test]
fn tells_both_places_of_a_repeated_key() {
    let text = "a: 1\nb: 2\na: 3\nc: { x: 1, \"x\": 2, x: 3 }\n";
    let source = Source::new("a.yaml", text.as_bytes());
    let found: Vec<_> = source
        .faults()
        .iter()
        .map(|fault| (&text[fault.span.clone()], fault.kind.clone()))
        .collect();
    let duplicate = |key: &str, first| FaultKind::DuplicateKey {
        key: key.to_owned(),
        first,
    };
    assert_eq!(
        found,
        [
            ("\"x\"", duplicate("x", 20..21)),
            ("x", duplicate("x", 20..21)),
            ("a", duplicate("a", 0..1)),
        ]
    );
    assert_eq!(words(text, &path("a").at_value()), "1");
}

#[test]
fn finds_each_fault() {
    assert!(matches!(
        kinds(b"a: [b\nc: d\n")[..],
        [FaultKind::Unclosed { .. }]
    ));
    assert!(matches!(kinds(b"a: b: c\n")[..], [FaultKind::Syntax(_)]));
    assert!(matches!(kinds(b"a: *nope\n")[..], [FaultKind::Syntax(_)]));
    assert_eq!(kinds(b"a: b\n---\nc: d\n"), [FaultKind::SecondDocument]);
    assert_eq!(kinds(b"<<: { a: b }\n"), [FaultKind::MergeKey]);
    assert_eq!(kinds(b"a: &x [*x]\n"), [FaultKind::EndlessAlias]);
    assert_eq!(kinds(b"? [a]\n: b\n"), [FaultKind::ComplexKey]);
    assert_eq!(kinds(b"a: !t b\n"), [FaultKind::Tag("!t".to_owned())]);
    assert_eq!(kinds(b"a: \xff b\n"), [FaultKind::NotUtf8]);
    assert_eq!(
        kinds(&vec![b' '; limits::SPEC_BYTES + 1]),
        [FaultKind::TooLarge]
    );
    assert_eq!(kinds(b""), []);
    assert_eq!(kinds(b"--- \na: b\n...\n"), []);
}

#[test]
fn reads_no_more_than_the_limit() {
    let source = Source::from_reader("zero", std::io::repeat(b' '), &mut Budget::default());
    assert_eq!(source.faults()[0].kind, FaultKind::TooLarge);
}

#[test]
fn stops_a_bomb_before_it_grows() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..40 {
        let before = format!("*a{}", level - 1);
        let _ = writeln!(
            text,
            "a{level}: &a{level} [{}]",
            [before.as_str(); 10].join(", ")
        );
    }
    assert_eq!(kinds(text.as_bytes()), [FaultKind::AliasGrowth]);
}

#[test]
fn counts_depth_through_aliases() {
    let mut text = "a0: &a0 [x]\n".to_owned();
    for level in 1..100 {
        let _ = writeln!(text, "a{level}: &a{level} [*a{}]", level - 1);
    }
    assert_eq!(kinds(text.as_bytes()), [FaultKind::TooDeep]);
}

#[test]
fn stays_quick_on_hostile_texts() {
    // Small in debug builds; the shapes are what matters: quadratic work on 300 kB would take minutes.
    let size = 300_000;
    let unquoted = [
        "[", "{", "- ", "? ", "a: ", "&a ", "!a ", "# ", "%", "\t", "\r", "\n", "\"", "'", "|",
        "*", ",", "é", "\u{0}", "a\n", "- a\n", "a:\n", "[]", "x ", "--- ", "\u{202e}",
    ];
    for part in unquoted {
        for prefix in ["", "a: ", "[", "{a: "] {
            let text = format!("{prefix}{}", part.repeat(size / part.len()));
            let start = Instant::now();
            let source = Source::new("a.yaml", text.as_bytes());
            for fault in source.faults() {
                let span = source.span(&Place::span(fault.span.clone()));
                let position = source.position(span.start);
                assert!(position.line >= 1);
            }
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "{prefix}{part} repeated took {:?}",
                start.elapsed()
            );
        }
    }
}

/// What is told of an open bracket: its byte, the word outside of it, and its line as it would be whole.
fn unclosed(text: &str) -> Option<(usize, Option<&str>, Option<String>)> {
    let source = Source::new("spec.yaml", text.as_bytes());
    let fault = source.faults().first()?;
    match &fault.kind {
        FaultKind::Unclosed { next, whole } => Some((
            fault.span.start,
            next.clone().map(|next| &text[next]),
            whole.clone().map(|(_, whole)| whole),
        )),
        _ => None,
    }
}

#[test]
fn a_bracket_without_end_is_found() {
    let whole = |text: &str| Some(text.to_owned());
    for (text, found) in [
        ("a: { b: 1\nc: 2\n", (3, Some("c"), whole("{ b: 1 }"))),
        ("a: { b: 1,\r\nc: 2\r\n", (3, Some("c"), whole("{ b: 1 }"))),
        (
            "a: { b: [1, { c: 2 }\n",
            (8, None, whole("{ b: [1, { c: 2 }] }")),
        ),
        (
            "a: { b: '}' # }\nc: 2\n",
            (3, Some("c"), whole("{ b: '}' }")),
        ),
        (
            "a: { b: 'it''s # {', c: '', d: 1\ne: 2\n",
            (3, Some("e"), whole("{ b: 'it''s # {', c: '', d: 1 }")),
        ),
        ("a: [\n  b,\nc: 2\n", (3, Some("c"), None)),
        ("a: { b: [c }\nd: 1\n", (8, Some("}"), None)),
        ("- { ü: [1] \n- 2\n", (2, Some("-"), whole("{ ü: [1] }"))),
    ] {
        assert_eq!(unclosed(text), Some(found), "{text:?}");
    }
}

#[test]
fn other_mistakes_are_not_taken_for_open_brackets() {
    for text in [
        "a: { b: 1,\n     c: 2\n     d: 3 }\n",
        "a: see [1\n b: 2\n",
        "a: { b: 1,\n\tc: *none }\n",
        "a: { b: *none }\n",
        "a: { b: 1 }}\nc: 2\n",
        "a: { b: 'c }\nd: 2\n",
    ] {
        let source = Source::new("spec.yaml", text.as_bytes());
        assert!(!source.faults().is_empty(), "{text:?}");
        assert_eq!(unclosed(text), None, "{text:?}");
    }
}
