//! The code that the tests need, of their own specs and of those at the top; the build scripts of all targets include
//! this.

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// Specs of the tests themselves.
const OWN: &[&str] = &[
    "corners",
    "enums",
    "reference",
    "symmetric",
    "units",
    "writes",
];

/// Specs at the top.
const COMMON: &[&str] = &[
    "between_rows_of_one",
    "chinook",
    "computed",
    "extras",
    "includes",
    "private",
    "northwind",
    "nullable_keys",
    "overlapping_keys",
    "payload",
    "sakila",
    "several_ways",
    "shared_ends",
    "through",
    "tree",
    "mixins",
    "user_types",
    "versions",
    "conditions",
];

/// The patterns of SQLAlchemy's documentation, each with its tests.
const PATTERNS: &[&str] = &[
    "adjacency_list",
    "alternate_joins",
    "association_object",
    "cascades",
    "composite_adjacency_list",
    "composite_keys",
    "enums",
    "favorites",
    "followers",
    "friends",
    "join_paths",
    "keys_that_change",
    "many_to_many",
    "mutual_rows",
    "one_to_many",
    "one_to_one",
    "order_by",
    "overlapping_keys",
    "payload",
    "row_limited",
    "rows_of_themselves",
    "several_secondaries",
    "through",
    "unidirectional",
    "values",
    "versions",
];

/// The programs of the contract.
pub const PROGRAMS: &[&str] = &["library", "school", "setlist"];

/// What a target's database cannot say, and what its specs say instead: the end of a spec's path, and two texts.
pub type Instead<'a> = &'a [(&'a str, &'a str, &'a str)];

/// Writes the code for a target to `out`; `root` is the folder of the workspace. The target cannot do what the specs in
/// `refused` ask for.
pub fn generate(
    root: &Path,
    out: &Path,
    target: relata::Target,
    refused: &[&str],
    instead: Instead<'_>,
) -> Result<(), Box<dyn Error>> {
    let builder =
        |spec: String| spec_of(&root.join(spec), out, instead).map(|spec| spec.target(target));
    let own = OWN
        .iter()
        .map(|name| format!("generated-example/tests/specs/{name}.yaml"));
    let spoken = COMMON.iter().filter(|name| !refused.contains(name));
    let common = spoken.map(|name| format!("specs/{name}.yaml"));
    let patterns = PATTERNS
        .iter()
        .map(|name| format!("specs/pattern_{name}.yaml"));
    for spec in own.chain(common).chain(patterns) {
        builder(spec)?
            .layout(relata::Layout::Single)
            .out_dir(out)
            .generate()?;
    }
    // The same tables with the types of each crate of dates and times, whatever the spec says.
    for time in relata::Time::ALL {
        builder("specs/times_jiff.yaml".into())?
            .layout(relata::Layout::Single)
            .time(time)
            .out_dir(out.join(time.as_str()))
            .generate()?;
    }
    // In a folder of their own, so that names do not clash.
    for program in PROGRAMS {
        builder(format!("generated-example/tests/usage/{program}.yaml"))?
            .layout(relata::Layout::Single)
            .out_dir(out.join("usage"))
            .generate()?;
    }
    Ok(())
}

/// The spec of a file; with what it says instead it is written to `out`.
pub fn spec_of(
    path: &Path,
    out: &Path,
    instead: Instead<'_>,
) -> Result<relata::Builder, Box<dyn Error>> {
    let mut edits = instead
        .iter()
        .filter(|(spec, ..)| path.ends_with(spec))
        .peekable();
    if edits.peek().is_none() {
        return Ok(relata::Builder::new(path));
    }
    println!("cargo::rerun-if-changed={}", path.display());
    let mut text = fs::read_to_string(path)?;
    for (spec, from, to) in edits {
        assert!(text.contains(from), "{spec} does not say {from}");
        text = text.replace(from, to);
    }
    let edited = out.join("specs");
    fs::create_dir_all(&edited)?;
    let edited = edited.join(path.file_name().unwrap_or_default());
    let mut file = fs::File::create(&edited)?;
    file.write_all(text.as_bytes())?;
    // It changes when the spec does. As new as this run it would be a reason for the next one.
    file.set_modified(fs::metadata(path)?.modified()?)?;
    Ok(relata::Builder::new(edited))
}
