//! How a pattern is run beside SQLAlchemy, which has a driver of its own: on files of SQLite.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::db::Connection;
use crate::harness::Pattern;

/// The Python that has SQLAlchemy; `tests/run` sets it.
const PYTHON: &str = "RELATA_SQLALCHEMY_PYTHON";

/// A call of that Python, which leaves no compiled files among the sources.
pub(crate) fn python() -> Command {
    let python = std::env::var_os(PYTHON);
    let python = python.unwrap_or_else(|| panic!("{PYTHON} is not set: use tests/run"));
    let mut command = Command::new(python);
    command.arg("-B");
    command
}

impl Pattern {
    /// What one of the two makes, both read alike, and SQLAlchemy sees what relata changes.
    pub(crate) fn agrees_with_sqlalchemy(&self) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sqlalchemy.db");
        let answers = self.sqlalchemy(&file, &["create", "fill", "answers"]);
        self.same("SQLAlchemy, in its own tables", answers, (self.before)());
        let conn = self.open(&file);
        self.same(
            "relata, in SQLAlchemy's tables",
            self.relata(&conn),
            (self.before)(),
        );
        self.must("change", (self.change)(&conn));
        self.same(
            "relata, after its change",
            self.relata(&conn),
            (self.after)(),
        );
        drop(conn);
        let answers = self.sqlalchemy(&file, &["answers"]);
        self.same("SQLAlchemy, after relata's change", answers, (self.after)());

        // The other way round: relata's tables take what SQLAlchemy writes, and it reads what relata writes.
        let file = folder.path().join("relata.db");
        let conn = self.open(&file);
        self.must("create tables", (self.create_tables)(&conn));
        let answers = self.sqlalchemy(&file, &["fill", "answers"]);
        self.same("SQLAlchemy, in relata's tables", answers, (self.before)());
        self.same(
            "relata, filled by SQLAlchemy",
            self.relata(&conn),
            (self.before)(),
        );
    }

    fn open(&self, file: &Path) -> Connection {
        let conn = Connection::open(file).expect("a database");
        self.must("configure", (self.configure)(&conn));
        conn
    }

    /// What SQLAlchemy prints after `steps` on the file.
    fn sqlalchemy(&self, file: &Path, steps: &[&str]) -> Value {
        let script =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/patterns/sqlalchemy_side.py");
        let mut command = python();
        command.arg(script).arg(self.name).arg(file).args(steps);
        let output = command.output().expect("Python runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{}, {steps:?}: {complaint}",
            self.name
        );
        serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
    }
}
