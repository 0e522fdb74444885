//! What a build script says that it depends on.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{ID, place};

/// Where the environment of a pretended build script says that its spec is.
const PRETENDED: &str = "RELATA_TEST_PRETENDED_INCLUDING_SPEC";

/// Does nothing by itself: the next tests run it in a process with the environment of a build script.
#[test]
fn pretended_build_script() {
    if let Some(path) = std::env::var_os(PRETENDED) {
        // A build script that ends with an error is run again anyway; one that does not has to know its files.
        let _ = relata::generate(path);
    }
}

/// The files that a build script of `place` says it depends on.
fn depends(place: &TempDir) -> Vec<String> {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command
        .args(["--exact", "depends::pretended_build_script", "--nocapture"])
        .env(PRETENDED, place.path().join("main.yaml"))
        .env("OUT_DIR", place.path().join("out"))
        .env("CARGO_CFG_TARGET_ARCH", "any");
    let output = command.output().expect("run");
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    // The first one stands behind the words of the test.
    let directives = said.lines().filter_map(|line| line.split_once("cargo::"));
    let paths = directives.map(|(_, line)| {
        let path = line
            .strip_prefix("rerun-if-changed=")
            .expect("no other directive");
        let below = Path::new(path).strip_prefix(place.path()).expect("below");
        below.display().to_string()
    });
    paths.collect()
}

#[test]
fn a_build_script_depends_on_every_file() {
    let right = place(&[
        ("main.yaml", "include: [a.yaml, b/c.yaml]\n".to_owned()),
        (
            "a.yaml",
            format!("include: b/c.yaml\nentities: {{ A: {{ {ID} }} }}\n"),
        ),
        ("b/c.yaml", format!("entities: {{ B: {{ {ID} }} }}\n")),
        ("b/d.yaml", "not: included\n".to_owned()),
    ]);
    assert_eq!(depends(&right), ["main.yaml", "a.yaml", "b/c.yaml"]);
    assert!(right.path().join("out/main.rs").exists());
}

#[test]
fn a_build_script_depends_on_files_with_errors() {
    let wrong = place(&[
        (
            "main.yaml",
            &b"include: [syntax.yaml, bytes.yaml, missing.yaml, folder, unknown.yaml]\n"[..],
        ),
        ("syntax.yaml", b"a: [\n"),
        ("bytes.yaml", b"a: \xff\n"),
        ("folder/a.yaml", b""),
        ("unknown.yaml", b"entites: {}\n"),
    ]);
    let expected = [
        "main.yaml",
        "syntax.yaml",
        "bytes.yaml",
        "missing.yaml",
        "unknown.yaml",
    ];
    let found = depends(&wrong);
    assert_eq!(
        found.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        BTreeSet::from(expected)
    );
    assert_eq!(found.len(), 5);
    assert!(!wrong.path().join("out").exists());
}

#[test]
fn a_path_gives_no_orders_to_cargo() {
    let text =
        "include: [\"a\\ncargo::rustc-env=A=B\", \"b\\r\\ncargo::warning=b\", missing.yaml]\n";
    assert_eq!(
        depends(&place(&[("main.yaml", text)])),
        ["main.yaml", "missing.yaml"]
    );
}
