//! A disk without room: a run completes, or says where there was none and leaves what was there.

use std::fs;
use std::path::Path;

use crate::mount::Disk;
use crate::place::{
    Files, Run, TEMPORARY, assert_no_leftovers, done, files, known_files, ran, relata, version,
    words,
};

/// What a disk has that is large enough, in pages.
const ROOM: u64 = 400;

/// Sweeps the room that is left on a disk from none to enough, and runs `line` for each, in the folder of the disk that
/// `prepare` has filled. Gives how many runs failed.
fn sweep(line: &str, prepare: impl Fn(&Path), known: impl Fn(&str, Option<&[u8]>) -> bool) -> u64 {
    let mut failed = 0;
    for pages in 0.. {
        let disk = Disk::new(ROOM);
        prepare(disk.path());
        let before = files(disk.path());
        let filler = disk.fill_but(pages);
        let run = ran(&mut relata(disk.path(), &words(line)));
        drop(filler);
        let after = known_files(disk.path());
        for name in before.keys().chain(after.keys()) {
            let found = after.get(name).map(Vec::as_slice);
            let whole = known(name, found) || found == before.get(name).map(Vec::as_slice);
            assert!(whole, "`{name}` with {pages} pages: {run:?}");
        }
        if run.code == Some(0) {
            assert_eq!(done(&mut relata(disk.path(), &words(line))).err, "");
            assert_no_leftovers(disk.path(), &format!("with {pages} pages"));
            return failed;
        }
        failed += 1;
        assert_said(&run, pages);
        assert_no_leftovers(disk.path(), &format!("with {pages} pages"));
        // With room again the next run does all that this one could not.
        done(&mut relata(disk.path(), &words(line)));
        for (name, text) in known_files(disk.path()) {
            assert!(known(&name, Some(&text)), "`{name}` after {pages} pages");
        }
    }
    failed
}

fn assert_said(run: &Run, pages: u64) {
    assert_eq!(run.code, Some(1), "{pages} pages: {run:?}");
    let named = run.err.starts_with("error: cannot ") && run.err.contains('`');
    let told = named && run.err.contains("No space left on device");
    assert!(told, "{pages} pages: {run:?}");
}

/// What `line` makes where there is room, of the folder that `prepare` has filled.
fn made(line: &str, prepare: &impl Fn(&Path)) -> Files {
    let dir = tempfile::tempdir().expect("a folder");
    prepare(dir.path());
    done(&mut relata(dir.path(), &words(line)));
    known_files(dir.path())
}

fn assert_sweeps(line: &str, least: u64, prepare: impl Fn(&Path)) {
    let made = made(line, &prepare);
    let known = |name: &str, text: Option<&[u8]>| match text {
        Some(text) => made.get(name).is_some_and(|made| made == text),
        // What was there before is removed by a run that completes.
        None => !made.contains_key(name),
    };
    let failed = sweep(line, prepare, known);
    assert!(failed >= least, "only {failed} runs of `{line}` failed");
}

/// An older output, and the spec of a newer one.
fn older(folder: &Path) {
    fs::write(folder.join("spec.yaml"), version(0)).expect("a spec");
    done(&mut relata(
        folder,
        &words("generate -q spec.yaml --out models"),
    ));
    done(&mut relata(
        folder,
        &words("ddl -q spec.yaml --out sql/schema.sql"),
    ));
    fs::write(folder.join("spec.yaml"), version(1)).expect("a spec");
}

#[test]
#[ignore = "needs to mount a disk"]
fn modules_are_old_or_new_on_a_full_disk() {
    assert_sweeps("generate spec.yaml --out models", 8, older);
}

#[test]
#[ignore = "needs to mount a disk"]
fn a_first_output_is_made_or_not_on_a_full_disk() {
    let first = |folder: &Path| {
        fs::write(folder.join("spec.yaml"), version(1)).expect("a spec");
    };
    assert_sweeps(
        "generate spec.yaml --layout single --out new/models",
        8,
        first,
    );
}

#[test]
#[ignore = "needs to mount a disk"]
fn ddl_is_old_or_new_on_a_full_disk() {
    assert_sweeps("ddl spec.yaml --out sql/schema.sql", 2, older);
}

#[test]
#[ignore = "needs to mount a disk"]
fn a_mended_spec_is_old_or_new_on_a_full_disk() {
    assert_sweeps("fix -q spec.yaml", 6, |folder| {
        for name in ["spec.yaml", "more.yaml"] {
            let include = if name == "spec.yaml" {
                "include: more.yaml\n"
            } else {
                ""
            };
            let comment = "# What people say of it.\n".repeat(500);
            let text = format!(
                "{include}{comment}entities:\n  Of{}:\n    colums: {{ id: {{ type: integer, primary_key: true }} }}\n",
                &name[..4]
            );
            fs::write(folder.join(name), text).expect("a spec");
        }
    });
}

#[test]
#[ignore = "needs to mount a disk"]
fn a_new_crate_is_made_or_not_on_a_full_disk() {
    let made = made("init new", &|_| {});
    for pages in 0.. {
        let disk = Disk::new(ROOM);
        let filler = disk.fill_but(pages);
        let run = ran(&mut relata(disk.path(), &words("init new")));
        drop(filler);
        let found = files(disk.path());
        if run.code == Some(0) {
            assert!(pages > 4 && found == made, "{pages} pages: {run:?}");
            break;
        }
        assert_said(&run, pages);
        assert_eq!(found, Files::new(), "{pages} pages: {run:?}");
        done(&mut relata(disk.path(), &words("init new")));
        let found = files(disk.path());
        assert!(found == made, "after {pages} pages");
    }
}

#[test]
#[ignore = "needs to mount a disk"]
fn a_disk_that_is_read_only_is_named_on_a_full_disk() {
    let disk = Disk::new(ROOM);
    older(disk.path());
    fs::write(
        disk.path().join("wrong.yaml"),
        "entities:\n  A: { colums: { id: { type: integer, primary_key: true } } }\n",
    )
    .expect("a spec");
    let before = files(disk.path());
    disk.writable(false);
    for line in [
        "generate spec.yaml --out models",
        "generate spec.yaml --out new/models",
        "ddl spec.yaml --out sql/schema.sql",
        "ddl spec.yaml --out sql/new.sql",
        "fix wrong.yaml",
        "init new",
        "init",
    ] {
        let run = ran(&mut relata(disk.path(), &words(line)));
        assert_eq!(run.code, Some(1), "{line}: {run:?}");
        let named = run.err.contains('`')
            && !run.err.contains(TEMPORARY)
            && run.err.contains("Read-only file system");
        assert!(named, "{line}: {run:?}");
    }
    assert!(files(disk.path()) == before, "nothing was changed");
    // What only reads works as ever.
    done(&mut relata(disk.path(), &words("check spec.yaml")));
    let stale = ran(&mut relata(
        disk.path(),
        &words("generate spec.yaml --out models --check"),
    ));
    assert_eq!(stale.code, Some(1));
    assert!(stale.err.contains("not current"), "{stale:?}");
    disk.writable(true);
    done(&mut relata(
        disk.path(),
        &words("generate spec.yaml --out models"),
    ));
    disk.writable(false);
    let current = "generate spec.yaml --out models";
    assert!(
        done(&mut relata(disk.path(), &words(current)))
            .out
            .contains("0 written")
    );
}
