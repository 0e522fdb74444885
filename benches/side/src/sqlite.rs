//! The jobs on SQLite in memory, which every side does in its own way.

use crate::sum::{self, Row};
use crate::{Jobs, Result, School, key};

/// The tables, as relata creates them.
const SCHEMA: &str = include_str!("../../../tests/golden/school/schema.sql");

/// Added when the rows are there: students are looked up by name.
const NAMES: &str = "CREATE INDEX ix_students_name ON students (name)";

/// Counts the links whose ends are both there.
const LINKS: &str = "SELECT CAST(count(*) AS text) FROM students \
    JOIN student_course ON student_id = students.id JOIN courses ON course_id = courses.id";

/// The keys that students and courses got.
pub type Keys = (Vec<i32>, Vec<i32>);

/// A side: each job as its library has it done. Loops are the side's, so that one of an asynchronous library enters its
/// runtime once for a job.
#[expect(clippy::missing_errors_doc, reason = "what the library reports")]
pub trait Sqlite: 'static {
    type Db;
    type Student: Row + 'static;
    type Course: Row + 'static;

    fn student(id: i32, name: String) -> Self::Student;

    fn course(id: i32, title: String) -> Self::Course;

    /// A database in memory without tables, with foreign keys switched on.
    fn open(&mut self) -> Result<Self::Db>;

    /// Runs statements.
    fn script(&mut self, db: &mut Self::Db, sql: &str) -> Result<()>;

    /// The text that a query gives.
    fn text(&mut self, db: &mut Self::Db, sql: &str) -> Result<String>;

    /// Inserts everything: students, courses, and the links between them.
    fn insert(&mut self, db: &mut Self::Db, school: &School) -> Result<Keys>;

    /// The courses of each of these students, one by one.
    fn courses(
        &mut self,
        db: &mut Self::Db,
        students: &[Self::Student],
    ) -> Result<Vec<Vec<Self::Course>>>;

    /// Every student with the courses taken.
    #[expect(clippy::type_complexity, reason = "a name would say less")]
    fn eager(&mut self, db: &mut Self::Db) -> Result<Vec<(Self::Student, Vec<Self::Course>)>>;

    /// Looks a student up by each key: the sum of [`sum::of_found`].
    fn find(&mut self, db: &mut Self::Db, keys: &[i32]) -> Result<u64>;

    /// Looks a student up by each name, likewise.
    fn first(&mut self, db: &mut Self::Db, names: &[String]) -> Result<u64>;

    /// Adds each link, each call by itself, and removes it again; how many were added and removed.
    fn change(&mut self, db: &mut Self::Db, pairs: &[(Self::Student, Self::Course)])
    -> Result<u64>;
}

/// What the jobs of a side work on.
pub struct Held<S: Sqlite> {
    side: S,
    school: School,
    /// A database with the school in it, made when it is asked for.
    filled: Option<S::Db>,
}

impl<S: Sqlite> Held<S> {
    fn empty(&mut self) -> Result<S::Db> {
        let mut db = self.side.open()?;
        self.side.script(&mut db, SCHEMA)?;
        Ok(db)
    }

    fn fill(&mut self) -> Result<()> {
        if self.filled.is_none() {
            let mut db = self.empty()?;
            self.side.insert(&mut db, &self.school)?;
            self.side.script(&mut db, NAMES)?;
            self.filled = Some(db);
        }
        Ok(())
    }

    fn parts(&mut self) -> (&mut S, &mut S::Db) {
        let db = self.filled.as_mut().expect("filled when it was prepared");
        (&mut self.side, db)
    }

    fn student(&self, place: usize) -> S::Student {
        S::student(key(place), self.school.students[place].clone())
    }

    fn course(&self, place: usize) -> S::Course {
        S::course(key(place), self.school.courses[place].clone())
    }
}

/// The jobs that all sides have.
///
/// # Errors
///
/// What the library reports.
pub fn jobs<S: Sqlite>(about: &str, mut side: S, school: School) -> Result<Jobs<Held<S>>> {
    let mut db = side.open()?;
    let version = side.text(&mut db, "SELECT sqlite_version()")?;
    drop(db);
    let about = format!("{about}, SQLite {version}");
    let held = Held {
        side,
        school,
        filled: None,
    };
    let jobs = Jobs::new(about, held)
        .job(
            "courses",
            |held: &mut Held<S>| {
                held.fill()?;
                let some = held.school.some().into_iter();
                Ok(some.map(|place| held.student(place)).collect::<Vec<_>>())
            },
            |held, students| {
                let (side, db) = held.parts();
                side.courses(db, students)
            },
            |_, _, found| Ok(sum::of_courses(found)),
        )
        .job(
            "find",
            |held| {
                held.fill()?;
                Ok(held.school.lookups())
            },
            |held, keys| {
                let (side, db) = held.parts();
                side.find(db, keys)
            },
            |_, _, sum| Ok(*sum),
        )
        .job(
            "first",
            |held| {
                held.fill()?;
                let names = held.school.names().into_iter();
                Ok(names.map(str::to_owned).collect::<Vec<_>>())
            },
            |held, names| {
                let (side, db) = held.parts();
                side.first(db, names)
            },
            |_, _, sum| Ok(*sum),
        )
        .job(
            "change",
            |held| {
                held.fill()?;
                let changes = held.school.changes().into_iter();
                let ends = |(place, other)| (held.student(place), held.course(other));
                Ok(changes.map(ends).collect::<Vec<_>>())
            },
            |held, pairs| {
                let (side, db) = held.parts();
                side.change(db, pairs)
            },
            |_, _, changed| Ok(*changed),
        );
    let jobs = insert(jobs, "insert", S::insert);
    Ok(eager(jobs, "eager", S::eager))
}

/// A job that inserts everything into an empty database.
#[must_use]
pub fn insert<S: Sqlite>(
    jobs: Jobs<Held<S>>,
    name: &'static str,
    insert: impl Fn(&mut S, &mut S::Db, &School) -> Result<Keys> + 'static,
) -> Jobs<Held<S>> {
    jobs.job(
        name,
        Held::empty,
        move |held, db| insert(&mut held.side, db, &held.school),
        |held, db, (students, courses)| {
            let links: usize = held.side.text(db, LINKS)?.parse()?;
            if links != held.school.links() {
                return Err(format!("{links} links are there").into());
            }
            Ok(sum::of_keys(students.iter().chain(courses)))
        },
    )
}

/// A job that reads every student with the courses taken.
#[must_use]
pub fn eager<S: Sqlite, C: Row + 'static>(
    jobs: Jobs<Held<S>>,
    name: &'static str,
    eager: impl Fn(&mut S, &mut S::Db) -> Result<Vec<(S::Student, Vec<C>)>> + 'static,
) -> Jobs<Held<S>> {
    jobs.job(
        name,
        Held::fill,
        move |held, ()| {
            let (side, db) = held.parts();
            eager(side, db)
        },
        |_, (), found| Ok(sum::of_eager(found)),
    )
}
