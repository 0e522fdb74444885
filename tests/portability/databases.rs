//! Three databases with the same spec, side by side, and what each says to the same SQL.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use mysql::prelude::Queryable as _;
use postgres::SimpleQueryMessage;
use relata::{Builder, Dialect};
use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::types::ValueRef;

use crate::server::{MysqlDatabase, PostgresDatabase};

/// The order in which answers of the three stand.
pub const DIALECTS: [Dialect; 3] = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];

/// The SQL that relata makes of `spec` for a dialect, or its report.
pub fn ddl(spec: &str, dialect: Dialect) -> Result<String, String> {
    let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).expect("a text");
    match builder.dialects([dialect]).render_ddl() {
        Ok((sql, warnings)) => {
            assert!(warnings.is_empty(), "{warnings:?}");
            Ok(sql)
        }
        Err(report) => Err(format!("{report:?}")),
    }
}

/// A connection to each of three databases.
pub struct Three {
    pub sqlite: Session,
    pub postgres: Session,
    pub mysql: Session,
    // Behind the sessions, of which one in a transaction would hold its tables.
    places: Places,
}

/// Where the databases are. They go with it.
struct Places {
    sqlite: tempfile::TempDir,
    postgres: Arc<PostgresDatabase>,
    /// The schema of this test in that database.
    schema: String,
    mysql: MysqlDatabase,
}

impl Three {
    /// Databases with the tables of `spec`.
    pub fn of(spec: &str) -> Self {
        let mut three = Self::empty();
        for (session, dialect) in three.all().into_iter().zip(DIALECTS) {
            let sql = ddl(spec, dialect).unwrap_or_else(|report| panic!("{report}"));
            session.says(&sql, "done");
        }
        three
    }

    /// Databases without tables.
    pub fn empty() -> Self {
        let places = Places::new();
        let [sqlite, postgres, mysql] = places.connect();
        Self {
            sqlite,
            postgres,
            mysql,
            places,
        }
    }

    /// Other connections to the same databases.
    pub fn others(&self) -> [Session; 3] {
        self.places.connect()
    }

    pub fn all(&mut self) -> [&mut Session; 3] {
        [&mut self.sqlite, &mut self.postgres, &mut self.mysql]
    }

    /// All do `sql` without a word.
    #[track_caller]
    pub fn run(&mut self, sql: &str) {
        self.each(sql, ["done"; 3]);
    }

    /// What each says to `sql`.
    #[track_caller]
    pub fn each(&mut self, sql: &str, said: [&str; 3]) {
        for (session, said) in self.all().into_iter().zip(said) {
            session.says(sql, said);
        }
    }
}

impl Places {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let postgres = postgres_database();
        let schema = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let made = postgres
            .connect()
            .batch_execute(&format!("CREATE SCHEMA {schema}"));
        made.expect("a schema");
        Self {
            sqlite: tempfile::tempdir().expect("a folder"),
            postgres,
            schema,
            mysql: MysqlDatabase::new(),
        }
    }

    fn connect(&self) -> [Session; 3] {
        let mut postgres = Session::Postgres(Box::new(self.postgres.connect()));
        postgres.says(&format!("SET search_path = {}", self.schema), "done");
        [
            Session::sqlite(self.sqlite.path().join("database")),
            postgres,
            Session::mysql(self.mysql.connect()),
        ]
    }
}

/// The one of all tests that run at a time: to make one takes long there.
fn postgres_database() -> Arc<PostgresDatabase> {
    static SHARED: Mutex<Weak<PostgresDatabase>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let made = Arc::new(PostgresDatabase::new());
        *shared = Arc::downgrade(&made);
        made
    })
}

/// A connection.
pub enum Session {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Client>),
    Mysql {
        conn: Box<mysql::Conn>,
        version: String,
    },
}

impl Session {
    fn sqlite(path: PathBuf) -> Self {
        let conn = rusqlite::Connection::open(path).expect("a database");
        // As the generated `configure` sets it.
        let set = conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000");
        set.expect("settings");
        let mode = conn.pragma_update(None, "journal_mode", "WAL");
        mode.expect("a write-ahead log");
        Self::Sqlite(conn)
    }

    fn mysql(mut conn: mysql::Conn) -> Self {
        let version: Option<String> = conn.query_first("SELECT version()").expect("a version");
        Self::Mysql {
            conn: Box::new(conn),
            version: version.expect("a version"),
        }
    }

