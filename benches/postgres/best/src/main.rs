//! The jobs by hand over tokio-postgres in the fastest way that we know, for information: requests in pipelines, and whatever
//! can be one statement is one.

mod best;

use std::process::ExitCode;

use best::{Course, Statements, Student};
use side::postgres::{self, Keys, Postgres};
use side::sum::of_found;
use side::{Result, School, Size, version};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

side::rows!(Student: name, Course: title);

struct Best {
    runtime: Runtime,
    client: Client,
    /// Prepared when they are first needed: before there are no tables.
    statements: Option<Statements>,
}

impl Best {
    fn prepare(&mut self) -> Result<()> {
        if self.statements.is_none() {
            let statements = Statements::new(&self.client);
            self.statements = Some(self.runtime.block_on(statements)?);
        }
        Ok(())
    }

    /// The statements, the client and the runtime.
    fn parts(&mut self) -> Result<(&Statements, &mut Client, &Runtime)> {
        self.prepare()?;
        let statements = self.statements.as_ref().ok_or("just prepared")?;
        Ok((statements, &mut self.client, &self.runtime))
    }
}

impl Postgres for Best {
    type Student = Student;
    type Course = Course;

    fn student(id: i32, name: String) -> Student {
        Student { id, name }
    }

    fn course(id: i32, title: String) -> Course {
        Course { id, title }
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        Ok(self.runtime.block_on(self.client.batch_execute(sql))?)
    }

    fn text(&mut self, sql: &str) -> Result<String> {
        let row = self.client.query_one(sql, &[]);
        Ok(self.runtime.block_on(row)?.try_get(0)?)
    }

    fn insert(&mut self, school: &School) -> Result<Keys> {
        let (statements, client, runtime) = self.parts()?;
        Ok(runtime.block_on(statements.insert(client, school))?)
    }

    fn courses(&mut self, students: &[Student]) -> Result<Vec<Vec<Course>>> {
        let (statements, client, runtime) = self.parts()?;
        Ok(runtime.block_on(statements.courses(client, students))?)
    }

    fn eager(&mut self) -> Result<Vec<(Student, Vec<Course>)>> {
        let (statements, client, runtime) = self.parts()?;
        let found = runtime.block_on(statements.eager(client))?;
        let own = |course: &std::sync::Arc<Course>| Course {
            id: course.id,
            title: course.title.clone(),
        };
        let own = |(student, courses): (_, Vec<_>)| (student, courses.iter().map(own).collect());
        Ok(found.into_iter().map(own).collect())
    }

    fn find(&mut self, keys: &[i32]) -> Result<u64> {
        let (statements, client, runtime) = self.parts()?;
        let found = runtime.block_on(statements.find(client, keys))?;
        Ok(found.iter().map(of_found).sum())
    }

    fn change(&mut self, pairs: &[(Student, Course)]) -> Result<u64> {
        let (statements, client, runtime) = self.parts()?;
        Ok(runtime.block_on(statements.change(client, pairs))?)
    }

    fn set(&mut self, wanted: &[(Student, Vec<Course>)]) -> Result<()> {
        let (statements, client, runtime) = self.parts()?;
        Ok(runtime.block_on(statements.set(client, wanted))?)
    }

    fn link(&mut self, pairs: &[(Student, Course)]) -> Result<()> {
        let (statements, client, runtime) = self.parts()?;
        let added = statements.link(client, pairs);
        runtime.block_on(added)?;
        Ok(())
    }
}

fn main() -> ExitCode {
    side::main(Size::POSTGRES, |school| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (client, connection) =
            runtime.block_on(tokio_postgres::connect(&postgres::url()?, NoTls))?;
        runtime.spawn(connection);
        let side = Best {
            runtime,
            client,
            statements: None,
        };
        let about = version("tokio-postgres");
        let jobs = postgres::jobs(&about, "by_hand_at_best", side, school)?;
        let shared = |side: &mut Best| {
            let (statements, client, runtime) = side.parts()?;
            Ok(runtime.block_on(statements.eager(client))?)
        };
        Ok(postgres::eager(jobs, "shared", shared))
    })
}
