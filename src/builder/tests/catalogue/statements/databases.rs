//! Three databases that run a text with parameters, each in its driver's way, and answer in the same words.

use std::error::Error;
use std::sync::Arc;

use mysql::prelude::Queryable;
use postgres::types::private::BytesMut;
use postgres::types::{Format, FromSql, IsNull, Kind, ToSql, Type};

use super::super::server::{MysqlDatabase, PostgresDatabase};
use super::parts::{Part, parts};
use crate::model::Dialect;
use crate::sql::{self, QueryGrammar};

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Flag(bool),
    Number(i64),
    Text(String),
    /// A decimal with two digits behind the point, in units of the last one.
    Cents(i64),
    /// A list of keys.
    Keys(Vec<Vec<Value>>),
    /// A value for each of many rows.
    Each(Vec<Value>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// What a statement gives.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// The values of a row with `|` between them.
    pub(super) rows: Vec<String>,
    pub(super) changed: u64,
}

/// A database with a schema in it.
pub(super) trait Database {
    fn dialect(&self) -> Dialect;

    /// Runs SQL without parameters.
    fn batch(&mut self, sql: &str);

    /// Runs a statement, or what is told to be run for one where a text is several.
    fn run(&mut self, text: &str, params: &[Value]) -> Result<Answer, String>;

    fn grammar(&self) -> &'static dyn QueryGrammar {
        match self.dialect() {
            Dialect::Sqlite => sql::sqlite(),
            Dialect::Postgres => sql::postgres(),
            Dialect::Mysql => sql::mysql(),
        }
    }
}

fn json_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn decimal(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// A list of keys as JSON.
fn json(keys: &[Vec<Value>]) -> String {
    let one = |value: &Value| match value {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => json_text(text),
        Value::Null => "null".to_owned(),
        other => panic!("{other:?} in a key"),
    };
    let key = |key: &Vec<Value>| match &key[..] {
        [only] => one(only),
        _ => format!("[{}]", key.iter().map(one).collect::<Vec<_>>().join(",")),
    };
    format!("[{}]", keys.iter().map(key).collect::<Vec<_>>().join(","))
}

impl Database for rusqlite::Connection {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn batch(&mut self, sql: &str) {
        self.execute_batch(sql).expect(sql);
    }

    fn run(&mut self, text: &str, params: &[Value]) -> Result<Answer, String> {
        use rusqlite::types::{Value as Stored, ValueRef};
        let bound = params.iter().map(|param| match param {
            Value::Null => Stored::Null,
            Value::Flag(flag) => Stored::Integer(i64::from(*flag)),
            Value::Number(number) | Value::Cents(number) => Stored::Integer(*number),
            Value::Text(text) => Stored::Text(text.clone()),
            Value::Keys(keys) => Stored::Text(json(keys)),
            Value::Each(_) => panic!("{text} takes no arrays"),
        });
        let mut statement = self.prepare(text).map_err(|error| error.to_string())?;
        let columns = statement.column_count();
        let shown = |value: ValueRef<'_>| match value {
            ValueRef::Null => "NULL".to_owned(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            other => format!("{other:?}"),
        };
        let rows = statement.query_map(rusqlite::params_from_iter(bound), |row| {
            let values = (0..columns).map(|at| row.get_ref(at).map(shown));
            Ok(values.collect::<Result<Vec<_>, _>>()?.join("|"))
        });
        let rows = rows.and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let rows = rows.map_err(|error| error.to_string())?;
        drop(statement);
        Ok(Answer {
            rows,
            changed: self.changes(),
        })
    }
}

/// A database of PostgreSQL, and a connection to it.
pub(super) struct OnPostgres {
    client: postgres::Client,
    database: Arc<PostgresDatabase>,
}

impl OnPostgres {
    pub(super) fn new() -> Self {
        Self::to(&Arc::new(PostgresDatabase::new()))
    }

    /// Another connection to the same database.
    pub(super) fn beside(&self) -> Self {
        Self::to(&self.database)
    }

    fn to(database: &Arc<PostgresDatabase>) -> Self {
        Self {
            client: database.connect(),
            database: Arc::clone(database),
        }
    }
}

/// A value in the form of a literal, which the server reads as whatever type it wants.
#[derive(Debug)]
struct AsText(Value);

impl ToSql for AsText {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        let one = |value: &Value| match value {
            Value::Null => "NULL".to_owned(),
            Value::Flag(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Cents(cents) => decimal(*cents),
            other => panic!("{other:?} in an array"),
        };
        let array = |values: &mut dyn Iterator<Item = &Value>| {
            let quoted = values.map(|value| match value {
                Value::Text(text) => json_text(text),
                other => one(other),
            });
            format!("{{{}}}", quoted.collect::<Vec<_>>().join(","))
        };
        let text = match &self.0 {
            Value::Null => return Ok(IsNull::Yes),
            Value::Keys(keys) if *ty == Type::JSONB => json(keys),
            Value::Keys(keys) => array(&mut keys.iter().flatten()),
            Value::Each(values) => array(&mut values.iter()),
            value => one(value),
        };
        out.extend_from_slice(text.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(_ty: &Type) -> bool {
        true
    }

    fn encode_format(&self, _ty: &Type) -> Format {
        Format::Text
    }

    postgres::types::to_sql_checked!();
}

/// A value in the words of the other databases.
struct Shown(String);

impl<'a> FromSql<'a> for Shown {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *ty {
            Type::BOOL => i64::from(bool::from_sql(ty, raw)?).to_string(),
            Type::INT2 => i16::from_sql(ty, raw)?.to_string(),
            Type::INT4 => i32::from_sql(ty, raw)?.to_string(),
            Type::INT8 => i64::from_sql(ty, raw)?.to_string(),
            _ if matches!(ty.kind(), Kind::Enum(_)) => std::str::from_utf8(raw)?.to_owned(),
            Type::TEXT | Type::VARCHAR => std::str::from_utf8(raw)?.to_owned(),
            // Scenes do not show any.
            _ => format!("{raw:?}"),
        }))
    }

    fn from_sql_null(_ty: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self("NULL".to_owned()))
    }

    fn accepts(_ty: &Type) -> bool {
        true
    }
}