    /// The version, with the product's name before it.
    pub fn version(&mut self) -> String {
        match self {
            Self::Sqlite(_) => format!("SQLite {}", rusqlite::version()),
            Self::Postgres(_) => format!("PostgreSQL {}", self.ask("SHOW server_version")),
            Self::Mysql { version, .. } => match version.split_once("-MariaDB") {
                Some((version, _)) => format!("MariaDB {version}"),
                None => format!("MySQL {version}"),
            },
        }
    }

    /// What it says to `sql` has to be `said`. MySQL is no database that the page was run on: what it says otherwise is
    /// only printed.
    #[track_caller]
    pub fn says(&mut self, sql: &str, said: &str) {
        let found = self.ask(sql);
        if found == said {
            return;
        }
        let version = self.version();
        if version.starts_with("MySQL") {
            eprintln!("{version}: {sql}\n  {found}\n  on MariaDB: {said}");
        } else {
            assert_eq!(found, said, "{version}: {sql}");
        }
    }

    /// What it says to `sql`: the rows, as `a, b; c, d`; `done` when there are none; or `refused: ` and why, SQLite by its
    /// message, the others by their codes.
    pub fn ask(&mut self, sql: &str) -> String {
        let rows = match self {
            Self::Sqlite(conn) => ask_sqlite(conn, sql).map_err(|error| match error {
                rusqlite::Error::SqliteFailure(_, Some(message)) => message,
                // With it comes the whole statement.
                rusqlite::Error::SqlInputError { msg, .. } => msg,
                other => other.to_string(),
            }),
            Self::Postgres(client) => ask_postgres(client, sql).map_err(|error| {
                let code = error.code();
                code.map_or(error.to_string(), |code| code.code().to_owned())
            }),
            Self::Mysql { conn, .. } => ask_mysql(conn, sql).map_err(|error| match error {
                mysql::Error::MySqlError(error) => error.code.to_string(),
                other => other.to_string(),
            }),
        };
        match rows {
            Ok(rows) if rows.is_empty() => "done".to_owned(),
            Ok(rows) => rows.join("; "),
            Err(why) => format!("refused: {why}"),
        }
    }
}

fn ask_sqlite(conn: &rusqlite::Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut batch = rusqlite::Batch::new(conn, sql);
    while let Some(mut statement) = batch.next()? {
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let cells = (0..columns).map(|at| row.get_ref(at).map(of_sqlite));
            found.push(cells.collect::<Result<Vec<_>, _>>()?.join(", "));
        }
    }
    Ok(found)
}

fn of_sqlite(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(value) => value.to_string(),
        ValueRef::Real(value) => format!("{value:?}"),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().fold(String::new(), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        }),
    }
}

fn ask_postgres(client: &mut postgres::Client, sql: &str) -> Result<Vec<String>, postgres::Error> {
    let mut found = Vec::new();
    for message in client.simple_query(sql)? {
        if let SimpleQueryMessage::Row(row) = message {
            let cells = (0..row.len()).map(|at| row.get(at).unwrap_or("NULL"));
            found.push(cells.collect::<Vec<_>>().join(", "));
        }
    }
    Ok(found)
}

fn ask_mysql(conn: &mut mysql::Conn, sql: &str) -> mysql::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut results = conn.query_iter(sql)?;
    while let Some(rows) = results.iter() {
        for row in rows {
            let cells = row?.unwrap().into_iter().map(|value| match value {
                mysql::Value::NULL => "NULL".to_owned(),
                mysql::Value::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                other => other.as_sql(true),
            });
            found.push(cells.collect::<Vec<_>>().join(", "));
        }
    }
    Ok(found)
}

/// Prints what it is. Where nothing may be left out, that is what the page says; elsewhere servers may be newer.
#[test]
#[ignore = "needs PostgreSQL and MariaDB"]
fn the_databases_that_were_run() {
    let mut three = Three::empty();
    let row = crate::page::rows("What was run").swap_remove(0);
    for (session, cell) in three.all().into_iter().zip(&row[1..]) {
        let version = session.version();
        let named = cell.split(',').next().unwrap_or_default();
        let same = version.starts_with(named);
        println!("{version}; the page was run on {named}");
        assert!(
            same || std::env::var_os("CI").is_none(),
            "{version}, and not {named}"
        );
    }
}
