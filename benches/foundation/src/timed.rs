//! What a program costs, as the system counts it.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::Result;

/// The seconds after which a program is given up.
pub const LIMIT: u64 = 90;

/// What `timeout` ends with when it has ended a program.
const GIVEN_UP: i32 = 124;

/// A run of a program, and of what it has started.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds of all cores, the system's among them.
    pub cores: f64,
    /// The largest process of it, in MiB.
    pub peak: f64,
}

/// Runs a program whose output goes into a file; none when it has not ended within [`LIMIT`].
pub fn run(command: &Command, output: &Path) -> Result<Option<Cost>> {
    let file = File::create(output)?;
    // The time limit is another process's, so that waiting for the program is all that is done here.
    let mut limited = Command::new("timeout");
    limited
        .arg(LIMIT.to_string())
        .arg(command.get_program())
        .args(command.get_args())
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file);
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        limited.current_dir(folder);
    }
    let begun = Instant::now();
    let mut child = limited.spawn()?;
    let ended = child.wait4()?;
    let wall = begun.elapsed().as_secs_f64();
    if ended.status.code() == Some(GIVEN_UP) {
        return Ok(None);
    }
    if !ended.status.success() {
        let told = std::fs::read_to_string(output).unwrap_or_default();
        let last: Vec<_> = told.lines().rev().take(20).collect();
        let last: Vec<_> = last.into_iter().rev().collect();
        return Err(format!("{command:?}: {}\n{}", ended.status, last.join("\n")).into());
    }
    let used: Duration = ended.rusage.utime + ended.rusage.stime;
    Ok(Some(Cost {
        wall,
        cores: used.as_secs_f64(),
        peak: mebibytes(ended.rusage.maxrss),
    }))
}

/// Runs what prepares a measurement; its output is shown when it fails.
pub fn prepare(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?}: {}\n{told}", output.status).into())
}

/// What a program says of itself, in one line.
pub fn said(program: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

fn mebibytes(bytes: u64) -> f64 {
    let kibibytes = u32::try_from(bytes / 1024).unwrap_or(u32::MAX);
    f64::from(kibibytes) / 1024.0
}

/// The middle of values, none when there are none.
pub fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    let lower = values[(values.len() - 1) / 2];
    Some(f64::midpoint(lower, upper))
}
