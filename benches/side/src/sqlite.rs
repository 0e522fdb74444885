//! What every side on SQLite makes of a database.

/// The tables, as relata creates them.
pub const SCHEMA: &str = include_str!("../../../tests/golden/school/schema.sql");

/// Added when the rows are there: students are looked up by name.
pub const NAMES_INDEX: &str = "CREATE INDEX ix_students_name ON students (name)";

/// Counts the links whose ends are both there.
pub const COUNT_LINKS: &str = "SELECT count(*) FROM students \
    JOIN student_course ON student_id = students.id JOIN courses ON course_id = courses.id";
