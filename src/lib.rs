//! Rust structs, SQL DDL and relationship accessors from one YAML model spec.
//!
//! Ten minutes, in the order in which things are met: [the spec](#the-spec), [the build script](#the-build-script), [the include
//! line](#the-include-line), [the use](#the-use), [mistakes](#mistakes), [settings](#settings), and [files that are checked
//! in](#files-that-are-checked-in). The repository has a guide beside this page, with a reference of the spec language and of what is
//! generated; the command line (`relata --help`) does the same without a build script.
//!
//! # The spec
//!
//! `specs/school.yaml` says what there is and how it hangs together:
//!
//! ```yaml
//! entities:
//!   Student:
//!     columns:
//!       id:    { type: integer, primary_key: true }
//!       name:  string
//!       email: { type: string?, unique: true }
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
//! - An **entity** is a table and a struct. A column is `name: TYPE`, or a mapping with more to say; it is never NULL unless there is a `?`
//!   behind its type. A primary key of one integer is counted by the database.
//! - A **relationship** goes over a foreign key (a column with `references: Course`) or over a **secondary**, a table of links. Both
//!   sides name the other one with `back_populates`: it is one relationship, read and written from both.
//!
//! # The build script
//!
//! `build.rs` makes `school.rs` and `school.sql` of it whenever it changes. It works offline: no database is asked.
//!
//! ```no_run
//! fn main() -> Result<(), relata::Error> {
//!     relata::generate("specs/school.yaml")?;
//!     Ok(())
//! }
//! ```
//!
//! In `Cargo.toml` relata is a build dependency, without the feature `cli`, which has what the command line alone needs. The program
//! itself depends on the driver, and on nothing of relata:
//!
//! ```toml
//! [dependencies]
//! rusqlite = { version = "0.39", features = ["bundled"] }
//!
//! [build-dependencies]
//! relata = { path = "../relata", default-features = false }
//! ```
//!
//! # The include line
//!
//! It gives the generated code a place in the program: a module of yours, or the root of a crate.
//!
//! ```text
//! mod models {
//!     include!(concat!(env!("OUT_DIR"), "/school.rs"));
//! }
//! ```
//!
//! # The use
//!
//! ```text
//! use models::{Course, NewCourse, NewStudent, Student, StudentPatch, course, student};
//!
//! let conn = rusqlite::Connection::open_in_memory()?;
//! models::configure(&conn)?;
//! models::create_tables(&conn)?;
//!
//! // Rows are inserted as `New…`, which has no counted key, and changed by `…Patch`.
//! let alice = Student::insert(&conn, NewStudent { name: "Alice".into(), email: None })?;
//! let alice = alice.update(&conn, StudentPatch { name: Some("Alice Li".into()), ..Default::default() })?;
//! let math = Course::insert(&conn, NewCourse { title: "Math".into() })?;
//!
//! // A relationship of a row is a handle: nothing is asked before one of its methods is called.
//! alice.courses().add(&conn, &math)?;
//! for student in math.students().all(&conn)? {
//!     println!("{}", student.name);
//! }
//!
//! // Queries are typed by entity; what is related comes along, one statement for each relationship.
//! let in_math = Student::query().filter(student::COURSES.any(course::TITLE.eq("Math")));
//! for (student, courses) in in_math.with(student::COURSES).all(&conn)? {
//!     println!("{} takes {} courses", student.name, courses.len());
//! }
//! ```
//!
//! What comes out is plain Rust and SQL to read. Here the spec stands in a text, as [`Builder::from_reader`] takes it; its files are
//! called `schema`:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let spec = "
//! entities:
//!   Student:
//!     columns:
//!       id:   { type: integer, primary_key: true }
//!       name: string
//! ";
//! let rendered = relata::Builder::from_reader("school.yaml", spec.as_bytes())?.render()?;
//! let files: Vec<&str> = rendered.output.iter().map(|(name, _)| name).collect();
//! assert_eq!(files, ["schema.rs", "schema.sql"]);
//!
//! let rust = rendered.output.get("schema.rs").expect("the Rust");
//! assert!(rust.contains("pub struct Student {"));
//! assert!(rust.contains("pub struct NewStudent {"));
//! let sql = rendered.output.get("schema.sql").expect("the SQL");
//! assert!(sql.contains(r#"CREATE TABLE "students" ("#));
//! # Ok(())
//! # }
//! ```
//!
//! # Mistakes
//!
//! All that is wrong with a spec is found in one run, and nothing is written then. `Display` of [`Error`] is the report, and so is `Debug`,
//! which is what `main` and `unwrap` print: so `cargo build` shows the line, the words and the way out.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let spec = "
//! entities:
//!   Student:
//!     columns:
//!       id:   { type: integer, primary_key: true }
//!       name: strnig
//! ";
//! let error = relata::Builder::from_reader("school.yaml", spec.as_bytes())?.render().unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "\
//! error[E0201]: no type `strnig` exists
//!  --> school.yaml:6:13
//!   |
//! 6 |       name: strnig
//!   |             ^^^^^^
//!   |
//!   = help: did you mean `string`?
//!
//! error: school.yaml: 1 error"
//! );
//! let relata::Error::Spec(report) = error else { panic!("{error}") };
//! assert_eq!(report.findings()[0].code.as_str(), "E0201");
//! # Ok(())
//! # }
//! ```
//!
//! A warning stops nothing, unless [`Builder::deny_warnings`] says so; cargo shows it as one of the build script.
//!
//! # Settings
//!
//! What may be said under `generate:` in the spec, a [`Builder`] may say too, and goes before it: the driver ([`Target`]), the crate of
//! dates and times ([`Time`]), the SQL of further databases ([`Dialect`]), derives, attributes, [`Visibility`], and tests.
//!
//! ```no_run
//! fn main() -> Result<(), relata::Error> {
//!     relata::Builder::new("specs/school.yaml")
//!         .target(relata::Target::TokioPostgres)
//!         .derives(["serde::Serialize"])
//!         .deny_warnings(true)
//!         .generate()?;
//!     Ok(())
//! }
//! ```
//!
//! What is generated offers the same on every target. With a driver whose calls are futures, `.await` stands behind each call that takes
//! the connection.
//!
//! # Files that are checked in
//!
//! In place of a build script, `relata generate specs/school.yaml --out src/models` writes a folder of modules, [`Layout::Modules`], which
//! is reviewed like other code and needs no relata to be built. `cargo fmt` leaves it alone when it is declared so:
//!
//! ```text
//! #[rustfmt::skip]
//! mod models;
//! ```
//!
//! A test with [`Builder::check`] keeps it current. It fails with a diff of each file and with the command that mends it; relata is then
//! among the `[dev-dependencies]`.
//!
//! ```no_run
//! // #[test]
//! fn the_models_are_current() -> Result<(), relata::Error> {
//!     relata::Builder::new("specs/school.yaml")
//!         .layout(relata::Layout::Modules)
//!         .out_dir("src/models")
//!         .check()
//! }
//! ```
//!
//! The same, with a folder of its own:
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path();
//! # let spec = "entities: { Student: { columns: { id: { type: integer, primary_key: true } } } }";
//! let models = relata::Builder::from_reader("school.yaml", spec.as_bytes())?
//!     .layout(relata::Layout::Modules)
//!     .out_dir(folder);
//! assert!(matches!(models.check(), Err(relata::Error::Stale(_)))); // nothing is there
//! let done = models.generate()?;
//! assert_eq!(done.written.len(), 4); // mod.rs, schema.sql, student.rs, support.rs
//! models.check()?;
//! # Ok(())
//! # }
//! ```

mod builder;
pub mod diagnostic;
mod model;
mod naming;
pub mod output;
mod render;
mod resolve;
mod rust;
#[cfg(feature = "cli")]
mod schema;
mod source;
mod spec;
mod sql;
mod threads;
mod visible;

pub use builder::{Builder, Error, Fixed, FixedFile, FixedPlace, Rendered, Stale, generate};
pub use model::{Dialect, Target, Time};
pub use render::{Layout, RenderError};
pub use rust::Visibility;
#[cfg(feature = "cli")]
pub use schema::json_schema;
