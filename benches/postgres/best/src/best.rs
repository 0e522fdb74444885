//! What is sent. Nothing of it is waited for before it has to be.

#[expect(
    clippy::disallowed_types,
    reason = "what one takes to find rows; its order is never seen"
)]
use std::collections::HashMap;
use std::sync::Arc;

use futures_util::future::{join3, try_join, try_join_all};
use side::School;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Row, Statement};

type Result<T> = std::result::Result<T, Error>;

/// Requests that are on their way at a time.
const PIPELINE: usize = 100;

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
    fn read(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.try_get(0)?,
            title: row.try_get(1)?,
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
    courses: Statement,
    courses_of: Statement,
    links_of: Statement,
    link: Statement,
    unlink: Statement,
    retain_all: Statement,
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
            courses: client
                .prepare("SELECT id, title FROM courses WHERE id = ANY($1) ORDER BY id")
                .await?,
            courses_of: client
                .prepare(
                    "SELECT c.id, c.title FROM student_course sc JOIN courses c ON c.id = sc.course_id \
                     WHERE sc.student_id = $1 ORDER BY c.id",
                )
                .await?,
            links_of: client
                .prepare(
                    "SELECT array_agg(student_id), array_agg(course_id) FROM student_course \
                     WHERE student_id = ANY($1)",
                )
                .await?,
            link: client
                .prepare(
                    "INSERT INTO student_course (student_id, course_id) \
                     SELECT * FROM unnest($1::int[], $2::int[]) ON CONFLICT DO NOTHING",
                )
                .await?,
            unlink: client
                .prepare(
                    "DELETE FROM student_course USING unnest($1::int[], $2::int[]) AS gone (s, c) \
                     WHERE student_id = s AND course_id = c",
                )
                .await?,
            retain_all: client
                .prepare(
                    "DELETE FROM student_course l WHERE student_id = ANY($1) AND NOT EXISTS \
                     (SELECT 1 FROM unnest($2::int[], $3::int[]) AS kept (s, c) \
                     WHERE l.student_id = s AND l.course_id = c)",
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
        let names: [&(dyn ToSql + Sync); 1] = [&school.students];
        let titles: [&(dyn ToSql + Sync); 1] = [&school.courses];
        let (begun, students, courses) = join3(
            client.batch_execute("BEGIN"),
            client.query(&self.add_students, &names),
            client.query(&self.add_courses, &titles),
        )
        .await;
        begun?;
        let (students, courses) = (keys(&students?)?, keys(&courses?)?);
        let mut left = Vec::with_capacity(school.links());
        let mut right = Vec::with_capacity(school.links());
        for (student, taken) in students.iter().zip(&school.taken) {
            for course in taken {
                left.push(*student);
                right.push(courses[*course]);
            }
        }
        let links: [&(dyn ToSql + Sync); 2] = [&left, &right];
        try_join(
            client.execute(&self.add_links, &links),
            client.batch_execute("COMMIT"),
        )
        .await?;
        Ok((students, courses))
    }

    /// The courses of students.
    pub async fn courses(&self, client: &Client, students: &[Student]) -> Result<Vec<Vec<Course>>> {
        let mut found = Vec::with_capacity(students.len());
        for some in students.chunks(PIPELINE) {
            let each = some.iter().map(|student| async {
                let rows = client.query(&self.courses_of, &[&student.id]).await?;
                rows.iter().map(Course::read).collect::<Result<Vec<_>>>()
            });
            found.extend(try_join_all(each).await?);
        }
        Ok(found)
    }

    /// Every student with the courses taken: the links as two arrays, and each course once.
    #[expect(
        clippy::disallowed_types,
        reason = "what one takes to find rows; its order is never seen"
    )]
    pub async fn eager(&self, client: &Client) -> Result<Vec<(Student, Vec<Arc<Course>>)>> {
        let rows = client.query(&self.students, &[]).await?;
        let mut found = Vec::with_capacity(rows.len());
        let mut places = HashMap::with_capacity(rows.len());
        for row in &rows {
            let student = Student::read(row)?;
            places.insert(student.id, found.len());
            found.push((student, Vec::new()));
        }
        let keys: Vec<i32> = found.iter().map(|(student, _)| student.id).collect();
        let links = client.query_one(&self.links_of, &[&keys]).await?;
        let left: Option<Vec<i32>> = links.try_get(0)?;
        let right: Option<Vec<i32>> = links.try_get(1)?;
        let (left, right) = (left.unwrap_or_default(), right.unwrap_or_default());
        let mut wanted = right.clone();
        wanted.sort_unstable();
        wanted.dedup();
        let mut courses = HashMap::with_capacity(wanted.len());
        for row in client.query(&self.courses, &[&wanted]).await? {
            let course = Course::read(&row)?;
            courses.insert(course.id, Arc::new(course));
        }
        for (student, course) in left.iter().zip(&right) {
            if let Some(course) = courses.get(course) {
                found[places[student]].1.push(course.clone());
            }
        }
        for (_, courses) in &mut found {
            courses.sort_unstable_by_key(|course| course.id);
        }
        Ok(found)
    }

    /// The students with these keys.
    pub async fn find(&self, client: &Client, keys: &[i32]) -> Result<Vec<Student>> {
        let mut found = Vec::with_capacity(keys.len());
        for some in keys.chunks(PIPELINE) {
            let each = some.iter().map(|key| async move {
                let row = client.query_one(&self.find, &[key]).await?;
                Student::read(&row)
            });
            found.extend(try_join_all(each).await?);
        }
        Ok(found)
    }

    /// Adds links.
    pub async fn link(&self, client: &Client, pairs: &[(Student, Course)]) -> Result<u64> {
        let (left, right) = ends(pairs);
        client.execute(&self.link, &[&left, &right]).await
    }

    /// Adds links, and removes them again; how many were added and removed.
    pub async fn change(&self, client: &Client, pairs: &[(Student, Course)]) -> Result<u64> {
        // A student may be named several times, where each call by itself would add and remove the link again.
        let (left, right) = ends(pairs);
        let mut once: Vec<_> = left.into_iter().zip(right).collect();
        once.sort_unstable();
        once.dedup();
        let again = (pairs.len() - once.len()) as u64;
        let (left, right): (Vec<i32>, Vec<i32>) = once.into_iter().unzip();
        let ends: [&(dyn ToSql + Sync); 2] = [&left, &right];
        let (added, removed) = try_join(
            client.execute(&self.link, &ends),
            client.execute(&self.unlink, &ends),
        )
        .await?;
        Ok(added + removed + again * 2)
    }

    /// Makes these the courses of each student, of all together.
    pub async fn set(&self, client: &Client, wanted: &[(Student, Vec<Course>)]) -> Result<()> {
        let students: Vec<i32> = wanted.iter().map(|(student, _)| student.id).collect();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for (student, courses) in wanted {
            for course in courses {
                left.push(student.id);
                right.push(course.id);
            }
        }
        let kept: [&(dyn ToSql + Sync); 3] = [&students, &left, &right];
        let links: [&(dyn ToSql + Sync); 2] = [&left, &right];
        let (begun, gone, made) = join3(
            client.batch_execute("BEGIN"),
            client.execute(&self.retain_all, &kept),
            try_join(
                client.execute(&self.link, &links),
                client.batch_execute("COMMIT"),
            ),
        )
        .await;
        begun?;
        gone?;
        made?;
        Ok(())
    }
}

fn ends(pairs: &[(Student, Course)]) -> (Vec<i32>, Vec<i32>) {
    pairs
        .iter()
        .map(|(student, course)| (student.id, course.id))
        .unzip()
}
