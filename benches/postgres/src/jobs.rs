//! The jobs: what is done how often, and how long the generated code may take for it.

use std::cell::RefCell;

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

use crate::clock::{Side, rounds, side};
use crate::table::Line;
use crate::{PAIRS, Result, generated, hand, models};
use side::School;
use side::sum::{self, Row};

type Job = fn(&Bench<'_>) -> Result<Line>;

pub const JOBS: &[Job] = &[insert, eager, find, change, set];

/// What the jobs work on.
pub struct Bench<'s> {
    runtime: Runtime,
    school: &'s School,
    by_hand: RefCell<hand::Db>,
    generated: RefCell<generated::Db>,
    students: Vec<i32>,
    courses: Vec<i32>,
}

/// A client whose tables are in a schema of its own, new and empty.
async fn connect(url: &str, schema: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    let sql = format!(
        "DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}; SET search_path = {schema}"
    );
    client.batch_execute(&sql).await?;
    client.batch_execute(models::SCHEMA_SQL).await?;
    Ok(client)
}

/// Takes away every row, so that keys are counted from 1 again.
const EMPTY: &str = "TRUNCATE student_course, students, courses RESTART IDENTITY";

const SCHEMAS: [&str; 2] = ["relata_by_hand", "relata_generated"];

impl<'s> Bench<'s> {
    pub fn new(url: &str, school: &'s School) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (by_hand, generated) = runtime.block_on(async {
            let by_hand = hand::Db::new(connect(url, SCHEMAS[0]).await?).await?;
            let generated = models::Session::new(connect(url, SCHEMAS[1]).await?);
            Ok::<_, Box<dyn std::error::Error>>((by_hand, generated))
        })?;
        let (by_hand, generated) = (RefCell::new(by_hand), RefCell::new(generated));
        // Both sides count their keys from 1.
        let count = |rows: usize| Ok::<_, std::num::TryFromIntError>(1..=i32::try_from(rows)?);
        Ok(Self {
            students: count(school.students.len())?.collect(),
            courses: count(school.courses.len())?.collect(),
            runtime,
            school,
            by_hand,
            generated,
        })
    }

    /// Takes away the schemas.
    pub fn end(self) -> Result<()> {
        let sql = SCHEMAS.map(|schema| format!("DROP SCHEMA {schema} CASCADE"));
        let client = &self.by_hand.borrow().client;
        self.runtime
            .block_on(client.batch_execute(&sql.join("; ")))?;
        Ok(())
    }

    /// A side that does a job without anything to prepare; what it gives is its sum.
    fn run<'a>(&'a self, job: impl AsyncFn() -> Result<u64> + 'a) -> Side<'a> {
        let job = move |(): &mut ()| self.runtime.block_on(job());
        side(|| Ok(()), job, |(), sum| Ok(*sum))
    }
}

/// Leaves the rows of its last round to the other jobs.
fn insert(bench: &Bench<'_>) -> Result<Line> {
    let school = bench.school;
    let empty = |client: &Client| Ok(bench.runtime.block_on(client.batch_execute(EMPTY))?);
    let sum = |(): &(), (students, courses): &(Vec<i32>, Vec<i32>)| {
        Ok(sum::of_keys(students.iter().chain(courses)))
    };
    let times = rounds(
        PAIRS,
        &[
            side(
                || empty(&bench.by_hand.borrow().client),
                |()| {
                    let mut db = bench.by_hand.borrow_mut();
                    Ok(bench.runtime.block_on(db.insert(school))?)
                },
                sum,
            ),
            side(
                || empty(bench.generated.borrow().client()),
                |()| {
                    let mut db = bench.generated.borrow_mut();
                    Ok(bench.runtime.block_on(generated::insert(&mut db, school))?)
                },
                sum,
            ),
        ],
    )?;
    // As the server does by itself after a while: it plans by what it knows of the rows.
    for client in [
        &bench.by_hand.borrow().client,
        bench.generated.borrow().client(),
    ] {
        bench.runtime.block_on(client.batch_execute("ANALYZE"))?;
    }
    let rows = school.students.len() + school.courses.len() + school.links();
    Ok(Line::of("insert, rows", rows, &times, Some(1.25)))
}

