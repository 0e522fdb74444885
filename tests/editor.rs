//! Specs in an editor: the server that VS Code, Neovim, Helix and others have for YAML is asked about the school, with the
//! schema of `relata schema` beside it. `tests/run --install` brings it.
#![cfg(feature = "cli")]

#[path = "editor/server.rs"]
mod server;

use std::env;
use std::fs;
use std::path::PathBuf;

use relata::{Dialect, Target};
use serde_json::Value;
use server::Server;
use tempfile::TempDir;

const SCHOOL: &str = include_str!("../specs/school.yaml");

/// The first line of a spec that has a schema.
const MODELINE: &str = "# yaml-language-server: $schema=relata.schema.json\n";

/// An editor with the school open, or with something else in its place.
struct Editor {
    server: Server,
    _folder: TempDir,
    file: PathBuf,
    text: String,
}

impl Editor {
    fn open(text: &str) -> Self {
        let program = env::var("RELATA_YAML_LANGUAGE_SERVER");
        let program = program.expect("RELATA_YAML_LANGUAGE_SERVER names the server's JavaScript");
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().canonicalize().expect("a path");
        fs::write(place.join("relata.schema.json"), relata::json_schema()).expect("the schema");
        let text = format!("{MODELINE}{text}");
        let file = place.join("school.yaml");
        fs::write(&file, &text).expect("a spec");
        let mut server = Server::start(&program, &place);
        server.open(&file, &text);
        Self {
            server,
            _folder: folder,
            file,
            text,
        }
    }

    /// Line and column behind the first `words`, from 0.
    fn behind(&self, words: &str) -> (usize, usize) {
        let at = self.text.find(words).expect("the words stand there") + words.len();
        let before = &self.text[..at];
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        (before.matches('\n').count(), at - start)
    }

    /// What is offered behind `words`: labels with what is said of each.
    fn offered(&mut self, words: &str) -> Vec<(String, String)> {
        let place = self.behind(words);
        let answer = self
            .server
            .ask("textDocument/completion", &self.file, place);
        let items = answer["items"].as_array().or(answer.as_array());
        let text = |value: &Value| {
            let text = value["value"].as_str().or(value.as_str());
            text.unwrap_or_default().to_owned()
        };
        let items = items.into_iter().flatten();
        items
            .map(|item| (text(&item["label"]), text(&item["documentation"])))
            .collect()
    }

    /// What is underlined, each with what is said of it.
    fn diagnostics(&mut self) -> Vec<String> {
        let lines: Vec<&str> = self.text.lines().collect();
        let found = self.server.diagnostics(&self.file);
        let place = |at: &Value| {
            let number = |key: &str| at[key].as_u64().and_then(|at| usize::try_from(at).ok());
            (
                number("line").expect("a line"),
                number("character").expect("a column"),
            )
        };
        found
            .iter()
            .map(|found| {
                let (line, start) = place(&found["range"]["start"]);
                let (_, end) = place(&found["range"]["end"]);
                let message = found["message"].as_str().expect("a message");
                format!("{}: {message}", &lines[line][start..end])
            })
            .collect()
    }

