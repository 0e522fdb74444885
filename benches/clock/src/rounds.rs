//! The sides take turns.

use crate::Result;
use crate::contest::{Contest, Job};
use crate::machine;
use crate::options::Options;
use crate::process::{Process, Run};
use crate::proxy;

pub struct Results {
    /// The sides that took part, with what they are made of; by hand first.
    pub sides: Vec<Took>,
    pub rows: Vec<Row>,
    /// How busy others kept the machine when it began.
    pub load: String,
}

pub struct Took {
    pub label: &'static str,
    pub ours: bool,
    pub about: String,
}

/// What a job took.
pub struct Row {
    pub job: &'static Job,
    /// By hand first, which has all of them.
    pub sides: Vec<Option<Times>>,
    /// Other forms by hand.
    pub forms: Vec<Times>,
}

pub struct Times {
    /// The median.
    pub seconds: f64,
    /// How many times as long as by hand: the median of the rounds' ratios.
    pub ratio: f64,
    /// In KiB, of the round that warms up, in which what the allocator keeps of other jobs does not count.
    pub before: u64,
    pub peak: u64,
}

/// Holds a contest: each job once to warm up, then in rounds, one side after the other. What disturbs the machine for longer
/// than a round disturbs all of them.
pub fn hold(contest: &'static Contest, options: &Options) -> Result<Results> {
    let load = machine::load();
    let mut processes = Vec::new();
    let server = match contest.delay {
        Some(delay) => Some(proxy::before(&std::env::var("DATABASE_URL")?, delay)?),
        None => None,
    };
    for side in contest.sides {
        processes.extend(Process::start(contest, side, options, server.as_deref())?);
    }
    let wanted =
        |job: &&Job| options.only.is_empty() || options.only.iter().any(|name| name == job.name);
    let mut rows = Vec::new();
    for job in contest.jobs.iter().filter(wanted) {
        eprintln!("clock: {}", job.label);
        rows.push(row(job, options.rounds, &mut processes)?);
    }
    let sides = processes.iter().map(|process| Took {
        label: process.side.label,
        ours: process.side.ours,
        about: process.about.clone(),
    });
    Ok(Results {
        sides: sides.collect(),
        rows,
        load,
    })
}

fn row(job: &'static Job, rounds: u32, processes: &mut [Process]) -> Result<Row> {
    for process in &mut *processes {
        process.trim()?;
    }
    let warm = round(job, processes)?;
    let mut all = Vec::new();
    for _ in 0..rounds {
        all.push(round(job, processes)?);
    }
    let mut times = warm.iter().enumerate().map(|(place, run)| {
        let run = run.as_ref()?;
        let each = || {
            all.iter()
                .map(|runs| [0, place].map(|place| seconds(runs[place].as_ref())))
        };
        Some(Times {
            seconds: median(each().map(|[_, side]| side)),
            ratio: median(each().map(|[by_hand, side]| side / by_hand)),
            before: run.before,
            peak: run.peak,
        })
    });
    Ok(Row {
        job,
        sides: times.by_ref().take(processes.len()).collect(),
        forms: times.flatten().collect(),
    })
}

/// Every side once, then the other forms by hand.
fn round(job: &Job, processes: &mut [Process]) -> Result<Vec<Option<Run>>> {
    let mut runs = Vec::new();
    for (place, process) in processes.iter_mut().enumerate() {
        runs.push(process.run(if place == 0 { job.by_hand } else { job.name })?);
    }
    for form in job.forms {
        runs.push(processes[0].run(form.name)?);
    }
    let expected = runs[0].as_ref().map(|run| run.sum.clone());
    let expected = expected.ok_or("what is not done by hand has no measure")?;
    for (place, run) in runs.iter().enumerate() {
        if run.as_ref().is_some_and(|run| run.sum != expected) {
            let side = processes
                .get(place)
                .map_or("a form by hand", |process| process.side.label);
            return Err(format!("{side} has another result of `{}`", job.name).into());
        }
    }
    Ok(runs)
}

fn seconds(run: Option<&Run>) -> f64 {
    run.expect("what is done once is done each time").seconds
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}
