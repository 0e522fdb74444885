//! Databases on the servers that tests are told of: each is empty, and dropped at the end. The tests of
//! `tests/portability.rs` include this file too.

use std::sync::atomic::{AtomicUsize, Ordering};

use mysql::prelude::Queryable;
use mysql::{Conn, Opts, OptsBuilder};
use postgres::{Client, Config, NoTls};

/// A database of PostgreSQL.
pub(super) struct PostgresDatabase {
    server: Config,
    name: String,
}

impl PostgresDatabase {
    pub(super) fn new() -> Self {
        let url = url("RELATA_POSTGRES_URL");
        let server: Config = url
            .parse()
            .expect("RELATA_POSTGRES_URL as PostgreSQL reads it");
        let name = fresh_name();
        // Another template might not be empty, and other locales sort and fold text in other ways.
        let create =
            format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        Self::client(&server)
            .batch_execute(&create)
            .expect("a new database");
        Self { server, name }
    }

    pub(super) fn connect(&self) -> Client {
        Self::client(self.server.clone().dbname(&self.name))
    }

    fn client(config: &Config) -> Client {
        let client = config.connect(NoTls);
        client.expect("the server of RELATA_POSTGRES_URL")
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        let dropped = Self::client(&self.server).batch_execute(&drop);
        assert!(dropped.is_ok() || std::thread::panicking(), "{dropped:?}");
    }
}

/// A database of MySQL or MariaDB.
pub(super) struct MysqlDatabase {
    server: Opts,
    name: String,
}

impl MysqlDatabase {
    pub(super) fn new() -> Self {
        let url = url("RELATA_MYSQL_URL");
        let server = Opts::from_url(&url).expect("RELATA_MYSQL_URL as the driver reads it");
        let name = fresh_name();
        let create = format!("CREATE DATABASE {name}");
        let created = Self::conn(server.clone()).query_drop(create);
        created.expect("a new database");
        Self { server, name }
    }

    pub(super) fn connect(&self) -> Conn {
        self.connect_as(|options| options)
    }

    pub(super) fn connect_as(&self, options: impl FnOnce(OptsBuilder) -> OptsBuilder) -> Conn {
        let server = OptsBuilder::from_opts(self.server.clone());
        Self::conn(options(server.db_name(Some(&self.name))))
    }

    fn conn(options: impl Into<Opts>) -> Conn {
        Conn::new(options.into()).expect("the server of RELATA_MYSQL_URL")
    }
}

impl Drop for MysqlDatabase {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE {}", self.name);
        let dropped = Self::conn(self.server.clone()).query_drop(drop);
        assert!(dropped.is_ok() || std::thread::panicking(), "{dropped:?}");
    }
}

/// The URL of a server, which `tests/run` sees to.
fn url(variable: &str) -> String {
    let url = std::env::var(variable).unwrap_or_default();
    assert!(!url.is_empty(), "{variable} is not set: use tests/run");
    url
}

/// A name that no other test has, nor another run on the same server.
fn fresh_name() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("relata_{}_{number}", std::process::id())
}
