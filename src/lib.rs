//! relata

pub mod diagnostic;
pub mod model;
pub mod naming;
pub mod resolve;
pub mod source;
pub mod spec;

/// All that is wrong with the spec `text`, which messages call `name`.
#[must_use]
pub fn check_text(name: &str, text: &[u8]) -> diagnostic::Report {
    let source = source::Source::new(name, text);
    let (spec, mut diagnostics) = spec::read(&source);
    diagnostics.extend(resolve::resolve(&spec, &[model::Dialect::Sqlite]).1);
    diagnostic::Report::new(source, &diagnostics)
}
