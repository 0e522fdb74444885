//! Measures the code that relata generates for the school against the same jobs written by hand over rusqlite: both in
//! this process, each on a database in memory of its own, one after the other. See the README of the folder above.

mod clock;
mod data;
mod generated;
mod hand;
mod jobs;
mod options;
mod sum;
mod table;

mod models {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

use std::process::ExitCode;

use data::School;
use options::Options;

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

fn main() -> Result<ExitCode> {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(mistake) => {
            eprintln!("school: {mistake}\n{}", options::USAGE);
            return Ok(ExitCode::from(2));
        }
    };
    let school = School::new(options.students);
    println!("{}", table::head(&school, "in memory", options.pairs));
    let bench = jobs::Bench::new(&school, options.pairs)?;
    for (name, job) in jobs::JOBS {
        if options.only.is_empty() || options.only.iter().any(|only| only == name) {
            for row in job(&bench)? {
                println!("{row}");
            }
        }
    }
    // Too slow is no failure: that is for a person to judge, on a quiet machine.
    Ok(ExitCode::SUCCESS)
}
