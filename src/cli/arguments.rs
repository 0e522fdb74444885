//! What may be said on the command line. The only file that knows `clap`.
//!
//! In: words. Out: [`Arguments`], or the end of the program with clap's own words and status 2.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use relata::diagnostic::Code;
use relata::{Dialect, Layout, Target, Time, Visibility};

use super::{console, explain};

/// Rust structs, SQL DDL and relationship accessors from one YAML model spec.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a first spec and what a crate needs to use it.
    Init(Init),
    /// Write Rust and SQL.
    Generate(Generate),
    /// Print the SQL that makes the tables, or write it to a file.
    Ddl(Ddl),
    /// Validate specs and write nothing.
    #[command(alias = "validate")]
    Check(Check),
    /// Mend what is certain in specs and the files that they include; comments and layout stay.
    Fix(Fix),
    /// Say what a code means, with a wrong and a right spec; without a code, list all.
    Explain(Explain),
    /// Print the JSON Schema of the spec language, for editors.
    Schema,
    /// Print the completions of a shell.
    Completions(Completions),
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "flags, each by itself as on the command line"
)]
pub(super) struct Generate {
    /// The spec; `-` is standard input.
    pub(super) spec: PathBuf,
    /// The folder to write to; made when it is not there.
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// The driver that the Rust talks to [default: the spec's, else rusqlite].
    #[arg(long, value_parser = target())]
    pub(super) target: Option<Target>,
    /// A folder of modules, or one file to include [default: the spec's, else modules].
    #[arg(long, value_parser = layout())]
    pub(super) layout: Option<Layout>,
    /// What every row and enum derives besides, as `serde::Serialize`; once for each [default: the spec's].
    #[arg(long, value_name = "PATH")]
    pub(super) derive: Vec<String>,
    /// A further attribute of every row and enum, without `#[` and `]`; once for each [default: the spec's].
    #[arg(long, value_name = "TEXT")]
    pub(super) attribute: Vec<String>,
    /// The crate of dates and times [default: the spec's, else chrono].
    #[arg(long, value_parser = time())]
    pub(super) time: Option<Time>,
    /// Who sees what is generated [default: the spec's, else pub].
    #[arg(long, value_parser = visibility())]
    pub(super) visibility: Option<Visibility>,
    /// Write tests of the relationships too [default: the spec's, else none].
    #[arg(long)]
    pub(super) tests: bool,
    /// Write nothing; fail with a diff when the files are not current.
    #[arg(long)]
    pub(super) check: bool,
    /// Generate again whenever a file of the spec is saved.
    #[arg(long, conflicts_with = "check")]
    pub(super) watch: bool,
    /// Neither use nor leave the record in DIR/.relata, by which a run with nothing to do is short.
    #[arg(long)]
    pub(super) no_record: bool,
    #[command(flatten)]
    pub(super) deny: Deny,
}

#[derive(Debug, Args)]
pub(super) struct Ddl {
    /// The spec; `-` is standard input.
    pub(super) spec: PathBuf,
    /// The database language [default: the spec's first, else sqlite].
    #[arg(long, value_parser = dialect())]
    pub(super) dialect: Option<Dialect>,
    /// The file to write instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    #[command(flatten)]
    pub(super) deny: Deny,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The specs; `-` is standard input.
    #[arg(required = true, value_name = "SPEC")]
    pub(super) specs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) deny: Deny,
}

#[derive(Debug, Args)]
#[command(after_help = MADE)]
pub(super) struct Init {
    /// The folder of the crate; made when it is not there.
    #[arg(default_value = ".", value_name = "DIR")]
    pub(super) folder: PathBuf,
}

const MADE: &str = "\
Writes specs/school.yaml, its JSON Schema beside it, for editors, and a build.rs; where there is
no crate yet, a Cargo.toml and a src/main.rs too, so that `cargo run` works at once. Nothing that
is there already is changed: the lines to add to it are printed.";

#[derive(Debug, Args)]
pub(super) struct Fix {
    /// The specs; `-` is standard input, mended on standard output.
    #[arg(required = true, value_name = "SPEC")]
    pub(super) specs: Vec<PathBuf>,
    /// Write nothing; fail with a diff when there is something to mend.
    #[arg(long)]
    pub(super) check: bool,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The codes, such as `E0103`.
    #[arg(value_name = "CODE", value_parser = Codes, ignore_case = true, hide_possible_values = true)]
    pub(super) codes: Vec<Code>,
}

