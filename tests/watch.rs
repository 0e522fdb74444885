//! `relata generate --watch` as a user meets it: files are saved, and the results come by themselves.
#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

const SCHOOL: &str = include_str!("../specs/school.yaml");
const BROKEN: &str = "entities:\n  Student:\n    colums: { id: integer }\n";

/// Far more than a change needs; whoever waits so long has found a mistake.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program at work, and the lines that it prints. It ends with the test.
struct Watching {
    place: TempDir,
    program: Child,
    lines: Receiver<String>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Watching {
    /// Watches `specs/school.yaml` of a new folder.
    fn start(flags: &[&str], files: &[(&str, &str)]) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        fs::create_dir(place.path().join("specs")).expect("a folder");
        for (name, text) in files {
            fs::write(place.path().join(name), text).expect("a file");
        }
        let mut program = Command::new(env!("CARGO_BIN_EXE_relata"))
            .args(["generate", "specs/school.yaml", "-o", "models", "--watch"])
            .args(flags)
            .current_dir(place.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("run");
        let out = BufReader::new(program.stdout.take().expect("a pipe"));
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self {
            place,
            program,
            lines,
        }
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("a line in time")
    }

    /// What was said until the next change is waited for, and then which files are watched.
    fn round(&self) -> (Vec<Value>, Vec<String>) {
        let mut said = Vec::new();
        loop {
            let event: Value = serde_json::from_str(&self.line()).expect("an object");
            if event["event"] == "watching" {
                return (said, texts(&event["files"]));
            }
            said.push(event);
        }
    }

    /// The next round, which has to generate: what it wrote.
    fn written(&self) -> Vec<String> {
        let (said, _) = self.round();
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0]["event"], "generated", "{said:?}");
        texts(&said[0]["written"])
    }

    /// The next round, which has to fail: the messages.
    fn errors(&self) -> Vec<String> {
        let (said, _) = self.round();
        assert!(!said.is_empty());
        let message = |event: &Value| {
            assert_eq!(event["severity"], "error", "{event}");
            format!("{} {}", event["code"], event["message"])
        };
        said.iter().map(message).collect()
    }

    /// Saves in place.
    fn save(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    /// Saves as most editors do: another file takes the name.
    fn replace(&self, name: &str, text: &str) {
        let other = self.path("specs/.other~");
        fs::write(&other, text).expect("a file");
        fs::rename(other, self.path(name)).expect("renamed");
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.place.path().join(name)
    }
}

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list").iter();
    list.map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}

/// The school with one more column.
fn grown(column: &str) -> String {
    SCHOOL.replacen("name: string", &format!("name: string\n      {column}"), 1)
}

#[test]
fn what_is_saved_is_generated_and_what_is_wrong_is_told() {
    let watching = Watching::start(&["--format", "json"], &[("specs/school.yaml", SCHOOL)]);
    let first = watching.written();
    assert!(first.contains(&"models/student.rs".to_owned()), "{first:?}");

    watching.save("specs/school.yaml", &grown("age: integer?"));
    let expected = [
        "models/course.rs",
        "models/mod.rs",
        "models/schema.sql",
        "models/student.rs",
    ];
    assert_eq!(watching.written(), expected);

    // The same column to SQLite.
    watching.replace("specs/school.yaml", &grown("age: bigint?"));
    assert_eq!(watching.written(), ["models/mod.rs", "models/student.rs"]);

    let before = fs::read_to_string(watching.path("models/student.rs")).expect("a text");
    watching.save("specs/school.yaml", BROKEN);
    let errors = watching.errors();
    assert!(errors[0].contains("unknown key `colums`"), "{errors:?}");
    let after = fs::read_to_string(watching.path("models/student.rs")).expect("a text");
    assert_eq!(before, after);

    watching.replace("specs/school.yaml", SCHOOL);
    assert_eq!(watching.written(), expected);

    // An editor that takes its time between emptying the file and writing it.
    let path = watching.path("specs/school.yaml");
    let mut slow = fs::File::create(path).expect("a file");
    thread::sleep(Duration::from_millis(60));
    slow.write_all(grown("age: integer?").as_bytes())
        .expect("written");
    drop(slow);
    assert_eq!(watching.written(), expected);

    // One that moves the old text away first.
    fs::rename(
        watching.path("specs/school.yaml"),
        watching.path("specs/old"),
    )
    .expect("renamed");
    thread::sleep(Duration::from_millis(60));
    watching.save("specs/school.yaml", BROKEN);
    let errors = watching.errors();
    assert!(errors[0].contains("unknown key `colums`"), "{errors:?}");
    watching.replace("specs/school.yaml", SCHOOL);
    assert_eq!(watching.written(), expected);

    // The same again, at another time.
    watching.save("specs/school.yaml", SCHOOL);
    assert_eq!(watching.written(), Vec::<String>::new());
}

