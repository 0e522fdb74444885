//! The catalogue of MySQL and of MariaDB, `information_schema`.

use std::collections::BTreeMap;

use mysql::Conn;
use mysql::prelude::{FromRow, Queryable};

use super::server::MysqlDatabase;
use super::{Catalogue, Column, ForeignKey, Made, Table};

/// Loads `ddl` into an empty database and reads what has become of it.
pub(in crate::builder::tests) fn load(ddl: &str) -> Result<Catalogue, String> {
    let database = MysqlDatabase::new();
    let mut conn = database.connect();
    run(&mut conn, ddl).map_err(|error| error.to_string())?;
    let version: Option<String> = conn.query_first("SELECT version()").expect("a version");
    let mut read = Reader {
        conn,
        is_mariadb: version.is_some_and(|version| version.contains("MariaDB")),
        tables: BTreeMap::new(),
    };
    read.tables();
    read.columns();
    read.keys();
    read.foreign_keys();
    read.checks();
    Ok(Catalogue {
        tables: read.tables,
        enums: BTreeMap::new(),
    })
}

/// Runs a text of several statements. Each has a result of its own, and may fail after others have not.
pub(super) fn run(conn: &mut Conn, text: &str) -> mysql::Result<()> {
    let mut results = conn.query_iter(text)?;
    while let Some(rows) = results.iter() {
        for row in rows {
            row?;
        }
    }
    Ok(())
}

struct Reader {
    conn: Conn,
    is_mariadb: bool,
    tables: BTreeMap<String, Table>,
}

impl Reader {
    fn all<T: FromRow>(&mut self, sql: &str) -> Vec<T> {
        self.conn.query(sql).expect("a query of the catalogue")
    }

    fn table(&mut self, name: &str) -> &mut Table {
        self.tables.get_mut(name).expect("a table that was read")
    }

    fn tables(&mut self) {
        let rows: Vec<(String, String, String, String)> = self.all(
            "SELECT TABLE_NAME, ENGINE, TABLE_COLLATION, TABLE_COMMENT FROM information_schema.TABLES
             WHERE TABLE_SCHEMA = database()",
        );
        for (name, engine, collation, comment) in rows {
            let table = Table {
                options: format!("{engine}, {collation}"),
                comment: some(comment),
                ..Table::default()
            };
            self.tables.insert(name, table);
        }
    }

    fn columns(&mut self) {
        type Found = (
            String,
            String,
            String,
            Option<String>,
            String,
            Option<String>,
            String,
            String,
        );
        let rows: Vec<Found> = self.all(
            "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLLATION_NAME, IS_NULLABLE, COLUMN_DEFAULT, EXTRA, COLUMN_COMMENT
             FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = database() ORDER BY TABLE_NAME, ORDINAL_POSITION",
        );
        for (table, name, ty, collation, nullable, default, extra, comment) in rows {
            // MariaDB writes out the default that every nullable column has; it quotes the text NULL.
            let none = |default: &&String| self.is_mariadb && *default == "NULL";
            let column = Column {
                name,
                ty: type_words(&ty, collation),
                nullable: nullable == "YES",
                default: default.as_ref().is_some_and(|default| !none(&default)),
                made: match extra.to_uppercase() {
                    extra if extra.contains("AUTO_INCREMENT") => Made::Counted,
                    extra if extra.contains("STORED GENERATED") => Made::Stored,
                    extra if extra.contains("VIRTUAL GENERATED") => Made::Virtual,
                    extra if extra.contains("ON UPDATE") => Made::Renewed,
                    _ => Made::Written,
                },
                comment: some(comment),
            };
            self.table(&table).columns.push(column);
        }
    }

    /// Keys and indexes are the same to MySQL.
    fn keys(&mut self) {
        type Found = (String, String, bool, Option<String>, Option<u32>);
        let rows: Vec<Found> = self.all(
            "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART FROM information_schema.STATISTICS
             WHERE TABLE_SCHEMA = database() ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX",
        );
        for (table, name, non_unique, column, prefix) in rows {
            let column = column.unwrap_or("an expression".to_owned());
            let column = match prefix {
                Some(prefix) => format!("{column} to {prefix}"),
                None => column,
            };
            let table = self.table(&table);
            let columns = match (name.as_str(), non_unique) {
                ("PRIMARY", _) => &mut table.primary_key.columns,
                (_, false) => table.uniques.entry(name).or_default(),
                (_, true) => &mut table.indexes.entry(name).or_default().columns,
            };
            columns.push(column);
        }
    }