#[derive(Debug, Args)]
#[command(after_help = PLACES)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

const PLACES: &str = "\
Where shells look for them:
  bash   relata completions bash > ~/.local/share/bash-completion/completions/relata
  fish   relata completions fish > ~/.config/fish/completions/relata.fish
  zsh    relata completions zsh > ~/.zfunc/_relata
         with `fpath+=~/.zfunc` in ~/.zshrc, before `compinit`";

#[derive(Debug, Args)]
pub(super) struct Deny {
    /// What to make errors of.
    #[arg(long, value_name = "WHAT")]
    pub(super) deny: Option<Denied>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Denied {
    /// Warnings.
    Warnings,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Common {
    /// For people, or one JSON object per line on standard output.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// When to color; `auto`: on a terminal, as `NO_COLOR`, `CLICOLOR_FORCE` and `TERM` have it.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub(super) color: Color,
    /// Say nothing but errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Name each file.
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// What the program was called with.
pub(super) fn read() -> Arguments {
    let matches = grammar().color(color()).try_get_matches();
    let arguments = matches.and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = arguments.unwrap_or_else(|error| leave(&error));
    if let Command::Generate(generate) = &arguments.command
        && generate.watch
        && generate.spec == Path::new("-")
    {
        let message = "standard input cannot be watched: give `--watch` a spec that is a file";
        let mut grammar = grammar().color(color());
        grammar.error(ErrorKind::ArgumentConflict, message).exit();
    }
    arguments
}

/// Ends the program with what clap says: help, or what is wrong.
fn leave(error: &clap::Error) -> ! {
    let status = match error.print() {
        Err(unsaid) if unsaid.kind() != io::ErrorKind::BrokenPipe && !error.use_stderr() => {
            console::unsaid(&unsaid);
            1
        }
        _ => error.exit_code(),
    };
    std::process::exit(status)
}

/// All that may be said, for completions too.
pub(super) fn grammar() -> clap::Command {
    Arguments::command()
}

/// What `--color` says of help and wrong usage, which are printed before the arguments are known.
fn color() -> ColorChoice {
    let mut choice = ColorChoice::Auto;
    let mut is_next = false;
    for word in std::env::args_os().map(|word| word.to_string_lossy().into_owned()) {
        let value = word.strip_prefix("--color=");
        let value = value.or_else(|| is_next.then_some(word.as_str()));
        choice = value.and_then(|value| value.parse().ok()).unwrap_or(choice);
        is_next = word == "--color";
    }
    choice
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

/// Reads a code. What is none is told the nearest ones, and not the whole list.
#[derive(Debug, Clone)]
struct Codes;

impl TypedValueParser for Codes {
    type Value = Code;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        word: &OsStr,
    ) -> Result<Code, clap::Error> {
        let word = word.to_string_lossy();
        if let Some(code) = Code::from_word(&word) {
            return Ok(code);
        }
        let near = explain::nearest(&word).into_iter();
        let near: Vec<String> = near.map(|code| code.as_str().to_owned()).collect();
        let argument = argument.map(ToString::to_string).unwrap_or_default();
        let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
        error.insert(ContextKind::InvalidArg, ContextValue::String(argument));
        error.insert(ContextKind::InvalidValue, ContextValue::String(word.into()));
        if !near.is_empty() {
            error.insert(ContextKind::SuggestedValue, ContextValue::Strings(near));
        }
        let all = vec!["`relata explain` lists all codes".into()];
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(all));
        Err(error)
    }

    /// With their titles, which a shell shows that completes one.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let named = |code: &Code| PossibleValue::new(code.as_str()).help(code.title());
        Some(Box::new(Code::ALL.iter().map(named)))
    }
}

/// The library's own words for `T`, so that help and messages list them.
fn words<T: Clone + Send + Sync + 'static>(
    valid: impl Into<PossibleValuesParser>,
    read: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    let valid: PossibleValuesParser = valid.into();
    valid.try_map(move |word| read(&word).ok_or("no such word"))
}
