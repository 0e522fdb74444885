//! The command line.

use crate::jobs;

pub const USAGE: &str = "usage: school [--students COUNT] [--pairs COUNT] [--only JOB]...";

pub struct Options {
    pub students: u32,
    pub pairs: usize,
    /// The names of the jobs to do; all of them when there is none.
    pub only: Vec<String>,
}

impl Options {
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            students: 100_000,
            pairs: 7,
            only: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            let value = arguments.next().unwrap_or_default();
            let count = || match value.parse() {
                Ok(count) if count > 0 => Ok(count),
                _ => Err(format!("{argument} takes a count, not `{value}`")),
            };
            match argument.as_str() {
                "--students" => options.students = count()?,
                "--pairs" => options.pairs = count()? as usize,
                "--only" if jobs::JOBS.iter().any(|(name, _)| *name == value) => {
                    options.only.push(value);
                }
                "--only" => {
                    let names: Vec<_> = jobs::JOBS.iter().map(|(name, _)| *name).collect();
                    return Err(format!("--only takes one of {}", names.join(", ")));
                }
                _ => return Err(format!("`{argument}` is no option")),
            }
        }
        Ok(options)
    }
}
