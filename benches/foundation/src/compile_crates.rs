//! The crates that rustc is measured with: a workspace of its own for each, as two of them would want two versions of what binds
//! SQLite.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::peers::{self, Peers};
use crate::timed::prepare;
use crate::{Result, diesel, plain, schema};

const RUSQLITE: &str = r#"rusqlite = { version = "0.39", features = ["bundled"] }"#;
const SEA_ORM: &str = r#"sea-orm = { version = "=2.0.4", default-features = false, features = ["macros", "runtime-tokio", "sqlx-sqlite"] }"#;
const DIESEL: &str = r#"diesel = { version = "=2.3.14", features = ["sqlite", "returning_clauses_for_sqlite_3_35"] }
libsqlite3-sys = { version = "*", features = ["bundled"] }"#;

/// Tables that may appear in one query nest types as deep as there are tables.
const DIESEL_TOP: &str = "#![recursion_limit = \"1024\"]\n";

/// Who wrote a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    Relata,
    Plain,
    SeaOrm,
    Diesel,
}

/// A crate of models, and two states of it that differ in a column of one entity.
pub struct Crate {
    pub name: &'static str,
    pub label: &'static str,
    pub writer: Writer,
    pub count: usize,
}

pub const CRATES: [Crate; 6] = [
    Crate {
        name: "relata",
        label: "relata over rusqlite",
        writer: Writer::Relata,
        count: 100,
    },
    Crate {
        name: "plain",
        label: "plain functions over rusqlite",
        writer: Writer::Plain,
        count: 100,
    },
    Crate {
        name: "sea-orm",
        label: "SeaORM entities",
        writer: Writer::SeaOrm,
        count: 100,
    },
    Crate {
        name: "diesel",
        label: "Diesel's schema.rs and structs",
        writer: Writer::Diesel,
        count: 100,
    },
    Crate {
        name: "relata-400",
        label: "relata, N=400",
        writer: Writer::Relata,
        count: 400,
    },
    Crate {
        name: "plain-400",
        label: "plain functions, N=400",
        writer: Writer::Plain,
        count: 400,
    },
];

impl Crate {
    fn folder(&self, work: &Path) -> PathBuf {
        work.join(self.name)
    }

    /// What rustc is asked to do for it.
    pub fn cargo(&self, work: &Path, command: &str) -> Command {
        let mut cargo = Command::new("cargo");
        cargo
            .args([command, "--quiet", "--manifest-path"])
            .arg(self.folder(work).join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", work.join("target"));
        cargo
    }

    /// Writes it in both states, and puts it into the first.
    pub fn write(&self, work: &Path, relata: &Path, peers: Option<&Peers>) -> Result<()> {
        let folder = self.folder(work);
        fs::create_dir_all(folder.join("src"))?;
        let (dependencies, top) = match self.writer {
            Writer::Relata | Writer::Plain => (RUSQLITE, ""),
            Writer::SeaOrm => (SEA_ORM, ""),
            Writer::Diesel => (DIESEL, DIESEL_TOP),
        };
        fs::write(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\n{dependencies}\n\n[workspace]\n",
                self.name
            ),
        )?;
        fs::write(folder.join("src/lib.rs"), format!("{top}pub mod models;\n"))?;
        self.models(&folder, "before", None, relata, peers)?;
        self.models(&folder, "after", Some(schema::EDITED), relata, peers)?;
        self.turn(work, false)
    }

    /// The modules of one state.
    fn models(
        &self,
        folder: &Path,
        state: &str,
        edited: Option<usize>,
        relata: &Path,
        peers: Option<&Peers>,
    ) -> Result<()> {
        let models = folder.join(state);
        let spec = folder.join("schema.yaml");
        let generated = match self.writer {
            Writer::Relata => models.clone(),
            _ => folder.join(format!("{state}-relata")),
        };
        fs::write(&spec, schema::ring(self.count, edited))?;
        prepare(
            Command::new(relata)
                .args(["generate", "--no-record"])
                .arg(&spec)
                .arg("--out")
                .arg(&generated),
        )?;
        let statements = generated.join("schema.sql");
        let database = folder.join(format!("{state}.db"));
        match (self.writer, peers) {
            (Writer::Relata, _) => {}
            (Writer::Plain, _) => {
                plain::write(self.count, edited, &models)?;
                fs::copy(statements, models.join("schema.sql"))?;
                formatted(&models)?;
            }
            (Writer::SeaOrm, Some(peers)) => {
                peers::database(peers, &statements, &database)?;
                prepare(&mut peers::sea_orm_entities(peers, &database, &models))?;
            }
            (Writer::Diesel, Some(peers)) => {
                peers::database(peers, &statements, &database)?;
                diesel::write(self.count, edited, &models)?;
                let output = peers::diesel_schema(peers, &database).output()?;
                fs::write(models.join("schema.rs"), output.stdout)?;
                formatted(&models)?;
            }
            (_, None) => return Err("the peers' tools are not installed".into()),
        }
        Ok(())
    }

