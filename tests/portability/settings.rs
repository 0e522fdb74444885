//! Settings of sessions: what they change, and that relata's SQL means the same under all of them.

use std::fs;

use relata::Dialect;

use crate::databases::{Session, Three, ddl};

const READERS: &str = "
entities:
  Reader:
    columns:
      id:    { type: integer, primary_key: true }
      name:  string(3)
      small: { type: smallint, default: 0 }
";

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn without_strict_mode() {
    let mut three = Three::of(READERS);
    three
        .mysql
        .says("SELECT @@sql_mode LIKE '%STRICT_TRANS_TABLES%'", "1");
    three.mysql.says(
        "INSERT INTO readers (name) VALUES ('Adam')",
        "refused: 1406",
    );
    three.mysql.says("SET sql_mode = ''", "done");
    three.mysql.says(
        "INSERT INTO readers (name, small) VALUES ('Adam', 40000)",
        "done",
    );
    three
        .mysql
        .says("SELECT name, small FROM readers", "Ada, 32767");
}

/// The spec with everything that dialects write in their own ways.
fn dialects() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/specs/dialects.yaml");
    fs::read_to_string(path).expect("the spec")
}

/// The values that defaults of that spec give to a row, when `session` has loaded it under `setting`.
fn defaults(session: &mut Session, dialect: Dialect, setting: &str, reset: &str) -> String {
    let sql = ddl(&dialects(), dialect).unwrap_or_else(|report| panic!("{report}"));
    session.says(setting, "done");
    assert_eq!(session.ask(&sql), "done", "{setting}");
    session.says(reset, "done");
    session.says(
        "INSERT INTO stations (country, number, name) VALUES ('de', 1, 'a')",
        "done",
    );
    session.ask("SELECT * FROM stations")
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn modes_of_mysql() {
    let usual = "SET sql_mode = DEFAULT";
    let loaded = |setting: &str| {
        let mut three = Three::empty();
        let row = defaults(&mut three.mysql, Dialect::Mysql, setting, usual);
        let doc = "SELECT table_comment FROM information_schema.tables WHERE table_schema = database() AND table_name = 'stations'";
        (row, three.mysql.ask(doc))
    };
    let expected = loaded(usual);
    assert!(expected.0.contains(r"C:\temp\'x'"), "{expected:?}");
    let modes = [
        "ANSI",
        "HIGH_NOT_PRECEDENCE",
        "IGNORE_SPACE",
        "NO_AUTO_VALUE_ON_ZERO",
        "TRADITIONAL",
    ];
    for mode in modes {
        assert_eq!(
            loaded(&format!("SET sql_mode = '{mode}'")),
            expected,
            "{mode}"
        );
    }
    assert_eq!(loaded("SET NAMES latin1"), expected);
    // But for comments, of which each backslash is two.
    let (row, doc) = loaded("SET sql_mode = 'NO_BACKSLASH_ESCAPES'");
    assert_eq!((row, doc), (expected.0, expected.1.replace('\\', r"\\")));
    // MariaDB has it; it means DATETIME by DATE.
    let mut three = Three::empty();
    if three.mysql.version().starts_with("MariaDB") {
        let row = defaults(
            &mut three.mysql,
            Dialect::Mysql,
            "SET sql_mode = 'ORACLE'",
            usual,
        );
        assert!(row.contains("0000-01-01 00:00:00"), "{row}");
    }
}

#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn settings_of_postgres() {
    let settings = [
        "SET standard_conforming_strings = on",
        "SET standard_conforming_strings = off",
        "SET backslash_quote = off",
        "SET datestyle = 'SQL, DMY'",
        "SET intervalstyle = 'sql_standard'",
        "SET TIME ZONE 'UTC'",
        "SET transform_null_equals = on",
    ];
    let found = settings.map(|setting| {
        let reset = setting.split([' ', '=']).nth(1).expect("a name");
        let reset = if reset == "TIME" { "TIME ZONE" } else { reset };
        let mut three = Three::empty();
        defaults(
            &mut three.postgres,
            Dialect::Postgres,
            setting,
            &format!("RESET {reset}"),
        )
    });
    assert!(found[0].contains(r"C:\temp\'x'"), "{}", found[0]);
    for (each, setting) in found.iter().zip(settings) {
        assert_eq!(*each, found[0], "{setting}");
    }
}
