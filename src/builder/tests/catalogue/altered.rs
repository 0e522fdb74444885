//! The comparison sees what differs: DDL written by hand reads back as the model says, and with each alteration it does
//! not, in the words that are expected.

use super::{Catalogue, differences, expected};
use crate::builder::{Builder, Wanted};
use crate::model::{Dialect, Model};

mod mysql;
mod postgres;
mod sqlite;

/// A schema with a little of everything.
const SPEC: &str = r#"
enums:
  Genre: { doc: What it is., variants: { novel: N, essay: "it's" } }
  Status: { native: false, variants: [open, lent] }
entities:
  Author:
    doc: Who writes.
    columns:
      id:      { type: integer, primary_key: true }
      name:    { type: string(80), doc: As it's printed. }
      boss_id: { references: Author, nullable: true, on_delete: set_null }
  Book:
    columns:
      id:        { type: bigint, primary_key: true }
      title:     { type: string, index: true }
      genre:     Genre
      status:    { type: Status, default: open }
      pages:     { type: smallint, check: { sql: "pages > 0" } }
      price:     "decimal(10,2)"
      twice:     { type: integer?, computed: { sql: "pages * 2" } }
      added:     { type: timestamp, default: now }
      cover:     bytes(100)?
      extra:     { type: json, default: '{}' }
      author_id: { references: Author, on_delete: cascade }
    unique: [[author_id, title]]
"#;

/// What is added to it where the dialect has indexes of some rows.
const PARTIAL: &str = r#"    indexes: [{ columns: [pages], name: long_books, where: { sql: "pages > 100" } }]
"#;

/// An alteration: what the DDL says, what instead, and the differences that it makes.
type Case = (&'static str, &'static str, &'static [&'static str]);

type Load = fn(&str) -> Result<Catalogue, String>;

#[test]
fn differences_are_named_on_sqlite() {
    let spec = [SPEC, PARTIAL].concat();
    are_named(
        &spec,
        Dialect::Sqlite,
        super::sqlite::load,
        sqlite::DDL,
        sqlite::CASES,
    );
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn differences_are_named_on_postgres() {
    let spec = [SPEC, PARTIAL].concat();
    are_named(
        &spec,
        Dialect::Postgres,
        super::postgres::load,
        postgres::DDL,
        postgres::CASES,
    );
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn differences_are_named_on_mysql() {
    are_named(
        SPEC,
        Dialect::Mysql,
        super::mysql::load,
        mysql::DDL,
        mysql::CASES,
    );
}

/// All statements of a text are run, and the mistake of any is told.
#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn late_mistakes_are_seen_on_postgres() {
    refuses(
        super::postgres::load,
        "CREATE TABLE a (b int); CREATE TABLE c (d nothing); CREATE TABLE e (f int)",
    );
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn late_mistakes_are_seen_on_mysql() {
    refuses(
        super::mysql::load,
        "CREATE TABLE a (b int); CREATE TABLE c (d nothing); CREATE TABLE e (f int)",
    );
}

fn refuses(load: Load, ddl: &str) {
    let error = load(ddl).expect_err("a mistake");
    assert!(error.contains("nothing"), "{error}");
}

fn are_named(spec: &str, dialect: Dialect, load: Load, ddl: &str, cases: &[Case]) {
    let wanted = expected::catalogue(&model(spec), dialect);
    let found = |ddl: &str| {
        let database = load(ddl).unwrap_or_else(|error| panic!("{error}\n{ddl}"));
        differences(&wanted, &database)
    };
    assert_eq!(found(ddl), [""; 0], "as the model says");
    for (from, to, differences) in cases {
        assert_eq!(ddl.matches(from).count(), 1, "{from} stands there once");
        assert_eq!(
            found(&ddl.replace(from, to)),
            *differences,
            "{from} became {to}"
        );
    }
}

/// The model is the same for every dialect.
fn model(spec: &str) -> Model {
    let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).expect("a spec");
    let plan = builder.plan(builder.spec.read(), Wanted::Sql);
    plan.unwrap_or_else(|error| panic!("{error}")).model
}
