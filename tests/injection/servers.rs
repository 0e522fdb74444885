//! Hostile strings in the SQL of servers: their catalogues have them as they are, and so have rows that are given none.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use mysql::prelude::Queryable;
use relata::{Builder, Dialect};

use super::corpus::corpus;
use super::holes::yaml;
use super::server::{MysqlDatabase, PostgresDatabase};

/// What a spec of all strings says.
#[derive(Default)]
struct Said {
    spec: String,
    /// Table, column, its default and doc.
    columns: Vec<(String, String, String)>,
    /// Tables, with the same name for their check and their index.
    tables: Vec<String>,
    /// Enum values.
    values: Vec<String>,
}

/// How many columns a table has.
const WIDTH: usize = 60;

fn ddl(spec: &str, dialect: Dialect) -> Option<String> {
    let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).expect("a text");
    let made = builder.dialects([dialect]).render_ddl();
    made.ok().map(|(ddl, _)| ddl)
}

/// What the dialect takes in a place: the others are refused, which other tests look at.
fn taken(spec: &str, text: &str, dialect: Dialect) -> bool {
    ddl(&spec.replace('@', &yaml(text)), dialect).is_some()
}

const NAME: &str = "entities: { A: { table: @, columns: { id: { type: integer, primary_key: true, name: @ }, b: text } } }";
const DEFAULT: &str = "entities: { A: { columns: { id: { type: integer, primary_key: true }, b: { type: text, default: @ } } } }";
const VALUE: &str = "entities: { A: { columns: { id: { type: integer, primary_key: true }, b: B } } }\nenums: { B: { c: @ } }";

fn said(dialect: Dialect) -> Said {
    let mut said = Said::default();
    let mut names = BTreeSet::new();
    let texts: Vec<String> = corpus()
        .into_iter()
        .filter(|text| text.len() < 60)
        .collect();
    let mut variants = String::new();
    let mut tables = String::new();
    // Writing to a String cannot fail.
    for (number, text) in texts.iter().enumerate() {
        let quoted = yaml(text);
        if number % WIDTH == 0 {
            let _ = write!(
                said.spec,
                "  C{number}:\n    table: wide_{}\n    columns:\n      id: {{ type: integer, primary_key: true }}\n",
                number / WIDTH
            );
        }
        let name = taken(NAME, text, dialect) && names.insert(text.to_lowercase());
        let column = if name {
            text.clone()
        } else {
            format!("column {number}")
        };
        if taken(DEFAULT, text, dialect) {
            let _ = writeln!(
                said.spec,
                "      c{number}: {{ type: text, name: {}, rust_name: c{number}, default: {quoted}, doc: {quoted} }}",
                yaml(&column)
            );
            said.columns
                .push((format!("wide_{}", number / WIDTH), column, text.clone()));
        }
        if name {
            let _ = writeln!(
                tables,
                "  T{number}: {{ table: {quoted}, doc: {quoted}, columns: {{ id: {{ type: integer, primary_key: true }}, b: integer }}, \
                 indexes: [{{ columns: [b], name: {} }}], checks: [{{ name: {}, sql: b > 0 }}] }}",
                yaml(&format!("{text}i")),
                yaml(&format!("{text}c")),
            );
            said.tables.push(text.clone());
        }
        if taken(VALUE, text, dialect)
            && !said
                .values
                .iter()
                .any(|value| value.eq_ignore_ascii_case(text))
        {
            let _ = writeln!(variants, "    v{number}: {quoted}");
            said.values.push(text.clone());
        }
    }
    said.spec = format!(
        "entities:\n{}{tables}  Worded: {{ columns: {{ id: {{ type: integer, primary_key: true }}, word: Word }} }}\nenums:\n  Word:\n{variants}",
        said.spec
    );
    assert!(said.columns.len() > 150 && said.tables.len() > 100 && said.values.len() > 100);
    said
}

