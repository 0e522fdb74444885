//! The jobs as they are written by hand over tokio-postgres, the way one writes them when it matters: typed rows, statements
//! prepared once, arrays for many rows, one call after the other.

#[expect(
    clippy::disallowed_types,
    reason = "what one takes to group rows; its order is never seen"
)]
use std::collections::HashMap;

use side::School;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Row, Statement};

type Result<T> = std::result::Result<T, Error>;

pub struct Student {
    pub id: i32,
    pub name: String,
}

pub struct Course {
    pub id: i32,
    pub title: String,
}

impl Student {
    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.try_get(0)?,
            name: row.try_get(1)?,
        })
    }
}

impl Course {
    fn read(row: &Row, first: usize) -> Result<Self> {
        Ok(Self {
            id: row.try_get(first)?,
            title: row.try_get(first + 1)?,
        })
    }
}

fn keys(rows: &[Row]) -> Result<Vec<i32>> {
    rows.iter().map(|row| row.try_get(0)).collect()
}

/// The prepared statements.
pub struct Statements {
    add_students: Statement,
    add_courses: Statement,
    add_links: Statement,
    find: Statement,
    students: Statement,
    courses_of: Statement,
    courses_of_many: Statement,
    add: Statement,
    remove: Statement,
    retain: Statement,
    add_all: Statement,
}

impl Statements {
    pub async fn new(client: &Client) -> Result<Self> {
        Ok(Self {
            add_students: client
                .prepare("INSERT INTO students (name) SELECT unnest($1::text[]) RETURNING id")
                .await?,
            add_courses: client
                .prepare("INSERT INTO courses (title) SELECT unnest($1::text[]) RETURNING id")
                .await?,
            add_links: client
                .prepare(
                    "INSERT INTO student_course (student_id, course_id) \
                     SELECT * FROM unnest($1::int[], $2::int[])",
                )
                .await?,
            find: client
                .prepare("SELECT id, name FROM students WHERE id = $1")
                .await?,
            students: client.prepare("SELECT id, name FROM students").await?,
            courses_of: client
                .prepare(
                    "SELECT c.id, c.title FROM student_course sc JOIN courses c ON c.id = sc.course_id \
                     WHERE sc.student_id = $1 ORDER BY c.id",
                )
                .await?,
            courses_of_many: client
                .prepare(
                    "SELECT sc.student_id, c.id, c.title \
                     FROM student_course sc JOIN courses c ON c.id = sc.course_id \
                     WHERE sc.student_id = ANY($1) ORDER BY c.id",
                )
                .await?,
            add: client
                .prepare(
                    "INSERT INTO student_course (student_id, course_id) VALUES ($1, $2) \
                     ON CONFLICT DO NOTHING",
                )
                .await?,
            remove: client
                .prepare("DELETE FROM student_course WHERE student_id = $1 AND course_id = $2")
                .await?,
            retain: client
                .prepare(
                    "DELETE FROM student_course WHERE student_id = $1 AND course_id <> ALL($2)",
                )
                .await?,
            add_all: client
                .prepare(
                    "INSERT INTO student_course (student_id, course_id) \
                     SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING",
                )
                .await?,
        })
    }

    /// Inserts all rows in one transaction; the keys of students and courses.
    pub async fn insert(
        &self,
        client: &mut Client,
        school: &School,
    ) -> Result<(Vec<i32>, Vec<i32>)> {
        let transaction = client.transaction().await?;
        let rows = transaction
            .query(&self.add_students, &[&school.students])
            .await?;
        let students: Vec<i32> = keys(&rows)?;
        let rows = transaction
            .query(&self.add_courses, &[&school.courses])
            .await?;
        let courses: Vec<i32> = keys(&rows)?;
        let mut left = Vec::with_capacity(school.links());
        let mut right = Vec::with_capacity(school.links());
        for (student, taken) in students.iter().zip(&school.taken) {
            for course in taken {
                left.push(*student);
                right.push(courses[*course]);
            }
        }
        transaction
            .execute(&self.add_links, &[&left, &right])
            .await?;
        transaction.commit().await?;
        Ok((students, courses))
    }

    /// The courses of a student.
    pub async fn courses(&self, client: &Client, student: i32) -> Result<Vec<Course>> {
        let rows = client.query(&self.courses_of, &[&student]).await?;
        rows.iter().map(|row| Course::read(row, 0)).collect()
    }

    /// Every student with the courses taken.
    #[expect(
        clippy::disallowed_types,
        reason = "what one takes to group rows; its order is never seen"
    )]
    pub async fn eager(&self, client: &Client) -> Result<Vec<(Student, Vec<Course>)>> {
        let rows = client.query(&self.students, &[]).await?;
        let mut found = Vec::with_capacity(rows.len());
        let mut places = HashMap::with_capacity(rows.len());
        for row in &rows {
            let student = Student::read(row)?;
            places.insert(student.id, found.len());
            found.push((student, Vec::new()));
        }
        let keys: Vec<i32> = found.iter().map(|(student, _)| student.id).collect();
        for row in client.query(&self.courses_of_many, &[&keys]).await? {
            let student: i32 = row.try_get(0)?;
            found[places[&student]].1.push(Course::read(&row, 1)?);
        }
        Ok(found)
    }

    /// The student with a key.
    pub async fn find(&self, client: &Client, key: i32) -> Result<Option<Student>> {
        let row = client.query_opt(&self.find, &[&key]).await?;
        row.as_ref().map(Student::read).transpose()
    }

    /// Links a student and a course; how many rows that were.
    pub async fn add(&self, client: &Client, student: i32, course: i32) -> Result<u64> {
        let ends: [&(dyn ToSql + Sync); 2] = [&student, &course];
        client.execute(&self.add, &ends).await
    }

    /// Takes a link away; how many rows that were.
    pub async fn remove(&self, client: &Client, student: i32, course: i32) -> Result<u64> {
        let ends: [&(dyn ToSql + Sync); 2] = [&student, &course];
        client.execute(&self.remove, &ends).await
    }

    /// Makes these the courses of a student.
    pub async fn set(&self, client: &mut Client, student: i32, courses: &[i32]) -> Result<()> {
        let transaction = client.transaction().await?;
        let both: [&(dyn ToSql + Sync); 2] = [&student, &courses];
        transaction.execute(&self.retain, &both).await?;
        transaction.execute(&self.add_all, &both).await?;
        transaction.commit().await
    }
}