#[test]
fn a_spec_that_is_gone_is_waited_for() {
    let watching = Watching::start(&["--format", "json"], &[]);
    assert!(watching.errors()[0].contains("E0001"));
    watching.save("specs/school.yaml", SCHOOL);
    assert_eq!(watching.written().len(), 5);

    fs::remove_file(watching.path("specs/school.yaml")).expect("removed");
    assert!(watching.errors()[0].contains("E0001"));
    watching.save("specs/school.yaml", &grown("age: integer?"));
    assert_eq!(watching.written().len(), 4);

    // With its folder, too.
    fs::rename(watching.path("specs"), watching.path("elsewhere")).expect("renamed");
    assert!(watching.errors()[0].contains("E0001"));
    fs::create_dir(watching.path("specs")).expect("a folder");
    watching.save("specs/school.yaml", SCHOOL);
    assert_eq!(watching.written().len(), 4);
}

#[test]
fn includes_are_watched_as_they_come_and_go() {
    let person =
        "entities: { Person: { columns: { id: { type: integer, primary_key: true } } } }\n";
    let watching = Watching::start(
        &["--format", "json"],
        &[("specs/school.yaml", SCHOOL), ("specs/person.yaml", person)],
    );
    let (_, files) = watching.round();
    assert_eq!(files, ["specs/school.yaml"]);

    watching.save(
        "specs/school.yaml",
        &format!("include: [person.yaml, ../more/rooms.yaml]\n{SCHOOL}"),
    );
    let (said, files) = watching.round();
    assert_eq!(said[0]["severity"], "error", "{said:?}");
    let expected = [
        "specs/school.yaml",
        "specs/person.yaml",
        "specs/../more/rooms.yaml",
    ];
    assert_eq!(files, expected);

    // A folder that was not there yet.
    fs::create_dir(watching.path("more")).expect("a folder");
    watching.replace("more/rooms.yaml", &person.replace("Person", "Room"));
    let written = watching.written();
    for name in ["models/person.rs", "models/room.rs"] {
        assert!(written.contains(&name.to_owned()), "{written:?}");
    }

    watching.replace("more/rooms.yaml", &person.replace("Person", "Hall"));
    let (said, _) = watching.round();
    assert_eq!(texts(&said[0]["removed"]), ["models/room.rs"]);

    watching.replace("specs/school.yaml", SCHOOL);
    let (said, files) = watching.round();
    assert_eq!(texts(&said[0]["removed"]).len(), 2, "{said:?}");
    assert_eq!(files, ["specs/school.yaml"]);
}

