//! The judge of the running clocks: starts the sides, which are processes of their own, lets them do the same jobs in turn,
//! and writes what came of it into its section of docs/benchmarks.md. See the README of the folder above.

mod contest;
mod machine;
mod options;
mod postgres;
mod process;
mod proxy;
mod rounds;
mod section;
mod sqlite;
mod table;

use std::path::Path;
use std::process::ExitCode;

use contest::Contest;
use options::{Command, Options};

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

/// What can be asked for by its name.
const CONTESTS: &[&Contest] = &[&sqlite::CONTEST, &postgres::CONTEST, &postgres::FAR];

/// Where the sections are, seen from the root of the repository.
const PAGE: &str = "docs/benchmarks.md";

fn main() -> ExitCode {
    let command = match options::parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(mistake) => {
            eprintln!("clock: {mistake}\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    // Too slow is no failure: that is for a person to judge, on a quiet machine.
    let done = match command {
        Command::Section { name, file } => section::of_file(Path::new(PAGE), &name, &file),
        Command::Contest(contest, options) => hold(contest, &options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("clock: {error}");
            ExitCode::FAILURE
        }
    }
}

fn hold(contest: &'static Contest, options: &Options) -> Result<()> {
    let results = rounds::hold(contest, options)?;
    let section = table::section(contest, &results, options)?;
    print!("{section}");
    if options.whole() {
        section::replace(Path::new(PAGE), contest.name, &section)?;
    } else {
        eprintln!("clock: {PAGE} keeps its section, which is of all jobs at their full size");
    }
    Ok(())
}
