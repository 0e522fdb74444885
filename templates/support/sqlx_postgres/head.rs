// What is the same for every schema: generic code over the traits `Table` and `Entity`, which each entity implements.

use std::future::Future;
use std::marker::PhantomData;

use sqlx::{Connection as _, Executor as _, Row as _, Statement as _, ValueRef as _};

pub use sqlx::postgres::PgRow as Row;
pub use sqlx::{Error as DriverError, PgConnection as Connection};

/// The database, as the driver calls it.
type Driver = sqlx::Postgres;

/// The parameters of a statement, as the driver takes them.
type Arguments = sqlx::postgres::PgArguments;
