//! What relata generates for sqlx.

#[allow(clippy::unnecessary_wraps, reason = "columns of other types may fail")]
mod models {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

use std::process::ExitCode;
use std::sync::Arc;

use models::{Course, NewCourse, NewStudent, Student, UnitOfWork, student};
use side::sqlite::{self, Keys, Sqlite};
use side::sum::of_found;
use side::{Result, School, Size, version};
use sqlx::{AssertSqlSafe, ConnectOptions, SqliteConnection};
use tokio::runtime::{Builder, Runtime};

side::rows!(Student: name, Course: title);

struct Relata {
    runtime: Runtime,
}

impl Sqlite for Relata {
    type Db = SqliteConnection;
    type Student = Student;
    type Course = Course;

    fn student(id: i32, name: String) -> Student {
        Student { id, name }
    }

    fn course(id: i32, title: String) -> Course {
        Course { id, title }
    }

    fn open(&mut self) -> Result<SqliteConnection> {
        let options = models::connect_options().in_memory(true);
        Ok(self.runtime.block_on(options.connect())?)
    }

    fn script(&mut self, conn: &mut SqliteConnection, sql: &str) -> Result<()> {
        let script = sqlx::raw_sql(AssertSqlSafe(sql));
        self.runtime.block_on(script.execute(conn))?;
        Ok(())
    }

    fn text(&mut self, conn: &mut SqliteConnection, sql: &str) -> Result<String> {
        let query = sqlx::query_scalar(AssertSqlSafe(sql));
        Ok(self.runtime.block_on(query.fetch_one(conn))?)
    }

    fn insert(&mut self, conn: &mut SqliteConnection, school: &School) -> Result<Keys> {
        self.runtime.block_on(async {
            let names = school.students.iter().cloned();
            let students = names.map(|name| NewStudent { name });
            let students = Student::insert_many(conn, students).await?;
            let titles = school.courses.iter().cloned();
            let courses = titles.map(|title| NewCourse { title });
            let courses = Course::insert_many(conn, courses).await?;
            let mut work = UnitOfWork::new();
            for (student, taken) in students.iter().zip(&school.taken) {
                let taken = taken.iter().map(|course| courses[*course]);
                work.link(student::COURSES, *student, taken);
            }
            work.commit(conn).await?;
            Ok((students, courses))
        })
    }

    fn courses(
        &mut self,
        conn: &mut SqliteConnection,
        students: &[Student],
    ) -> Result<Vec<Vec<Course>>> {
        self.runtime.block_on(async {
            let mut found = Vec::with_capacity(students.len());
            for student in students {
                found.push(student.courses().all(conn).await?);
            }
            Ok(found)
        })
    }

    fn eager(&mut self, conn: &mut SqliteConnection) -> Result<Vec<(Student, Vec<Course>)>> {
        let all = Student::query().with(student::COURSES).all(conn);
        Ok(self.runtime.block_on(all)?)
    }

    fn find(&mut self, conn: &mut SqliteConnection, keys: &[i32]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut sum = 0;
            for key in keys {
                let found = Student::find(conn, *key).await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn first(&mut self, conn: &mut SqliteConnection, names: &[String]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut sum = 0;
            for name in names {
                let query = Student::query().filter(student::NAME.eq(name));
                let found = query.first(conn).await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn change(&mut self, conn: &mut SqliteConnection, pairs: &[(Student, Course)]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut changed = 0;
            for (student, course) in pairs {
                changed += u64::from(student.courses().add(conn, course).await?);
                changed += u64::from(student.courses().remove(conn, course).await?);
            }
            Ok(changed)
        })
    }
}

/// Everything as one unit of work.
fn unit(side: &mut Relata, conn: &mut SqliteConnection, school: &School) -> Result<Keys> {
    side.runtime.block_on(async {
        let mut work = UnitOfWork::new();
        let mut students = Vec::with_capacity(school.students.len());
        for name in &school.students {
            students.push(work.insert(NewStudent { name: name.clone() }));
        }
        let mut courses = Vec::with_capacity(school.courses.len());
        for title in &school.courses {
            let title = title.clone();
            courses.push(work.insert(NewCourse { title }));
        }
        for (student, taken) in students.iter().zip(&school.taken) {
            let taken = taken.iter().map(|course| courses[*course]);
            work.link(student::COURSES, *student, taken);
        }
        let done = work.commit(conn).await?;
        let students = students.iter().map(|each| done.key(*each)).collect();
        let courses = courses.iter().map(|each| done.key(*each)).collect();
        Ok((students, courses))
    })
}

/// Every student with the courses taken, which students share.
fn shared(
    side: &mut Relata,
    conn: &mut SqliteConnection,
) -> Result<Vec<(Student, Vec<Arc<Course>>)>> {
    let all = Student::query().with(student::COURSES.shared()).all(conn);
    Ok(side.runtime.block_on(all)?)
}

fn main() -> ExitCode {
    side::main(Size::SQLITE, |school| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let about = format!("{}, {}", version("relata"), version("sqlx"));
        let jobs = sqlite::jobs(&about, Relata { runtime }, school)?;
        let jobs = sqlite::insert(jobs, "unit", unit);
        Ok(sqlite::eager(jobs, "shared", shared))
    })
}
