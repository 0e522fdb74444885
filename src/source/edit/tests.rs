//! What changes, and that nothing else does.

use super::super::{Entries, Path, Place, Source};
use super::Edit;

fn path(steps: &str) -> Path {
    let mut path = Path::root();
    for step in steps.split('.') {
        path = match step.parse() {
            Ok(index) => path.index(index),
            Err(_) => path.key(step),
        };
    }
    path
}

fn source(text: &str) -> Source {
    Source::new("a.yaml", text.as_bytes())
}

/// The text after the edit; `None` where there is none.
fn applied(source: &Source, edit: Option<Edit>) -> Option<String> {
    let Edit { start, end, text } = edit?;
    let before = source.text();
    Some(format!("{}{text}{}", &before[..start], &before[end..]))
}

fn added(text: &str, steps: &str) -> Option<String> {
    let source = source(text);
    applied(&source, source.add(&path(steps), "k", "v"))
}

fn renamed(text: &str, place: &Place, from: &str, to: &str) -> Option<String> {
    let source = source(text);
    applied(&source, source.rename(place, from, to))
}

#[test]
fn entries_are_added_to_flow_mappings() {
    for (before, after) in [
        ("m: { a: b }\n", "m: { a: b, k: v }\n"),
        ("m: {a: b}\n", "m: {a: b, k: v}\n"),
        ("m: { a: \"é, }\" } # c\n", "m: { a: \"é, }\", k: v } # c\n"),
        ("m: { a: [1, 2] }", "m: { a: [1, 2], k: v }"),
        ("m: { a: b, }\n", "m: { a: b, k: v, }\n"),
        ("m: {}\n", "m: { k: v }\n"),
        ("m: { }\n", "m: { k: v }\n"),
        ("m: { a: { b: c } }\n", "m: { a: { b: c }, k: v }\n"),
        (
            "x: [{ a: b }]\nm: { y: z }",
            "x: [{ a: b }]\nm: { y: z, k: v }",
        ),
        (
            "m: {\n  a: b,\n  c: d\n}\n",
            "m: {\n  a: b,\n  c: d,\n  k: v\n}\n",
        ),
        (
            "m: {\n  a: b,\n  c: d,\n}\n",
            "m: {\n  a: b,\n  c: d,\n  k: v,\n}\n",
        ),
        (
            "m: {\n  a: b, # x, y\n  c: d # z\n  }\n",
            "m: {\n  a: b, # x, y\n  c: d, # z\n  k: v\n  }\n",
        ),
        (
            "m: {\n  a: b, # x\n  }\n",
            "m: {\n  a: b, # x\n  k: v,\n  }\n",
        ),
        (
            "m: {\r\n  a: b\r\n}\r\n",
            "m: {\r\n  a: b,\r\n  k: v\r\n}\r\n",
        ),
        (
            "m: { a: b,\n     c: d }\n",
            "m: { a: b,\n     c: d, k: v }\n",
        ),
    ] {
        assert_eq!(added(before, "m").as_deref(), Some(after), "{before}");
    }
}

#[test]
fn entries_are_added_to_block_mappings() {
    for (before, steps, after) in [
        ("m:\n  a: b\n", "m", "m:\n  a: b\n  k: v\n"),
        ("m:\n  a: b", "m", "m:\n  a: b\n  k: v"),
        (
            "m:\n  a: b   # c\n# d\nn: x\n",
            "m",
            "m:\n  a: b   # c\n  k: v\n# d\nn: x\n",
        ),
        (
            "m:\n  a: b\n\n  # of a\n\nn: x\n",
            "m",
            "m:\n  a: b\n  k: v\n\n  # of a\n\nn: x\n",
        ),
        ("m:\r\n  a: b\r\n", "m", "m:\r\n  a: b\r\n  k: v\r\n"),
        ("m:\r\n  a: b", "m", "m:\r\n  a: b\r\n  k: v"),
        (
            "m:\n   a:\n      b:\n        - c\n        - d # e\nn: x\n",
            "m",
            "m:\n   a:\n      b:\n        - c\n        - d # e\n   k: v\nn: x\n",
        ),
        ("m:\n  a: { b: c }\n", "m", "m:\n  a: { b: c }\n  k: v\n"),
        (
            "m:\n  a: [b,\n   c] # d\n",
            "m",
            "m:\n  a: [b,\n   c] # d\n  k: v\n",
        ),
        (
            "m:\n  \"é\": \"ü\\n\"\n",
            "m",
            "m:\n  \"é\": \"ü\\n\"\n  k: v\n",
        ),
        (
            "l:\n- a: b\n- c: d\n",
            "l.0",
            "l:\n- a: b\n  k: v\n- c: d\n",
        ),
        (
            "l:\n  -  a: b\n     c: d\n",
            "l.0",
            "l:\n  -  a: b\n     c: d\n     k: v\n",
        ),
        (
            "m:\n  a: one\n    two\n",
            "m",
            "m:\n  a: one\n    two\n  k: v\n",
        ),
        ("\u{feff}m:\n  a: b\n", "m", "m:\n  a: b\n  k: v\n"),
    ] {
        assert_eq!(added(before, steps).as_deref(), Some(after), "{before}");
    }
}

