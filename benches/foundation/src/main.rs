//! What `benches/run` measures of the generator: specs of any size, the same job as a person would write it over rusqlite, and
//! the clocks of generation and of compiling. See README.md of the folder above.

mod compile;
mod compile_crates;
mod compile_table;
mod diesel;
mod generation;
mod generation_table;
mod peers;
mod plain;
mod schema;
mod timed;
mod watch;

use std::env;
use std::path::Path;
use std::process::ExitCode;

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

const USAGE: &str = "\
usage: foundation spec COUNT
       foundation hub
       foundation plain COUNT DIR
       foundation watch COUNT DIR PROGRAM SAVES
       foundation generation TARGET [--entities COUNT]... [--rounds COUNT] [--without-peers]
       foundation compile TARGET [--only CRATE]... [--rounds COUNT]
COUNT of entities is even. TARGET is cargo's folder, with relata in release mode; ends with 3 when it has measured only a part.";

/// What is measured only in part is not for the page.
const PART: u8 = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match done(&words) {
        Ok(Some(code)) => code,
        Ok(None) => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("foundation: {error}");
            ExitCode::FAILURE
        }
    }
}

/// None when the words mean nothing.
fn done(words: &[&str]) -> Result<Option<ExitCode>> {
    let even = |word: &str| {
        let count: Option<usize> = word.parse().ok();
        count.filter(|count| *count >= 2 && count.is_multiple_of(2))
    };
    let (text, whole) = match *words {
        ["spec", count] => match even(count) {
            Some(count) => (schema::ring(count, None), true),
            None => return Ok(None),
        },
        ["hub"] => (schema::hub(), true),
        ["plain", count, folder] => match even(count) {
            Some(count) => {
                plain::write(count, None, Path::new(folder))?;
                (String::new(), true)
            }
            None => return Ok(None),
        },
        ["watch", count, folder, program, saves] => match (even(count), saves.parse()) {
            (Some(count), Ok(saves)) => {
                watch::measure(
                    &schema::ring(count, None),
                    Path::new(folder),
                    program,
                    saves,
                )?;
                (String::new(), true)
            }
            _ => return Ok(None),
        },
        ["generation", target, ref rest @ ..] => match generation_options(rest) {
            Some(options) => {
                let target = Path::new(target);
                let relata = target.join("release/relata");
                let text = generation::measure(target, &relata, &options)?;
                (text, options.whole())
            }
            None => return Ok(None),
        },
        ["compile", target, ref rest @ ..] => match compile_options(rest) {
            Some(options) => {
                let text = compile::measure(Path::new(target), &options)?;
                (text, options.whole())
            }
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    print!("{text}");
    let code = if whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(PART)
    };
    Ok(Some(code))
}

fn generation_options(words: &[&str]) -> Option<generation::Options> {
    let mut options = generation::Options {
        counts: Vec::new(),
        rounds: 5,
        peers: true,
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--entities" => options.counts.push(words.next()?.parse().ok()?),
            "--rounds" => options.rounds = words.next()?.parse().ok()?,
            "--without-peers" => options.peers = false,
            _ => return None,
        }
    }
    Some(options)
}

fn compile_options(words: &[&str]) -> Option<compile::Options> {
    let mut options = compile::Options {
        only: Vec::new(),
        rounds: 5,
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--only" => options.only.push((*words.next()?).to_owned()),
            "--rounds" => options.rounds = words.next()?.parse().ok()?,
            _ => return None,
        }
    }
    Some(options)
}
