//! How a pattern is run, alone and beside SQLAlchemy.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;
use serde_json::Value;

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

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

/// A pattern over the code that relata made of its spec.
pub(crate) struct Pattern {
    pub(crate) name: &'static str,
    pub(crate) configure: fn(&Connection) -> Outcome<()>,
    pub(crate) create_tables: fn(&Connection) -> Outcome<()>,
    /// Inserts what `fill` of its Python inserts.
    pub(crate) fill: fn(&Connection) -> Outcome<()>,
    /// What stands in the database, as its Python answers.
    pub(crate) answers: fn(&Connection) -> Outcome<Value>,
    /// Changes what was filled in, through relationships.
    pub(crate) change: fn(&Connection) -> Outcome<()>,
    /// The answers to what was filled in.
    pub(crate) before: fn() -> Value,
    /// The answers to what was changed.
    pub(crate) after: fn() -> Value,
}

/// Declares the pattern `NAME`: `models`, what `specs/pattern_NAME.yaml` became, and its two tests. The module has the
/// functions that [`Pattern`] asks for.
macro_rules! pattern {
    ($name:literal) => {
        /// What its spec becomes.
        mod models {
            include!(concat!(env!("OUT_DIR"), "/pattern_", $name, ".rs"));
        }

        const PATTERN: crate::harness::Pattern = crate::harness::Pattern {
            name: $name,
            configure: |conn| Ok(models::configure(conn)?),
            create_tables: |conn| Ok(models::create_tables(conn)?),
            fill,
            answers,
            change,
            before,
            after,
        };

        #[test]
        fn behaves() {
            PATTERN.behaves();
        }

        #[test]
        #[ignore = "needs SQLAlchemy: tests/run --install brings it"]
        fn agrees_with_sqlalchemy() {
            PATTERN.agrees_with_sqlalchemy();
        }
    };
}
pub(crate) use pattern;

impl Pattern {
    /// What relata makes, it reads, and changes as it should.
    pub(crate) fn behaves(&self) {
        let conn = Connection::open_in_memory().expect("a database");
        self.must("configure", (self.configure)(&conn));
        self.must("create tables", (self.create_tables)(&conn));
        self.must("fill", (self.fill)(&conn));
        self.same(
            "relata, filled by relata",
            self.relata(&conn),
            (self.before)(),
        );
        self.must("change", (self.change)(&conn));
        self.same(
            "relata, changed by relata",
            self.relata(&conn),
            (self.after)(),
        );
    }

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

    /// Relata's answers, of a database whose foreign keys hold.
    fn relata(&self, conn: &Connection) -> Value {
        let sql = "SELECT count(*) FROM pragma_foreign_key_check";
        let broken: i64 = conn.query_row(sql, [], |row| row.get(0)).expect("a number");
        assert_eq!(broken, 0, "{}: foreign keys are broken", self.name);
        self.must("answers", (self.answers)(conn))
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

    fn must<T>(&self, step: &str, outcome: Outcome<T>) -> T {
        outcome.unwrap_or_else(|error| panic!("{}, {step}: {error}", self.name))
    }

    #[expect(clippy::needless_pass_by_value, reason = "both are made for this")]
    fn same(&self, who: &str, answers: Value, expected: Value) {
        assert_eq!(answers, expected, "{}: {who}", self.name);
    }
}
