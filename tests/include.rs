//! One spec in several files, as a build script and the tests of another crate use it. What is wrong with such specs is
//! under `tests/invalid`.

#[path = "include/depends.rs"]
mod depends;

use std::fs;
use std::path::Path;
use std::process::Command;

use relata::diagnostic::json;
use relata::output::Change;
use relata::{Builder, Error, Layout};
use tempfile::TempDir;

const ID: &str = "columns: { id: { type: integer, primary_key: true } }";

/// A folder with `files`.
fn place<T: AsRef<[u8]>>(files: &[(&str, T)]) -> TempDir {
    let place = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    place
}

/// The spec `main.yaml` in `place`.
fn main(place: &TempDir) -> Builder {
    Builder::new(place.path().join("main.yaml"))
}

/// The codes of what is wrong, each with file, line and column.
fn problems(builder: &Builder) -> Vec<(&'static str, String, usize, usize)> {
    let report = match builder.validate() {
        Err(Error::Spec(report)) => *report,
        other => panic!("{other:?}"),
    };
    let name = |file: &str| {
        let name = Path::new(file).file_name().expect("a name");
        name.to_string_lossy().into_owned()
    };
    let found = json(&report).into_iter();
    found
        .map(|found| (found.code, name(&found.file), found.line, found.column))
        .collect()
}

/// The files that are made of a spec, in both layouts.
fn made(builder: &Builder) -> Vec<(String, String)> {
    let mut made = Vec::new();
    for layout in Layout::ALL {
        let rendered = builder.clone().layout(layout).render();
        let rendered = rendered.unwrap_or_else(|error| panic!("{error}"));
        assert!(rendered.warnings.is_empty());
        let files = rendered.output.iter();
        made.extend(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    }
    made
}

/// The sections of a spec in one file: each begins with a line that is not indented.
fn sections(text: &str) -> Vec<String> {
    let mut sections: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if !line.starts_with([' ', '#']) {
            sections.push(String::new());
        }
        if let Some(section) = sections.last_mut() {
            section.push_str(line);
            section.push('\n');
        }
    }
    sections
}

#[test]
fn a_spec_says_the_same_in_one_file_or_in_several() {
    let mut split = 0;
    for case in [
        "blog",
        "mixins",
        "enums",
        "through",
        "conditions",
        "payload",
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
        let text = fs::read_to_string(folder.join(format!("{case}.yaml"))).expect("a spec");
        let whole = place(&[("main.yaml", text.as_str())]);
        // Each section in a file of its own, in a folder of its own, one including the next; what stands in the root
        // only stays there.
        let (own, shared): (Vec<String>, Vec<String>) =
            sections(&text).into_iter().partition(|section| {
                ["naming:", "generate:", "allow:"]
                    .iter()
                    .any(|key| section.starts_with(key))
            });
        let name = |number: usize| format!("{}{number}.yaml", "deep/".repeat(number));
        let mut files = vec![(
            "main.yaml".to_owned(),
            format!("include: {}\n{}", name(1), own.concat()),
        )];
        for (number, section) in (1..).zip(&shared) {
            let include = if number == shared.len() {
                String::new()
            } else {
                format!("include: deep/{}.yaml\n", number + 1)
            };
            files.push((name(number), format!("{section}{include}")));
        }
        split += shared.len();
        let parts: Vec<(&str, &str)> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        assert_eq!(made(&main(&whole)), made(&main(&place(&parts))), "{case}");
    }
    assert!(split > 10);

    // The entities of one section over three files, in the order of reading.
    let entity = |name: &str| format!("  {name}: {{ {ID} }}\n");
    let all: Vec<String> = ["D", "B", "C", "A"].map(entity).to_vec();
    let whole = place(&[("main.yaml", format!("entities:\n{}", all.concat()))]);
    let parts = place(&[
        (
            "main.yaml",
            format!("entities:\n{}include: [b.yaml, c.yaml]\n", all[3]),
        ),
        ("b.yaml", format!("include: d.yaml\nentities:\n{}", all[1])),
        ("c.yaml", format!("include: d.yaml\nentities:\n{}", all[2])),
        ("d.yaml", format!("entities:\n{}", all[0])),
    ]);
    assert_eq!(made(&main(&whole)), made(&main(&parts)));
}

