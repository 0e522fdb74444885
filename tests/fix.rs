//! `tests/fix/NAME.yaml` is a spec with mistakes, `tests/fix/NAME.fixed.yaml` what `Builder::fix` makes of it, and
//! `tests/fix/NAME.fixes` what it says of that and what is left. A case of several files is a folder with `main.yaml`,
//! of which each file is fixed. `RELATA_ACCEPT=1 cargo test --test fix` accepts what is new or different.

#[path = "fix/properties.rs"]
mod properties;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use relata::diagnostic::json;
use relata::{Builder, Error, Fixed, FixedPlace};
use tempfile::TempDir;

const ACCEPT: &str = "RELATA_ACCEPT";

/// What the spec `text` becomes.
fn fixed(text: &str) -> Fixed {
    let builder = Builder::from_reader("spec.yaml", text.as_bytes()).expect("memory can be read");
    builder.fix().expect("every spec can be fixed or left")
}

/// The text of the spec as it is then.
fn text(fixed: &Fixed) -> &str {
    fixed.text.as_deref().expect("a spec that was read")
}

/// What is said of it.
fn said(fixed: &Fixed) -> String {
    let mut said = String::new();
    for place in &fixed.places {
        let (file, code) = (&place.file, place.code.as_str());
        writeln!(
            said,
            "{file}:{}:{}: {} ({code})",
            place.line, place.column, place.message
        )
        .expect("a String takes all");
    }
    writeln!(said, "{} mended", fixed.mended).expect("a String takes all");
    // The words of help are those of the tests of invalid specs.
    for left in json(&fixed.report) {
        let (file, line, column) = (left.file, left.line, left.column);
        writeln!(
            said,
            "left: {file}:{line}:{column}: {} ({})",
            left.message, left.code
        )
        .expect("a String takes all");
    }
    said
}

#[test]
fn each_spec_becomes_what_is_expected() {
    let folder = folder();
    let accept = env::var_os(ACCEPT).is_some();
    let (mut problems, mut count) = (String::new(), 0);
    for spec in entries(&folder, ".yaml") {
        if spec.to_string_lossy().ends_with(".fixed.yaml") {
            continue;
        }
        let before = fs::read_to_string(&spec).expect("a spec");
        let fixed = fixed(&before);
        compare(
            &spec.with_extension("fixed.yaml"),
            text(&fixed),
            accept,
            &mut problems,
        );
        compare(
            &spec.with_extension("fixes"),
            &said(&fixed),
            accept,
            &mut problems,
        );
        let unnamed = unnamed_in(&before, &fixed);
        assert!(unnamed.is_empty(), "{}: {unnamed:?}", spec.display());
        count += 1;
    }
    assert!(count > 5, "the specs were found");
    assert!(
        problems.is_empty(),
        "{problems}\nIf this is what is meant: {ACCEPT}=1 cargo test --test fix"
    );
}

#[test]
fn each_file_of_a_spec_is_fixed() {
    let accept = env::var_os(ACCEPT).is_some();
    let mut problems = String::new();
    // The package is the current folder, so the names of files are the same on every machine.
    let main = Path::new("tests/fix/includes/main.yaml");
    let fixed = Builder::new(main).fix().expect("a spec");
    for file in &fixed.files {
        let own = fixed.places.iter().filter(|place| place.file == file.name);
        let unnamed = unnamed(&file.before, &file.after, &own.collect::<Vec<_>>());
        assert!(unnamed.is_empty(), "{}: {unnamed:?}", file.name);
        let golden = Path::new(&file.name).with_extension("fixed.yaml");
        compare(&golden, &file.after, accept, &mut problems);
    }
    assert_eq!(fixed.files.len(), 3);
    compare(
        &main.with_extension("fixes"),
        &said(&fixed),
        accept,
        &mut problems,
    );
    assert!(problems.is_empty(), "{problems}");
}

/// Line ends, a byte order mark and what is missing at the end are as they were.
#[test]
fn what_editors_put_around_lines_stays() {
    for spec in entries(&folder(), ".yaml") {
        let before = fs::read_to_string(&spec).expect("a spec");
        let after = fixed(&before);
        let crlf = |text: &str| text.replace('\n', "\r\n");
        assert_eq!(text(&fixed(&crlf(&before))), crlf(text(&after)));
        let marked = |text: &str| format!("\u{feff}{text}");
        assert_eq!(text(&fixed(&marked(&before))), marked(text(&after)));
        let ended = |text: &str| text.trim_end().to_owned();
        assert_eq!(text(&fixed(&ended(&before))), ended(text(&after)));
    }
}

const BROKEN: &str = "entities: { A: { colums: { id: { type: integer, primary_key: yes } } } }\n";
const MENDED: &str = "entities: { A: { columns: { id: { type: integer, primary_key: true } } } }\n";

