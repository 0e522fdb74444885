//! The code that the tests need, of their own specs and of those at the top; the build scripts of all targets include
//! this.

use std::error::Error;
use std::path::Path;

/// Specs of the tests themselves.
const OWN: &[&str] = &["corners", "enums", "symmetric", "units", "writes"];

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

/// Writes the code for a target to `out`; `root` is the folder of the workspace. The target cannot do what the specs in
/// `refused` ask for.
pub fn generate(
    root: &Path,
    out: &Path,
    target: relata::Target,
    refused: &[&str],
) -> Result<(), Box<dyn Error>> {
    let builder = |spec: String| relata::Builder::new(root.join(spec)).target(target);
    let own = OWN
        .iter()
        .map(|name| format!("generated-example/tests/specs/{name}.yaml"));
    let spoken = COMMON.iter().filter(|name| !refused.contains(name));
    let common = spoken.map(|name| format!("specs/{name}.yaml"));
    let patterns = PATTERNS
        .iter()
        .map(|name| format!("specs/pattern_{name}.yaml"));
    for spec in own.chain(common).chain(patterns) {
        builder(spec).out_dir(out).generate()?;
    }
    // The same tables with the types of each crate of dates and times, whatever the spec says.
    for time in relata::Time::ALL {
        builder("specs/times_jiff.yaml".into())
            .time(time)
            .out_dir(out.join(time.as_str()))
            .generate()?;
    }
    // In a folder of their own, so that names do not clash.
    for program in PROGRAMS {
        builder(format!("generated-example/tests/usage/{program}.yaml"))
            .layout(relata::Layout::Single)
            .out_dir(out.join("usage"))
            .generate()?;
    }
    Ok(())
}
