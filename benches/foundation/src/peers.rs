//! The tools of the peers, built into a folder of their own, in versions that are written down here.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, os::unix::fs::symlink};

use crate::Result;
use crate::timed::{prepare, said};

/// A tool of crates.io, and the features that SQLite needs.
const TOOLS: [(&str, &str, &str); 2] = [
    (
        "sea-orm-cli",
        "2.0.4",
        "cli,codegen,runtime-tokio,sqlx-sqlite",
    ),
    ("diesel_cli", "2.3.14", "sqlite-bundled"),
];

/// Where the tools are.
pub struct Peers {
    folder: PathBuf,
    /// The environment that has SQLAlchemy; `benches/run` makes it.
    python: PathBuf,
}

impl Peers {
    /// Installs what is not there yet. The first time takes minutes.
    pub fn install(target: &Path) -> Result<Self> {
        let folder = target.join("peers");
        fs::create_dir_all(&folder)?;
        for (tool, version, features) in TOOLS {
            eprintln!("foundation: {tool} {version}");
            prepare(
                Command::new("cargo")
                    .args(["install", "--quiet", "--locked", "--no-default-features"])
                    .args(["--features", features, "--version", version])
                    .arg("--root")
                    .arg(&folder)
                    .arg(tool)
                    .env("CARGO_TARGET_DIR", folder.join("build")),
            )?;
        }
        let python = target.join("python/bin/python");
        let peers = Self { folder, python };
        // A formatter that leaves everything as it is: what sea-orm-cli takes without one.
        let none = peers.unformatted();
        fs::create_dir_all(&none)?;
        if !none.join("rustfmt").exists() {
            let program = ["/usr/bin/true", "/bin/true"]
                .into_iter()
                .find(|path| Path::new(path).exists());
            symlink(program.ok_or("no program `true`")?, none.join("rustfmt"))?;
        }
        Ok(peers)
    }

    pub fn sea_orm(&self) -> PathBuf {
        self.folder.join("bin/sea-orm-cli")
    }

    pub fn diesel(&self) -> PathBuf {
        self.folder.join("bin/diesel")
    }

    pub fn python(&self) -> &Path {
        &self.python
    }

    /// A folder for `PATH` whose `rustfmt` does nothing.
    pub fn unformatted(&self) -> PathBuf {
        self.folder.join("unformatted")
    }

    /// What they say they are.
    pub fn versions(&self) -> Result<String> {
        let tools = TOOLS.map(|(tool, version, _)| format!("{tool} {version}"));
        let python = said(&self.python, &["--version"])?;
        let version = "import sqlalchemy; print(sqlalchemy.__version__)";
        let sqlalchemy = said(&self.python, &["-c", version])?;
        Ok(format!(
            "{}; SQLAlchemy {sqlalchemy}; {python}",
            tools.join("; ")
        ))
    }
}

/// `sea-orm-cli generate entity` of a database.
pub fn sea_orm_entities(peers: &Peers, database: &Path, out: &Path) -> Command {
    let mut command = Command::new(peers.sea_orm());
    command
        .args(["generate", "entity", "-u"])
        .arg(format!("sqlite://{}", database.display()))
        .arg("-o")
        .arg(out);
    command
}

/// `diesel print-schema` of a database, to its output.
pub fn diesel_schema(peers: &Peers, database: &Path) -> Command {
    let mut command = Command::new(peers.diesel());
    command
        .arg("print-schema")
        .arg("--database-url")
        .arg(database);
    command
}

/// Makes a database of statements.
pub fn database(peers: &Peers, statements: &Path, database: &Path) -> Result<()> {
    const SCRIPT: &str = "import sqlite3, sys\n\
                          sqlite3.connect(sys.argv[2]).executescript(open(sys.argv[1]).read())\n";
    prepare(
        Command::new(peers.python())
            .args(["-c", SCRIPT])
            .arg(statements)
            .arg(database),
    )
}
