//! `relata fix`.

use std::fmt::Write as _;
use std::fs;

use crate::run::{BROKEN, SCHOOL, place, relata, relata_reading};

/// Three mistakes, of which two are certain.
const MISTAKES: &str = "\
# A school.
entities:
  Student:
    colums:   # all
      id:   { type: integer, primary_key: yes }
      name: zebra
";

const MENDED: &str = "\
# A school.
entities:
  Student:
    columns:   # all
      id:   { type: integer, primary_key: true }
      name: zebra
";

#[test]
fn what_is_certain_is_mended_and_the_rest_is_told() {
    let place = place(MISTAKES);
    let text = || fs::read_to_string(place.path().join("school.yaml")).expect("a spec");
    let run = relata(&place, "fix school.yaml");
    assert_eq!(run.code, Some(1));
    let lines = "\
school.yaml:4:5: `colums` is now `columns` (E0010)
school.yaml:5:43: `yes` is now `true` (E0011)
school.yaml: 2 fixed, 1 error left
";
    assert_eq!(run.out, lines);
    assert!(
        run.err.starts_with("error[E0201]: no type `zebra`"),
        "{}",
        run.err
    );
    assert_eq!(text(), MENDED);

    fs::write(
        place.path().join("school.yaml"),
        MENDED.replace("zebra", "strng"),
    )
    .expect("a spec");
    let run = relata(&place, "fix school.yaml");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(text(), MENDED.replace("zebra", "string"));
    let run = relata(&place, "fix school.yaml");
    assert_eq!(
        (run.code, run.out.as_str()),
        (Some(0), "school.yaml: nothing to fix\n")
    );
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
}

#[test]
fn check_writes_nothing_and_shows_the_difference() {
    let place = place(MISTAKES);
    let run = relata(&place, "fix school.yaml --check");
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let diff = "\
--- school.yaml
+++ school.yaml (as fixed)
@@ -1,6 +1,6 @@
 # A school.
 entities:
   Student:
-    colums:   # all
-      id:   { type: integer, primary_key: yes }
+    columns:   # all
+      id:   { type: integer, primary_key: true }
       name: zebra
school.yaml:4:5: `colums` is now `columns` (E0010)
school.yaml:5:43: `yes` is now `true` (E0011)
school.yaml: 2 to fix, 1 error left
";
    assert_eq!(run.out, diff);
    let spec = fs::read_to_string(place.path().join("school.yaml")).expect("a spec");
    assert_eq!(spec, MISTAKES);
    fs::write(place.path().join("school.yaml"), MENDED).expect("a spec");
    let run = relata(&place, "fix school.yaml --check");
    assert_eq!(
        (run.code, run.out.as_str()),
        (Some(1), "school.yaml: nothing to fix, 1 error left\n")
    );
    let told = "error[E0201]: no type `zebra` exists\n --> school.yaml:6:13\n";
    assert!(run.err.starts_with(told), "{}", run.err);
    fs::write(place.path().join("school.yaml"), SCHOOL).expect("a spec");
    let run = relata(&place, "fix school.yaml --check");
    assert_eq!(
        (run.code, run.out.as_str()),
        (Some(0), "school.yaml: nothing to fix\n")
    );
}

#[test]
fn standard_input_is_mended_on_standard_output() {
    let place = place(SCHOOL);
    let run = relata_reading(&place, "fix -", MISTAKES.as_bytes());
    assert_eq!((run.code, run.out.as_str()), (Some(1), MENDED));
    assert!(
        run.err.starts_with("<stdin>:4:5: `colums` is now"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("\n-: 2 fixed, 1 error left\nerror[E0201]"),
        "{}",
        run.err
    );
    let quiet = relata_reading(&place, "fix - -q", SCHOOL.as_bytes());
    assert_eq!(
        (quiet.code, quiet.out.as_str(), quiet.err.as_str()),
        (Some(0), SCHOOL, "")
    );
}

#[test]
fn each_spec_is_mended_whatever_the_others_have() {
    let place = place(MISTAKES);
    fs::write(place.path().join("other.yaml"), BROKEN).expect("a spec");
    let run = relata(&place, "fix missing.yaml other.yaml school.yaml -q");
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.contains("missing.yaml"), "{}", run.err);
    for (name, mended) in [
        ("school.yaml", MENDED.to_owned()),
        ("other.yaml", BROKEN.replace("colums", "columns")),
    ] {
        assert_eq!(
            fs::read_to_string(place.path().join(name)).expect("a spec"),
            mended
        );
    }
}