#[test]
fn people_read_lines_that_follow_each_other() {
    let watching = Watching::start(&[], &[("specs/school.yaml", SCHOOL)]);
    assert_eq!(watching.line(), "models: 5 written, 0 kept, 0 removed");
    let written = |names: &[&str]| {
        for name in names {
            assert_eq!(watching.line(), format!("  written models/{name}"));
        }
    };
    written(&[
        "course.rs",
        "mod.rs",
        "schema.sql",
        "student.rs",
        "support.rs",
    ]);
    assert_eq!(
        watching.line(),
        "watching specs/school.yaml; Ctrl-C ends it"
    );

    watching.save("specs/school.yaml", &grown("age: integer?"));
    assert_eq!(watching.line(), "models: 4 written, 1 kept, 0 removed");
    written(&["course.rs", "mod.rs", "schema.sql", "student.rs"]);

    // Nothing but what is new: no name of a file that is kept, and no second word of what is watched.
    watching.replace(
        "specs/school.yaml",
        &format!("# Ours.\n{}", grown("age: integer?")),
    );
    assert_eq!(watching.line(), "models: 0 written, 5 kept, 0 removed");
    watching.replace("specs/school.yaml", SCHOOL);
    assert_eq!(watching.line(), "models: 4 written, 1 kept, 0 removed");
}

#[test]
fn it_ends_when_nobody_reads_it() {
    let place = tempfile::tempdir().expect("a folder");
    let spec = place.path().join("school.yaml");
    fs::write(&spec, SCHOOL).expect("a spec");
    let mut program = Command::new(env!("CARGO_BIN_EXE_relata"))
        .args(["generate", "school.yaml", "-o", "models", "--watch"])
        .current_dir(place.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("run");
    let mut out = BufReader::new(program.stdout.take().expect("a pipe"));
    out.read_line(&mut String::new()).expect("a line");
    drop(out);
    // It is noticed when something is to be said.
    for n in 0..600 {
        fs::write(&spec, grown(&format!("c{n}: integer?"))).expect("a spec");
        thread::sleep(Duration::from_millis(100));
        if let Some(status) = program.try_wait().expect("a status") {
            assert!(status.success(), "{status}");
            return;
        }
    }
    let _ = program.kill();
    panic!("it goes on");
}

fn refused(arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_relata"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_TARGET_TMPDIR")))
        .stdin(Stdio::null())
        .output()
        .expect("run");
    assert_eq!(run.status.code(), Some(2));
    String::from_utf8(run.stderr).expect("a text")
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let said = refused(&["generate", "-", "--out", "models", "--watch"]);
    assert!(
        said.contains("give `--watch` a spec that is a file"),
        "{said}"
    );
    let said = refused(&[
        "generate", "a.yaml", "--out", "models", "--watch", "--check",
    ]);
    assert!(said.contains("cannot be used with '--check'"), "{said}");
}

/// On a terminal the last result is all that is seen.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_the_present_state_in_place() {
    let place = tempfile::tempdir().expect("a folder");
    let spec = place.path().join("school.yaml");
    fs::write(&spec, BROKEN).expect("a spec");
    let program = env!("CARGO_BIN_EXE_relata");
    let mut script = Command::new("script")
        .args(["--quiet", "--flush", "--command"])
        .arg(format!(
            "'{program}' generate school.yaml -o models --watch"
        ))
        .arg("/dev/null")
        .current_dir(place.path())
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script, of util-linux");
    let mut out = BufReader::new(script.stdout.take().expect("a pipe"));
    let mut shown = || {
        let mut text = String::new();
        while !text.contains("Ctrl-C ends it") {
            assert_ne!(out.read_line(&mut text).expect("a line"), 0, "{text}");
        }
        text
    };
    let clear = "\x1b[2J\x1b[H";
    let broken = shown();
    assert!(
        broken.starts_with(clear) && broken.contains("unknown key"),
        "{broken:?}"
    );
    fs::write(&spec, SCHOOL).expect("a spec");
    let mended = shown();
    assert!(mended.starts_with(clear), "{mended:?}");
    assert!(
        mended.contains("models: 5 written, 0 kept, 0 removed"),
        "{mended:?}"
    );
    let _ = script.kill();
    let _ = script.wait();
}
