//! Every spec of the project loads into an empty database of each dialect and reads back as the model says.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Catalogue, differences, expected, mysql, postgres, sqlite};
use crate::builder::tests::{dialects, large};
use crate::builder::{Builder, Error, Wanted};
use crate::diagnostic::Report;
use crate::model::Dialect;
use crate::render;

/// Loads DDL into an empty database and reads its catalogue, or says why the database refuses it.
pub(in crate::builder::tests) type Load<'a> = &'a dyn Fn(&str) -> Result<Catalogue, String>;

#[test]
fn every_spec_reads_back_on_sqlite() {
    every_spec_reads_back(Dialect::Sqlite, &sqlite::load);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn every_spec_reads_back_on_postgres() {
    every_spec_reads_back(Dialect::Postgres, &postgres::load);
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn every_spec_reads_back_on_mysql() {
    every_spec_reads_back(Dialect::Mysql, &mysql::load);
}

#[test]
fn the_large_spec_reads_back_on_sqlite() {
    the_large_spec_reads_back(Dialect::Sqlite, &sqlite::load);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn the_large_spec_reads_back_on_postgres() {
    the_large_spec_reads_back(Dialect::Postgres, &postgres::load);
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn the_large_spec_reads_back_on_mysql() {
    the_large_spec_reads_back(Dialect::Mysql, &mysql::load);
}

/// Lists, which no other dialect has, so that no spec of the project does.
#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn lists_read_back_on_postgres() {
    let types = [
        "boolean",
        "smallint",
        "integer",
        "bigint",
        "float",
        "double",
        "decimal(20,4)",
        "string",
        "string(8)",
        "text",
        "bytes",
        "uuid",
        "date",
        "time",
        "datetime",
        "timestamp",
        "json",
        "Mood",
        "Email",
    ];
    let columns = types.iter().enumerate();
    let columns: Vec<String> = columns
        .map(|(number, ty)| format!("      c{number}: {{ type: \"[{ty}]?\" }}\n"))
        .collect();
    let spec = format!(
        "enums: {{ Mood: [glad, sad] }}\ntypes: {{ Email: {{ base: string(320), rust: \"crate::Email\" }} }}\n\
         entities:\n  Reading:\n    columns:\n      id: {{ type: integer, primary_key: true }}\n\
         \x20     words: {{ type: [text], default: {{ sql: \"'{{}}'\" }} }}\n{}",
        columns.concat()
    );
    let builder = Builder::from_reader("lists.yaml", spec.as_bytes()).expect("a spec");
    let found = reads_back(&builder, "lists", Dialect::Postgres, &postgres::load);
    assert_eq!(found, Ok(Vec::new()), "{spec}");
}

/// 500 entities, and all of the language.
fn the_large_spec_reads_back(dialect: Dialect, load: Load<'_>) {
    let text = large::spec(500);
    let builder = Builder::from_reader("large.yaml", text.as_bytes()).expect("a spec");
    match reads_back(&builder, "large", dialect, load) {
        Ok(found) => assert!(found.is_empty(), "\n{}\n", found.join("\n")),
        Err(words) => panic!("{}", words.unwrap_or("it is refused".to_owned())),
    }
}

fn every_spec_reads_back(dialect: Dialect, load: Load<'_>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let entries = std::fs::read_dir(folder).expect("specs");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    // Folders have what specs include, and the schema is none.
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    paths.sort();
    let mut loaded = 0;
    let mut wrong = Vec::new();
    for path in &paths {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        match reads_back(&Builder::new(path), &stem, dialect, load) {
            Ok(found) => {
                loaded += 1;
                wrong.extend(found.iter().map(|words| format!("{stem}: {words}")));
            }
            Err(None) => {}
            Err(Some(words)) => wrong.push(format!("{stem}: {words}")),
        }
    }
    assert!(loaded > 0, "specs were found");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The differences; `None` as an error where the spec is refused as it should be.
pub(super) fn reads_back(
    builder: &Builder,
    stem: &str,
    dialect: Dialect,
    load: Load<'_>,
) -> Result<Vec<String>, Option<String>> {
    let builder = builder.clone().dialects([dialect]);
    let plan = match builder.plan(builder.spec.read(), Wanted::Sql) {
        Ok(plan) => plan,
        Err(Error::Spec(report)) => {
            as_reported(&report, stem, dialect)?;
            return Err(None);
        }
        Err(error) => return Err(Some(error.to_string())),
    };
    as_reported(&plan.warnings, stem, dialect)?;
    let ddl = render::ddl(&plan.model, dialect, stem).map_err(|error| Some(error.to_string()))?;
    let database = load(&ddl)?;
    Ok(differences(
        &expected::catalogue(&plan.model, dialect),
        &database,
    ))
}

fn as_reported(report: &Report, stem: &str, dialect: Dialect) -> Result<(), String> {
    let findings = report.findings().iter();
    let codes: BTreeSet<&str> = findings.map(|finding| finding.code.as_str()).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let wanted = dialects::reported(stem, dialect);
    if codes == wanted {
        return Ok(());
    }
    let shown = crate::diagnostic::human(report, false);
    Err(format!(
        "{codes:?} are reported instead of {wanted:?}\n{shown}"
    ))
}
