//! The jobs by hand over sqlx.

mod by_hand;

use std::process::ExitCode;

use by_hand::{Course, Student};
use side::postgres::{self, Keys, Postgres};
use side::sum::of_found;
use side::{Result, School, Size, version};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::runtime::{Builder, Runtime};

side::rows!(Student: name, Course: title);

struct Sqlx {
    runtime: Runtime,
    conn: PgConnection,
}

impl Postgres for Sqlx {
    type Student = Student;
    type Course = Course;

    fn student(id: i32, name: String) -> Student {
        Student { id, name }
    }

    fn course(id: i32, title: String) -> Course {
        Course { id, title }
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        let script = sqlx::raw_sql(AssertSqlSafe(sql));
        self.runtime.block_on(script.execute(&mut self.conn))?;
        Ok(())
    }

    fn text(&mut self, sql: &str) -> Result<String> {
        let query = sqlx::query_scalar(AssertSqlSafe(sql));
        Ok(self.runtime.block_on(query.fetch_one(&mut self.conn))?)
    }

    fn insert(&mut self, school: &School) -> Result<Keys> {
        let insert = by_hand::insert(&mut self.conn, school);
        Ok(self.runtime.block_on(insert)?)
    }

    fn courses(&mut self, students: &[Student]) -> Result<Vec<Vec<Course>>> {
        self.runtime.block_on(async {
            let mut found = Vec::with_capacity(students.len());
            for student in students {
                found.push(by_hand::courses(&mut self.conn, student).await?);
            }
            Ok(found)
        })
    }

    fn eager(&mut self) -> Result<Vec<(Student, Vec<Course>)>> {
        Ok(self.runtime.block_on(by_hand::eager(&mut self.conn))?)
    }

    fn find(&mut self, keys: &[i32]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut sum = 0;
            for key in keys {
                let found = by_hand::find(&mut self.conn, *key).await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn change(&mut self, pairs: &[(Student, Course)]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut changed = 0;
            for (student, course) in pairs {
                changed += by_hand::add(&mut self.conn, student, course).await?;
                changed += by_hand::remove(&mut self.conn, student, course).await?;
            }
            Ok(changed)
        })
    }

    fn set(&mut self, wanted: &[(Student, Vec<Course>)]) -> Result<()> {
        self.runtime.block_on(async {
            for (student, courses) in wanted {
                by_hand::set(&mut self.conn, student, courses).await?;
            }
            Ok(())
        })
    }

    fn link(&mut self, pairs: &[(Student, Course)]) -> Result<()> {
        let link = by_hand::link(&mut self.conn, pairs);
        Ok(self.runtime.block_on(link)?)
    }
}

fn main() -> ExitCode {
    side::main(Size::POSTGRES, |school| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let conn = runtime.block_on(PgConnection::connect(&postgres::url()?))?;
        postgres::jobs(
            &version("sqlx"),
            "sqlx_by_hand",
            Sqlx { runtime, conn },
            school,
        )
    })
}
