//! A crate that uses relata, built by cargo as its user builds it every day: what is built again and what is not, and
//! what an error looks like. `RELATA_ACCEPT=1 cargo test --test downstream` accepts how errors look now.

#[path = "downstream/errors.rs"]
mod errors;
#[path = "downstream/modules.rs"]
mod modules;
#[path = "nested/cargo.rs"]
mod nested;
#[path = "downstream/project.rs"]
mod project;

use std::fs;

use project::Project;

#[test]
fn what_has_not_changed_is_not_built_again() {
    let project = Project::new("unchanged");
    let first = project.build();
    assert!(first.succeeded, "{}", first.stderr);
    assert!(first.compiled);
    assert_eq!(first.runs, 1);
    assert_eq!(first.stderr, "");

    let second = project.build();
    assert!(second.succeeded && !second.compiled);
    assert_eq!(second.runs, 1);

    // Neither what stands beside the specs nor what stands beside the crate's manifest is read by the build script.
    project.write("specs/notes.md", "A file beside the specs.\n");
    project.write("specs/unused.yaml", "entities: {}\n");
    project.write("README.md", "A file beside the manifest.\n");
    let beside = project.build();
    assert!(beside.succeeded && !beside.compiled);
    assert_eq!(beside.runs, 1);
}

#[test]
fn the_program_is_built_without_its_build_script() {
    let project = Project::new("program");
    project.build();
    project.append("src/main.rs", "// Edited.");
    let built = project.build();
    assert!(built.succeeded && built.compiled);
    assert_eq!(built.runs, 1);
}

#[test]
fn each_spec_and_what_it_includes_runs_the_build_script() {
    let project = Project::new("sources");
    let before = project.build();
    project.replace("specs/types.yaml", "large", "huge");
    let of_include = project.build();
    assert!(of_include.succeeded && of_include.compiled);
    assert_eq!(of_include.runs, 2);
    assert!(!before.output("school.sql").contains("huge"));
    assert!(of_include.output("shop.sql").contains("'huge'"));

    project.replace("specs/school.yaml", "title: string", "title: text");
    let of_spec = project.build();
    assert!(of_spec.succeeded && of_spec.compiled);
    assert_eq!(of_spec.runs, 3);

    let after = project.build();
    assert!(after.succeeded && !after.compiled);
    assert_eq!(after.runs, 3);
}

/// As `docs/build_scripts.md` says: cargo compiles a crate after its build script has run, whatever that wrote.
#[test]
fn a_comment_in_a_spec_leaves_the_files_and_costs_one_compilation() {
    let project = Project::new("comment");
    let before = project.build();
    let names = ["school.rs", "school.sql", "shop.rs", "shop.sql"];
    let written = |name: &str| {
        let found = fs::metadata(before.file(name)).expect("a file");
        found.modified().expect("a time of change")
    };
    let times = names.map(written);
    project.append("specs/school.yaml", "# A comment.");
    let after = project.build();
    assert!(after.succeeded && after.compiled);
    assert_eq!(after.runs, 2);
    assert_eq!(names.map(written), times);
    assert!(!project.build().compiled);
}

#[test]
fn a_broken_spec_keeps_the_old_files_and_a_mended_one_builds_again() {
    let project = Project::new("broken");
    let before = project.build();
    let sql = before.output("shop.sql");
    project.replace("specs/shop.yaml", "size: Size", "size: Sice");
    let broken = project.build();
    assert!(!broken.succeeded);
    for line in [
        "  error[E0201]: no type `Sice` exists\n   --> specs/shop.yaml:6:13\n",
        "\n  6 |       size: Sice\n    |             ^^^^\n",
    ] {
        assert!(broken.stderr.contains(line), "{}", broken.stderr);
    }
    assert_eq!(before.output("shop.sql"), sql);

    // Again, for what failed has no result that could be fresh.
    assert_eq!(project.build().stderr, broken.stderr);

    project.replace("specs/shop.yaml", "size: Sice", "size: Size?");
    let mended = project.build();
    assert!(mended.succeeded && mended.compiled, "{}", mended.stderr);
    assert_ne!(mended.output("shop.sql"), sql);
}

#[test]
fn an_included_file_that_is_missing_is_found_when_it_is_there() {
    let project = Project::new("missing");
    fs::remove_file(project.folder().join("specs/types.yaml")).expect("removed");
    let missing = project.build();
    assert!(!missing.succeeded);
    assert!(
        missing.stderr.contains("specs/shop.yaml:1:10"),
        "{}",
        missing.stderr
    );
    project.write("specs/types.yaml", project::TYPES);
    assert!(project.build().succeeded);
}
