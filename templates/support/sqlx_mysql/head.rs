// What is the same for every schema: generic code over the traits `Table` and `Entity`, which each entity implements.

use std::future::Future;
use std::marker::PhantomData;

use sqlx::{Connection as _, Row as _, TypeInfo as _, ValueRef as _};

pub use sqlx::mysql::MySqlRow as Row;
pub use sqlx::{Error as DriverError, MySqlConnection as Connection};

/// The database, as the driver calls it.
type Driver = sqlx::MySql;

/// The parameters of a statement, as the driver takes them.
type Arguments = sqlx::mysql::MySqlArguments;
