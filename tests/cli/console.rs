//! What the program says beside its results: completions, colors, a line while one waits.

use std::fs;
use std::process::Command;

use crate::run::{BROKEN, SCHOOL, command, place, ran, relata};

#[test]
fn every_shell_has_completions_and_help_says_where_they_go() {
    let place = place(SCHOOL);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = relata(&place, &format!("completions {shell}"));
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        for word in ["generate", "completions", "watch", "dialect"] {
            assert!(run.out.contains(word), "{shell}: {word}");
        }
    }
    let help = relata(&place, "completions --help").out;
    for shell in ["bash", "fish", "zsh"] {
        assert!(
            help.contains(&format!("\n  {shell}   ")) || help.contains(&format!("\n  {shell}    ")),
            "{help}"
        );
        assert!(
            help.contains(&format!("relata completions {shell} > ")),
            "{help}"
        );
    }
    assert_eq!(relata(&place, "completions tcsh").code, Some(2));
}

/// What bash would offer for `line`, its last word being completed.
#[cfg(unix)]
fn offered(place: &tempfile::TempDir, line: &str) -> String {
    let script = relata(place, "completions bash").out;
    fs::write(place.path().join("completions.bash"), script).expect("a file");
    let words: Vec<String> = line.split(' ').map(|word| format!("'{word}'")).collect();
    let ask = format!(
        "source completions.bash\n\
         COMP_WORDS=({}) COMP_CWORD={}\n\
         complete -p relata >/dev/null && _relata relata '{}' '{}'\n\
         echo \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.len() - 1,
        line.split(' ').next_back().unwrap_or_default(),
        line.split(' ').nth_back(1).unwrap_or_default(),
    );
    let mut bash = Command::new("bash");
    let run = ran(bash
        .args(["--norc", "-c", &ask])
        .current_dir(place.path())
        .output()
        .expect("bash"));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    run.out
}

#[cfg(unix)]
#[test]
fn bash_completes_commands_flags_and_words() {
    let place = place(SCHOOL);
    assert_eq!(offered(&place, "relata gen"), "generate\n");
    assert_eq!(
        offered(&place, "relata generate school.yaml --wat"),
        "--watch\n"
    );
    let targets = offered(&place, "relata generate --target sqlx");
    assert_eq!(targets, "sqlx-sqlite sqlx-postgres sqlx-mysql\n");
}

