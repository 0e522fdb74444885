//! `explain`, and what leads to it.

use relata::diagnostic::Code;

use crate::run::{BROKEN, SCHOOL, place, relata, relata_reading};

/// A spec with four codes, of which the first comes twice.
const FOUR: &str = "\
entities:
  Student:
    colums: {}
    columns:
      id:   { type: integer, primary_key: yes }
      name: { typ: varchar }
      room_id: rom
    relationships:
      room: { target: Room }
";

#[test]
fn a_code_is_explained_as_on_its_page() {
    let place = place(SCHOOL);
    for words in ["explain E0103", "explain e0103 --quiet"] {
        let run = relata(&place, words);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert_eq!(run.out, Code::NameCollision.explanation());
    }
    let two = relata(&place, "explain W0301 E0002").out;
    let (first, second) = (Code::UnusedSecondary, Code::TooLarge);
    let expected = format!("{}\n{}", first.explanation(), second.explanation());
    assert_eq!(two, expected);
}

#[test]
fn without_a_code_all_are_listed() {
    let place = place(SCHOOL);
    let run = relata(&place, "explain");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let listed: Vec<&str> = run.out.lines().collect();
    assert_eq!(listed.len(), Code::ALL.len());
    assert!(listed.contains(&"E0103  two things would get the same name"));
}

#[test]
fn an_unknown_code_is_wrong_usage() {
    let place = place(SCHOOL);
    for words in ["explain E0130", "explain E0103 103", "explain all"] {
        let run = relata(&place, words);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{words}");
    }
    let unknown = relata(&place, "explain E0130").err;
    for part in [
        "'E0130'",
        "some similar values exist: 'E0013', 'E0103', 'E0301'",
        "`relata explain` lists all codes",
    ] {
        assert!(unknown.contains(part), "{unknown}");
    }
    assert!(!unknown.contains("W0301"), "not all of them: {unknown}");
    let far = relata(&place, "explain E9999").err;
    assert!(!far.contains("similar"), "{far}");
    assert!(far.contains("`relata explain` lists all codes"), "{far}");
    for words in ["explain 103", "explain e103"] {
        let short = relata(&place, words).err;
        assert!(short.contains("similar value exists: 'E0103'"), "{short}");
    }
}

#[test]
fn tools_are_told_in_objects() {
    let place = place(SCHOOL);
    let one = relata(&place, "explain W0201 --format json").json();
    assert_eq!(one.len(), 1);
    let code = Code::CircularForeignKeys;
    assert_eq!(one[0]["code"], "W0201");
    assert_eq!(one[0]["severity"], "warning");
    assert_eq!(one[0]["title"], code.title());
    assert_eq!(one[0]["explanation"], code.explanation());
    let all = relata(&place, "explain --format json").json();
    let codes: Vec<&str> = all
        .iter()
        .filter_map(|each| each["code"].as_str())
        .collect();
    let expected: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes, expected);
}

#[test]
fn a_terminal_gets_colors_in_place_of_markdown() {
    let place = place(SCHOOL);
    let run = relata(&place, "explain E0001 --color always");
    let bold = "\x1b[1mE0001: a file cannot be read\x1b[0m\n\n";
    assert!(run.out.starts_with(bold), "{}", run.out);
    for part in [
        "\x1b[1mWrong\x1b[0m\n",
        "called \x1b[36m`people.yaml`\x1b[0m:\n",
        "\n    \x1b[36minclude: person.yaml\x1b[0m\n",
        "\x1b[1m",
    ] {
        assert!(run.out.contains(part), "{part:?} in {}", run.out);
    }
    for mark in ["```", "**", "# E", "## "] {
        assert!(!run.out.contains(mark), "{mark} in {}", run.out);
    }
    let plain = relata(&place, "explain E0001 --color never").out;
    assert_eq!(plain, Code::Unreadable.explanation());
}

#[test]
fn reports_lead_to_it() {
    let place = place(BROKEN);
    let run = relata(&place, "check school.yaml");
    let help = "help: `relata explain E0010` shows a wrong and a right spec\n";
    let summary = "error: school.yaml: 1 error\n";
    assert!(
        run.err.contains(&format!("\n{summary}{help}")),
        "{}",
        run.err
    );

    let several = relata_reading(&place, "check -", FOUR.as_bytes()).err;
    let help = "help: `relata explain E0010 E0011 E0201` shows a wrong and a right spec for each of the first three codes\n";
    assert!(several.contains(help), "{several}");
    let (two, _) = FOUR.split_once("      room_id").expect("a column");
    let two = relata_reading(&place, "check -", two.as_bytes()).err;
    let help = "help: `relata explain E0010 E0011` shows a wrong and a right spec for each\n";
    assert!(two.contains(help), "{two}");

    let quiet = relata(&place, "check school.yaml --quiet").err;
    assert!(quiet.ends_with("error: school.yaml: 1 error\n"), "{quiet}");
    let tools = relata(&place, "check school.yaml --format json").out;
    assert!(!tools.contains("relata explain"), "{tools}");
    let colored = relata(&place, "check school.yaml --color always").err;
    let help = "\x1b[1;96mhelp\x1b[0m: `relata explain";
    assert!(colored.contains(help), "{colored}");
}