    /// Puts it into its first state or the edited one: files that differ are written.
    pub fn turn(&self, work: &Path, edited: bool) -> Result<()> {
        let folder = self.folder(work);
        let models = folder.join("src/models");
        fs::create_dir_all(&models)?;
        for entry in fs::read_dir(folder.join(if edited { "after" } else { "before" }))? {
            let from = entry?.path();
            let to = models.join(from.file_name().ok_or("a file has a name")?);
            let text = fs::read(&from)?;
            if from.is_file() && fs::read(&to).ok().as_ref() != Some(&text) {
                fs::write(to, text)?;
            }
        }
        Ok(())
    }

    /// Makes cargo believe that it was changed.
    pub fn touch(&self, work: &Path) -> Result<()> {
        let top = self.folder(work).join("src/lib.rs");
        Ok(fs::write(&top, fs::read(&top)?)?)
    }

    /// The version of a dependency, as its lock file has it.
    pub fn version(&self, work: &Path, dependency: &str) -> Result<String> {
        let lock = fs::read_to_string(self.folder(work).join("Cargo.lock"))?;
        let begin = format!("name = \"{dependency}\"\nversion = \"");
        // The crate itself may be called like what it depends on; only that has a source.
        let mut packages = lock.split("[[package]]\n");
        let package =
            packages.find(|package| package.starts_with(&begin) && package.contains("\nsource = "));
        let after = package.and_then(|package| package.strip_prefix(&begin));
        let after = after.ok_or_else(|| format!("{} has no {dependency}", self.name))?;
        Ok(after.split('"').next().unwrap_or_default().to_owned())
    }
}

fn formatted(folder: &Path) -> Result<()> {
    prepare(
        Command::new("rustfmt")
            .args(["--edition", "2024"])
            .arg(folder.join("mod.rs")),
    )
}

/// The two sides of a cold build: a crate whose build script generates with relata, and one that has relata's dependencies and
/// asks nothing of them.
pub const COLD: [&str; 2] = ["cold-relata", "cold-dependencies"];

/// Writes both, and fetches what they need.
pub fn write_cold(work: &Path) -> Result<()> {
    let root = env::current_dir()?;
    let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
    let section = manifest
        .split_once("\n[dependencies]\n")
        .and_then(|(_, rest)| rest.split("\n\n[").next())
        .ok_or("relata has no dependencies")?;
    let dependencies: Vec<&str> = section
        .lines()
        .filter(|line| !line.contains("optional = true"))
        .collect();
    let path = format!(
        "relata = {{ path = \"{}\", default-features = false }}",
        root.display()
    );
    let generates = "fn main() -> Result<(), relata::Error> {\n    relata::generate(\"schema.yaml\")?;\n    Ok(())\n}\n";
    for (name, dependencies, build) in [
        (COLD[0], path, generates),
        (COLD[1], dependencies.join("\n"), "fn main() {}\n"),
    ] {
        let folder = work.join(name);
        fs::create_dir_all(folder.join("src"))?;
        fs::write(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [build-dependencies]\n{dependencies}\n\n[workspace]\n"
            ),
        )?;
        fs::write(folder.join("build.rs"), build)?;
        fs::write(folder.join("src/lib.rs"), "")?;
        fs::copy("specs/school.yaml", folder.join("schema.yaml"))?;
        // The same versions on both sides, and those that relata is tested with.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        prepare(
            Command::new("cargo")
                .args(["fetch", "--quiet", "--manifest-path"])
                .arg(folder.join("Cargo.toml")),
        )?;
    }
    Ok(())
}

/// Builds a side in an empty folder.
pub fn cold(work: &Path, name: &str, target: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--quiet", "--offline", "--manifest-path"])
        .arg(work.join(name).join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        // As of what comes from crates.io.
        .env("CARGO_INCREMENTAL", "0");
    cargo
}
