//! Where it was measured, and when.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::available_parallelism;

use crate::Result;

pub fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// Whether processes can be held on a core.
pub fn pins() -> bool {
    Command::new("taskset")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The processor, the system and the day, in words.
pub fn words() -> Result<String> {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    let model = model.map_or("a processor", |rest| {
        rest.trim_start_matches([' ', '\t', ':'])
    });
    let system = said("uname", &["-sr"])?;
    let day = said("date", &["+%Y-%m-%d"])?;
    Ok(format!("{model}, {} cores, {system}, {day}", cores()))
}

/// How busy the machine is, in words.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load
        .split(' ')
        .next()
        .and_then(|load| load.parse::<f64>().ok());
    match load {
        Some(load) if load < 0.5 => "the machine was quiet".to_owned(),
        Some(load) => format!("others had {load:.0} programs running"),
        None => "how busy the machine was is not known".to_owned(),
    }
}

fn said(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
