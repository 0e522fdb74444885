//! The jobs on PostgreSQL, which every side does in its own way.
//!
//! The environment names the server in `DATABASE_URL`. Each side has tables of its own there, in a schema that is made anew.

use crate::sum::{self, Row};
use crate::{EACH, Jobs, Result, School, key};

/// The tables, as relata creates them.
const TABLES: &str = include_str!("../../../tests/golden_targets/tokio-postgres/school/schema.sql");

/// Counts the links whose ends are both there.
const LINKS: &str = "SELECT count(*)::text FROM students \
    JOIN student_course ON student_id = students.id JOIN courses ON course_id = courses.id";

/// Takes away every row, so that keys are counted from 1 again.
const EMPTY: &str = "TRUNCATE student_course, students, courses RESTART IDENTITY";

/// What the server does by itself within minutes: it plans by what it knows of the rows.
const SETTLE: &str = "VACUUM ANALYZE";

/// The keys that students and courses got.
pub type Keys = (Vec<i32>, Vec<i32>);

/// A side: each job as its library has it done. It has a connection of its own.
#[expect(clippy::missing_errors_doc, reason = "what the library reports")]
pub trait Postgres: 'static {
    type Student: Row + 'static;
    type Course: Row + 'static;

    fn student(id: i32, name: String) -> Self::Student;

    fn course(id: i32, title: String) -> Self::Course;

    /// Runs statements, by the simple protocol.
    fn script(&mut self, sql: &str) -> Result<()>;

    /// The text that a query gives.
    fn text(&mut self, sql: &str) -> Result<String>;

    /// Inserts everything in one transaction: students, courses, and the links between them.
    fn insert(&mut self, school: &School) -> Result<Keys>;

    /// The courses of each of these students, one by one.
    fn courses(&mut self, students: &[Self::Student]) -> Result<Vec<Vec<Self::Course>>>;

    /// Every student with the courses taken.
    #[expect(clippy::type_complexity, reason = "a name would say less")]
    fn eager(&mut self) -> Result<Vec<(Self::Student, Vec<Self::Course>)>>;

    /// Looks a student up by each key, one by one: the sum of [`sum::of_found`].
    fn find(&mut self, keys: &[i32]) -> Result<u64>;

    /// Adds each link, and removes it again; how many were added and removed.
    fn change(&mut self, pairs: &[(Self::Student, Self::Course)]) -> Result<u64>;

    /// Makes these the courses of each student.
    fn set(&mut self, wanted: &[(Self::Student, Vec<Self::Course>)]) -> Result<()>;

    /// Adds all of these links.
    fn link(&mut self, pairs: &[(Self::Student, Self::Course)]) -> Result<()>;
}

/// What the jobs of a side work on.
pub struct Held<S> {
    side: S,
    school: School,
    filled: bool,
}

impl<S: Postgres> Held<S> {
    fn fill(&mut self) -> Result<()> {
        if !self.filled {
            self.side.script(EMPTY)?;
            self.side.insert(&self.school)?;
            self.settle()?;
        }
        Ok(())
    }

    fn settle(&mut self) -> Result<()> {
        self.filled = true;
        self.side.script(SETTLE)
    }

    fn student(&self, place: usize) -> S::Student {
        S::student(key(place), self.school.students[place].clone())
    }

    fn course(&self, place: usize) -> S::Course {
        S::course(key(place), self.school.courses[place].clone())
    }

    /// The places of some students: one of `of`.
    fn some(&self, of: usize) -> Vec<usize> {
        let count = self.school.students.len() / of;
        self.school.some_students(count).collect()
    }

    /// Students, each with a course that is not taken.
    fn spare(&self, places: impl IntoIterator<Item = usize>) -> Vec<(S::Student, S::Course)> {
        let pair = |place| (self.student(place), self.course(self.school.spare[place]));
        places.into_iter().map(pair).collect()
    }

    /// Students with the courses that they take, or with the last of them exchanged.
    fn wanted(&self, exchanged: bool) -> Vec<(S::Student, Vec<S::Course>)> {
        let wanted = |place: usize| {
            let mut taken = self.school.taken[place];
            if exchanged {
                taken[EACH - 1] = self.school.spare[place];
            }
            let courses = taken.iter().map(|course| self.course(*course));
            (self.student(place), courses.collect())
        };
        self.some(40).into_iter().map(wanted).collect()
    }
}

