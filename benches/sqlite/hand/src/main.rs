//! The jobs by hand over rusqlite.

mod hand;

use std::process::ExitCode;

use hand::{Course, Student};
use rusqlite::Connection;
use side::sqlite::{self, Keys, Sqlite};
use side::sum::of_found;
use side::{Result, School, Size, version};

side::rows!(Student: name, Course: title);

struct Hand;

impl Sqlite for Hand {
    type Db = Connection;
    type Student = Student;
    type Course = Course;

    fn student(id: i32, name: String) -> Student {
        Student { id, name }
    }

    fn course(id: i32, title: String) -> Course {
        Course { id, title }
    }

    fn open(&mut self) -> Result<Connection> {
        let conn = Connection::open_in_memory()?;
        conn.pragma_update(None, "foreign_keys", true)?;
        Ok(conn)
    }

    fn script(&mut self, conn: &mut Connection, sql: &str) -> Result<()> {
        Ok(conn.execute_batch(sql)?)
    }

    fn text(&mut self, conn: &mut Connection, sql: &str) -> Result<String> {
        Ok(conn.query_row(sql, [], |row| row.get(0))?)
    }

    fn insert(&mut self, conn: &mut Connection, school: &School) -> Result<Keys> {
        hand::insert(conn, school)
    }

    fn courses(&mut self, conn: &mut Connection, students: &[Student]) -> Result<Vec<Vec<Course>>> {
        let mut found = Vec::with_capacity(students.len());
        for student in students {
            found.push(hand::courses(conn, student)?);
        }
        Ok(found)
    }

    fn eager(&mut self, conn: &mut Connection) -> Result<Vec<(Student, Vec<Course>)>> {
        Ok(hand::eager(conn)?)
    }

    fn find(&mut self, conn: &mut Connection, keys: &[i32]) -> Result<u64> {
        let mut sum = 0;
        for key in keys {
            sum += of_found(&hand::find(conn, *key)?.ok_or("a row is not there")?);
        }
        Ok(sum)
    }

    fn first(&mut self, conn: &mut Connection, names: &[String]) -> Result<u64> {
        let mut sum = 0;
        for name in names {
            sum += of_found(&hand::first(conn, name)?.ok_or("a row is not there")?);
        }
        Ok(sum)
    }

    fn change(&mut self, conn: &mut Connection, pairs: &[(Student, Course)]) -> Result<u64> {
        let mut changed = 0;
        for (student, course) in pairs {
            changed += u64::from(hand::add(conn, student, course)?);
            changed += u64::from(hand::remove(conn, student, course)?);
        }
        Ok(changed)
    }
}

fn main() -> ExitCode {
    side::main(Size::SQLITE, |school| {
        let jobs = sqlite::jobs(&version("rusqlite"), Hand, school)?;
        let whole = |_: &mut Hand, conn: &mut Connection| Ok(hand::eager_whole(conn)?);
        let jobs = sqlite::eager(jobs, "eager-whole", whole);
        let merged = |_: &mut Hand, conn: &mut Connection| Ok(hand::eager_merged(conn)?);
        let jobs = sqlite::eager(jobs, "eager-merged", merged);
        let shared = |_: &mut Hand, conn: &mut Connection| Ok(hand::eager_shared(conn)?);
        Ok(sqlite::eager(jobs, "eager-shared", shared))
    })
}
