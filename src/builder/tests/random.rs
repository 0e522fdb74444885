//! Specs that nobody wrote: each is accepted, becomes the same bytes on one thread and on many, and its SQL loads into each
//! database and reads back as the model says.

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use random_specs::{Wanted, spec};

use super::catalogue::{self, Load};
use crate::builder::{Builder, Error, Plan, Wanted as Part};
use crate::diagnostic::{Code, Severity};
use crate::model::Dialect;
use crate::render;

/// A part of the cases that proptest would try, since a spec is more than a number.
fn config(part: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        failure_persistence: None,
        cases: (default.cases / part).max(1),
        max_shrink_iters: 1_000,
        ..default
    }
}

/// Has `hold` look at so many specs, each as a text.
fn each(part: u32, hold: impl Fn(&str) -> Result<(), String>) {
    let config = config(part);
    let bytes = vec(any::<u8>(), 0..6_000);
    let done = TestRunner::new(config).run(&bytes, |bytes| {
        let text = spec(&bytes, &Wanted::default());
        hold(&text).map_err(|words| TestCaseError::fail(format!("{words}\n{text}")))
    });
    done.unwrap_or_else(|error| panic!("{error}"));
}

fn builder(text: &str) -> Builder {
    Builder::from_reader("spec.yaml", text.as_bytes()).expect("a text")
}

#[test]
fn one_thread_and_many_write_the_same() {
    each(8, |text| {
        let builder = builder(text);
        let plan = builder.plan(builder.spec.read(), Part::Everything);
        let plan = plan.map_err(|error| error.to_string())?;
        let written = |threads| -> Result<Vec<(String, String)>, String> {
            let files = builder
                .files(&plan, threads)
                .map_err(|error| error.to_string())?;
            Ok(files
                .iter()
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect())
        };
        let one = written(1)?;
        for threads in [2, 7] {
            if written(threads)? != one {
                return Err(format!("{threads} threads write something else"));
            }
        }
        Ok(())
    });
}

/// The plan of the SQL in a dialect; `None` where the dialect lacks what the spec wants.
fn planned(builder: &Builder) -> Result<Option<Plan>, String> {
    match builder.plan(builder.spec.read(), Part::Sql) {
        Ok(plan) => Ok(Some(plan)),
        Err(Error::Spec(report)) => {
            let mut errors = report
                .findings()
                .iter()
                .filter(|found| found.severity == Severity::Error);
            let lacks = errors.all(|found| found.code == Code::DialectLacks);
            lacks
                .then_some(None)
                .ok_or_else(|| Error::Spec(report).to_string())
        }
        Err(error) => Err(error.to_string()),
    }
}

fn reads_back(dialect: Dialect, part: u32, load: Load<'_>) {
    let (tried, loaded) = (Cell::new(0), Cell::new(0));
    each(part, |text| {
        tried.set(tried.get() + 1);
        let Some(plan) = planned(&builder(text).dialects([dialect]))? else {
            return Ok(());
        };
        loaded.set(loaded.get() + 1);
        let ddl =
            render::ddl(&plan.model, dialect, "spec.yaml").map_err(|error| error.to_string())?;
        let there = load(&ddl).map_err(|error| format!("{error}\n{ddl}"))?;
        let wrong = catalogue::compared(&plan.model, dialect, &there);
        if wrong.is_empty() {
            Ok(())
        } else {
            Err(format!("{}\n{ddl}", wrong.join("\n")))
        }
    });
    assert!(loaded.get() * 2 >= tried.get(), "most were refused");
}

#[test]
fn random_specs_read_back_on_sqlite() {
    reads_back(Dialect::Sqlite, 2, &catalogue::load_on_sqlite);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn random_specs_read_back_on_postgres() {
    reads_back(Dialect::Postgres, 8, &catalogue::load_on_postgres);
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn random_specs_read_back_on_mysql() {
    reads_back(Dialect::Mysql, 8, &catalogue::load_on_mysql);
}
