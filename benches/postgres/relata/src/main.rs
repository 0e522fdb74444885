//! What relata generates for tokio-postgres.

mod generated;

mod models {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

use std::process::ExitCode;

use models::{Course, Student};
use side::postgres::{self, Keys, Postgres};
use side::sum::of_found;
use side::{Result, School, Size, version};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

side::rows!(Student: name, Course: title);

type Db = models::Session<Client>;

struct Relata {
    runtime: Runtime,
    db: Db,
}

impl Postgres for Relata {
    type Student = Student;
    type Course = Course;

    fn student(id: i32, name: String) -> Student {
        Student { id, name }
    }

    fn course(id: i32, title: String) -> Course {
        Course { id, title }
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        let client = self.db.client();
        Ok(self.runtime.block_on(client.batch_execute(sql))?)
    }

    fn text(&mut self, sql: &str) -> Result<String> {
        let row = self.db.client().query_one(sql, &[]);
        Ok(self.runtime.block_on(row)?.try_get(0)?)
    }

    fn insert(&mut self, school: &School) -> Result<Keys> {
        let insert = generated::insert(&mut self.db, school);
        Ok(self.runtime.block_on(insert)?)
    }

    fn courses(&mut self, students: &[Student]) -> Result<Vec<Vec<Course>>> {
        let courses = generated::courses(&mut self.db, students);
        Ok(self.runtime.block_on(courses)?)
    }

    fn eager(&mut self) -> Result<Vec<(Student, Vec<Course>)>> {
        Ok(self.runtime.block_on(generated::eager(&mut self.db))?)
    }

    fn find(&mut self, keys: &[i32]) -> Result<u64> {
        self.runtime.block_on(async {
            let mut sum = 0;
            for key in keys {
                let found = Student::find(&mut self.db, *key).await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn change(&mut self, pairs: &[(Student, Course)]) -> Result<u64> {
        let change = generated::change(&mut self.db, pairs);
        Ok(self.runtime.block_on(change)?)
    }

    fn set(&mut self, wanted: &[(Student, Vec<Course>)]) -> Result<()> {
        let set = generated::set(&mut self.db, wanted);
        Ok(self.runtime.block_on(set)?)
    }

    fn link(&mut self, pairs: &[(Student, Course)]) -> Result<()> {
        let link = generated::link(&mut self.db, pairs);
        Ok(self.runtime.block_on(link)?)
    }
}

fn main() -> ExitCode {
    side::main(Size::POSTGRES, |school| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (client, connection) =
            runtime.block_on(tokio_postgres::connect(&postgres::url()?, NoTls))?;
        runtime.spawn(connection);
        let db = models::Session::new(client);
        let about = format!("{}, {}", version("relata"), version("tokio-postgres"));
        let jobs = postgres::jobs(
            &about,
            "relata_tokio_postgres",
            Relata { runtime, db },
            school,
        )?;
        let shared = |side: &mut Relata| {
            let shared = generated::eager_shared(&mut side.db);
            Ok(side.runtime.block_on(shared)?)
        };
        Ok(postgres::eager(jobs, "shared", shared))
    })
}
