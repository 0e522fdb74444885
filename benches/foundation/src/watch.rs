//! From the rename that saves a spec to the line that tells the result.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{fs, mem};

/// Saves `text` in turn with a changed one, `saves` times for each kind of change, and prints the times.
pub fn measure(text: &str, folder: &Path, program: &str, saves: usize) -> io::Result<()> {
    let (spec, other) = (folder.join("spec.yaml"), folder.join("spec.yaml~"));
    fs::write(&spec, text)?;
    let mut watching = Command::new(program)
        .args(["generate", "spec.yaml", "--out", "models", "--watch"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()?;
    let stdout = watching.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut lines = BufReader::new(stdout).lines();
    let mut summary = || -> io::Result<String> {
        loop {
            let line = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
            if line.contains(" written, ") {
                return Ok(line);
            }
        }
    };
    summary()?;

    let column = "notes: text";
    for (what, changed) in [
        ("one entity", text.replacen(column, "notes: text?", 1)),
        ("every entity", text.replace(column, "notes: text?")),
        ("nothing", format!("# Saved.\n{text}")),
    ] {
        let (mut next, mut before) = (changed, text.to_owned());
        let mut times = Vec::new();
        let mut said = String::new();
        for _ in 0..saves {
            // A person has read the last result, and the program waits again.
            sleep(Duration::from_millis(300));
            fs::write(&other, &next)?;
            let begun = Instant::now();
            fs::rename(&other, &spec)?;
            said = summary()?;
            times.push(begun.elapsed());
            mem::swap(&mut next, &mut before);
        }
        times.sort_unstable();
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        println!(
            "  {what} changed: median {:.0} ms, maximum {:.0} ms ({said})",
            milliseconds(times[times.len() / 2]),
            milliseconds(times[times.len() - 1]),
        );
        // Each kind begins with the text as it was.
        if saves % 2 == 1 {
            sleep(Duration::from_millis(300));
            fs::write(&other, text)?;
            fs::rename(&other, &spec)?;
            summary()?;
        }
    }
    watching.kill()?;
    watching.wait()?;
    Ok(())
}
