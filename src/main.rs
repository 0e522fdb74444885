//! The door of the program: words of the command line in, an exit status out.

mod cli;

use std::process::ExitCode;

/// Generating is many small texts from several threads, which the allocators of most systems are slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
