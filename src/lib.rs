//! Rust structs, SQL DDL and relationship accessors from one YAML model spec.
//!
//! # From a spec to running code
//!
//! **The spec**, `specs/school.yaml`, says what there is and how it hangs together:
//!
//! ```yaml
//! entities:
//!   Student:
//!     columns:
//!       id:   { type: integer, primary_key: true }
//!       name: string
//!     relationships:
//!       courses: { target: Course, secondary: student_course, back_populates: students }
//!
//!   Course:
//!     columns:
//!       id:    { type: integer, primary_key: true }
//!       title: string
//!     relationships:
//!       students: { target: Student, secondary: student_course, back_populates: courses }
//!
//! secondary:
//!   student_course: [Student, Course]
//! ```
//!
//! **The build script**, `build.rs`, makes `school.rs` and `school.sql` of it whenever it changes. In `Cargo.toml`,
//! `relata` stands under `[build-dependencies]`, with `default-features = false` to leave the command line out:
//!
//! ```no_run
//! fn main() -> Result<(), relata::Error> {
//!     relata::generate("specs/school.yaml")?;
//!     Ok(())
//! }
//! ```
//!
//! A mistake in the spec ends the build with a report that shows the line. [`Builder`] has the settings.
//!
//! **The include line** gives the generated code a place in the program:
//!
//! ```text
//! mod models {
//!     include!(concat!(env!("OUT_DIR"), "/school.rs"));
//! }
//! ```
//!
//! **The use**: the generated code needs the driver, here `rusqlite`, and nothing of relata.
//!
//! ```text
//! let conn = rusqlite::Connection::open_in_memory()?;
//! models::configure(&conn)?;
//! models::create_tables(&conn)?;
//! let alice = Student::insert(&conn, NewStudent { name: "Alice".into() })?;
//! let math = Course::insert(&conn, NewCourse { title: "Math".into() })?;
//! alice.courses().add(&conn, &math)?;
//! for student in math.students().all(&conn)? {
//!     println!("{}", student.name);
//! }
//! ```
//!
//! The same files as modules to check in, the SQL alone, and validation are `relata generate`, `relata ddl` and
//! `relata check` on the command line; [`Builder::check`] keeps checked-in files current in a test.

mod builder;
pub mod diagnostic;
mod model;
mod naming;
pub mod output;
mod render;
mod resolve;
mod rust;
mod source;
mod spec;
mod sql;

pub use builder::{Builder, Error, Rendered, Stale, generate};
pub use model::{Dialect, Target, Time};
pub use render::{Layout, RenderError};
pub use rust::Visibility;