    /// What is shown when the mouse is over the end of `words`.
    fn hover(&mut self, words: &str) -> String {
        let (line, column) = self.behind(words);
        let answer = self
            .server
            .ask("textDocument/hover", &self.file, (line, column - 1));
        answer["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

fn has_all(labels: &[String], wanted: &[&str]) {
    for label in wanted {
        let has = labels.iter().any(|found| found == label);
        assert!(has, "`{label}` among {labels:?}");
    }
}

#[test]
#[ignore = "needs an editor's language server"]
fn a_spec_without_mistakes_has_none_in_an_editor() {
    let mut editor = Editor::open(SCHOOL);
    assert_eq!(editor.diagnostics(), [""; 0]);
}

#[test]
#[ignore = "needs an editor's language server"]
fn keys_are_described_in_an_editor() {
    let mut editor = Editor::open(SCHOOL);
    for (words, title, description) in [
        (
            "back_populates",
            "Relationship",
            "The relationship of the target that is this one read from its other side",
        ),
        (
            "primary_key",
            "Column",
            "Whether the column is the primary key",
        ),
        (
            "name: string",
            "Column",
            "`string`: Text that keys may have",
        ),
        (
            "    student_id",
            "Column",
            "A column: its type, `name: string`",
        ),
        ("type", "Column", "What the column holds: a type such as"),
        ("{ references", "Column", "which makes it a foreign key"),
        (
            "  Student",
            "Entity",
            "An entity: a table, and a struct in Rust",
        ),
        (
            "relationships",
            "Entity",
            "The relationships to other entities",
        ),
        ("  student_course", "Secondary", "An association table"),
        ("entities", "A spec of relata", "The entities: a name"),
    ] {
        let shown = editor.hover(words);
        let heading = format!("#### {title}\n\n");
        assert!(
            shown.starts_with(&heading) && shown.contains(description),
            "{words}: {shown}"
        );
    }
}

#[test]
#[ignore = "needs an editor's language server"]
fn keys_are_offered_in_an_editor() {
    for (text, behind, wanted) in [
        ("\n", "json\n", ["entities", "secondary", "generate"]),
        (
            "entities:\n  Student:\n    \n",
            "Student:\n    ",
            ["columns", "relationships", "table"],
        ),
        (
            "entities:\n  Student:\n    columns:\n      id:\n        \n",
            "id:\n        ",
            ["type", "primary_key", "references"],
        ),
        (
            "entities:\n  Student:\n    columns:\n      id: { type: integer, p }\n",
            "integer, p",
            ["primary_key", "private", "unique"],
        ),
        (
            "entities:\n  Student:\n    relationships:\n      courses: { target: Course, b }\n",
            "Course, b",
            ["back_populates", "secondary", "kind"],
        ),
        (
            "secondary:\n  student_course:\n    \n",
            "student_course:\n    ",
            ["columns", "symmetric", "multiple"],
        ),
    ] {
        let mut editor = Editor::open(text);
        let offered = editor.offered(behind);
        let labels: Vec<String> = offered.iter().map(|(label, _)| label.clone()).collect();
        has_all(&labels, &wanted);
        for (label, documentation) in offered {
            let words = documentation.split_whitespace().count();
            // A record with a key that must be there is offered as a whole, under its title.
            let whole = label.starts_with(char::is_uppercase);
            assert!(whole || words > 3, "{label} says `{documentation}`");
        }
    }
}

#[test]
#[ignore = "needs an editor's language server"]
fn words_are_offered_in_an_editor() {
    let columns = "entities:\n  Student:\n    columns:\n      id";
    let relationships = "entities:\n  Student:\n    relationships:\n      courses";
    for (text, behind, wanted) in [
        (
            format!("{columns}: {{ type: }}\n"),
            "type: ",
            vec!["integer", "string", "timestamp", "json"],
        ),
        (format!("{columns}: \n"), "id: ", vec!["integer", "uuid"]),
        (
            format!("{columns}:\n        on_delete: \n"),
            "on_delete: ",
            vec![
                "no_action",
                "restrict",
                "cascade",
                "set_null",
                "set_default",
            ],
        ),
        (
            format!("{columns}:\n        default: \n"),
            "default: ",
            vec!["now", "uuid"],
        ),
        (
            format!("{relationships}:\n        kind: \n"),
            "kind: ",
            vec!["many_to_one", "one_to_many", "one_to_one", "many_to_many"],
        ),
        (
            "generate:\n  target: \n".to_owned(),
            "target: ",
            Target::ALL.map(Target::as_str).to_vec(),
        ),
        (
            "generate:\n  dialects:\n    - \n".to_owned(),
            "- ",
            Dialect::ALL.map(Dialect::as_str).to_vec(),
        ),
        ("allow: [W]\n".to_owned(), "[W", vec!["W0201", "W0301"]),
    ] {
        let mut editor = Editor::open(&text);
        let offered = editor.offered(behind);
        let labels: Vec<String> = offered.iter().map(|(label, _)| label.clone()).collect();
        has_all(&labels, &wanted);
        for (label, documentation) in offered {
            // What is offered as an example, or for its form alone, has no words of its own.
            let said = documentation.contains(' ') || behind == "default: " || label == "null";
            assert!(said, "{label} says `{documentation}`");
        }
    }
}

#[test]
#[ignore = "needs an editor's language server"]
fn mistakes_are_underlined_in_an_editor() {
    let text = "\
entities:
  Student:
    colums: {}
    columns:
      id: { tipe: integer }
      name: varchar(80)
      1st: string
      born: { type: date, nullable: yes }
    relationships:
      courses: { back_populates: students, kind: several }
secondary:
  pair: [Student, Course, Room]
";
    let mut editor = Editor::open(text);
    let found = editor.diagnostics();
    let mut wrong = String::new();
    for expected in [
        "colums: Property colums is not allowed.",
        "tipe: Property tipe is not allowed.",
        "varchar(80): Value is not accepted. Valid values: \"boolean\", \"smallint\", ",
        "1st: Names are ASCII letters, digits and `_`, and do not begin with a digit.",
        "yes: Incorrect type. Expected \"boolean\".",
        "courses: Missing property \"target\".",
        "several: Value is not accepted. Valid values: \"many_to_one\", ",
        "[Student, Course, Room]: Array has too many items. Expected 2 or fewer.",
    ] {
        if !found.iter().any(|found| found.starts_with(expected)) {
            wrong = wrong + "\n" + expected;
        }
    }
    assert!(wrong.is_empty(), "{wrong}\namong {found:#?}");
    assert_eq!(found.len(), 8, "{found:#?}");
}
