//! How reports look.

use std::time::{Duration, Instant};

use super::{Code, Diagnostic, Report, human, json};
use crate::source::{Path, Place, Source};

fn report(text: &str, diagnostics: &[Diagnostic]) -> Report {
    Report::new(Source::new("a.yaml", text.as_bytes()).into(), diagnostics)
}

#[test]
fn looks_like_rustc() {
    let text = "a: b\nc:\n  d: e\nf: gh\n";
    let unknown = Diagnostic::new(
        Code::UnknownKey,
        Path::root().key("f").at_key(),
        "unknown key `f`",
    )
    .label("not a key")
    .other(Path::root().key("a").at_value(), "as here")
    .help("did you mean `c`?");
    let unused = Diagnostic::new(
        Code::UnusedSecondary,
        Path::root().key("c").key("d").at_value(),
        "unused",
    );
    let shown = human(&report(text, &[unknown.clone(), unused, unknown]), false);
    let expected = "\
warning[W0301]: unused
 --> a.yaml:3:6
  |
3 |   d: e
  |      ^

error[E0010]: unknown key `f`
 --> a.yaml:4:1
  |
1 | a: b
  |    - as here
...
4 | f: gh
  | ^ not a key
  |
  = help: did you mean `c`?

error: a.yaml: 1 error, 1 warning
";
    assert_eq!(shown, expected);
    assert!(human(&report(text, &[]), false).is_empty());
}

#[test]
fn colors_only_when_asked() {
    let found = [Diagnostic::new(
        Code::UnknownKey,
        Path::root().at_key(),
        "no",
    )];
    let report = report("a: b\n", &found);
    assert!(human(&report, true).contains('\u{1b}'));
    assert!(!human(&report, false).contains('\u{1b}'));
}

#[test]
fn shows_far_places_apart() {
    let text = format!("a: b\n{}z: y\n", "# nothing\n".repeat(500));
    let found = Diagnostic::new(Code::NameCollision, Path::root().key("z").at_key(), "two")
        .label("again")
        .other(Path::root().key("a").at_key(), "first");
    let shown = human(&report(&text, &[found]), false);
    let expected = "\
error[E0103]: two
   --> a.yaml:502:1
    |
502 | z: y
    | ^ again
    |
   ::: a.yaml:1:1
    |
  1 | a: b
    | - first

error: a.yaml: 1 error
";
    assert_eq!(shown, expected);
}

#[test]
fn cuts_long_lines() {
    let text = format!("{}: {}", "k".repeat(10), "v ".repeat(500_000));
    let place = Path::root().key(&"k".repeat(10)).at_words(600_000..600_001);
    let found = [Diagnostic::new(Code::WrongForm, place, "long")];
    let start = Instant::now();
    let shown = human(&report(&text, &found), false);
    assert!(start.elapsed() < Duration::from_secs(2));
    assert!(shown.len() < 1_000, "{}", shown.len());
    assert!(shown.contains("a.yaml:1:600013"), "{shown}");
    assert_eq!(shown.matches('^').count(), 1, "{shown}");
}

#[test]
fn hands_nothing_to_the_terminal_that_it_would_obey() {
    let text = "a: \"x\u{1b}[31m\u{202e}y\u{9b}\u{200f}\" \r\n\tb: c";
    let found = Diagnostic::new(Code::Syntax, Place::span(3..9), "bad `\u{1b}\u{202e}\n`")
        .label("\u{7}")
        .help("\u{9b}");
    let shown = human(&report(text, &[found]), false);
    let obeyed = |c: &char| (c.is_control() && *c != '\n') || ['\u{202e}', '\u{200f}'].contains(c);
    assert_eq!(shown.chars().find(obeyed), None, "{shown:?}");
    assert!(shown.contains("bad `␛\u{fffd}␊`"), "{shown}");

    // Nor what a file is called.
    let builder = crate::Builder::from_reader("a\u{1b}[31m\u{202e}\r.yaml", "a: b".as_bytes());
    let error = builder.expect("a text").render().expect_err("a mistake");
    let shown = error.to_string();
    assert_eq!(shown.chars().find(obeyed), None, "{shown:?}");
}

#[test]
fn tells_tools_characters() {
    let text = "é: ü x\nb: |\n  one\n  two\n";
    let found = [
        Diagnostic::new(Code::WrongForm, Path::root().key("é").at_words(3..4), "no")
            .label("here")
            .other(Path::root().key("b").at_value(), "there")
            .help("else"),
    ];
    let values = json(&report(text, &found));
    let text = serde_json::to_string(&values[0]).expect("plain data");
    let expected = concat!(
        r#"{"code":"E0011","severity":"error","message":"no","file":"a.yaml","#,
        r#""line":1,"column":6,"end_line":1,"end_column":7,"labels":["#,
        r#"{"file":"a.yaml","line":1,"column":6,"end_line":1,"end_column":7,"message":"here"},"#,
        r#"{"file":"a.yaml","line":3,"column":3,"end_line":4,"end_column":6,"message":"there"}],"#,
        r#""help":"else"}"#,
    );
    assert_eq!(text, expected);
}

#[test]
fn counts_what_it_does_not_show() {
    let text = "a: b\n";
    let many = (0..1_500).map(|number| {
        Diagnostic::new(
            Code::UnusedSecondary,
            Path::root().key("a").at_key(),
            format!("{number}"),
        )
    });
    let error = Diagnostic::new(Code::Syntax, Path::root().key("a").at_value(), "late");
    let report = report(text, &many.chain([error]).collect::<Vec<_>>());
    assert_eq!(report.findings().len(), 1_000);
    assert_eq!((report.errors(), report.warnings()), (1, 1_500));
    assert_eq!(report.findings()[999].message, "late");
    assert_eq!(
        report.summary(),
        "a.yaml: 1 error, 1500 warnings (the first 1000 are shown)"
    );
}
