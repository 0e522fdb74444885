//! The jobs by hand over sqlx.

mod by_hand;

use std::process::ExitCode;

use side::sqlite::{self, Keys, Sqlite};
use side::sum::of_found;
use side::{Result, School, Size, version};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, SqliteConnection};
use tokio::runtime::{Builder, Runtime};

use by_hand::{Course, Student};

side::rows!(Student: name, Course: title);

struct Sqlx {
    runtime: Runtime,
}

impl Sqlite for Sqlx {
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
        // Foreign keys are on unless one says otherwise.
        let options = SqliteConnectOptions::new().in_memory(true);
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
        Ok(self.runtime.block_on(by_hand::insert(conn, school))?)
    }

    fn courses(
        &mut self,
        conn: &mut SqliteConnection,
        students: &[Student],
    ) -> Result<Vec<Vec<Course>>> {
        self.runtime.block_on(async {
            let mut found = Vec::with_capacity(students.len());
            for student in students {
                found.push(by_hand::courses(conn, student).await?);
            }
            Ok(found)
        })
    }

    fn eager(&mut self, conn: &mut SqliteConnection) -> Result<Vec<(Student, Vec<Course>)>> {
        Ok(self.runtime.block_on(by_hand::eager(conn))?)
    }

    fn find(&mut self, conn: &mut SqliteConnection, keys: &[i32]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut sum = 0;
            for key in keys {
                let found = by_hand::find(conn, *key).await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn first(&mut self, conn: &mut SqliteConnection, names: &[String]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut sum = 0;
            for name in names {
                let found = by_hand::first(conn, name).await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn change(&mut self, conn: &mut SqliteConnection, pairs: &[(Student, Course)]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut changed = 0;
            for (student, course) in pairs {
                changed += by_hand::add(conn, student, course).await?;
                changed += by_hand::remove(conn, student, course).await?;
            }
            Ok(changed)
        })
    }
}

fn main() -> ExitCode {
    side::main(Size::SQLITE, |school| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        sqlite::jobs(&version("sqlx"), Sqlx { runtime }, school)
    })
}