fn sql(said: &Said, dialect: Dialect) -> String {
    let builder = Builder::from_reader("spec.yaml", said.spec.as_bytes()).expect("a text");
    let made = builder.dialects([dialect]).render_ddl();
    made.unwrap_or_else(|error| panic!("{error}")).0
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn strings_arrive_on_postgres() {
    let said = said(Dialect::Postgres);
    let database = PostgresDatabase::new();
    let mut client = database.connect();
    let loaded = client.batch_execute(&sql(&said, Dialect::Postgres));
    loaded.unwrap_or_else(|error| panic!("{error:?}"));
    for (table, column, text) in &said.columns {
        let row = client.query_one(
            "SELECT col_description(attrelid, attnum) FROM pg_attribute WHERE attrelid = $1::text::regclass AND attname = $2::text::name",
            &[table, column],
        );
        let comment: Option<String> = row.expect("a column of the name").get(0);
        let written = Some(text.as_str()).filter(|text| !text.is_empty());
        assert_eq!(comment.as_deref(), written, "{text:?}");
    }
    let wide: BTreeSet<&String> = said.columns.iter().map(|(table, ..)| table).collect();
    for table in wide {
        let row = client.query_one(
            &format!("INSERT INTO {table} DEFAULT VALUES RETURNING *"),
            &[],
        );
        let row = row.expect("a row");
        let defaults: Vec<String> = (1..row.len()).map(|place| row.get(place)).collect();
        let of_table = said.columns.iter().filter(|(of, ..)| of == table);
        let wanted: Vec<&String> = of_table.map(|(.., text)| text).collect();
        assert_eq!(defaults.iter().collect::<Vec<_>>(), wanted);
    }
    let names = |client: &mut postgres::Client, sql: &str| -> BTreeSet<String> {
        let rows = client.query(sql, &[]).expect("names");
        rows.iter().map(|row| row.get(0)).collect()
    };
    let relations = names(
        &mut client,
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    );
    let checks = names(
        &mut client,
        "SELECT conname::text FROM pg_constraint WHERE contype = 'c'",
    );
    for table in &said.tables {
        assert!(relations.contains(table), "{table:?} is a table");
        assert!(
            relations.contains(&format!("{table}i")),
            "{table:?} is an index"
        );
        assert!(
            checks.contains(&format!("{table}c")),
            "{table:?} is a check"
        );
        let comment = client.query_one(
            "SELECT obj_description(oid) FROM pg_class WHERE relname = $1::text::name",
            &[table],
        );
        assert_eq!(
            comment.expect("a row").get::<_, Option<String>>(0).as_ref(),
            Some(table)
        );
    }
    let tables = names(
        &mut client,
        "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    );
    assert_eq!(
        tables.len(),
        said.tables.len() + said.columns.len().div_ceil(WIDTH).max(4) + 1
    );
    for value in &said.values {
        let stored = client.query_one(
            "INSERT INTO wordeds (word) VALUES ($1::text::word) RETURNING word::text",
            &[value],
        );
        assert_eq!(stored.expect("a row").get::<_, String>(0), *value);
    }
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn strings_arrive_on_mysql() {
    let said = said(Dialect::Mysql);
    let database = MysqlDatabase::new();
    let mut conn = database.connect();
    let sql = sql(&said, Dialect::Mysql);
    let mut results = conn
        .query_iter(&sql)
        .unwrap_or_else(|error| panic!("{error}"));
    while let Some(result) = results.iter() {
        result.for_each(|row| drop(row.unwrap_or_else(|error| panic!("{error}"))));
    }
    drop(results);
    for (table, column, text) in &said.columns {
        // The catalogue has no characters beyond U+FFFF.
        let known = |c: char| if u32::from(c) > 0xffff { '\u{fffd}' } else { c };
        let comment: Option<Vec<u8>> = conn
            .exec_first(
                "SELECT column_comment FROM information_schema.columns WHERE table_schema = database() AND table_name = ? AND BINARY column_name = ?",
                (table, column),
            )
            .expect("a query");
        let comment = comment.unwrap_or_else(|| panic!("{column:?} is no column"));
        let wanted: String = text.chars().map(known).collect();
        assert_eq!(String::from_utf8_lossy(&comment), wanted);
    }
    let wide: BTreeSet<&String> = said.columns.iter().map(|(table, ..)| table).collect();
    for table in wide {
        conn.query_drop(format!("INSERT INTO {table} () VALUES ()"))
            .expect("a row");
        let row: mysql::Row = conn
            .query_first(format!("SELECT * FROM {table}"))
            .expect("rows")
            .expect("a row");
        let row = row.unwrap();
        let defaults = row[1..]
            .iter()
            .map(|value| mysql::from_value::<String>(value.clone()));
        let of_table = said.columns.iter().filter(|(of, ..)| of == table);
        let wanted: Vec<String> = of_table.map(|(.., text)| text.clone()).collect();
        assert_eq!(defaults.collect::<Vec<_>>(), wanted);
    }
    let tables: Vec<(String, String)> = conn
        .query("SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = database()")
        .expect("tables");
    let indexes: Vec<String> = conn
        .query(
            "SELECT index_name FROM information_schema.statistics WHERE table_schema = database()",
        )
        .expect("indexes");
    let checks: Vec<String> = conn
        .query("SELECT constraint_name FROM information_schema.check_constraints WHERE constraint_schema = database()")
        .expect("checks");
    for table in &said.tables {
        assert!(
            tables.contains(&(table.clone(), table.clone())),
            "{table:?} is a table"
        );
        assert!(
            indexes.contains(&format!("{table}i")),
            "{table:?} is an index"
        );
        assert!(
            checks.contains(&format!("{table}c")),
            "{table:?} is a check"
        );
    }
    assert_eq!(
        tables.len(),
        said.tables.len() + said.columns.len().div_ceil(WIDTH).max(4) + 1
    );
    for value in &said.values {
        conn.exec_drop("INSERT INTO wordeds (word) VALUES (?)", (value,))
            .expect("a row");
        let stored: Option<String> = conn
            .query_first("SELECT word FROM wordeds ORDER BY id DESC LIMIT 1")
            .expect("a row");
        assert_eq!(stored.as_ref(), Some(value));
    }
}