#[test]
fn tools_get_one_object_per_line() {
    let place = place(MISTAKES);
    let check = relata(&place, "fix school.yaml --check --format json");
    let events = |found: &[serde_json::Value]| -> Vec<String> {
        let events = found
            .iter()
            .map(|found| found["event"].as_str().unwrap_or("report"));
        events.map(str::to_owned).collect()
    };
    assert_eq!(
        events(&check.json()),
        ["diff", "fixable", "fixable", "summary"]
    );
    let run = relata(&place, "fix school.yaml --format json");
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let found = run.json();
    assert_eq!(events(&found), ["fixed", "fixed", "summary", "report"]);
    assert_eq!(
        (&found[0]["file"], &found[0]["code"]),
        (&"school.yaml".into(), &"E0010".into())
    );
    assert_eq!(
        (&found[0]["line"], &found[0]["column"]),
        (&4.into(), &5.into())
    );
    assert_eq!(
        (&found[2]["mended"], &found[2]["errors"]),
        (&2.into(), &1.into())
    );
    assert_eq!(found[3]["code"], "E0201");
    let text = relata_reading(&place, "fix - --format json", BROKEN.as_bytes()).json();
    assert_eq!(text[0]["text"], BROKEN.replace("colums", "columns"));
}

/// What is read once cannot be read again to find out what is certain.
#[cfg(unix)]
#[test]
fn a_pipe_is_read_once() {
    let place = place(SCHOOL);
    let pipe = place.path().join("pipe.yaml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    for words in ["check pipe.yaml", "fix pipe.yaml"] {
        let pipe = pipe.clone();
        let writer = std::thread::spawn(move || fs::write(pipe, BROKEN).expect("a reader"));
        let run = relata(&place, words);
        writer.join().expect("written");
        assert_eq!(run.code, Some(1));
        assert!(run.err.contains("unknown key `colums`"), "{}", run.err);
        assert!(!run.err.contains("relata fix"), "{}", run.err);
    }
}

#[test]
fn reports_say_what_can_be_mended() {
    let place = place(MISTAKES);
    for words in ["check", "ddl", "generate --out models"] {
        let run = relata(&place, &format!("{words} school.yaml"));
        let help = "help: `relata fix school.yaml` mends 1 of these\n";
        // The key hides the rest.
        assert!(
            run.err.ends_with(&help.replace("1 of these", "it")),
            "{}",
            run.err
        );
        let quiet = relata(&place, &format!("{words} school.yaml -q"));
        assert!(!quiet.err.contains("mends"), "{}", quiet.err);
    }
    let two =
        "entities: { A: { columns: { id: { type: integr, primary_key: true }, b: zebra } } }\n";
    let run = relata_reading(&place, "check -", two.as_bytes());
    assert!(
        run.err.ends_with("help: `relata fix -` mends 1 of these\n"),
        "{}",
        run.err
    );
    let none = two.replace("integr", "integer");
    let run = relata_reading(&place, "check -", none.as_bytes());
    assert!(!run.err.contains("mends"), "{}", run.err);
    let many: Vec<String> = (0..400)
        .map(|number| {
            format!(
                "  A{number}: {{ colums: {{}} }}
"
            )
        })
        .collect();
    let many = many.concat();
    let run = relata_reading(&place, "check -", format!("entities:\n{many}").as_bytes());
    assert!(
        run.err.ends_with("mends what is certain of these\n"),
        "{}",
        run.err
    );
}

/// Its changes are not good together, so each is tried by itself.
#[test]
fn a_report_of_a_large_spec_comes_without_trying_out_what_mends_it() {
    let mut spec = String::from("entities:\n");
    for number in 0..3000 {
        let columns = "id: { type: integer, primary_key: true }, name: string";
        let _ = writeln!(spec, "  A{number}: {{ columns: {{ {columns} }} }}");
    }
    for number in 0..60 {
        let columns =
            "id: { type: integer, primary_key: true }, a: { type: strng, references: A1 }";
        let _ = writeln!(spec, "  B{number}: {{ columns: {{ {columns} }} }}");
    }
    let place = place(&spec);
    let run = relata(&place, "check school.yaml");
    assert!(
        run.err.ends_with("mends what is certain of these\n"),
        "{}",
        &run.err[run.err.len() - 200..]
    );
}
