// What is the same for every schema: generic code over the traits `Table` and `Entity`, which each entity implements.

use std::marker::PhantomData;

use rusqlite::types::{ToSqlOutput as Written, Value, ValueRef};

pub use rusqlite::{Connection, Error as DriverError, Row};
