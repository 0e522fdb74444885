//! The command line: what may be said, and who does it.
//!
//! In: arguments. Out: an exit status; 0 done, 1 the spec has errors or files are not current, 2 wrong usage. Uses the
//! public API of the library only.

mod commands;
mod console;
mod diff;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use relata::{Dialect, Layout, Target, Time, Visibility};

use console::Console;

/// Rust structs, SQL DDL and relationship accessors from one YAML model spec.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write Rust and SQL.
    Generate(Generate),
    /// Print the SQL that makes the tables, or write it to a file.
    Ddl(Ddl),
    /// Validate specs and write nothing.
    Check(Check),
}

#[derive(Debug, Args)]
struct Generate {
    /// The spec; `-` is standard input.
    spec: PathBuf,
    /// The folder to write to; made when it is not there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The driver that the Rust talks to [default: the spec's, else rusqlite].
    #[arg(long, value_parser = target())]
    target: Option<Target>,
    /// A folder of modules, or one file to include [default: the spec's, else modules].
    #[arg(long, value_parser = layout())]
    layout: Option<Layout>,
    /// What every row and enum derives besides, as `serde::Serialize`; once for each [default: the spec's].
    #[arg(long, value_name = "PATH")]
    derive: Vec<String>,
    /// A further attribute of every row and enum, without `#[` and `]`; once for each [default: the spec's].
    #[arg(long, value_name = "TEXT")]
    attribute: Vec<String>,
    /// The crate of dates and times [default: the spec's, else chrono].
    #[arg(long, value_parser = time())]
    time: Option<Time>,
    /// Who sees what is generated [default: the spec's, else pub].
    #[arg(long, value_parser = visibility())]
    visibility: Option<Visibility>,
    /// Write tests of the relationships too [default: the spec's, else none].
    #[arg(long)]
    tests: bool,
    /// Write nothing; fail with a diff when the files are not current.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    deny: Deny,
}

#[derive(Debug, Args)]
struct Ddl {
    /// The spec; `-` is standard input.
    spec: PathBuf,
    /// The database language [default: the spec's first, else sqlite].
    #[arg(long, value_parser = dialect())]
    dialect: Option<Dialect>,
    /// The file to write instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    deny: Deny,
}

#[derive(Debug, Args)]
struct Check {
    /// The specs; `-` is standard input.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    #[command(flatten)]
    deny: Deny,
}

#[derive(Debug, Args)]
struct Deny {
    /// What to make errors of.
    #[arg(long, value_name = "WHAT")]
    deny: Option<Denied>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Denied {
    /// Warnings.
    Warnings,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
struct Common {
    /// For people, or one JSON object per line on standard output.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// When to color; `auto` respects `NO_COLOR`.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
    /// Say nothing but errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Name each file.
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// Does what the command line says.
pub(crate) fn run() -> ExitCode {
    // Wrong usage ends here, with status 2 and clap's own words.
    let Arguments { command, common } = Arguments::parse();
    let mut console = Console::new(&common);
    let done = match command {
        Command::Generate(generate) => commands::generate(generate, &mut console),
        Command::Ddl(ddl) => commands::ddl(ddl, &mut console),
        Command::Check(check) => commands::check(check, &mut console),
    };
    match done.or_else(|failure| console.failure(failure)) {
        Ok(()) if !console.has_failed() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn target() -> impl TypedValueParser<Value = Target> {
    words(Target::ALL.map(Target::as_str), Target::from_word)
}

fn layout() -> impl TypedValueParser<Value = Layout> {
    words(Layout::ALL.map(Layout::as_str), Layout::from_word)
}

fn time() -> impl TypedValueParser<Value = Time> {
    words(Time::ALL.map(Time::as_str), Time::from_word)
}

fn visibility() -> impl TypedValueParser<Value = Visibility> {
    words(
        Visibility::ALL.map(Visibility::as_str),
        Visibility::from_word,
    )
}

fn dialect() -> impl TypedValueParser<Value = Dialect> {
    words(Dialect::ALL.map(Dialect::as_str), Dialect::from_word)
}

/// The library's own words for `T`, so that help and messages list them.
fn words<T: Clone + Send + Sync + 'static, const N: usize>(
    valid: [impl Into<PossibleValue>; N],
    read: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(valid).try_map(move |word| read(&word).ok_or("no such word"))
}