#[expect(
    clippy::await_holding_refcell_ref,
    reason = "one side runs at a time, and alone"
)]
fn eager(bench: &Bench<'_>) -> Result<Line> {
    let times = rounds(
        PAIRS,
        &[
            bench.run(async || Ok(sum::of_eager(&bench.by_hand.borrow().eager().await?))),
            bench.run(async || {
                let db = &mut bench.generated.borrow_mut();
                Ok(sum::of_eager(&generated::eager(db).await?))
            }),
        ],
    )?;
    let rows = bench.school.students.len() + bench.school.links();
    Ok(Line::of("eager, rows", rows, &times, Some(1.10)))
}

#[expect(
    clippy::await_holding_refcell_ref,
    reason = "one side runs at a time, and alone"
)]
fn find(bench: &Bench<'_>) -> Result<Line> {
    let count = bench.school.students.len() / 2;
    let places = bench.school.some_students(count);
    let keys: Vec<i32> = places.map(|place| bench.students[place]).collect();
    let length = |row: &dyn Row| row.text().len() as u64;
    let times = rounds(
        PAIRS,
        &[
            bench.run(async || {
                let mut sum = 0;
                for key in &keys {
                    let row = bench.by_hand.borrow().find(*key).await?;
                    sum += length(&row.ok_or("a row is not there")?);
                }
                Ok(sum)
            }),
            bench.run(async || {
                let mut sum = 0;
                for key in &keys {
                    let row = generated::find(&mut bench.generated.borrow_mut(), *key).await?;
                    sum += length(&row.ok_or("a row is not there")?);
                }
                Ok(sum)
            }),
        ],
    )?;
    Ok(Line::of("find by key, calls", count, &times, Some(1.10)))
}

/// Students with the course that each does not take.
fn spare<'a>(bench: &'a Bench<'_>) -> impl Iterator<Item = (models::Student, models::Course)> + 'a {
    let school = bench.school;
    let some = school.some_students(school.students.len() / 4);
    some.map(move |place| {
        let course = school.spare[place];
        let student = models::Student {
            id: bench.students[place],
            name: school.students[place].clone(),
        };
        let course = models::Course {
            id: bench.courses[course],
            title: school.courses[course].clone(),
        };
        (student, course)
    })
}

/// Adds a link that is not there and removes it again, so that each round meets the same database.
#[expect(
    clippy::await_holding_refcell_ref,
    reason = "one side runs at a time, and alone"
)]
fn change(bench: &Bench<'_>) -> Result<Line> {
    let pairs: Vec<_> = spare(bench).collect();
    let times = rounds(
        PAIRS,
        &[
            bench.run(async || {
                let db = bench.by_hand.borrow();
                let mut changed = 0;
                for (student, course) in &pairs {
                    changed += u64::from(db.add(student.id, course.id).await?);
                    changed += u64::from(db.remove(student.id, course.id).await?);
                }
                Ok(changed)
            }),
            bench.run(async || {
                let db = &mut *bench.generated.borrow_mut();
                let mut changed = 0;
                for (student, course) in &pairs {
                    changed += u64::from(student.courses().add(db, course).await?);
                    changed += u64::from(student.courses().remove(db, course).await?);
                }
                Ok(changed)
            }),
        ],
    )?;
    let calls = pairs.len() * 2;
    let label = "add and remove links, calls";
    Ok(Line::of(label, calls, &times, Some(1.10)))
}

/// Leaves each student the spare course alone.
#[expect(
    clippy::await_holding_refcell_ref,
    reason = "one side runs at a time, and alone"
)]
fn set(bench: &Bench<'_>) -> Result<Line> {
    let pairs: Vec<_> = spare(bench).collect();
    let times = rounds(
        PAIRS,
        &[
            bench.run(async || {
                let db = &mut *bench.by_hand.borrow_mut();
                for (student, course) in &pairs {
                    db.set(student.id, &[course.id]).await?;
                }
                Ok(0)
            }),
            bench.run(async || {
                let db = &mut *bench.generated.borrow_mut();
                for (student, course) in &pairs {
                    student.courses().set(db, [course]).await?;
                }
                Ok(0)
            }),
        ],
    )?;
    Ok(Line::of("set, calls", pairs.len(), &times, Some(1.00)))
}
