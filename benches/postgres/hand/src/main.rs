//! The jobs by hand over tokio-postgres: the measure of the others.

mod hand;

use std::process::ExitCode;

use hand::{Course, Statements, Student};
use side::postgres::{self, Keys, Postgres};
use side::sum::of_found;
use side::{Result, School, Size, version};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

side::rows!(Student: name, Course: title);

struct Hand {
    runtime: Runtime,
    client: Client,
    /// Prepared when they are first needed: before there are no tables.
    statements: Option<Statements>,
}

impl Hand {
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

impl Postgres for Hand {
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
        runtime.block_on(async {
            let mut found = Vec::with_capacity(students.len());
            for student in students {
                found.push(statements.courses(client, student.id).await?);
            }
            Ok(found)
        })
    }

    fn eager(&mut self) -> Result<Vec<(Student, Vec<Course>)>> {
        let (statements, client, runtime) = self.parts()?;
        Ok(runtime.block_on(statements.eager(client))?)
    }

    fn find(&mut self, keys: &[i32]) -> Result<u64> {
        let (statements, client, runtime) = self.parts()?;
        runtime.block_on(async {
            let mut sum = 0;
            for key in keys {
                let found = statements.find(client, *key).await?;
                sum += of_found(&found.ok_or("a row is not there")?);
            }
            Ok(sum)
        })
    }

    fn change(&mut self, pairs: &[(Student, Course)]) -> Result<u64> {
        let (statements, client, runtime) = self.parts()?;
        runtime.block_on(async {
            let mut changed = 0;
            for (student, course) in pairs {
                changed += statements.add(client, student.id, course.id).await?;
                changed += statements.remove(client, student.id, course.id).await?;
            }
            Ok(changed)
        })
    }

    fn set(&mut self, wanted: &[(Student, Vec<Course>)]) -> Result<()> {
        let (statements, client, runtime) = self.parts()?;
        runtime.block_on(async {
            for (student, courses) in wanted {
                let courses: Vec<i32> = courses.iter().map(|course| course.id).collect();
                statements.set(client, student.id, &courses).await?;
            }
            Ok(())
        })
    }

    fn link(&mut self, pairs: &[(Student, Course)]) -> Result<()> {
        let (statements, client, runtime) = self.parts()?;
        runtime.block_on(async {
            for (student, course) in pairs {
                statements.add(client, student.id, course.id).await?;
            }
            Ok(())
        })
    }
}

fn main() -> ExitCode {
    side::main(Size::POSTGRES, |school| {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (client, connection) =
            runtime.block_on(tokio_postgres::connect(&postgres::url()?, NoTls))?;
        runtime.spawn(connection);
        let side = Hand {
            runtime,
            client,
            statements: None,
        };
        postgres::jobs(&version("tokio-postgres"), "by_hand", side, school)
    })
}
