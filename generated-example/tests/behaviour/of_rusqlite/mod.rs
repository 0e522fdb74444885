//! What rusqlite alone has: traces, several threads, a connection that is used by two at once, rows of the driver.

mod aggregates_walk;
mod bulk_insert;
mod concurrency;
mod costs;
mod eager_queries;
mod eager_statements;
mod errors;
mod failures;
mod full_disk;
mod links;
mod rows;
mod statements;
mod symmetric_ways;
mod unit_statements;
mod versions_threads;
mod workers;
