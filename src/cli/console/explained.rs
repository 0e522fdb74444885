//! What the program says about codes.

use std::io;

use anstream::{AutoStream, ColorChoice};
use relata::diagnostic::{Code, Report};
use serde_json::json;

use super::{Console, Failure};
use crate::cli::explain;

impl Console {
    /// Prints what `codes` mean.
    pub(in crate::cli) fn explanations(&mut self, codes: &[Code]) -> Result<(), Failure> {
        if self.json {
            return self.objects(codes);
        }
        let pages: Vec<&str> = codes.iter().map(|code| code.explanation()).collect();
        let text = pages.join("\n");
        match AutoStream::choice(&io::stdout()) {
            // Whoever keeps it has Markdown.
            ColorChoice::Never => self.text(&text),
            _ => self.say(&explain::colored(&text)),
        }
    }

    /// Lists `codes`, each with its title.
    pub(in crate::cli) fn codes(&mut self, codes: &[Code]) -> Result<(), Failure> {
        if self.json {
            return self.objects(codes);
        }
        let line = |code: &Code| format!("{}  {}\n", code.as_str(), code.title());
        let lines: Vec<String> = codes.iter().map(line).collect();
        self.text(&lines.concat())
    }

    /// One object for each of `codes`.
    fn objects(&mut self, codes: &[Code]) -> Result<(), Failure> {
        for code in codes {
            let object = json!({
                "code": code.as_str(),
                "severity": code.severity().as_str(),
                "title": code.title(),
                "explanation": code.explanation(),
            });
            self.say(&format!("{object}\n"))?;
        }
        Ok(())
    }
}

/// The most codes that a reference names.
const NAMED: usize = 3;

/// Where to read on about what was found.
pub(super) fn reference(report: &Report) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for finding in report.findings() {
        let code = finding.code.as_str();
        // Of a file that is not there, no spec is right.
        if finding.code != Code::Unreadable && !codes.contains(&code) {
            codes.push(code);
        }
    }
    if codes.is_empty() {
        return String::new();
    }
    let named = codes[..codes.len().min(NAMED)].join(" ");
    let each = match codes.len() {
        1 => "",
        ..=NAMED => " for each",
        _ => " for each of the first three codes",
    };
    format!(
        "\x1b[1;96mhelp\x1b[0m: `relata explain {named}` shows a wrong and a right spec{each}\n"
    )
}
