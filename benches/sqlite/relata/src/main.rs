//! What relata generates for rusqlite.

mod generated;

mod models {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

use models::support::Error;
use models::{Course, Student};
use rusqlite::Connection;
use side::sum::{self, of_found};
use side::{Jobs, Result, School, Size, key, version};

side::rows!(Student: name, Course: title);

/// What the jobs work on.
struct Held {
    school: School,
    /// A database with the school in it, made when it is asked for.
    filled: Option<Connection>,
}

impl Held {
    fn filled(&mut self) -> Result<&Connection> {
        if self.filled.is_none() {
            let conn = empty()?;
            generated::insert(&conn, &self.school)?;
            conn.execute_batch(side::NAMES_INDEX)?;
            self.filled = Some(conn);
        }
        Ok(self.filled.as_ref().expect("made above"))
    }
}

/// An empty database.
fn empty() -> Result<Connection> {
    let conn = Connection::open_in_memory()?;
    models::configure(&conn)?;
    models::create_tables(&conn)?;
    Ok(conn)
}

fn main() -> std::process::ExitCode {
    side::main(Size::SQLITE, open)
}

fn open(school: School) -> Result<Jobs<Held>> {
    let about = format!(
        "{}, {}, SQLite {}",
        version("relata"),
        version("rusqlite"),
        rusqlite::version()
    );
    let held = Held {
        school,
        filled: None,
    };
    let jobs = Jobs::new(about, held);
    let jobs = insert(jobs, "insert", generated::insert);
    let jobs = insert(jobs, "unit", generated::unit)
        .job(
            "courses",
            |held| {
                held.filled()?;
                let school = &held.school;
                Ok(school
                    .some()
                    .into_iter()
                    .map(|place| student(school, place))
                    .collect())
            },
            |held, students: &mut Vec<Student>| {
                let conn = held.filled()?;
                let mut found = Vec::with_capacity(students.len());
                for student in students {
                    found.push(generated::courses(conn, student)?);
                }
                Ok(found)
            },
            |_, _, found| Ok(sum::of_courses(found)),
        )
        .job(
            "find",
            |held| {
                held.filled()?;
                Ok(held.school.lookups())
            },
            |held, keys| {
                let conn = held.filled()?;
                let mut sum = 0;
                for key in keys {
                    sum += of_found(&generated::find(conn, *key)?.ok_or("a row is not there")?);
                }
                Ok(sum)
            },
            |_, _, sum| Ok(*sum),
        )
        .job(
            "first",
            |held| {
                held.filled()?;
                Ok(held.school.names().into_iter().map(str::to_owned).collect())
            },
            |held, names: &mut Vec<String>| {
                let conn = held.filled()?;
                let mut sum = 0;
                for name in names {
                    sum += of_found(&generated::first(conn, name)?.ok_or("a row is not there")?);
                }
                Ok(sum)
            },
            |_, _, sum| Ok(*sum),
        )
        .job(
            "change",
            |held| {
                held.filled()?;
                let school = &held.school;
                let changes = school.changes().into_iter();
                Ok(changes
                    .map(|(place, other)| (student(school, place), course(school, other)))
                    .collect())
            },
            |held, changes: &mut Vec<(Student, Course)>| {
                let conn = held.filled()?;
                let mut changed = 0;
                for (student, course) in changes {
                    changed += u64::from(generated::add(conn, student, course)?);
                    changed += u64::from(generated::remove(conn, student, course)?);
                }
                Ok(changed)
            },
            |_, _, changed| Ok(*changed),
        );
    let jobs = eager(jobs, "eager", generated::eager);
    Ok(eager(jobs, "shared", generated::eager_shared))
}

fn insert(
    jobs: Jobs<Held>,
    name: &'static str,
    insert: fn(&Connection, &School) -> Result<(Vec<i32>, Vec<i32>), Error>,
) -> Jobs<Held> {
    jobs.job(
        name,
        |_| empty(),
        move |held, conn| Ok(insert(conn, &held.school)?),
        |held, conn, (students, courses)| {
            let links: i64 = conn.query_row(side::COUNT_LINKS, [], |row| row.get(0))?;
            assert_eq!(usize::try_from(links)?, held.school.links());
            Ok(sum::of_keys(students.iter().chain(courses)))
        },
    )
}

fn eager<C: sum::Row + 'static>(
    jobs: Jobs<Held>,
    name: &'static str,
    read: fn(&Connection) -> Result<Vec<(Student, Vec<C>)>, Error>,
) -> Jobs<Held> {
    jobs.job(
        name,
        |held| held.filled().map(|_| ()),
        move |held, ()| Ok(read(held.filled()?)?),
        |_, (), found| Ok(sum::of_eager(found)),
    )
}

fn student(school: &School, place: usize) -> Student {
    Student {
        id: key(place),
        name: school.students[place].clone(),
    }
}

fn course(school: &School, place: usize) -> Course {
    Course {
        id: key(place),
        title: school.courses[place].clone(),
    }
}
