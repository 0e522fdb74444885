//! Specs and what they mean, or what is wrong with them.

use crate::diagnostic::Diagnostic;
use crate::model::{Dialect, Model};
use crate::source::{Part, Source, Sources};
use crate::spec;

mod model;
mod problems;

/// Reads and resolves a spec; the problems are those of both stages.
fn resolve(yaml: &str) -> (Option<Model>, Vec<Diagnostic>) {
    resolve_all(&source(yaml))
}

fn source(yaml: &str) -> Sources {
    Source::new("spec.yaml", yaml.as_bytes()).into()
}

fn resolve_all(sources: &Sources) -> (Option<Model>, Vec<Diagnostic>) {
    let (spec, mut found) = spec::read(sources);
    let asked = super::Asked {
        dialects: vec![Dialect::Sqlite],
        ..super::Asked::default()
    };
    let (model, resolved) = super::resolve(&spec, &asked);
    found.extend(resolved);
    found.retain(|problem| !spec.allows(problem.code));
    (model, found)
}

/// The model of a spec without a problem.
fn model(yaml: &str) -> Model {
    let (model, found) = resolve(yaml);
    assert!(found.is_empty(), "{}", rendered(source(yaml), &found));
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
        Part::Words(words) | Part::Span(words) => format!(" {words:?}"),
    };
    format!("{} {}{part}", diagnostic.code.as_str(), place.path)
}

/// The whole text that people see, for a failing test.
fn rendered(sources: Sources, found: &[Diagnostic]) -> String {
    crate::diagnostic::human(&crate::diagnostic::Report::new(sources, found), false)
}

#[test]
fn every_spec_of_the_project_has_a_model() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/specs");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue; // What specs include, and the schema.
        }
        let sources = Sources::of_file(&path, &spec::PARTS);
        let (model, found) = resolve_all(&sources);
        let report = rendered(sources, &found);
        assert!(
            model.is_some() && found.is_empty(),
            "{}\n{report}",
            path.display()
        );
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn columns_may_be_called_as_keys_of_columns_are() {
    let found = problems(
        "enums: { RefKind: [a, b], kind: [c, d] }
entities:
  Paper:
    columns:
      id:
        type: integer
        primary_key: true
      references: RefKind
      default: kind
      on_delete: RefKind?
      doc: string (20) ?
      name: { type: text }
      type: kind
      version: integer
      example: { references: Paper, nullable: true }
  naming:
    columns:
      id: { type: integer, primary_key: true }
      paper: # Its type is that of what it refers to.
      type: kind
      other: { name: other_paper }
      name: string
    foreign_keys: [{ columns: [paper], references: Paper(id) }, { columns: [other], references: Paper(id) }]
",
    );
    assert_eq!(found, [""; 0]);
}
