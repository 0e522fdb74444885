//! Specs and what they mean, or what is wrong with them.

use crate::diagnostic::Diagnostic;
use crate::model::{Dialect, Model};
use crate::source::{Part, Path};
use crate::spec::Spec;

mod model;

/// Resolves YAML in which every column is in its long form.
fn resolve(yaml: &str) -> (Option<Model>, Vec<Diagnostic>) {
    resolve_unread(yaml, &[])
}

/// The same for a spec of which some parts could not be read.
fn resolve_unread(yaml: &str, unread: &[Path]) -> (Option<Model>, Vec<Diagnostic>) {
    let mut spec: Spec =
        serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
    spec.unread.extend(unread.iter().cloned());
    super::resolve(&spec, &[Dialect::Sqlite])
}

/// The model of a spec without a problem.
fn model(yaml: &str) -> Model {
    let (model, found) = resolve(yaml);
    assert!(found.is_empty(), "{found:#?}");
    model.expect("a model")
}

/// Code and place of everything wrong with a spec.
fn problems(yaml: &str) -> Vec<String> {
    resolve(yaml).1.iter().map(shown).collect()
}

fn shown(diagnostic: &Diagnostic) -> String {
    let place = &diagnostic.place;
    let part = match &place.part {
        Part::Key => " key".to_owned(),
        Part::Value => String::new(),
        Part::Words(words) => format!(" {words:?}"),
    };
    format!("{} {}{part}", diagnostic.code.as_str(), place.path)
}
