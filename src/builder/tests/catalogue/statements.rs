//! Every statement of every spec, prepared by the servers; and the most telling ones run, with what SQLite makes of them
//! for comparison.

mod databases;
mod parts;
mod races;
mod scene;
mod scenes;
mod specs;
mod texts;

use mysql::prelude::Queryable;
use postgres::types::{Kind, Type as PostgresType};

use super::mysql::run as run_all;
use super::server::{MysqlDatabase, PostgresDatabase};
use crate::model::{Dialect, Type};
use crate::sql;
use databases::{Database, OnMysql, OnPostgres};
use parts::{Part, parts};
use scene::Scene;
use scenes::SCENES;
use specs::every_spec;
use texts::{Param, Statement, statements};

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn every_statement_is_prepared_on_postgres() {
    let mut wrong = Vec::new();
    let mut prepared = 0;
    for (stem, model, ddl) in every_spec(Dialect::Postgres) {
        let database = PostgresDatabase::new();
        let mut client = database.connect();
        client.batch_execute(&ddl).expect("DDL");
        for Statement { name, text, params } in statements(&model, sql::postgres()) {
            prepared += 1;
            let found = match client.prepare(&text) {
                Ok(statement) => {
                    let types = statement.params().iter();
                    let types: Vec<String> = types.map(of_server).collect();
                    let expected: Vec<String> = params.iter().map(expected).collect();
                    if types == expected {
                        continue;
                    }
                    format!("{types:?} instead of {expected:?}")
                }
                Err(error) => error
                    .as_db_error()
                    .map_or(error.to_string(), ToString::to_string),
            };
            wrong.push(format!("{stem}: {name}: {found}\n    {text}"));
        }
        for statement in sql::postgres().drop_tables(&model) {
            client.batch_execute(&statement).expect(&statement);
        }
    }
    assert!(prepared > 1000, "{prepared}");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn every_statement_is_prepared_on_mysql() {
    let mut wrong = Vec::new();
    let mut prepared = 0;
    for (stem, model, ddl) in every_spec(Dialect::Mysql) {
        let database = MysqlDatabase::new();
        let mut conn = database.connect();
        run_all(&mut conn, &ddl).expect("DDL");
        for Statement { name, text, params } in statements(&model, sql::mysql()) {
            let parts = parts(&text);
            let numbers = parts.iter().flat_map(|part| part.numbers.iter());
            let last = numbers.max().copied().unwrap_or(0);
            // That the link is there follows from its key alone.
            if last > params.len() || last < params.len() && !name.ends_with("linked") {
                wrong.push(format!("{stem}: {name}: {params:?}\n    {text}"));
            }
            for Part { text, .. } in parts {
                prepared += 1;
                if let Err(error) = conn.prep(&text) {
                    wrong.push(format!("{stem}: {name}: {error}\n    {text}"));
                }
            }
        }
        for statement in sql::mysql().drop_tables(&model) {
            conn.query_drop(&statement).expect(&statement);
        }
        let left: Vec<String> = conn.query("SHOW TABLES").expect("tables");
        assert!(left.is_empty(), "{stem}: {left:?}");
    }
    assert!(prepared > 1000, "{prepared}");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn statements_do_the_same_on_postgres() {
    same_as_sqlite(&mut || Box::new(OnPostgres::new()));
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn statements_do_the_same_on_mysql() {
    same_as_sqlite(&mut || Box::new(OnMysql::new()));
}

fn same_as_sqlite(open: &mut dyn FnMut() -> Box<dyn Database>) {
    let mut wrong = Vec::new();
    for (spec, act) in SCENES {
        let mut lines = [Vec::new(), Vec::new()];
        let mut sqlite = rusqlite::Connection::open_in_memory().expect("SQLite");
        let foreign_keys = sqlite.execute_batch("PRAGMA foreign_keys = ON");
        foreign_keys.expect("a setting");
        let mut other = open();
        let databases: [&mut dyn Database; 2] = [&mut sqlite, &mut *other];
        for (lines, database) in lines.iter_mut().zip(databases) {
            let mut scene = Scene::new(spec, database);
            act(&mut scene);
            *lines = scene.lines;
        }
        let [here, there] = lines;
        for (here, there) in here.iter().zip(&there) {
            if here != there {
                wrong.push(format!("{spec}: {there}\n    on SQLite: {here}"));
            }
        }
        if here.len() != there.len() {
            wrong.push(format!(
                "{spec}: {} lines instead of {}",
                there.len(),
                here.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The type of a parameter; of the types of text, which drivers write alike, it says one.
fn of_server(ty: &PostgresType) -> String {
    match (ty.kind(), ty.name()) {
        (Kind::Array(of), _) => format!("{}[]", of_server(of)),
        (_, "varchar") => "text".to_owned(),
        (_, name) => name.to_owned(),
    }
}

fn expected(param: &Param) -> String {
    match param {
        Param::Value(ty) => named(ty),
        Param::Flag => "bool".to_owned(),
        Param::Count => "int8".to_owned(),
        Param::Keys(types) => match &types[..] {
            [only] if !matches!(only.base(), Type::List(_)) => format!("{}[]", in_array(only)),
            _ => "jsonb".to_owned(),
        },
        Param::Each(each) => match &**each {
            Param::Value(ty) => format!("{}[]", in_array(ty)),
            other => format!("{}[]", expected(other)),
        },
    }
}

fn named(ty: &Type) -> String {
    let name = match ty.base() {
        Type::Boolean => "bool",
        Type::SmallInt => "int2",
        Type::Integer => "int4",
        Type::BigInt => "int8",
        Type::Float => "float4",
        Type::Double => "float8",
        Type::Decimal { .. } => "numeric",
        Type::Bytes(_) => "bytea",
        Type::Uuid => "uuid",
        Type::Date => "date",
        Type::Time => "time",
        Type::DateTime => "timestamp",
        Type::Timestamp => "timestamptz",
        Type::Json => "jsonb",
        Type::Enum(of) if of.native => return crate::naming::database::enum_type(&of.name),
        Type::List(of) => return format!("{}[]", in_array(of)),
        _ => "text",
    };
    name.to_owned()
}

/// Arrays of an enum are made of arrays of text.
fn in_array(ty: &Type) -> String {
    match ty.base() {
        Type::Enum(of) if of.native => "text".to_owned(),
        other => named(other),
    }
}
