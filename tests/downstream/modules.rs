//! Modules that are checked in: cargo sees sources like any others, and no build script.
#![cfg(feature = "cli")]

use std::fs;
use std::process::Command;
use std::time::SystemTime;

use crate::nested::run;
use crate::project::Project;

/// Where the modules are.
const OUT: &str = "src/school";

fn project(test: &str) -> Project {
    let project = Project::without_script(test);
    project.write(
        "src/main.rs",
        "#[rustfmt::skip]\nmod school;\n\nfn main() {\n    print!(\"{}\", school::SCHEMA_SQL);\n}\n",
    );
    project
}

/// Runs `relata generate` and gives what it says.
fn generate(project: &Project, check: bool) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relata"));
    command.args(["generate", "specs/school.yaml", "--out", OUT]);
    command.args(check.then_some("--check"));
    command.current_dir(project.folder());
    command.output().expect("relata starts")
}

/// The modules and when each was written.
fn times(project: &Project) -> Vec<(String, SystemTime)> {
    let entries = fs::read_dir(project.folder().join(OUT)).expect("a folder");
    let mut times: Vec<_> = entries
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_name() != ".relata")
        .map(|entry| {
            let changed = entry.metadata().and_then(|found| found.modified());
            let name = entry.file_name().display().to_string();
            (name, changed.expect("a time of change"))
        })
        .collect();
    times.sort();
    times
}

#[test]
fn generating_what_is_there_builds_nothing_again() {
    let project = project("same");
    assert!(generate(&project, false).status.success());
    assert!(project.build().compiled);
    let before = times(&project);

    assert!(generate(&project, false).status.success());
    // A comment changes the spec and nothing of what is made of it.
    project.append("specs/school.yaml", "# A comment.");
    assert!(generate(&project, false).status.success());
    assert_eq!(times(&project), before);
    let built = project.build();
    assert!(built.succeeded && !built.compiled);
}

#[test]
fn a_change_writes_the_modules_that_it_changes() {
    let project = project("changed");
    assert!(generate(&project, false).status.success());
    let before = times(&project);
    project.replace("specs/school.yaml", "title: string", "title: string?");
    let stale = generate(&project, true);
    assert_eq!(stale.status.code(), Some(1));
    assert_eq!(times(&project), before);

    assert!(generate(&project, false).status.success());
    let changed: Vec<String> = times(&project)
        .into_iter()
        .filter(|file| !before.contains(file))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(changed, ["course.rs", "mod.rs", "schema.sql"]);
    assert!(project.build().compiled);
    run(&mut project.cargo(&["fmt", "--check"]));
}
