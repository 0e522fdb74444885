//! The jobs over sqlx as its documents have them: statements that the connection keeps, `QueryBuilder` for many rows, and a
//! list of keys as one parameter.

#[expect(
    clippy::disallowed_types,
    reason = "what one takes to group rows; its order is never seen"
)]
use std::collections::HashMap;

use side::School;
use sqlx::{Connection, FromRow, QueryBuilder, Result, Sqlite, SqliteConnection};

/// Rows of a statement that inserts: SQLite takes more, but not faster.
const BATCH: usize = 500;

#[derive(FromRow)]
pub struct Student {
    pub id: i32,
    pub name: String,
}

#[derive(FromRow)]
pub struct Course {
    pub id: i32,
    pub title: String,
}

/// A course, and the student who takes it.
#[derive(FromRow)]
struct Taken {
    student_id: i32,
    #[sqlx(flatten)]
    course: Course,
}

/// Inserts all rows in one transaction; the keys of students and courses.
pub async fn insert(conn: &mut SqliteConnection, school: &School) -> Result<(Vec<i32>, Vec<i32>)> {
    let mut tx = conn.begin().await?;
    let students = texts(&mut tx, "INSERT INTO students (name) ", &school.students).await?;
    let courses = texts(&mut tx, "INSERT INTO courses (title) ", &school.courses).await?;
    let links: Vec<(i32, i32)> = students
        .iter()
        .zip(&school.taken)
        .flat_map(|(student, taken)| taken.iter().map(|course| (*student, courses[*course])))
        .collect();
    for links in links.chunks(BATCH) {
        let mut insert =
            QueryBuilder::<Sqlite>::new("INSERT INTO student_course (student_id, course_id) ");
        insert.push_values(links, |mut row, (student, course)| {
            row.push_bind(*student).push_bind(*course);
        });
        insert.build().execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok((students, courses))
}

/// Inserts rows of one text each; their keys.
async fn texts(conn: &mut SqliteConnection, into: &str, texts: &[String]) -> Result<Vec<i32>> {
    let mut keys = Vec::with_capacity(texts.len());
    for texts in texts.chunks(BATCH) {
        let mut insert = QueryBuilder::<Sqlite>::new(into);
        insert.push_values(texts, |mut row, text| {
            row.push_bind(text);
        });
        insert.push(" RETURNING id");
        keys.extend(
            insert
                .build_query_scalar::<i32>()
                .fetch_all(&mut *conn)
                .await?,
        );
    }
    Ok(keys)
}

/// The courses of a student.
pub async fn courses(conn: &mut SqliteConnection, student: &Student) -> Result<Vec<Course>> {
    sqlx::query_as(
        "SELECT c.id, c.title FROM student_course sc JOIN courses c ON c.id = sc.course_id \
         WHERE sc.student_id = ? ORDER BY sc.course_id",
    )
    .bind(student.id)
    .fetch_all(conn)
    .await
}

/// Every student with the courses taken.
#[expect(
    clippy::disallowed_types,
    reason = "what one takes to group rows; its order is never seen"
)]
pub async fn eager(conn: &mut SqliteConnection) -> Result<Vec<(Student, Vec<Course>)>> {
    let students: Vec<Student> = sqlx::query_as("SELECT id, name FROM students")
        .fetch_all(&mut *conn)
        .await?;
    let keys: Vec<String> = students
        .iter()
        .map(|student| student.id.to_string())
        .collect();
    let taken: Vec<Taken> = sqlx::query_as(
        "SELECT sc.student_id, c.id, c.title \
         FROM student_course sc JOIN courses c ON c.id = sc.course_id \
         WHERE sc.student_id IN (SELECT value FROM json_each(?)) \
         ORDER BY sc.student_id, c.id",
    )
    .bind(format!("[{}]", keys.join(",")))
    .fetch_all(conn)
    .await?;
    let mut by_student: HashMap<i32, Vec<Course>> = HashMap::with_capacity(students.len());
    for Taken { student_id, course } in taken {
        by_student.entry(student_id).or_default().push(course);
    }
    Ok(students
        .into_iter()
        .map(|student| {
            let courses = by_student.remove(&student.id).unwrap_or_default();
            (student, courses)
        })
        .collect())
}

/// The student with a key.
pub async fn find(conn: &mut SqliteConnection, key: i32) -> Result<Option<Student>> {
    sqlx::query_as("SELECT id, name FROM students WHERE id = ?")
        .bind(key)
        .fetch_optional(conn)
        .await
}

/// A student of a name.
pub async fn first(conn: &mut SqliteConnection, name: &str) -> Result<Option<Student>> {
    sqlx::query_as("SELECT id, name FROM students WHERE name = ? LIMIT 1")
        .bind(name)
        .fetch_optional(conn)
        .await
}

/// Links a student and a course; how many rows that were.
pub async fn add(conn: &mut SqliteConnection, student: &Student, course: &Course) -> Result<u64> {
    let done = sqlx::query(
        "INSERT INTO student_course (student_id, course_id) VALUES (?, ?) \
         ON CONFLICT (student_id, course_id) DO NOTHING",
    )
    .bind(student.id)
    .bind(course.id)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Takes a link away; how many rows that were.
pub async fn remove(
    conn: &mut SqliteConnection,
    student: &Student,
    course: &Course,
) -> Result<u64> {
    let done = sqlx::query("DELETE FROM student_course WHERE student_id = ? AND course_id = ?")
        .bind(student.id)
        .bind(course.id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