/// A folder with a broken spec, `spec.yaml`, and a builder for it.
fn place() -> (TempDir, PathBuf, Builder) {
    let place = tempfile::tempdir().expect("a folder");
    let spec = place.path().join("spec.yaml");
    fs::write(&spec, BROKEN).expect("a spec");
    let builder = Builder::new(&spec);
    (place, spec, builder)
}

#[test]
fn nothing_is_written_before_it_is_asked_for() {
    let (place, spec, builder) = place();
    let fixed = builder.fix().expect("a spec");
    assert_eq!(fs::read_to_string(&spec).expect("a spec"), BROKEN);
    fixed.write().expect("a file that can be written");
    assert_eq!(fs::read_to_string(&spec).expect("a spec"), MENDED);
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1);
    // What was written is another text than the one that was read.
    assert!(fixed.write().is_err());
}

#[test]
fn what_somebody_else_has_written_meanwhile_is_kept() {
    let (place, spec, builder) = place();
    let fixed = builder.fix().expect("a spec");
    let theirs = BROKEN.replace("yes", "no");
    fs::write(&spec, &theirs).expect("a spec");
    let error = fixed.write().expect_err("another text");
    assert!(matches!(error, Error::Output(_)), "{error}");
    assert!(
        error.to_string().contains("spec.yaml` was changed"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&spec).expect("a spec"), theirs);
    fs::remove_file(&spec).expect("a spec");
    assert!(fixed.write().is_err());
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 0);
}

#[cfg(unix)]
#[test]
fn links_lead_on_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let (place, spec, _) = place();
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    let set = |mode| fs::set_permissions(&spec, fs::Permissions::from_mode(mode)).expect("a file");
    set(0o640);
    let link = place.path().join("link.yaml");
    symlink("spec.yaml", &link).expect("a link");
    let fixed = Builder::new(&link).fix().expect("a spec");
    fixed.write().expect("a file that can be written");
    assert_eq!(fs::read_to_string(&spec).expect("a spec"), MENDED);
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert_eq!(mode(&spec), 0o640);

    fs::write(&spec, BROKEN).expect("a spec");
    set(0o440);
    let error = Builder::new(&spec).fix().expect("a spec").write();
    let error = error.expect_err("a read-only file").to_string();
    assert!(error.contains("spec.yaml` is read-only"), "{error}");
    assert_eq!(fs::read_to_string(&spec).expect("a spec"), BROKEN);
}

/// Nobody knows whether such a file is meant to be mended by whom reads from elsewhere.
#[test]
fn what_a_spec_from_a_reader_includes_is_left_alone() {
    let (_place, spec, _) = place();
    let spec_text = format!(
        "include: {}\nentities: {{}}\ngenerate: {{ taget: rusqlite }}\n",
        spec.display()
    );
    let fixed = fixed(&spec_text);
    assert_eq!(text(&fixed), spec_text.replace("taget", "target"));
    assert_eq!((fixed.mended, fixed.files.len()), (1, 1));
    fixed.write().expect("nothing to write");
    assert_eq!(fs::read_to_string(&spec).expect("a spec"), BROKEN);
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    let (_place, spec, builder) = place();
    fs::write(&spec, b"entities: \xff\n").expect("a file");
    let fixed = builder.fix().expect("a report");
    assert_eq!((fixed.mended, fixed.text.as_deref()), (0, None));
    assert_eq!(fixed.report.errors(), 1);
    fs::remove_file(&spec).expect("a spec");
    let fixed = builder.fix().expect("a report");
    assert_eq!((fixed.files.len(), fixed.report.errors()), (0, 1));
}

/// The lines of `after` that are new, though none of the `places` names them: each names its line; that above an added
/// one may have got a comma.
fn unnamed(before: &str, after: &str, places: &[&FixedPlace]) -> Vec<String> {
    let mut named: BTreeSet<usize> = places.iter().map(|place| place.line).collect();
    let added = places
        .iter()
        .filter(|place| place.message.ends_with(" added"));
    named.extend(added.map(|place| place.line - 1));
    let mut old = before.lines();
    let lines = after.lines().enumerate();
    let others = lines.filter(|(number, _)| !named.contains(&(number + 1)));
    let new = others.filter(|(_, line)| !old.any(|old| old == *line));
    new.map(|(_, line)| line.to_owned()).collect()
}

/// The same for a spec of a single file.
fn unnamed_in(before: &str, fixed: &Fixed) -> Vec<String> {
    let all: Vec<&FixedPlace> = fixed.places.iter().collect();
    unnamed(before, text(fixed), &all)
}

fn compare(golden: &Path, shown: &str, accept: bool, problems: &mut String) {
    let before = fs::read_to_string(golden).unwrap_or_default();
    if before == shown {
        return;
    }
    if accept {
        fs::write(golden, shown).expect("a golden file can be written");
        return;
    }
    let path = golden.display();
    writeln!(problems, "{path}: expected\n{before}\nfound\n{shown}").expect("a String takes all");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fix")
}

/// The files directly in `folder` whose names end so, sorted.
fn entries(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    paths.sort();
    paths
}
