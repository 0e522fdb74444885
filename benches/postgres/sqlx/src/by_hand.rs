//! The jobs over sqlx as one writes them: rows derived, many rows as arrays, each text prepared once by the driver.

#[expect(
    clippy::disallowed_types,
    reason = "what one takes to group rows; its order is never seen"
)]
use std::collections::HashMap;

use side::School;
use sqlx::{Connection, FromRow, PgConnection, Result};

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
pub async fn insert(conn: &mut PgConnection, school: &School) -> Result<(Vec<i32>, Vec<i32>)> {
    let mut tx = conn.begin().await?;
    let students: Vec<i32> =
        sqlx::query_scalar("INSERT INTO students (name) SELECT unnest($1::text[]) RETURNING id")
            .bind(&school.students)
            .fetch_all(&mut *tx)
            .await?;
    let courses: Vec<i32> =
        sqlx::query_scalar("INSERT INTO courses (title) SELECT unnest($1::text[]) RETURNING id")
            .bind(&school.courses)
            .fetch_all(&mut *tx)
            .await?;
    let mut left = Vec::with_capacity(school.links());
    let mut right = Vec::with_capacity(school.links());
    for (student, taken) in students.iter().zip(&school.taken) {
        for course in taken {
            left.push(*student);
            right.push(courses[*course]);
        }
    }
    sqlx::query(
        "INSERT INTO student_course (student_id, course_id) \
         SELECT * FROM unnest($1::int[], $2::int[])",
    )
    .bind(left)
    .bind(right)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok((students, courses))
}

/// The courses of a student.
pub async fn courses(conn: &mut PgConnection, student: &Student) -> Result<Vec<Course>> {
    sqlx::query_as(
        "SELECT c.id, c.title FROM student_course sc JOIN courses c ON c.id = sc.course_id \
         WHERE sc.student_id = $1 ORDER BY c.id",
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
pub async fn eager(conn: &mut PgConnection) -> Result<Vec<(Student, Vec<Course>)>> {
    let students: Vec<Student> = sqlx::query_as("SELECT id, name FROM students")
        .fetch_all(&mut *conn)
        .await?;
    let keys: Vec<i32> = students.iter().map(|student| student.id).collect();
    let taken: Vec<Taken> = sqlx::query_as(
        "SELECT sc.student_id, c.id, c.title \
         FROM student_course sc JOIN courses c ON c.id = sc.course_id \
         WHERE sc.student_id = ANY($1) ORDER BY c.id",
    )
    .bind(keys)
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
pub async fn find(conn: &mut PgConnection, key: i32) -> Result<Option<Student>> {
    sqlx::query_as("SELECT id, name FROM students WHERE id = $1")
        .bind(key)
        .fetch_optional(conn)
        .await
}

/// Links a student and a course; how many rows that were.
pub async fn add(conn: &mut PgConnection, student: &Student, course: &Course) -> Result<u64> {
    let done = sqlx::query(
        "INSERT INTO student_course (student_id, course_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    )
    .bind(student.id)
    .bind(course.id)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Takes a link away; how many rows that were.
pub async fn remove(conn: &mut PgConnection, student: &Student, course: &Course) -> Result<u64> {
    let done = sqlx::query("DELETE FROM student_course WHERE student_id = $1 AND course_id = $2")
        .bind(student.id)
        .bind(course.id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

/// Makes these the courses of a student.
pub async fn set(conn: &mut PgConnection, student: &Student, courses: &[Course]) -> Result<()> {
    let courses: Vec<i32> = courses.iter().map(|course| course.id).collect();
    let mut tx = conn.begin().await?;
    sqlx::query("DELETE FROM student_course WHERE student_id = $1 AND course_id <> ALL($2)")
        .bind(student.id)
        .bind(&courses)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO student_course (student_id, course_id) \
         SELECT $1, unnest($2::int[]) ON CONFLICT DO NOTHING",
    )
    .bind(student.id)
    .bind(&courses)
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}

/// Adds all of these links.
pub async fn link(conn: &mut PgConnection, pairs: &[(Student, Course)]) -> Result<()> {
    let ends = pairs
        .iter()
        .map(|(student, course)| (student.id, course.id));
    let (left, right): (Vec<i32>, Vec<i32>) = ends.unzip();
    sqlx::query(
        "INSERT INTO student_course (student_id, course_id) \
         SELECT * FROM unnest($1::int[], $2::int[]) ON CONFLICT DO NOTHING",
    )
    .bind(left)
    .bind(right)
    .execute(conn)
    .await?;
    Ok(())
}
