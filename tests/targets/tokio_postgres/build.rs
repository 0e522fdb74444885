//! The code and the tests of the target tokio-postgres.

use std::error::Error;

#[path = "../build.rs"]
mod build;

fn main() -> Result<(), Box<dyn Error>> {
    build::build(&build::Kind {
        target: relata::Target::TokioPostgres,
        refused: &["computed"],
        instead: &[],
        left_out: &["beside", "of_rusqlite", "of_sqlite", "page", "computed"],
        lacks: &["configure"],
        suite: "suite_on_postgres",
        needs: Some("needs PostgreSQL: tests/run --install brings it"),
        words: &[
            ("    models::configure(&conn)?;\n", ""),
            (
                "let conn = rusqlite::Connection::open_in_memory()?;",
                "let (_keep, mut conn) = crate::driver::open().await;",
            ),
            (
                "let tx = conn.unchecked_transaction()?;",
                "let mut tx = crate::driver::own_transaction(&conn)?;",
            ),
            ("tx.rollback()?", "tx.rollback().await?"),
        ],
        behind: BEHIND,
        connections: &[("conn", "&mut conn"), ("tx", "&mut *tx")],
    })?;
    println!("cargo::rerun-if-changed=lists.yaml");
    relata::Builder::new("lists.yaml")
        .target(relata::Target::TokioPostgres)
        .layout(relata::Layout::Single)
        .generate()?;
    Ok(())
}

/// Each generated module has a session of its own, which the connection of a test has for it.
const BEHIND: &str = "
impl support::HasClient<support::Own> for crate::driver::Shared {
    const TRANSACTIONS: usize = 0;

    fn client(&self) -> &tokio_postgres::Client {
        &self.0
    }
}

impl support::HasClient<support::Inside> for crate::driver::Begun {
    const TRANSACTIONS: usize = 1;

    fn client(&self) -> &tokio_postgres::Client {
        &self.0
    }
}

impl support::Connected for crate::driver::Conn {
    fn parts(&mut self) -> (&tokio_postgres::Client, &mut support::State) {
        if self.is_begun() {
            let session = self.session(|client| support::Session::new(crate::driver::Begun(client)));
            return session.parts();
        }
        self.session(|client| support::Session::new(crate::driver::Shared(client))).parts()
    }
}

impl From<crate::driver::DriverError> for support::Error {
    fn from(error: crate::driver::DriverError) -> Self {
        error.0.into()
    }
}
";
