//! A side at work.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::Result;
use crate::contest::{Contest, Program, Side, Time};
use crate::machine;
use crate::options::Options;

/// Ends with the judge, or when it has read the end of its jobs.
pub struct Process {
    pub side: &'static Side,
    pub about: String,
    time: Time,
    child: Child,
    jobs: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// A job that was done once.
pub struct Run {
    pub seconds: f64,
    pub sum: String,
    /// Resident KiB, before the timed part and at its peak.
    pub before: u64,
    pub peak: u64,
}

impl Process {
    /// Starts a side; none when it is left out. `server` is another one than that of the environment.
    pub fn start(
        contest: &Contest,
        side: &'static Side,
        options: &Options,
        server: Option<&str>,
    ) -> Result<Option<Self>> {
        let mut words = Vec::new();
        // The last core, because the first one has more to do for the system.
        if contest.pinned && machine::pins() {
            words.extend(["taskset".to_owned(), "-c".to_owned()]);
            words.push((machine::cores() - 1).to_string());
        }
        match side.program {
            Program::Built(name) => {
                let beside = std::env::current_exe()?.with_file_name(name);
                words.push(beside.to_str().ok_or("a path that is no text")?.to_owned());
            }
            Program::Python(script) => {
                let Some(python) = &options.python else {
                    eprintln!("clock: {} is left out, without --python", side.label);
                    return Ok(None);
                };
                words.extend([python.clone(), script.to_owned()]);
            }
        }
        for (option, count) in [
            ("--students", options.students),
            ("--courses", options.courses),
        ] {
            if let Some(count) = count {
                words.extend([option.to_owned(), count.to_string()]);
            }
        }
        let mut child = Command::new(&words[0])
            .args(&words[1..])
            .envs(server.map(|url| ("DATABASE_URL", url)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", words.join(" ")))?;
        let jobs = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("piped"));
        let mut started = Self {
            side,
            about: String::new(),
            time: contest.time,
            child,
            jobs,
            answers,
        };
        started.about = started.ask("about")?;
        Ok(Some(started))
    }

    /// What it answers to a line, without the word that is asked for.
    fn ask(&mut self, name: &str) -> Result<String> {
        writeln!(self.jobs.as_mut().expect("open until the end"), "{name}")?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        let rest = answer.trim_end().strip_prefix(name).map(str::trim);
        let rest = rest.ok_or_else(|| format!("{} has not done `{name}`", self.side.label))?;
        Ok(rest.to_owned())
    }

    /// Lets the next job begin without what the allocator keeps.
    pub fn trim(&mut self) -> Result<()> {
        self.ask("trim").map(|_| ())
    }

    /// Does a job once; none when the side does not have it.
    pub fn run(&mut self, job: &str) -> Result<Option<Run>> {
        let answer = self.ask(job)?;
        if answer == "-" {
            return Ok(None);
        }
        let [seconds, processor, sum, before, peak] = answer.split(' ').collect::<Vec<_>>()[..]
        else {
            return Err(format!("{} has answered `{answer}` to `{job}`", self.side.label).into());
        };
        Ok(Some(Run {
            seconds: match self.time {
                Time::Clock => seconds.parse()?,
                Time::Processor => processor.parse()?,
            },
            sum: sum.to_owned(),
            before: before.parse()?,
            peak: peak.parse()?,
        }))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Err(error) = self.child.wait() {
            eprintln!("clock: {}: {error}", self.side.label);
        }
    }
}
