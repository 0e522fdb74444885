// What is the same for every schema: generic code over the traits `Table` and `Entity`, which each entity implements.

use std::future::Future;
use std::marker::PhantomData;

pub use tokio_postgres::Row;
