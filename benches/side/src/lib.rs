//! What the sides of a running clock have in common: the data, the sums, and the loop in which a side does what the judge
//! asks for.
//!
//! A side is a process of its own, so that each has its own database, allocator and dependencies. The judge writes the name
//! of a job, a line; the side does the job once and answers `JOB SECONDS PROCESSOR SUM BEFORE PEAK`: what the timed part took by
//! the clock and of the processor, the sum of what came of it, and the resident memory in KiB before that part and at its peak. A job that a side does not have is
//! answered with `JOB -`, `about` with `about` and what the side is made of, and `trim` with `trim`: then the next job begins
//! without what the allocator keeps of earlier ones, so that what it takes is seen to be taken. With names of jobs as arguments
//! a side does these, once each, and ends: for profilers.

mod data;
mod memory;
pub mod postgres;
mod processor;
mod size;
pub mod sqlite;
pub mod sum;
mod version;

use std::error::Error;
use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use std::time::Instant;

pub use data::{EACH, School, key};
pub use size::Size;
pub use version::version;

pub type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

/// The jobs of a side, which work on what it holds.
pub struct Jobs<S> {
    about: String,
    held: S,
    list: Vec<Job<S>>,
    /// Whether the next job finds what the allocator keeps given back.
    trim: bool,
}

struct Job<S> {
    name: &'static str,
    run: Runner<S>,
}

/// Does a job, and first gives back what the allocator keeps if it is told to.
type Runner<S> = Box<dyn Fn(&mut S, bool) -> Result<Run>>;

struct Run {
    seconds: f64,
    /// Seconds that all threads of the process had a processor.
    processor: f64,
    /// The same for all sides, or they have not done the same job.
    sum: u64,
    memory: memory::Peak,
}

impl<S> Jobs<S> {
    /// No jobs yet. `about` names the libraries with their versions.
    pub fn new(about: impl Into<String>, held: S) -> Self {
        let about = about.into();
        Self {
            about,
            held,
            list: Vec::new(),
            trim: false,
        }
    }

    /// A job that does `run` on what `prepare` makes. Neither that is timed, nor `sum`, nor the end of what they made: how
    /// long a program keeps its rows is not the reader's doing.
    #[must_use]
    pub fn job<P, R>(
        mut self,
        name: &'static str,
        prepare: impl Fn(&mut S) -> Result<P> + 'static,
        run: impl Fn(&mut S, &mut P) -> Result<R> + 'static,
        sum: impl Fn(&mut S, &mut P, &R) -> Result<u64> + 'static,
    ) -> Self {
        let run = Box::new(move |held: &mut S, trim| {
            let mut prepared = black_box(prepare(held)?);
            let watch = memory::Watch::new(trim)?;
            let (start, before) = (Instant::now(), processor::seconds());
            let made = timed(&run, held, &mut prepared)?;
            let processor = processor::seconds() - before;
            let seconds = start.elapsed().as_secs_f64();
            let memory = watch.peak()?;
            let sum = sum(held, &mut prepared, &made)?;
            Ok(Run {
                seconds,
                processor,
                sum,
                memory,
            })
        });
        self.list.push(Job { name, run });
        self
    }

    /// Does a job; the line that tells what came of it.
    fn answer(&mut self, name: &str) -> Result<String> {
        match name {
            "about" => return Ok(format!("about {}", self.about)),
            "trim" => {
                self.trim = true;
                return Ok("trim".to_owned());
            }
            _ => {}
        }
        let Some(job) = self.list.iter().find(|job| job.name == name) else {
            return Ok(format!("{name} -"));
        };
        let run = (job.run)(&mut self.held, std::mem::take(&mut self.trim))?;
        let memory::Peak { before, peak } = run.memory;
        Ok(format!(
            "{name} {:.9} {:.9} {:016x} {before} {peak}",
            run.seconds, run.processor, run.sum
        ))
    }

    fn serve(&mut self, names: impl Iterator<Item = io::Result<String>>) -> Result<()> {
        for name in names {
            let answer = self.answer(name?.trim())?;
            let mut out = io::stdout().lock();
            writeln!(out, "{answer}")?;
            out.flush()?;
        }
        Ok(())
    }
}

/// The one part of a job that is timed. Counters of instructions know it by its name.
#[inline(never)]
fn timed<S, P, R>(
    run: &impl Fn(&mut S, &mut P) -> Result<R>,
    held: &mut S,
    prepared: &mut P,
) -> Result<R> {
    black_box(run(held, prepared))
}

/// The whole of a side's `main`: `open` makes its jobs for a school, which has `size` unless the arguments say another.
pub fn main<S>(size: Size, open: impl FnOnce(School) -> Result<Jobs<S>>) -> ExitCode {
    let run = || {
        let (size, names) = size.of_arguments(std::env::args().skip(1))?;
        let mut jobs = open(School::new(size))?;
        if names.is_empty() {
            jobs.serve(io::stdin().lock().lines())
        } else {
            jobs.serve(names.into_iter().map(Ok))
        }
    };
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