#[test]
fn color_is_for_terminals_unless_asked_for() {
    let place = place(BROKEN);
    let colored = |color: &str, variables: &[(&str, &str)]| {
        let mut command = command(place.path(), &format!("check school.yaml {color}"));
        let command = command.envs(variables.iter().copied());
        let run = ran(command.output().expect("run"));
        assert_eq!(run.code, Some(1));
        run.err.contains('\x1b')
    };
    assert!(!colored("", &[]));
    assert!(colored("--color always", &[]));
    assert!(!colored("--color never", &[]));
    assert!(!colored("--color auto", &[("NO_COLOR", "1")]));
    // What is said on the line goes before the environment.
    assert!(colored("--color always", &[("NO_COLOR", "1")]));
    assert!(!colored("--color never", &[("CLICOLOR_FORCE", "1")]));
    assert!(colored("", &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored("", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn help_and_wrong_usage_are_colored_likewise() {
    let place = place(SCHOOL);
    for words in ["--help", "check --help", "generate", "frobnicate"] {
        for (color, expected) in [
            ("", false),
            ("--color always", true),
            ("--color=always", true),
        ] {
            let run = relata(&place, &format!("{color} {words}"));
            let said = run.out + &run.err;
            assert_eq!(said.contains('\x1b'), expected, "{color} {words}: {said}");
        }
    }
}

/// What a terminal gets to see of a run, standard output and error in one.
#[cfg(target_os = "linux")]
fn on_terminal(place: &tempfile::TempDir, arguments: &str, variables: &[(&str, &str)]) -> String {
    let program = env!("CARGO_BIN_EXE_relata");
    let mut script = Command::new("script");
    script
        .args(["--quiet", "--command"])
        .arg(format!("'{program}' {arguments}"))
        .arg("/dev/null")
        .current_dir(place.path())
        .stdin(std::process::Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        script.env_remove(name);
    }
    script.env("TERM", "xterm").envs(variables.iter().copied());
    ran(script.output().expect("script, of util-linux")).out
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colors_unless_it_is_dumb_or_told_not_to() {
    let place = place(BROKEN);
    let colored = |arguments: &str, variables: &[(&str, &str)]| {
        let seen = on_terminal(&place, &format!("check school.yaml {arguments}"), variables);
        assert!(seen.contains("unknown key"), "{seen}");
        seen.contains('\x1b')
    };
    assert!(colored("", &[]));
    assert!(!colored("", &[("NO_COLOR", "1")]));
    assert!(colored("", &[("NO_COLOR", "")]));
    assert!(!colored("", &[("TERM", "dumb")]));
    assert!(!colored("", &[("CLICOLOR", "0")]));
    assert!(colored("--color always", &[("TERM", "dumb")]));
    assert!(!colored("--color never", &[]));
}

/// What a terminal sees of a check whose spec comes through a pipe, and only after two seconds.
#[cfg(target_os = "linux")]
fn checked_slowly(arguments: &str, variables: &[(&str, &str)]) -> String {
    let place = tempfile::tempdir().expect("a folder");
    let pipe = place.path().join("school.yaml");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo, of coreutils").success());
    let writer = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_secs(2));
        fs::write(pipe, SCHOOL).expect("a reader");
    });
    let seen = on_terminal(&place, &format!("check school.yaml {arguments}"), variables);
    writer.join().expect("written");
    seen
}

#[cfg(target_os = "linux")]
#[test]
fn who_waits_for_long_on_a_terminal_sees_that_it_goes_on() {
    let line = "\r\x1b[?7lschool.yaml: checking, 1 s\x1b[K\x1b[?7h";
    let seen = checked_slowly("", &[]);
    let (before, behind) = seen.split_once(line).unwrap_or_else(|| panic!("{seen:?}"));
    assert_eq!(before, "");
    assert!(
        behind.ends_with("\r\x1b[Kschool.yaml: valid\r\n"),
        "{seen:?}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn who_wants_no_such_line_waits_in_silence() {
    std::thread::scope(|scope| {
        scope.spawn(|| assert_eq!(checked_slowly("--quiet", &[]), ""));
        scope.spawn(|| {
            let seen = checked_slowly("--format json", &[]);
            assert!(seen.starts_with("{\"event\""), "{seen:?}");
        });
        scope.spawn(|| {
            let seen = checked_slowly("", &[("TERM", "dumb")]);
            assert_eq!(seen, "school.yaml: valid\r\n");
        });
    });
}

/// What a spec says in its SQL and its docs is shown to people, and not obeyed by their terminal.
#[cfg(target_os = "linux")]
#[test]
fn nothing_that_is_generated_gives_orders_to_a_terminal() {
    let orders = r"\x1b]0;mine\x07\x1b[2J\u202e";
    let spec = SCHOOL.replace(
        "name: string",
        &format!("name: {{ type: strng, check: {{ sql: \"name <> '{orders}'\" }} }}"),
    );
    assert_ne!(spec, SCHOOL);
    let place = place(&spec.replace("strng", "string"));
    let obeyed = |seen: &str| seen.contains(['\u{202e}', '\x07']) || seen.contains("\x1b[2J");
    let shown = "name <> '␛]0;mine␇␛[2J\u{fffd}'";
    let seen = on_terminal(&place, "ddl school.yaml", &[]);
    assert!(seen.contains(shown) && !obeyed(&seen), "{seen:?}");
    for color in ["always", "never"] {
        let check = format!("generate school.yaml --out models --check --color {color}");
        let seen = on_terminal(&place, &check, &[]);
        assert!(seen.contains(shown) && !obeyed(&seen), "{seen:?}");
        let run = relata(&place, &check);
        assert!(run.out.contains(shown) && !obeyed(&run.out), "{}", run.out);
    }
    // Whoever asks for the SQL itself, in a file or through a pipe, gets it as it is.
    let run = relata(&place, "ddl school.yaml");
    assert!(run.out.contains("name <> '\x1b]0;mine\x07\x1b[2J\u{202e}'"));

    let mistaken = spec
        .replace(r"\u202e", "\u{202e}")
        .replace(r"\x1b", "")
        .replace(r"\x07", "");
    fs::write(place.path().join("school.yaml"), mistaken).expect("a spec");
    let run = relata(&place, "fix school.yaml --check --color always");
    assert!(
        run.out.contains("]0;mine[2J\u{fffd}'") && !obeyed(&run.out),
        "{}",
        run.out
    );
}