impl Database for OnPostgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn batch(&mut self, sql: &str) {
        self.client.batch_execute(sql).expect(sql);
    }

    fn run(&mut self, text: &str, params: &[Value]) -> Result<Answer, String> {
        let words = |error: &postgres::Error| {
            let error = error.as_db_error();
            error.map_or("no answer".to_owned(), ToString::to_string)
        };
        let bound: Vec<AsText> = params.iter().cloned().map(AsText).collect();
        let bound: Vec<&(dyn ToSql + Sync)> = bound.iter().map(|each| each as _).collect();
        let statement = self.client.prepare(text).map_err(|error| words(&error))?;
        if statement.columns().is_empty() {
            let changed = self.client.execute(&statement, &bound);
            let changed = changed.map_err(|error| words(&error))?;
            return Ok(Answer {
                rows: Vec::new(),
                changed,
            });
        }
        let rows = self.client.query(&statement, &bound);
        let rows = rows.map_err(|error| words(&error))?;
        let shown = rows.iter().map(|row| {
            let values = (0..row.len()).map(|at| row.get::<_, Shown>(at).0);
            values.collect::<Vec<_>>().join("|")
        });
        Ok(Answer {
            rows: shown.collect(),
            changed: rows.len() as u64,
        })
    }
}

/// A database of MariaDB or MySQL, and a connection to it.
pub(super) struct OnMysql {
    conn: mysql::Conn,
    database: Arc<MysqlDatabase>,
}

impl OnMysql {
    pub(super) fn new() -> Self {
        Self::to(&Arc::new(MysqlDatabase::new()))
    }

    /// Another connection to the same database.
    pub(super) fn beside(&self) -> Self {
        Self::to(&self.database)
    }

    /// Rows that an UPDATE meets count, also where it changes nothing.
    fn to(database: &Arc<MysqlDatabase>) -> Self {
        let found = mysql::consts::CapabilityFlags::CLIENT_FOUND_ROWS;
        Self {
            conn: database.connect_as(|options| options.additional_capabilities(found)),
            database: Arc::clone(database),
        }
    }

    fn part(&mut self, part: &Part, params: &[Value]) -> Result<Answer, String> {
        let bound = part.numbers.iter().map(|number| match &params[number - 1] {
            Value::Null => mysql::Value::NULL,
            Value::Flag(flag) => mysql::Value::Int(i64::from(*flag)),
            Value::Number(number) => mysql::Value::Int(*number),
            Value::Text(text) => mysql::Value::Bytes(text.clone().into_bytes()),
            Value::Cents(cents) => mysql::Value::Bytes(decimal(*cents).into_bytes()),
            Value::Keys(keys) => mysql::Value::Bytes(json(keys).into_bytes()),
            Value::Each(_) => panic!("{} takes no arrays", part.text),
        });
        let bound: Vec<mysql::Value> = bound.collect();
        let bound = if bound.is_empty() {
            mysql::Params::Empty
        } else {
            mysql::Params::Positional(bound)
        };
        let result = self.conn.exec_iter(&part.text, bound);
        let mut result = result.map_err(|error| error.to_string())?;
        let changed = result.affected_rows();
        let mut rows = Vec::new();
        for row in result.by_ref() {
            let row = row.map_err(|error| error.to_string())?;
            let shown = row.unwrap().into_iter().map(|value| match value {
                mysql::Value::NULL => "NULL".to_owned(),
                mysql::Value::Bytes(text) => String::from_utf8_lossy(&text).into_owned(),
                mysql::Value::Int(number) => number.to_string(),
                mysql::Value::UInt(number) => panic!("{number} has no sign"),
                other => other.as_sql(false),
            });
            rows.push(shown.collect::<Vec<_>>().join("|"));
        }
        Ok(Answer { rows, changed })
    }
}

impl Database for OnMysql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn batch(&mut self, sql: &str) {
        super::super::mysql::run(&mut self.conn, sql).expect(sql);
    }

    fn run(&mut self, text: &str, params: &[Value]) -> Result<Answer, String> {
        let parts = parts(text);
        if let [only] = &parts[..] {
            return self.part(only, params);
        }
        for pair in parts.chunks(2) {
            let Answer { changed, .. } = self.part(&pair[0], params)?;
            if changed > 0 {
                let Answer { rows, .. } = self.part(&pair[1], params)?;
                return Ok(Answer { rows, changed });
            }
        }
        Ok(Answer::default())
    }
}
