//! The command line.

use std::path::PathBuf;

use crate::CONTESTS;
use crate::contest::Contest;

pub const USAGE: &str = "usage: clock CONTEST [--students COUNT] [--courses COUNT] [--rounds COUNT] [--only JOB]... [--python PATH]
       clock section NAME FILE
contests: sqlite, postgres, postgres-far";

pub enum Command {
    Contest(&'static Contest, Options),
    /// Makes a file a section of the page.
    Section {
        name: String,
        file: PathBuf,
    },
}

pub struct Options {
    /// What the sides are told of the size; none is the contest's.
    pub students: Option<u32>,
    pub courses: Option<u32>,
    pub rounds: u32,
    /// The names of the jobs to do; all of them when there is none.
    pub only: Vec<String>,
    /// What runs the sides in Python; without it they are left out.
    pub python: Option<String>,
}

impl Options {
    /// Whether everything is measured as it is meant to be.
    pub fn whole(&self) -> bool {
        self.students.is_none()
            && self.courses.is_none()
            && self.only.is_empty()
            && self.rounds >= 5
    }
}

pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let what = arguments.next().ok_or("which contest?")?;
    if what == "section" {
        let (Some(name), Some(file), None) = (arguments.next(), arguments.next(), arguments.next())
        else {
            return Err("a section has a name and a file".to_owned());
        };
        let file = file.into();
        return Ok(Command::Section { name, file });
    }
    let contest = CONTESTS.iter().find(|contest| contest.name == what);
    let contest = contest.ok_or_else(|| format!("`{what}` is no contest"))?;
    let mut options = Options {
        students: None,
        courses: None,
        rounds: 5,
        only: Vec::new(),
        python: None,
    };
    while let Some(argument) = arguments.next() {
        let value = arguments.next().unwrap_or_default();
        let count = || match value.parse() {
            Ok(count) if count > 0 => Ok(count),
            _ => Err(format!("{argument} takes a count, not `{value}`")),
        };
        match argument.as_str() {
            "--students" => options.students = Some(count()?),
            "--courses" => options.courses = Some(count()?),
            "--rounds" => options.rounds = count()?,
            "--python" => options.python = Some(value),
            "--only" if contest.jobs.iter().any(|job| job.name == value) => {
                options.only.push(value);
            }
            "--only" => {
                let names: Vec<_> = contest.jobs.iter().map(|job| job.name).collect();
                return Err(format!("--only takes one of {}", names.join(", ")));
            }
            _ => return Err(format!("`{argument}` is no option")),
        }
    }
    Ok(Command::Contest(contest, options))
}
