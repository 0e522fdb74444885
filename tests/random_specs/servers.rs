//! The same specs, loaded into servers.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use relata::diagnostic::{Report, Severity};
use relata::{Builder, Dialect, Error};

use super::{server, spec};

/// Whether all errors are of what a dialect lacks.
fn lacks(report: &Report) -> bool {
    let errors = report.findings().iter();
    let mut errors = errors.filter(|finding| finding.severity == Severity::Error);
    errors.all(|finding| finding.code.as_str() == "E0215")
}

/// The SQL of a spec in a dialect; `None` where the dialect lacks what it wants.
fn ddl(spec: &str, dialect: Dialect) -> Result<Option<String>, TestCaseError> {
    let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).expect("a text");
    match builder.dialects([dialect]).render_ddl() {
        Ok((ddl, _)) => Ok(Some(ddl)),
        Err(Error::Spec(report)) if lacks(&report) => Ok(None),
        Err(error) => Err(TestCaseError::fail(format!("{spec}\n{error}"))),
    }
}

/// Has `load` load the SQL of some specs into a server, each into an empty database.
fn load_on(dialect: Dialect, load: impl Fn(&str) -> Result<(), String>) {
    let default = ProptestConfig::default();
    let config = ProptestConfig {
        failure_persistence: None,
        // A new database takes a moment.
        cases: default.cases / 8,
        ..default
    };
    let cases = config.cases;
    let loaded = std::cell::Cell::new(0);
    let done = TestRunner::new(config).run(&spec(), |spec| {
        let Some(ddl) = ddl(&spec, dialect)? else {
            return Ok(());
        };
        loaded.set(loaded.get() + 1);
        load(&ddl).map_err(|error| TestCaseError::fail(format!("{error}\n{spec}\n{ddl}")))
    });
    done.unwrap_or_else(|error| panic!("{error}"));
    assert!(
        loaded.get() > cases / 4,
        "{} of {cases} were refused",
        cases - loaded.get()
    );
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn what_is_generated_loads_on_postgres() {
    // Tells of a missing server once, before proptest looks for a smaller spec that fails.
    drop(server::PostgresDatabase::new());
    load_on(Dialect::Postgres, |ddl| {
        let database = server::PostgresDatabase::new();
        let loaded = database.connect().batch_execute(ddl);
        loaded.map_err(|error| format!("{error:?}"))
    });
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn what_is_generated_loads_on_mysql() {
    use mysql::prelude::Queryable;
    drop(server::MysqlDatabase::new());
    load_on(Dialect::Mysql, |ddl| {
        let database = server::MysqlDatabase::new();
        let mut conn = database.connect();
        let mut results = conn.query_iter(ddl).map_err(|error| error.to_string())?;
        // A statement's error comes with its result.
        while let Some(result) = results.iter() {
            for row in result {
                row.map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    });
}
