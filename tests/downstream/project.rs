//! The crate of a user: two specs, one of which includes a third file, and the build script that README shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::nested::{cargo, lock, root, write};

const MANIFEST: &str = r#"
[package]
name = "school"
version = "0.1.0"
edition = "2024"

[dependencies]
rusqlite = { version = "0.39", features = ["bundled"] }
"#;

/// The build script, with a line that counts how often it runs.
const SCRIPT: &str = r#"
fn main() -> Result<(), relata::Error> {
    count();
    relata::generate("specs/school.yaml")?;
    relata::generate("specs/shop.yaml")?;
    Ok(())
}

fn count() {
    let runs = std::fs::read_to_string("runs").unwrap_or_default();
    std::fs::write("runs", runs + "x").unwrap();
}
"#;

const MAIN: &str = r#"
mod school {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}
mod shop {
    include!(concat!(env!("OUT_DIR"), "/shop.rs"));
}

fn main() {
    print!("{}{}", school::SCHEMA_SQL, shop::SCHEMA_SQL);
}
"#;

pub const SHOP: &str = "\
include: types.yaml
entities:
  Item:
    columns:
      id: { type: integer, primary_key: true }
      size: Size
";

pub const TYPES: &str = "enums: { Size: [small, large] }\n";

/// A crate in a folder of its own, which is gone with this.
pub struct Project {
    place: tempfile::TempDir,
}

/// What cargo did, by its own words.
pub struct Built {
    pub succeeded: bool,
    /// How often the build script has run since the crate is there.
    pub runs: usize,
    /// Whether the crate was compiled.
    pub compiled: bool,
    /// The folder of its build script; `None` where that failed.
    pub out: Option<PathBuf>,
    /// Without the lines that tell how far the build is.
    pub stderr: String,
}

impl Built {
    /// What the build script wrote.
    pub fn output(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).expect("a text")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.out
            .as_ref()
            .expect("a build script that succeeded")
            .join(name)
    }
}

impl Project {
    /// A crate whose build script generates its code. `test` is no other project's: cargo keeps what it built of crates
    /// by their names and versions, so two of one name would take each other's place in the target folder.
    pub fn new(test: &str) -> Self {
        let project = Self::without_script(test);
        let relata = format!(
            "\n[build-dependencies]\nrelata = {{ path = '{}', default-features = false }}\n",
            root().display()
        );
        let manifest = project.text("Cargo.toml") + &relata;
        project.write("Cargo.toml", &manifest);
        project.write("build.rs", SCRIPT);
        project.write("src/main.rs", MAIN);
        project
    }

    /// A crate with specs alone.
    pub fn without_script(test: &str) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let project = Self { place };
        let manifest = MANIFEST.replace("0.1.0", &format!("0.1.0+{test}"));
        project.write("Cargo.toml", &manifest);
        let school = fs::read_to_string(root().join("specs/school.yaml")).expect("a spec");
        project.write("specs/school.yaml", &school);
        project.write("specs/shop.yaml", SHOP);
        project.write("specs/types.yaml", TYPES);
        lock(project.folder());
        project
    }

    pub fn folder(&self) -> &Path {
        self.place.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        write(&self.folder().join(name), text);
    }

    pub fn text(&self, name: &str) -> String {
        let text = fs::read_to_string(self.folder().join(name));
        text.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Adds a line to the end of a file.
    pub fn append(&self, name: &str, line: &str) {
        self.write(name, &format!("{}{line}\n", self.text(name)));
    }

    pub fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has `{from}`");
        self.write(name, &text.replace(from, to));
    }

    /// A cargo command in the crate's folder, in an environment that does not change its words.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo(self.folder(), arguments);
        command.env_remove("RUST_BACKTRACE");
        command
    }

    /// Builds the crate and asks cargo what that took.
    pub fn build(&self) -> Built {
        let mut command = self.cargo(&["build", "--message-format=json"]);
        let output = command.output().expect("cargo starts");
        let stdout = String::from_utf8(output.stdout).expect("UTF-8");
        let messages: Vec<Value> = stdout
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        let of = |reason: &'static str| {
            messages.iter().filter(move |message| {
                message["reason"] == reason
                    && message["package_id"]
                        .as_str()
                        .is_some_and(|id| id.contains("#school@"))
            })
        };
        let program = of("compiler-artifact").find(|found| found["target"]["kind"][0] == "bin");
        let out = of("build-script-executed").find_map(|found| found["out_dir"].as_str());
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        Built {
            succeeded: output.status.success(),
            runs: fs::read(self.folder().join("runs")).map_or(0, |runs| runs.len()),
            compiled: program.is_some_and(|program| program["fresh"] == false),
            out: out.map(PathBuf::from),
            stderr: told(&stderr),
        }
    }
}

/// What cargo tells in `stderr`, without how far the build is and what marks the test's crate.
pub fn told(stderr: &str) -> String {
    let mut told = String::new();
    for line in stderr.lines() {
        // `   Compiling school v0.1.0`: a word that ends in the 12th column.
        let word = line.trim_start();
        let end = line.len() - word.len() + word.find(' ').unwrap_or_default();
        if line.starts_with(' ') && end == 12 {
            continue;
        }
        let line = match line.split_once("0.1.0+") {
            Some((before, after)) => {
                let mark = after.find(|c: char| !c.is_alphanumeric());
                format!("{before}0.1.0{}", &after[mark.unwrap_or(after.len())..])
            }
            None => line.to_owned(),
        };
        told += line.trim_end();
        told.push('\n');
    }
    told
}
