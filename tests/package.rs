//! What is published: the package as cargo makes it, in an empty folder, and what its manifest says of it.
#![cfg(feature = "cli")]

#[path = "package/manifest.rs"]
mod manifest;
#[path = "nested/cargo.rs"]
mod nested;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use nested::{cargo, lock, root, run, write};

/// The package may have so many bytes; crates.io takes ten times as many.
const BYTES: u64 = 1 << 20;

/// What stands at the top of the package, beside what cargo adds.
const TOP: &[&str] = &[
    "CHANGELOG.md",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "specs",
    "src",
    "templates",
];
const ADDED: &[&str] = &[".cargo_vcs_info.json", "Cargo.lock", "Cargo.toml.orig"];

const SCRIPT: &str = "\
fn main() -> Result<(), relata::Error> {
    relata::generate(\"specs/school.yaml\")?;
    Ok(())
}
";

const MAIN: &str = "\
mod models {
    include!(concat!(env!(\"OUT_DIR\"), \"/school.rs\"));
}

fn main() {
    print!(\"{}\", models::SCHEMA_SQL);
}
";

/// Where packages are built. In the target folder of this build they would take the place of this package, of which cargo
/// could not tell them.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("package")
}

/// A cargo command that builds in [`target`].
fn apart(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo(folder, arguments);
    command.env("CARGO_TARGET_DIR", target());
    command
}

/// Has cargo make the package and build it, as `cargo publish` does before it uploads.
fn package() -> PathBuf {
    let arguments = ["package", "--package", "relata", "--allow-dirty"];
    let output = apart(&root(), &arguments).output().expect("cargo starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("   Verifying relata v"), "{said}");
    let version = env!("CARGO_PKG_VERSION");
    target().join(format!("package/relata-{version}.crate"))
}

#[test]
fn the_package_builds_and_generates_in_an_empty_folder() {
    let package = package();
    let bytes = fs::metadata(&package).expect("the package").len();
    assert!(bytes <= BYTES, "{bytes} bytes");

    let place = tempfile::tempdir().expect("a folder");
    let mut unpack = Command::new("tar");
    unpack.arg("-xzf").arg(&package).arg("-C").arg(place.path());
    run(&mut unpack);
    let unpacked = package.file_stem().expect("a name");
    let unpacked = place.path().join(unpacked);
    holds_what_is_wanted(&unpacked);

    // Whole, in the versions that it carries along.
    run(&mut apart(&unpacked, &["build", "--locked"]));
    let relata = target()
        .join("debug/relata")
        .with_extension(std::env::consts::EXE_EXTENSION);
    let out = place.path().join("models");
    let spec = unpacked.join("specs/school.yaml");
    run(Command::new(&relata)
        .arg("generate")
        .arg(&spec)
        .arg("--out")
        .arg(&out));
    let golden = root().join("tests/golden/school");
    for name in ["mod.rs", "student.rs", "schema.sql"] {
        let expected = fs::read_to_string(golden.join(name)).expect("a golden");
        assert_eq!(
            fs::read_to_string(out.join(name)).expect("a text"),
            expected,
            "{name}"
        );
    }

    // And without the command line, in the build script of a user.
    let user = place.path().join("user");
    write(
        &user.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"user\"\nedition = \"2024\"\n\n\
             [dependencies]\nrusqlite = {{ version = \"0.39\", features = [\"bundled\"] }}\n\n\
             [build-dependencies]\nrelata = {{ path = '{}', default-features = false }}\n",
            unpacked.display()
        ),
    );
    write(&user.join("build.rs"), SCRIPT);
    write(&user.join("src/main.rs"), MAIN);
    fs::create_dir(user.join("specs")).expect("a folder");
    fs::copy(&spec, user.join("specs/school.yaml")).expect("a spec");
    lock(&user);
    let printed = run(&mut cargo(&user, &["run", "--quiet"]));
    let expected = fs::read_to_string(golden.join("schema.sql")).expect("a golden");
    assert_eq!(printed, expected);
}

fn holds_what_is_wanted(unpacked: &Path) {
    let top: BTreeSet<String> = fs::read_dir(unpacked)
        .expect("the package")
        .map(|entry| entry.expect("an entry").file_name().display().to_string())
        .collect();
    let wanted = TOP.iter().chain(ADDED).map(|&name| name.to_owned());
    assert_eq!(top, wanted.collect());
}
