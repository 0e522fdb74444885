//! Measures the code that relata generates for the school against the same jobs written by hand over tokio-postgres: both in
//! this process, each with a connection and a schema of its own, one after the other. See the README of the folder above.

#[path = "../../school/src/clock.rs"]
mod clock;
#[path = "../../school/src/data.rs"]
mod data;
mod generated;
mod hand;
mod jobs;
#[path = "../../school/src/sum.rs"]
mod sum;
#[path = "../../school/src/table.rs"]
#[allow(dead_code, reason = "the school has more to compare")]
mod table;

mod models {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

use data::School;

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

/// Fewer than in memory: what is measured is what a call costs beside a server.
const STUDENTS: u32 = 20_000;

const PAIRS: usize = 7;

fn main() -> Result<()> {
    let url = std::env::var("DATABASE_URL")
        .map_err(|_| "DATABASE_URL names no server: benches/run postgres")?;
    let school = School::new(STUDENTS);
    println!("{}", table::head(&school, "on PostgreSQL", PAIRS));
    let bench = jobs::Bench::new(&url, &school)?;
    for job in jobs::JOBS {
        println!("{}", job(&bench)?);
    }
    bench.end()
}
