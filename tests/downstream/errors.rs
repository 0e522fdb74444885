//! What `cargo build` prints of a spec's errors, whatever the build script does with them, and what it prints of
//! warnings.

use std::fmt::Write as _;
use std::fs;

use crate::nested::root;
use crate::project::{Project, told};

const ACCEPT: &str = "RELATA_ACCEPT";

/// A build script and the file in `tests/downstream` that has the words of its failure.
const SCRIPTS: &[(&str, &str)] = &[
    (
        "returned",
        "fn main() -> Result<(), relata::Error> {
    relata::generate(\"specs/school.yaml\")?;
    Ok(())
}
",
    ),
    (
        "unwrapped",
        "fn main() {
    relata::generate(\"specs/school.yaml\").unwrap();
}
",
    ),
    (
        "expected",
        "fn main() {
    relata::generate(\"specs/school.yaml\").expect(\"the models\");
}
",
    ),
    (
        "boxed",
        "fn main() -> Result<(), Box<dyn std::error::Error>> {
    relata::Builder::new(\"specs/school.yaml\").generate()?;
    Ok(())
}
",
    ),
];

/// A crate of which the spec has two mistakes.
fn broken(test: &str) -> Project {
    let project = Project::new(test);
    project.replace("specs/school.yaml", "name: string", "name: strin");
    project.replace("specs/school.yaml", "target: Course", "target: Cours");
    project
}

/// What cargo prints, with the names of folders, processes and hashes that every reader has for themselves.
fn normalized(stderr: &str, project: &Project) -> String {
    let folder = project.folder().display().to_string();
    let text = stderr.replace(&folder, "/home/ann/school");
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some((before, after)) = line.split_once("exit successfully: `") {
            let (_, after) = after.split_once("build-script-build` ").expect("a program");
            let program = "/home/ann/school/target/debug/build/school-0123456789abcdef";
            lines.push(format!(
                "{before}exit successfully: `{program}/build-script-build` {after}"
            ));
        } else if let Some((_, after)) = line.split_once("thread 'main' (") {
            let (_, after) = after.split_once(')').expect("a number");
            lines.push(format!("  thread 'main' (1){after}"));
        } else {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_report_is_readable_whatever_is_done_with_the_error() {
    let project = broken("report");
    let mut problems = String::new();
    for (name, script) in SCRIPTS {
        project.write("build.rs", script);
        let built = project.build();
        assert!(!built.succeeded);
        let said = normalized(&built.stderr, &project);
        let path = root().join(format!("tests/downstream/{name}.stderr"));
        if std::env::var_os(ACCEPT).is_some() {
            fs::write(&path, &said).expect("a golden");
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        if golden != said {
            let _ = writeln!(problems, "{name}: expected\n{golden}\nbut it is\n{said}");
        }
    }
    assert!(
        problems.is_empty(),
        "{problems}If this is what is meant: {ACCEPT}=1 cargo test --test downstream"
    );
}

/// What rust-analyzer shows of a build script that fails is what cargo says on standard error.
#[test]
fn an_editor_that_asks_for_json_is_given_the_report_too() {
    let project = broken("editor");
    project.write("build.rs", SCRIPTS[0].1);
    let plain = project.build().stderr;
    let mut check = project.cargo(&[
        "check",
        "--quiet",
        "--workspace",
        "--message-format=json",
        "--all-targets",
        "--keep-going",
    ]);
    let output = check.output().expect("cargo starts");
    assert!(!output.status.success());
    let said = told(&String::from_utf8(output.stderr).expect("UTF-8"));
    let report = |text: &str| {
        let (_, report) = text
            .split_once("--- stderr\n")
            .expect("words of the script");
        report.to_owned()
    };
    assert_eq!(report(&said), report(&plain));
    assert!(report(&said).contains("\n   --> specs/school.yaml:5:13\n"));
}

#[test]
fn a_warning_is_one_line_that_cargo_repeats_until_it_is_mended() {
    let project = Project::new("warning");
    project.append("specs/school.yaml", "  spare: [Student, Course]");
    let warning = warning_of(&project.text("specs/school.yaml"));
    let first = project.build();
    assert!(first.succeeded);
    assert_eq!(first.stderr, warning);
    let second = project.build();
    assert!(!second.compiled);
    assert_eq!(second.stderr, warning);

    project.replace(
        "build.rs",
        "relata::generate(\"specs/school.yaml\")",
        "relata::Builder::new(\"specs/school.yaml\").deny_warnings(true).generate()",
    );
    let denied = project.build();
    assert!(!denied.succeeded);
    assert!(
        denied.stderr.contains("\n  error[W0301]: "),
        "{}",
        denied.stderr
    );

    project.write(
        "specs/school.yaml",
        &format!("allow: [W0301]\n{}", project.text("specs/school.yaml")),
    );
    let allowed = project.build();
    assert!(allowed.succeeded, "{}", allowed.stderr);
    assert_eq!(allowed.stderr, "");
}

fn warning_of(spec: &str) -> String {
    let line = spec.lines().count();
    format!(
        "warning: school@0.1.0: specs/school.yaml:{line}:3: no relationship uses the secondary `spare` [W0301]; \
         help: add under `relationships` of `Student`: `NAME: {{ target: Course, secondary: spare }}`\n"
    )
}

#[test]
fn the_page_shows_what_cargo_prints() {
    let page = fs::read_to_string(root().join("docs/build_scripts.md")).expect("the page");
    let golden = root().join("tests/downstream/returned.stderr");
    let golden = fs::read_to_string(golden).expect("a golden");
    assert!(
        page.contains(&format!("```text\n{golden}```\n")),
        "{golden}"
    );
    let spec = fs::read_to_string(root().join("specs/school.yaml")).expect("a spec");
    let warning = warning_of(&format!("{spec}  spare: [Student, Course]\n"));
    assert!(
        page.contains(&format!("```text\n{warning}```\n")),
        "{warning}"
    );
}
