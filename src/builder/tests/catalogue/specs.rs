//! Every spec of the project, and a large one that uses all of the language, loads into an empty database of each dialect
//! and reads back as the model says.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Catalogue, differences, expected, mysql, postgres, sqlite};
use crate::builder::tests::{dialects, large};
use crate::builder::{Builder, Error, Wanted};
use crate::diagnostic::Report;
use crate::model::Dialect;
use crate::render;

/// Loads DDL into an empty database and reads its catalogue, or says why the database refuses it.
type Load<'a> = &'a dyn Fn(&str) -> Result<Catalogue, String>;

#[test]
fn every_spec_reads_back_on_sqlite() {
    every_spec_reads_back(Dialect::Sqlite, &sqlite::load);
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

fn the_large_spec_reads_back(dialect: Dialect, load: Load<'_>) {
    let spec = large::spec(500);
    let builder = Builder::from_reader("large.yaml", spec.as_bytes()).expect("a spec");
    let found = reads_back(builder, "large", dialect, load).expect("a spec of every dialect");
    assert_eq!(found, [""; 0]);
}

fn every_spec_reads_back(dialect: Dialect, load: Load<'_>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let entries = std::fs::read_dir(folder).expect("specs");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    // Folders have what specs include.
    paths.retain(|path| path.is_file());
    paths.sort();
    let mut loaded = 0;
    let mut wrong = Vec::new();
    for path in &paths {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        match reads_back(Builder::new(path), &stem, dialect, load) {
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
fn reads_back(
    builder: Builder,
    stem: &str,
    dialect: Dialect,
    load: Load<'_>,
) -> Result<Vec<String>, Option<String>> {
    let builder = builder.dialects([dialect]);
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
