//! The tests of generated code are written once, for rusqlite. What this makes of their text runs them on a target whose
//! calls are futures.
//!
//! Nothing is parsed but into tokens, so that what stands in macros is found like everything else, and only what has to
//! change is touched: comments and layout stay.
//!
//! - [`waited`] is for the suite. A call of generated code, which is one whose first argument is a connection, is waited
//!   for where it stands: `crate::db::run!(conn, held_conn => Student::get(&mut *held_conn, 1))`. So closures stay closures, also
//!   those of iterators, and every future of the suite is checked to be `Send` by itself.
//! - [`awaited`] is for the programs of the contract: `Student::get(&mut conn, 1).await`.

mod awaited;
mod calls;
mod names;
mod suite;
mod tokens;
mod waited;

#[cfg(test)]
mod tests;

pub use awaited::awaited;
pub use names::Own;
pub use suite::{Suite, read};
pub use waited::{Place, waited};

/// Why a text cannot be turned.
pub type Result<T> = std::result::Result<T, String>;