#[test]
fn declarations_are_known_in_all_files() {
    let place = place(&[
        (
            "main.yaml",
            "include: a.yaml
enums: { Genre: [novel, essay] }
types: { Email: { base: string(320), rust: \"crate::Email\" } }
mixins: { Stamps: { columns: { created_at: timestamp } } }
entities:
  Book:
    mixins: [Titled]
    columns: { id: { type: integer, primary_key: true }, state: State, isbn: Isbn, author_id: { references: Author } }
    relationships: { author: { target: Author, foreign_key: author_id, back_populates: books }, readers: { target: Author, secondary: readings, back_populates: read } }
",
        ),
        (
            "a.yaml",
            "enums: { State: [new, old] }
types: { Isbn: { base: text, rust: \"crate::Isbn\" } }
mixins: { Titled: { columns: { title: string } } }
secondary: { readings: [Author, Book] }
entities:
  Author:
    mixins: [Stamps]
    columns: { id: { type: integer, primary_key: true }, writes: Genre, email: Email, first_id: { references: Book, nullable: true } }
    relationships: { books: { target: Book, foreign_key: author_id, back_populates: author }, read: { target: Book, secondary: readings, back_populates: readers } }
",
        ),
    ]);
    let single = made(&main(&place));
    let sql = &single
        .iter()
        .find(|(name, _)| name == "main.sql")
        .expect("SQL")
        .1;
    for words in [
        "\"created_at\" TEXT",
        "\"title\" TEXT",
        "'novel', 'essay'",
        "'new', 'old'",
    ] {
        assert!(sql.contains(words), "{words}");
    }
}

#[test]
fn the_nearest_name_may_stand_in_another_file() {
    let broken = format!(
        "include: a.yaml\nentities:\n  B:\n    {ID}\n    relationships: {{ as: {{ target: Authr }} }}\n"
    );
    let place = place(&[
        ("main.yaml", broken),
        ("a.yaml", format!("entities: {{ Author: {{ {ID} }} }}\n")),
    ]);
    let error = main(&place).validate().expect_err("an error").to_string();
    assert!(error.contains("did you mean `Author`?"), "{error}");
    assert_eq!(
        problems(&main(&place)),
        [("E0202", "main.yaml".to_owned(), 5, 36)]
    );
}

#[test]
fn a_mark_and_carriage_returns_move_no_place() {
    let text =
        "\u{feff}entities:\r\n  A: { columns: { id: { type: integer, primary_key: true } } }\r\n";
    let right = place(&[("main.yaml", "include: a.yaml\n"), ("a.yaml", text)]);
    assert!(main(&right).validate().expect("valid").is_empty());
    let wrong = place(&[
        ("main.yaml", "include: a.yaml\n"),
        ("a.yaml", &text.replace("integer", "é, tipe: x")),
    ]);
    let found = problems(&main(&wrong));
    assert_eq!(found[0], ("E0201", "a.yaml".to_owned(), 2, 31), "{found:?}");
    assert_eq!(found[1], ("E0010", "a.yaml".to_owned(), 2, 34), "{found:?}");
}

#[test]
fn what_is_wrong_with_a_text_is_told_of_its_file() {
    for (text, code, place_of) in [
        (&b"a: \xff\n"[..], "E0001", (1, 4)),
        (b"entities: {}\n---\na: b\n", "E0004", (2, 1)),
        (b"entities: {}\nentities: {}\n", "E0005", (2, 1)),
        (b"\n<<: {}\n", "E0006", (2, 1)),
        (b"a: &a [*a]\n", "E0008", (1, 8)),
        (b"entities: [\n", "E0003", (1, 11)),
    ] {
        let root = format!("include: a.yaml\nentities: {{ A: {{ {ID} }} }}\n");
        let place = place(&[("main.yaml", root.as_bytes()), ("a.yaml", text)]);
        let (line, column) = place_of;
        assert_eq!(
            problems(&main(&place)),
            [(code, "a.yaml".to_owned(), line, column)]
        );
    }
}

#[test]
fn more_than_a_spec_may_have_is_told_where_it_is_included() {
    let told = |place: &TempDir| main(place).validate().expect_err("an error").to_string();

    let names: Vec<String> = (0..=1_000).map(|number| format!("{number}.yaml")).collect();
    let list = format!("include: [{}]\n", names.join(", "));
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    files.push(("main.yaml", &list));
    let many = place(&files);
    let column = list.find("1000.yaml").expect("the last one") + 1;
    assert_eq!(
        problems(&main(&many)),
        [("E0002", "main.yaml".to_owned(), 1, column)]
    );
    assert!(told(&many).contains("the spec includes more than 1000 files"));

    let deep = (0..34).map(|number| {
        let name = if number == 0 {
            "main.yaml".to_owned()
        } else {
            format!("{number}.yaml")
        };
        (name, format!("include: {}.yaml\n", number + 1))
    });
    let deep: Vec<(String, String)> = deep.collect();
    let files = deep.iter().map(|(name, text)| (name.as_str(), text));
    let deep = place(&files.collect::<Vec<_>>());
    assert_eq!(
        problems(&main(&deep)),
        [("E0007", "32.yaml".to_owned(), 1, 10)]
    );
    assert!(told(&deep).contains("with `33.yaml` files include one another more than 32 deep"));

    let half = format!("#{}\n", "x".repeat(1_000)).repeat(9_000);
    let large = place(&[
        ("main.yaml", "include: [a.yaml, b.yaml]\n"),
        ("a.yaml", &half),
        ("b.yaml", &half),
    ]);
    assert_eq!(
        problems(&main(&large)),
        [("E0002", "main.yaml".to_owned(), 1, 19)]
    );
    assert!(told(&large).contains("with `b.yaml` the spec is larger than 16 MiB"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_spec_and_nobody_waits_for_it() {
    let place = place(&[("main.yaml", "include:\n- pipe\n- /dev/zero\n")]);
    let made = Command::new("mkfifo")
        .arg(place.path().join("pipe"))
        .status();
    assert!(made.expect("mkfifo").success());
    let error = main(&place).validate().expect_err("an error").to_string();
    assert!(error.contains("`pipe` is no regular file"), "{error}");
    assert!(error.contains("`/dev/zero` is no regular file"), "{error}");
    let main = || "main.yaml".to_owned();
    assert_eq!(
        problems(&self::main(&place)),
        [("E0001", main(), 2, 3), ("E0001", main(), 3, 3)]
    );
}

#[test]
fn labels_for_tools_name_their_files() {
    let entity = format!("entities: {{ A: {{ {ID} }} }}\n");
    let place = place(&[
        ("main.yaml", format!("include: a.yaml\n{entity}")),
        ("a.yaml", entity),
    ]);
    let Err(Error::Spec(report)) = main(&place).validate() else {
        panic!("A stands there twice");
    };
    let found = &json(&report)[0];
    let file = |name: &str| place.path().join(name).display().to_string();
    assert_eq!(
        (found.code, &found.file, found.line),
        ("E0103", &file("main.yaml"), 2)
    );
    let labels = found.labels.iter();
    let labels: Vec<_> = labels
        .map(|label| {
            (
                &label.file,
                label.line,
                label.column,
                label.message.as_str(),
            )
        })
        .collect();
    let expected = [
        (&file("main.yaml"), 2, 13, "again here"),
        (&file("a.yaml"), 1, 13, "first here"),
    ];
    assert_eq!(labels, expected);
    let shown = relata::diagnostic::human(&report, false);
    assert!(
        shown.contains(&format!("--> {}:2:13\n", file("main.yaml"))),
        "{shown}"
    );
    assert!(
        shown.contains(&format!("::: {}:1:13\n", file("a.yaml"))),
        "{shown}"
    );
}

#[test]
fn a_spec_that_is_a_text_includes_from_the_current_folder() {
    // Tests run in the folder of the package.
    let text = "include: [specs/includes/people.yaml, specs/includes.yaml]\n";
    let builder = Builder::from_reader("text", text.as_bytes()).expect("read");
    let Err(Error::Spec(report)) = builder.validate() else {
        panic!("`generate` stands in the root file only");
    };
    assert_eq!(json(&report)[0].file, "specs/includes.yaml");
    let text = format!("include: specs/includes/words.yaml\nentities: {{ A: {{ {ID} }} }}\n");
    let rendered = Builder::from_reader("text", text.as_bytes())
        .expect("read")
        .render();
    let sources = rendered.expect("a valid spec").sources;
    assert_eq!(sources, [Path::new("specs/includes/words.yaml")]);
}

#[test]
fn an_absolute_path_is_itself() {
    let shared = place(&[("shared.yaml", format!("entities: {{ A: {{ {ID} }} }}\n"))]);
    let path = shared.path().join("shared.yaml");
    let place = place(&[("main.yaml", format!("include: '{}'\n", path.display()))]);
    let rendered = main(&place).render().expect("a valid spec");
    assert_eq!(rendered.sources, [place.path().join("main.yaml"), path]);
}

#[test]
fn checked_in_files_are_stale_when_an_included_file_changes() {
    let place = place(&[
        ("main.yaml", "include: a.yaml\n".to_owned()),
        ("a.yaml", format!("entities: {{ A: {{ {ID} }} }}\n")),
    ]);
    let builder = main(&place).out_dir(place.path().join("out"));
    builder.generate().expect("written");
    builder.check().expect("current");
    fs::write(
        place.path().join("a.yaml"),
        format!("entities: {{ B: {{ {ID} }} }}\n"),
    )
    .expect("a file");
    let Err(Error::Stale(stale)) = builder.check() else {
        panic!("stale");
    };
    let different = |change: &Change| matches!(change, Change::Different { .. });
    assert!(
        stale
            .differences
            .iter()
            .all(|difference| different(&difference.change))
    );
    assert_eq!(stale.differences.len(), 2);
}
