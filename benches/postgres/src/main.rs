//! Measures the code that relata generates for the school against the same jobs written by hand over tokio-postgres: both in
//! this process, each with a connection and a schema of its own, one after the other. See the README of the folder above.

mod clock;
mod generated;
mod hand;
mod jobs;
#[allow(dead_code, reason = "the school has more to compare")]
mod table;

mod models {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

use side::{School, Size};

side::rows!(hand::Student: name, hand::Course: title, models::Student: name, models::Course: title);

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

const PAIRS: usize = 7;

fn main() -> Result<()> {
    let url = std::env::var("DATABASE_URL")
        .map_err(|_| "DATABASE_URL names no server: benches/run postgres")?;
    let school = School::new(Size::POSTGRES);
    println!("{}", table::head(&school, "on PostgreSQL", PAIRS));
    let bench = jobs::Bench::new(&url, &school)?;
    for job in jobs::JOBS {
        println!("{}", job(&bench)?);
    }
    bench.end()
}
