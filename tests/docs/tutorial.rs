//! The tutorial, walked through from top to bottom: files are written and changed, commands are run, and what is said to be
//! printed is printed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::nested::{cargo, lock, write};
use crate::{Block, blocks, document};

const PAGE: &str = "docs/tutorial.md";

/// Where the reader is.
struct Reader {
    folder: PathBuf,
    /// The file that was named last.
    file: PathBuf,
    /// What the last command has printed: where it has failed, on standard error.
    printed: String,
    /// Whether it has failed, which the page has to show.
    failed: bool,
}

impl Reader {
    fn read(&mut self, block: &Block) {
        if let Some(path) = &block.path {
            self.file = self.folder.join(path);
        }
        let printed = &self.printed;
        assert_eq!(self.failed, block.text.starts_with("error"), "{printed}");
        match block.language.as_str() {
            "yaml" | "toml" | "rust" => write(&self.file, &block.text),
            "diff" => {
                let before = fs::read_to_string(&self.file).expect("a file");
                write(&self.file, &changed(&before, &block.text));
            }
            "console" => {
                for command in block.text.lines() {
                    assert!(!self.failed, "{}", self.printed);
                    self.printed = self.run(command);
                }
            }
            "text" => {
                assert_eq!(*printed, block.text, "{PAGE}: what is printed");
                self.failed = false;
            }
            language => panic!("{PAGE}: a block of `{language}`"),
        }
    }

    /// What a command prints.
    fn run(&mut self, command: &str) -> String {
        let (words, into) = match command.split_once(" > ") {
            Some((words, file)) => (words, Some(file)),
            None => (command, None),
        };
        let words: Vec<&str> = words.split(' ').collect();
        let (program, arguments) = (words[0], &words[1..]);
        let mut command = match program {
            "cd" => {
                self.folder.push(arguments[0]);
                lock(&self.folder);
                return String::new();
            }
            "rm" => {
                fs::remove_file(self.folder.join(arguments[0])).expect("a file");
                return String::new();
            }
            "cargo" => cargo(&self.folder, arguments),
            "relata" => {
                let mut relata = Command::new(env!("CARGO_BIN_EXE_relata"));
                relata.args(arguments).current_dir(&self.folder);
                relata
            }
            _ => panic!("{PAGE}: `{program}`"),
        };
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().expect("the program starts");
        let [stdout, stderr] = [stdout, stderr].map(|text| String::from_utf8(text).expect("UTF-8"));
        self.failed = !status.success();
        if let Some(file) = into {
            write(&self.folder.join(file), &stdout);
        }
        if self.failed { stderr } else { stdout }
    }
}

/// `text` with the lines of `diff` that begin with `-` replaced by those that begin with `+`.
fn changed(text: &str, diff: &str) -> String {
    let side = |sign: char| -> String {
        let lines = diff.lines().filter_map(|line| {
            let kept = line.strip_prefix([' ', sign]);
            kept.map(|line| format!("{line}\n"))
        });
        lines.collect()
    };
    let (before, after) = (side('-'), side('+'));
    assert_eq!(text.matches(&before).count(), 1, "{PAGE}: once {before}");
    text.replace(&before, &after)
}

#[test]
fn the_tutorial_works_as_it_says() {
    let place = tempfile::tempdir().expect("a folder");
    let mut reader = Reader {
        folder: place.path().to_owned(),
        file: PathBuf::new(),
        printed: String::new(),
        failed: false,
    };
    for block in blocks(&document(PAGE)) {
        reader.read(&block);
    }
    assert!(!reader.failed, "{}", reader.printed);
    assert!(
        Path::new(&reader.folder)
            .join("src/models/student.rs")
            .is_file()
    );
}
