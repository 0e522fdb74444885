//! Attributes of the user beside Rust's own parser: what passes is one attribute, whatever it was made to be.

use crate::render::format::tests::attributes_of;
use crate::resolve::Asked;
use crate::source::Source;
use crate::spec::Spec;

/// What attributes are made of, in pieces that meet in every order.
const PIECES: [&str; 47] = [
    "a",
    "serde",
    "_",
    "1",
    "2.5",
    "1_0",
    ".",
    "..",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\"",
    "'",
    "\\",
    "\\n",
    "\\x7f",
    "\\xff",
    "\\u{41}",
    "\\u{}",
    "\\0",
    "#",
    "r#",
    "r",
    "b",
    "br",
    "c",
    "cr",
    "=",
    "==",
    ",",
    ":",
    "::",
    "/",
    "//",
    "/*",
    "!",
    "struct X;",
    "#[",
    "é",
    " ",
    "derive",
    "'a",
    "'a'",
];

/// A spec that takes any attribute.
fn spec() -> Spec {
    let text = b"entities: { A: { columns: { id: integer }, primary_key: [id] } }";
    crate::spec::read(&Source::new("spec", text).into()).0
}

/// Whether relata takes `text` as an attribute.
fn passes(spec: &Spec, text: &str) -> bool {
    let asked = Asked {
        attributes: Some(vec![text.to_owned()]),
        ..Asked::default()
    };
    crate::resolve::resolve(spec, &asked).0.is_some()
}

#[test]
fn what_passes_is_one_attribute_to_the_parser() {
    // A generator of Knuth's, so that every run tries the same.
    let mut state = 1_u64;
    let mut next = |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % bound).expect("small")
    };
    let (spec, mut passed) = (spec(), 0);
    for _ in 0..20_000 {
        let (lead, length) = (next(3), next(7));
        let mut text = ["", "a(", "a = "][lead].to_owned();
        for _ in 0..length {
            text.push_str(PIECES[next(47)]);
        }
        if lead == 1 {
            text.push(')');
        }
        if passes(&spec, &text) {
            passed += 1;
            assert_eq!(attributes_of(&text), Some(1), "{text}");
        }
    }
    assert!(passed > 700, "{passed}");
}

#[test]
fn what_people_write_passes() {
    for text in [
        "non_exhaustive",
        "serde(rename_all = \"camelCase\", deny_unknown_fields)",
        "cfg_attr(feature = \"serde\", serde(default))",
        "doc = \"It's here: \\\"]\\\".\"",
        "doc = r#\"a \"quoted\" word\"#",
        "diesel(table_name = users, check_for_backend(diesel::sqlite::Sqlite))",
        "schemars(example = \"a::b\", extend(\"x\" = [1, -2.5, true, {}]))",
        "allow(clippy::pedantic, reason = \"generated\")",
        "::my::mark['x', b'\\'', \"\\u{1F980}\"]",
    ] {
        assert_eq!(attributes_of(text), Some(1), "{text}");
        assert!(passes(&spec(), text), "{text}");
    }
}
