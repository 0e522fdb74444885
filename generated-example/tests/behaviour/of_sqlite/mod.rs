//! What is said in SQL of SQLite.

mod bulk_insert;
mod eager_queries;
mod filters_raw;
mod full;