#[test]
fn nothing_is_added_where_it_is_not_certain() {
    for (text, steps) in [
        ("m: a\n", "m"),
        ("m: [a]\n", "m"),
        ("m:\n", "m"),
        ("m: { a: b }\n", "n"),
        ("m: { a }\n", "m"),
        ("m: { a: }\n", "m"),
        ("m: { # c\n}\n", "m"),
        ("m:\n  a:\n", "m"),
        ("m:\n  a: |\n    b\n\n", "m"),
        ("m:\n  a: |+ # c\n    b\n\nn: x\n", "m"),
        ("m:\n  ? a\n  : b\n", "m"),
        ("m:\n  &x a: b\n", "m"),
        ("m: &x { a: b }\nn: *x\n", "m"),
        ("m: &x { a: b }\nn: *x\n", "n"),
        ("l: &x\n  m: { a: b }\nn: *x\n", "l.m"),
    ] {
        assert_eq!(added(text, steps), None, "{text}");
    }
    let free = "m: &x { a: b }\n";
    assert_eq!(added(free, "m").as_deref(), Some("m: &x { a: b, k: v }\n"));
}

#[test]
fn words_are_renamed_in_the_quotes_that_they_have() {
    for (before, place, after) in [
        ("a: old # old\n", path("a").at_value(), "a: new # old\n"),
        ("a: 'old'\n", path("a").at_value(), "a: 'new'\n"),
        ("a: \"old\"", path("a").at_words(0..3), "a: \"new\""),
        ("a: \"é old\"", path("a").at_words(3..6), "a: \"é new\""),
        ("a: [x, old]", path("a.1").at_value(), "a: [x, new]"),
        ("a: { old: x }", path("a.old").at_key(), "a: { new: x }"),
        (
            "a:\r\n  \"old\" : x\r\n",
            path("a.old").at_key(),
            "a:\r\n  \"new\" : x\r\n",
        ),
        // The short form of a mapping.
        ("a: old\n", path("a.type").at_words(0..3), "a: new\n"),
    ] {
        let renamed = renamed(before, &place, "old", "new");
        assert_eq!(renamed.as_deref(), Some(after), "{before}");
    }
    let value = path("a").at_value();
    let quoted = renamed("a: old\n", &value, "old", "null");
    assert_eq!(quoted.as_deref(), Some("a: \"null\"\n"));
}

#[test]
fn nothing_is_renamed_where_it_is_not_certain() {
    for (text, place) in [
        ("a: older\n", path("a").at_value()),
        ("a: \"\\x6fld\"\n", path("a").at_value()),
        ("a: |\n  old\n", path("b").at_value()),
        ("a: &x old\nb: *x\n", path("a").at_value()),
        ("a: &x old\nb: *x\n", path("b").at_value()),
        ("a: &x { b: old }\nc: *x\n", path("c.b").at_value()),
        ("&x old: b\nc: *x\n", path("old").at_key()),
        ("old:\n  a: b\n", path("old.c").at_key()),
    ] {
        assert_eq!(renamed(text, &place, "old", "new"), None, "{text}");
    }
    let value = path("a").at_value();
    assert_eq!(renamed("a: 'old'\n", &value, "old", "it's"), None);
}

#[test]
fn values_are_written_anew_or_wrapped() {
    let source = source("a: yes\nb: 'id'\nc: a > 0, b\nd: x\n");
    let at = |key: &str| path(key).at_value();
    let edit = source.rewrite(&at("a"), "yes", "true");
    assert_eq!(edit.map(|edit| edit.text).as_deref(), Some("true"));
    for (key, from, marks, expected) in [
        ("b", "id", ("[", "]"), "['id']"),
        ("c", "a > 0, b", ("{ sql: ", " }"), "{ sql: \"a > 0, b\" }"),
        ("d", "x", ("\"", "\""), "\"x\""),
        ("d", "x", ("[", "]"), "[x]"),
    ] {
        let edit = source.wrap(&at(key), from, marks);
        assert_eq!(edit.map(|edit| edit.text).as_deref(), Some(expected));
    }
    assert_eq!(source.rewrite(&at("a"), "no", "false"), None);
}

#[test]
fn an_entry_is_what_stands_around_a_byte() {
    let text = "a: { bc: de, fg: [h, ij] }\n";
    let source = source(text);
    let entries = Entries::new(&source);
    for (byte, words, value) in [
        ("bc", "bc: de", "de"),
        ("de", "bc: de", "de"),
        ("fg", "fg", "[h, ij]"),
        ("ij", "ij", "ij"),
    ] {
        let entry = entries.at(text.find(byte).expect("it stands there"));
        let entry = entry.expect("an entry");
        assert_eq!((&text[entry.words], &text[entry.value]), (words, value));
    }
    assert_eq!(entries.at(0).map(|entry| entry.words), Some(0..1));
    assert_eq!(entries.at(text.len()), None);
    let beside = entries.beside(text.find("de").expect("it stands there"));
    let beside: Vec<&str> = beside.into_iter().map(|entry| &text[entry.words]).collect();
    assert_eq!(beside, ["bc: de", "fg", "a"]);
    assert_eq!(source.whole(), text);
    assert_eq!(
        super::super::Source::new("m", b"\xef\xbb\xbfa: b").whole(),
        "\u{feff}a: b"
    );
}
