//! `docs/command_line.md` names every command and every flag of the program, and no other.

use std::collections::BTreeSet;
use std::process::Command;

use crate::document;
use crate::nested::run;

const PAGE: &str = "docs/command_line.md";

/// What the program says of itself.
fn help(command: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_relata"));
    run(program.args(command).arg("--help"))
}

/// The lines of the part of `help` that begins with `title`.
fn part<'h>(help: &'h str, title: &str) -> impl Iterator<Item = &'h str> {
    let lines = help.lines().skip_while(move |line| *line != title).skip(1);
    lines.take_while(|line| line.is_empty() || line.starts_with(' '))
}

/// The flags that `help` has, and which of them are said of every command.
fn flags(help: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let of = |title| -> BTreeSet<String> {
        let lines = part(help, title).map(str::trim_start);
        lines
            .filter(|line| line.starts_with('-'))
            .filter_map(|line| line.split("--").nth(1))
            .filter_map(|flag| flag.split([' ', ',', '=']).next())
            .map(|flag| format!("--{flag}"))
            .collect()
    };
    (of("Options:"), of("Everywhere:"))
}

/// The flags in the table below `heading`.
fn shown(page: &str, heading: &str) -> BTreeSet<String> {
    let begin = format!("\n## {heading}\n");
    let section = page.split(&begin).nth(1);
    let section = section.unwrap_or_else(|| panic!("{PAGE} has no `{heading}`"));
    let section = section.split("\n## ").next().unwrap_or_default();
    let cells = section.lines().filter(|line| line.starts_with('|'));
    let cells = cells.filter_map(|line| line.split('|').nth(1));
    let words = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    words
        .filter(|word| word.starts_with("--"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_and_flag_is_told() {
    let page = document(PAGE);
    let everywhere = shown(&page, "Everywhere");
    let commands = help(&[]);
    let commands: BTreeSet<&str> = part(&commands, "Commands:")
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let headings = page
        .lines()
        .filter_map(|line| line.strip_prefix("## relata "));
    assert_eq!(headings.collect::<BTreeSet<_>>(), commands, "{PAGE}");
    for command in commands {
        let (own, common) = flags(&help(&[command]));
        let also = ["--help", "--version"].map(str::to_owned);
        let common: BTreeSet<String> = common.into_iter().chain(also).collect();
        assert_eq!(everywhere, common, "{PAGE}: everywhere");
        let own: BTreeSet<String> = own.difference(&common).cloned().collect();
        let told = shown(&page, &format!("relata {command}"));
        assert_eq!(told, own, "{PAGE}: relata {command}");
    }
}
