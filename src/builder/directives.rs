//! What a build script says to cargo: lines on standard output.

use std::env;
use std::path::PathBuf;

use crate::diagnostic::{JsonDiagnostic, Report, json};

/// Tells cargo what the files depend on, when this is a build script.
pub(super) fn depends(paths: &[PathBuf]) {
    let paths = paths.iter().map(|path| path.display().to_string());
    // A spec may name a file as it likes; what has a line's end would be another directive.
    let paths = paths.filter(|path| !path.contains(['\n', '\r']));
    say(paths.map(|path| format!("cargo::rerun-if-changed={path}")));
}

/// Tells cargo the warnings, when this is a build script.
pub(super) fn warn(warnings: &Report) {
    say(json(warnings).iter().map(warning));
}

fn say(lines: impl Iterator<Item = String>) {
    // `cargo run` and `cargo test` pass OUT_DIR on to programs; the second variable is for build scripts alone.
    let in_build_script = ["OUT_DIR", "CARGO_CFG_TARGET_ARCH"];
    if in_build_script
        .iter()
        .all(|name| env::var_os(name).is_some())
    {
        lines.for_each(|line| println!("{line}"));
    }
}

/// A directive is one line, so the help stands behind the message.
fn warning(found: &JsonDiagnostic) -> String {
    let JsonDiagnostic {
        file,
        line,
        column,
        code,
        message,
        ..
    } = found;
    let help = match &found.help {
        Some(help) => format!("; help: {help}"),
        None => String::new(),
    };
    let text = format!("{file}:{line}:{column}: {message} [{code}]{help}");
    format!("cargo::warning={}", text.replace(['\n', '\r'], " "))
}
