//! The golden trees as what they are: Rust, compiled with warnings as errors, and SQL, run in a database.

#![deny(warnings)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rusqlite::Connection;

#[path = "own_types/own.rs"]
pub mod own;

/// What a generated module offers for the whole schema, its error in words.
pub struct Case {
    /// The name of the spec without its ending.
    pub name: &'static str,
    /// The module's text of the schema.
    pub schema: &'static str,
    /// `configure`.
    pub configure: fn(&Connection) -> Result<(), String>,
    /// `create_tables`.
    pub create: fn(&Connection) -> Result<(), String>,
    /// `drop_tables`.
    pub drop: fn(&Connection) -> Result<(), String>,
}

macro_rules! case {
    ($case:ident) => {
        super::Case {
            name: stringify!($case),
            schema: self::$case::SCHEMA_SQL,
            configure: |conn| self::$case::configure(conn).map_err(|error| error.to_string()),
            create: |conn| self::$case::create_tables(conn).map_err(|error| error.to_string()),
            drop: |conn| self::$case::drop_tables(conn).map_err(|error| error.to_string()),
        }
    };
}
use case;

#[rustfmt::skip]
#[path = "golden/cases.rs"]
pub mod cases;

/// The layout for `include!`, as checked in.
pub mod single {
    include!("golden_single/school.rs");
}

/// The names of everything that a schema has made.
fn made(conn: &Connection) -> BTreeSet<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    let mut statement = conn.prepare(sql).expect("a statement");
    let names = statement.query_map([], |row| row.get(0)).expect("names");
    names.collect::<Result<_, _>>().expect("a name")
}

fn connection(case: &Case) -> Connection {
    let conn = Connection::open_in_memory().expect("a database");
    (case.configure)(&conn).expect("configured");
    conn
}

#[test]
fn tables_are_created_dropped_and_created_again() {
    for case in cases::ALL {
        let name = case.name;
        let conn = connection(case);
        (case.create)(&conn).unwrap_or_else(|error| panic!("{name}: {error}"));
        let first = made(&conn);
        assert!(!first.is_empty(), "{name} makes tables");
        let again = (case.create)(&conn).expect_err("the tables are there");
        assert!(again.contains("already exists"), "{name}: {again}");
        (case.drop)(&conn).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(made(&conn), BTreeSet::new(), "{name} drops everything");
        (case.drop)(&conn).unwrap_or_else(|error| panic!("{name}: {error}"));
        (case.create)(&conn).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(made(&conn), first, "{name}");
    }
}

#[test]
fn golden_sql_loads_into_an_empty_database_as_it_is() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for case in cases::ALL {
        let name = case.name;
        let file = tests.join("golden").join(name).join("schema.sql");
        let sql = fs::read_to_string(file).expect("a golden");
        assert_eq!(sql, case.schema, "{name}: the module has its file");
        let conn = connection(case);
        conn.execute_batch(&sql)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        // SQLite takes a reference to a missing table or key when it is declared, and complains of it when it is used.
        for pragma in ["foreign_key_check", "integrity_check"] {
            let mut statement = conn.prepare(&format!("PRAGMA {pragma}")).expect("a pragma");
            let mut rows = statement.query([]).expect("runs");
            while let Some(row) = rows
                .next()
                .unwrap_or_else(|error| panic!("{name}: {error}"))
            {
                let found: rusqlite::types::Value = row.get(0).expect("a column");
                assert_eq!(found, "ok".to_owned().into(), "{name}: {pragma}");
            }
        }
    }
}

#[test]
fn the_single_file_is_the_same_schema() {
    assert_eq!(single::SPEC_HASH, cases::school::SPEC_HASH);
    assert_eq!(single::SCHEMA_SQL, cases::school::SCHEMA_SQL);
}
