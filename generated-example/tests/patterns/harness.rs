//! How a pattern is run.

use std::error::Error;

use serde_json::Value;

use crate::db::{self, Connection};

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

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

        crate::db::only_rusqlite! {
            #[test]
            #[ignore = "needs SQLAlchemy: tests/run --install brings it"]
            fn agrees_with_sqlalchemy() {
                PATTERN.agrees_with_sqlalchemy();
            }
        }
    };
}
pub(crate) use pattern;

impl Pattern {
    /// What relata makes, it reads, and changes as it should.
    pub(crate) fn behaves(&self) {
        let conn = db::open();
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

    /// Relata's answers, of a database whose foreign keys hold.
    pub(crate) fn relata(&self, conn: &Connection) -> Value {
        assert_eq!(
            db::broken(conn),
            0,
            "{}: foreign keys are broken",
            self.name
        );
        self.must("answers", (self.answers)(conn))
    }

    pub(crate) fn must<T>(&self, step: &str, outcome: Outcome<T>) -> T {
        outcome.unwrap_or_else(|error| panic!("{}, {step}: {error}", self.name))
    }

    #[expect(clippy::needless_pass_by_value, reason = "both are made for this")]
    pub(crate) fn same(&self, who: &str, answers: Value, expected: Value) {
        assert_eq!(answers, expected, "{}: {who}", self.name);
    }
}
