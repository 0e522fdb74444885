//! What a build script says to cargo: lines on standard output.

use std::env;

use super::Rendered;
use crate::diagnostic::{JsonDiagnostic, json};

/// Tells cargo what the files depend on, and the warnings, when this is a build script.
pub(super) fn announce(rendered: &Rendered) {
    // `cargo run` and `cargo test` pass OUT_DIR on to programs; the second variable is for build scripts alone.
    let in_build_script = ["OUT_DIR", "CARGO_CFG_TARGET_ARCH"];
    if in_build_script
        .iter()
        .all(|name| env::var_os(name).is_some())
    {
        for line in lines(rendered) {
            println!("{line}");
        }
    }
}

fn lines(rendered: &Rendered) -> Vec<String> {
    let sources = rendered.sources.iter();
    let depends = sources.map(|path| format!("cargo::rerun-if-changed={}", path.display()));
    let warnings = json(&rendered.warnings);
    let warnings = warnings.iter().map(warning);
    depends.chain(warnings).collect()
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
