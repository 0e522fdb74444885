//! Files that include one another without end, and what is no file.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::measured::{case, lines, one, run};

#[test]
fn circles_and_multitudes_of_files() {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| fs::write(dir.path().join(name), text).expect("a spec");
    write("self.yaml", format!("include: self.yaml\n{}", one("")));
    write("a.yaml", "include: b.yaml\n".to_owned());
    write("b.yaml", "include: a.yaml\n".to_owned());
    for n in 0..100 {
        // Each includes all: ten thousand entries, and as many circles.
        let all = lines(100, |n| format!("  - all{n}.yaml\n"));
        write(&format!("all{n}.yaml"), format!("include:\n{all}"));
        write(
            &format!("deep{n}.yaml"),
            format!("include: deep{}.yaml\n", n + 1),
        );
    }
    let list = |each: &dyn Fn(usize) -> String| {
        format!(
            "include:\n{}",
            lines(100_000, |n| format!("  - {}\n", each(n)))
        )
    };
    for (name, code, spec) in [
        ("itself", "E0014", "include: spec.yaml\n".to_owned()),
        (
            "a circle",
            "E0014",
            "include: [self.yaml, a.yaml]\n".to_owned(),
        ),
        ("all by all", "E0002", "include: all0.yaml\n".to_owned()),
        ("a long chain", "E0007", "include: deep0.yaml\n".to_owned()),
        (
            "files that are missing",
            "E0001",
            list(&|n| format!("m{n}.yaml")),
        ),
        (
            "one file again and again",
            "E0002",
            list(&|_| "a.yaml".to_owned()),
        ),
    ] {
        write("spec.yaml", spec);
        run(&case(name, code, ""), dir.path());
    }
}

#[test]
fn what_is_no_file() {
    let dir = tempfile::tempdir().expect("a folder");
    let pipe = dir.path().join("pipe");
    let made = Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .expect("the program");
    assert!(made.success(), "a pipe");
    symlink("pipe", dir.path().join("to_pipe.yaml")).expect("a link");
    symlink("/dev/zero", dir.path().join("zero.yaml")).expect("a link");
    symlink("loop.yaml", dir.path().join("loop.yaml")).expect("a link");
    symlink(".", dir.path().join("here")).expect("a link");
    let deep = "here/".repeat(1_000);
    for (included, code) in [
        ("/dev/zero", "E0001"),
        ("/dev/stdin", "E0001"),
        ("/dev/full", "E0001"),
        ("/dev/random", "E0001"),
        ("/proc/self/mem", "E0001"),
        ("/proc/self/fd/0", "E0001"),
        ("/proc/self", "E0001"),
        ("/", "E0001"),
        (".", "E0001"),
        ("pipe", "E0001"),
        ("to_pipe.yaml", "E0001"),
        ("zero.yaml", "E0001"),
        ("loop.yaml", "E0001"),
        ("here/here/zero.yaml", "E0001"),
        (&format!("{deep}x.yaml"), "E0001"),
        (&"../".repeat(10_000), "E0001"),
    ] {
        let spec = format!("include: {included}\n{}", one(""));
        fs::write(dir.path().join("spec.yaml"), spec).expect("a spec");
        run(&case("no file", code, ""), dir.path());
    }
    // A spec that is a device is read as far as one goes.
    for device in ["/dev/zero", "/dev/urandom"] {
        let spec = dir.path().join("spec.yaml");
        fs::remove_file(&spec).expect("removed");
        symlink(device, &spec).expect("a link");
        run(&case(device, "E0002", ""), dir.path());
    }
}

/// A file of somebody else in the folder of the output is looked at for the mark, and no further.
#[test]
fn a_large_file_beside_the_output() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(dir.path().join("models")).expect("a folder");
    let large = dir.path().join("models/large.rs");
    let file = fs::File::create(&large).expect("a file");
    // Without bytes on the disk.
    file.set_len(8 << 30).expect("a length");
    fs::write(dir.path().join("spec.yaml"), one("")).expect("a spec");
    run(&case("a large file", "", "").by("generate"), dir.path());
    assert_eq!(fs::metadata(large).expect("a file").len(), 8 << 30);
}
