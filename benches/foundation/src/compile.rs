//! The clock of compiling: what rustc takes over what was generated, and what cargo takes over relata in a build script.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::compile_crates::{COLD, CRATES, Crate, Writer, cold, write_cold};
use crate::generation::Results;
use crate::peers::Peers;
use crate::timed::{self, prepare};
use crate::{Result, compile_table};

/// What is asked of cargo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    Check,
    Edit,
    Build,
}

impl Job {
    pub const ALL: [Self; 3] = [Self::Check, Self::Edit, Self::Build];

    fn command(self) -> &'static str {
        match self {
            Self::Check | Self::Edit => "check",
            Self::Build => "build",
        }
    }

    /// Whether rustc keeps what it knows, as it does by itself.
    fn incremental(self) -> &'static str {
        match self {
            Self::Edit => "1",
            Self::Check | Self::Build => "0",
        }
    }
}

/// What is asked for on the command line.
pub struct Options {
    /// The names of crates, and `cold`; all when empty.
    pub only: Vec<String>,
    pub rounds: usize,
}

impl Options {
    /// Whether everything is measured as it is meant to be.
    pub fn whole(&self) -> bool {
        self.only.is_empty() && self.rounds >= 5
    }

    fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}

/// What a crate took, a result for each job.
pub struct Measured {
    pub of: &'static Crate,
    pub jobs: [Results; 3],
}

/// Measures, and gives the text of the page's section.
pub fn measure(target: &Path, options: &Options) -> Result<String> {
    let work = target.join("compile");
    let relata = target.join("release/relata");
    let mut measured: Vec<Measured> = CRATES
        .iter()
        .filter(|of| options.wants(of.name))
        .map(|of| Measured {
            of,
            jobs: Default::default(),
        })
        .collect();
    let needs = |one: &Measured| matches!(one.of.writer, Writer::SeaOrm | Writer::Diesel);
    let peers = if measured.iter().any(needs) {
        Some(Peers::install(target)?)
    } else {
        None
    };
    for one in &measured {
        eprintln!("foundation: {} and its dependencies", one.of.name);
        one.of.write(&work, &relata, peers.as_ref())?;
    }
    for (place, job) in Job::ALL.into_iter().enumerate() {
        for one in &measured {
            let mut command = one.of.cargo(&work, job.command());
            prepare(command.env("CARGO_INCREMENTAL", job.incremental()))?;
        }
        for round in 0..options.rounds {
            eprintln!("foundation: round {} of {job:?}", round + 1);
            for one in &mut measured {
                let results = &mut one.jobs[place];
                if results.enough() {
                    results.rounds.push(None);
                    continue;
                }
                match job {
                    Job::Edit => one.of.turn(&work, round % 2 == 0)?,
                    Job::Check | Job::Build => one.of.touch(&work)?,
                }
                let mut command = one.of.cargo(&work, job.command());
                command.env("CARGO_INCREMENTAL", job.incremental());
                results.add(timed::run(&command, &work.join("log"))?);
            }
        }
        for one in &measured {
            one.of.turn(&work, false)?;
        }
    }
    let built = options
        .wants("cold")
        .then(|| build_cold(&work, options.rounds));
    compile_table::section(
        &work,
        &measured,
        built.transpose()?.as_ref(),
        options.rounds,
    )
}

/// Both sides of a cold build, in turn.
fn build_cold(work: &Path, rounds: usize) -> Result<[Results; 2]> {
    write_cold(work)?;
    let mut results = [Results::default(), Results::default()];
    // What is deleted now would slow the next round down.
    let empty = work.join("cold");
    for round in 0..rounds {
        eprintln!("foundation: round {} of a cold build", round + 1);
        for (name, results) in COLD.into_iter().zip(&mut results) {
            let target = empty.join(format!("{name}-{round}"));
            results.add(timed::run(&cold(work, name, &target), &work.join("log"))?);
        }
    }
    fs::remove_dir_all(empty)?;
    Ok(results)
}

/// What a compiler says of itself.
pub fn rustc() -> Result<String> {
    let output = Command::new("rustc").arg("--version").output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
