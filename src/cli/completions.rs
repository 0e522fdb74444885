//! Completions for shells. The only file that knows `clap_complete`.

use clap_complete::{Shell as Known, generate};

use super::arguments::{self, Completions, Shell};
use super::console::{Console, Failure};

pub(super) fn completions(arguments: &Completions, console: &mut Console) -> Result<(), Failure> {
    let shell = match arguments.shell {
        Shell::Bash => Known::Bash,
        Shell::Zsh => Known::Zsh,
        Shell::Fish => Known::Fish,
        Shell::Powershell => Known::PowerShell,
        Shell::Elvish => Known::Elvish,
    };
    let mut script = Vec::new();
    generate(shell, &mut arguments::grammar(), "relata", &mut script);
    console.text(&String::from_utf8_lossy(&script))
}
