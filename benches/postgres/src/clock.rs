//! Times the sides of a job in turn.

use std::hint::black_box;
use std::time::Instant;

use crate::Result;

/// One side of a job: does it once, and tells how long that took and what came out.
pub type Side<'a> = Box<dyn Fn() -> Result<Run> + 'a>;

pub struct Run {
    seconds: f64,
    /// The same for all sides, or they have not done the same job.
    sum: u64,
}

/// A side that does `job` on what `prepare` makes. Neither that is timed, nor `sum`, nor the end of what they made: how
/// long a program keeps its rows is not the reader's doing.
pub fn side<'a, S, R>(
    prepare: impl Fn() -> Result<S> + 'a,
    job: impl Fn(&mut S) -> Result<R> + 'a,
    sum: impl Fn(&S, &R) -> Result<u64> + 'a,
) -> Side<'a> {
    Box::new(move || {
        let mut state = black_box(prepare()?);
        let start = Instant::now();
        let made = black_box(job(&mut state)?);
        let seconds = start.elapsed().as_secs_f64();
        let sum = sum(&state, &made)?;
        Ok(Run { seconds, sum })
    })
}

/// What the rounds took.
pub struct Times(Vec<Vec<f64>>);

/// Runs all sides once to warm up, then in `count` rounds, one side after the other: what disturbs the machine for
/// longer than a round disturbs all of them.
///
/// # Panics
///
/// When the sides do not come to the same sum.
pub fn rounds(count: usize, sides: &[Side<'_>]) -> Result<Times> {
    let round = || {
        sides
            .iter()
            .map(|side| side())
            .collect::<Result<Vec<Run>>>()
    };
    let expected = round()?[0].sum;
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let runs = round()?;
        for (place, run) in runs.iter().enumerate() {
            assert_eq!(run.sum, expected, "side {place} has another result");
        }
        times.push(runs.iter().map(|run| run.seconds).collect());
    }
    Ok(Times(times))
}

impl Times {
    /// How long a side took: the median.
    pub fn seconds(&self, side: usize) -> f64 {
        median(self.0.iter().map(|round| round[side]))
    }

    /// How many times as long as `other` a side took: the median of the rounds' ratios.
    pub fn ratio(&self, side: usize, other: usize) -> f64 {
        median(self.0.iter().map(|round| round[side] / round[other]))
    }
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
