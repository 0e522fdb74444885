//! The command line: what may be said, and who does it.
//!
//! In: arguments. Out: an exit status; 0 done, 1 the spec has errors or files are not current, 2 wrong usage. Uses the
//! public API of the library only.

mod arguments;
mod commands;
mod completions;
mod console;
mod diff;
mod explain;
mod fix;
mod init;
mod progress;
mod watch;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use console::Console;

/// Does what the command line says.
pub(crate) fn run() -> ExitCode {
    // Wrong usage ends here, with status 2 and clap's own words.
    let Arguments { command, common } = arguments::read();
    let mut console = Console::new(&common);
    let done = match command {
        Command::Generate(generate) => commands::generate(generate, &mut console),
        Command::Ddl(ddl) => commands::ddl(ddl, &mut console),
        Command::Check(check) => commands::check(check, &mut console),
        Command::Fix(fix) => fix::fix(&fix, &mut console),
        Command::Explain(explain) => commands::explain(&explain, &mut console),
        Command::Schema => console.text(&relata::json_schema()),
        Command::Init(init) => init::init(&init, &mut console),
        Command::Completions(shell) => completions::completions(&shell, &mut console),
    };
    // What cannot be said on standard output is said on the other one.
    let said = done.or_else(|failure| console.failure(failure));
    match said.or_else(|failure| console.failure(failure)) {
        Ok(()) if !console.has_failed() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