/// A statement that removes links.
fn unlink<S: Row, C: Row>(pairs: &[(S, C)]) -> String {
    let list = |ids: Vec<String>| ids.join(",");
    let students = list(pairs.iter().map(|(row, _)| row.id().to_string()).collect());
    let courses = list(pairs.iter().map(|(_, row)| row.id().to_string()).collect());
    format!(
        "DELETE FROM student_course USING unnest('{{{students}}}'::int[], '{{{courses}}}'::int[]) \
         AS gone (s, c) WHERE student_id = s AND course_id = c"
    )
}

/// The jobs of a side whose tables are in the schema `schema`. `about` names its libraries.
///
/// # Errors
///
/// What the library reports.
pub fn jobs<S: Postgres>(
    about: &str,
    schema: &str,
    mut side: S,
    school: School,
) -> Result<Jobs<Held<S>>> {
    side.script(&format!(
        "DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}; SET search_path = {schema}"
    ))?;
    side.script(TABLES)?;
    let version = side.text("SELECT current_setting('server_version')")?;
    let version = version.split(' ').next().unwrap_or_default().to_owned();
    let held = Held {
        side,
        school,
        filled: false,
    };
    let jobs = Jobs::new(format!("{about}, PostgreSQL {version}"), held)
        .job(
            "insert",
            |held: &mut Held<S>| held.side.script(EMPTY),
            |held, ()| held.side.insert(&held.school),
            |held, (), (students, courses)| {
                let links: usize = held.side.text(LINKS)?.parse()?;
                if links != held.school.links() {
                    return Err(format!("{links} links are there").into());
                }
                held.settle()?;
                Ok(sum::of_keys(students.iter().chain(courses)))
            },
        )
        .job(
            "courses",
            |held| {
                held.fill()?;
                let some = held.some(20).into_iter();
                Ok(some.map(|place| held.student(place)).collect::<Vec<_>>())
            },
            |held, students| held.side.courses(students),
            |_, _, found| Ok(sum::of_courses(found)),
        )
        .job(
            "find",
            |held| {
                held.fill()?;
                Ok(held.some(4).into_iter().map(key).collect::<Vec<_>>())
            },
            |held, keys| held.side.find(keys),
            |_, _, sum| Ok(*sum),
        );
    Ok(eager(changing(jobs), "eager", S::eager))
}

fn changing<S: Postgres>(jobs: Jobs<Held<S>>) -> Jobs<Held<S>> {
    jobs.job(
        "change",
        |held| {
            held.fill()?;
            Ok(held.spare(held.some(10)))
        },
        |held, pairs| held.side.change(pairs),
        |_, _, changed| Ok(*changed),
    )
    .job(
        "set",
        |held| {
            held.fill()?;
            let usual = held.wanted(false);
            held.side.set(&usual)?;
            Ok(held.wanted(true))
        },
        |held, wanted| held.side.set(wanted),
        |held, wanted, ()| {
            let students = wanted.drain(..).map(|(student, _)| student);
            let students: Vec<_> = students.collect();
            let found = held.side.courses(&students)?;
            let usual = held.wanted(false);
            held.side.set(&usual)?;
            Ok(sum::of_courses(&found))
        },
    )
    .job(
        "link",
        |held| {
            held.fill()?;
            Ok(held.spare(0..held.school.students.len() / 5))
        },
        |held, pairs| held.side.link(pairs),
        |held, pairs, ()| {
            let links: u64 = held.side.text(LINKS)?.parse()?;
            held.side.script(&unlink(pairs))?;
            Ok(links)
        },
    )
}

/// A job that reads every student with the courses taken.
#[must_use]
pub fn eager<S: Postgres, C: Row + 'static>(
    jobs: Jobs<Held<S>>,
    name: &'static str,
    eager: impl Fn(&mut S) -> Result<Vec<(S::Student, Vec<C>)>> + 'static,
) -> Jobs<Held<S>> {
    jobs.job(
        name,
        Held::fill,
        move |held, ()| eager(&mut held.side),
        |_, (), found| Ok(sum::of_eager(found)),
    )
}

/// Where the server is.
///
/// # Errors
///
/// When the environment does not say.
pub fn url() -> Result<String> {
    let url = std::env::var("DATABASE_URL");
    Ok(url.map_err(|_| "DATABASE_URL names no server: benches/run postgres")?)
}