    /// Two queries: the join of both views opens every table for every row.
    fn foreign_keys(&mut self) {
        type Found = (String, String, String, String, String);
        let rules: Vec<Found> = self.all(
            "SELECT TABLE_NAME, CONSTRAINT_NAME, REFERENCED_TABLE_NAME, DELETE_RULE, UPDATE_RULE
             FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = database()",
        );
        for (table, name, target, on_delete, on_update) in rules {
            let key = ForeignKey {
                target,
                on_delete: action(on_delete),
                on_update: action(on_update),
                ..ForeignKey::default()
            };
            self.table(&table).foreign_keys.insert(name, key);
        }
        let columns: Vec<(String, String, String, String)> = self.all(
            "SELECT TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME, REFERENCED_COLUMN_NAME
             FROM information_schema.KEY_COLUMN_USAGE
             WHERE TABLE_SCHEMA = database() AND REFERENCED_COLUMN_NAME IS NOT NULL
             ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION",
        );
        for (table, name, column, target_column) in columns {
            let key = self.table(&table).foreign_keys.get_mut(&name);
            let key = key.expect("a foreign key with its rules");
            key.columns.push(column);
            key.target_columns.push(target_column);
        }
    }

    fn checks(&mut self) {
        if self.is_mariadb {
            return self.checks_of_mariadb();
        }
        let rows: Vec<(String, String)> = self.all(
            "SELECT TABLE_NAME, CONSTRAINT_NAME FROM information_schema.TABLE_CONSTRAINTS
             WHERE CONSTRAINT_SCHEMA = database() AND CONSTRAINT_TYPE = 'CHECK'",
        );
        for (table, name) in rows {
            self.table(&table).checks.insert(name);
        }
    }

    /// The word JSON means text with a check there, which has the column's name.
    fn checks_of_mariadb(&mut self) {
        let rows: Vec<(String, String, String)> = self.all(
            "SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS
             WHERE CONSTRAINT_SCHEMA = database()",
        );
        for (table, name, clause) in rows {
            let table = self.table(&table);
            let is_json = clause == format!("json_valid(`{}`)", name.replace('`', "``"));
            let mut columns = table.columns.iter_mut();
            let column = columns.find(|column| {
                is_json && column.name == name && column.ty == "longtext collate utf8mb4_bin"
            });
            match column {
                Some(column) => "json".clone_into(&mut column.ty),
                None => drop(table.checks.insert(name)),
            }
        }
    }
}

fn some(comment: String) -> Option<String> {
    (!comment.is_empty()).then_some(comment)
}

/// The engine knows no checks at the end of a statement: NO ACTION is RESTRICT, and either is what no clause means.
fn action(rule: String) -> String {
    match rule.as_str() {
        "NO ACTION" => "RESTRICT".to_owned(),
        _ => rule,
    }
}

/// A type with its collation, without the width that numbers are shown in, which MySQL 8 no longer says.
fn type_words(ty: &str, collation: Option<String>) -> String {
    let (word, width) = ty.split_once('(').unwrap_or((ty, ""));
    let ty = match word {
        "smallint" | "int" | "bigint" => {
            let behind = width.split_once(')').map_or("", |(_, behind)| behind);
            format!("{word}{behind}")
        }
        "enum" => unescaped(ty),
        _ => ty.to_owned(),
    };
    match collation {
        Some(collation) => format!("{ty} collate {collation}"),
        None => ty,
    }
}

/// The catalogue has some characters of an enum's values with a backslash, whatever the mode is.
fn unescaped(ty: &str) -> String {
    let mut chars = ty.chars();
    std::iter::from_fn(|| match chars.next()? {
        '\\' => chars.next().map(|c| match c {
            '0' => '\0',
            'n' => '\n',
            'r' => '\r',
            c => c,
        }),
        c => Some(c),
    })
    .collect()
}
